"""Every error a fetch can end in has an outcome; pace, rests and Retry-After keep their rules."""

from __future__ import annotations

import asyncio
import inspect
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import ModuleType

import pytest
import scrapy.exceptions
import twisted.internet.error
import twisted.web.error
from scrapy.core.downloader.handlers import http11
from twisted.python.failure import Failure
from twisted.web import _newclient

from crawler import archive, encodings, guard, pool, refusals, robots, throttle
from crawler.failures import is_interruption, is_known, not_before, outcome_of_failure, outcome_of_status
from crawler.robots import RobotsUnreachable
from crawler.throttle import Gate, HostResting, Interrupted, Rests, retry_after_seconds, slot_of
from newsdesk.links import Fate, Outcome

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
# What no fetch of ours can end in: Scrapy's words to itself, Twisted's server side, other kinds of connections, reactor states.
NOT_OURS = {
    "NotConfigured CloseSpider DontCloseSpider StopDownload DropItem UsageError ContractFail IgnoreRequest _InvalidOutput",
    "AlreadyCalled AlreadyCancelled AlreadyListened AlreadyConnected NotConnectingError NotListeningError ReactorNotRunning",
    "ReactorNotRestartable ReactorAlreadyRunning ReactorAlreadyInstalledError ProcessDone ProcessTerminated ProcessExitedAlready",
    "PotentialZombieWarning BindError CannotListenError MulticastJoinError MessageLengthError InvalidAddressError UnsupportedAddressFamily",
    "UnsupportedSocketType FileDescriptorOverrun CertificateError ConnectInProgressError UserError",
    "Error PageRedirect RedirectWithNoLocation MissingTemplateLoader UnexposedMethodError MissingRenderMethod FlattenerError",
    "UnfilledSlot UnsupportedMethod RenderError UnsupportedSpecialHeader UnsupportedType",
    "RequestNotSent WrongBodyLength ExcessWrite ConnectionAborted ExcessiveBufferingError ResponseDone",
}
SKIPPED = {name for line in NOT_OURS for name in line.split()}


def errors_of(module: ModuleType) -> list[type[BaseException]]:
    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == module.__name__
    ]


MODULES = (scrapy.exceptions, twisted.internet.error, twisted.web.error, _newclient, http11)
OURS = (archive, encodings, guard, pool, refusals, robots, throttle)
KINDS = [kind for module in MODULES for kind in errors_of(module) if not issubclass(kind, Warning) and kind.__name__ not in SKIPPED]
OUR_KINDS = [kind for module in OURS for kind in errors_of(module)]


@pytest.mark.parametrize("kind", [*KINDS, *OUR_KINDS], ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_error_has_an_outcome(kind: type[BaseException]) -> None:
    assert is_known(kind.__new__(kind))


def test_the_walk_is_not_empty() -> None:
    assert len(KINDS) > 25 and len(OUR_KINDS) > 15


def test_outcomes_and_details() -> None:
    assert outcome_of_failure(Failure(guard.PrivateAddress("x is loopback"))) == (Outcome.PRIVATE_ADDRESS, "x is loopback")
    assert outcome_of_failure(TimeoutError()) == (Outcome.TIMEOUT, "no whole answer came within the time a request may take")
    until = NOW + timedelta(minutes=3)
    resting = HostResting("a:80", until, "it failed")
    assert outcome_of_failure(resting)[0].fate is Fate.RETRY and not_before(Failure(resting)) == until
    assert not_before(RobotsUnreachable("x", until)) == until and not_before(ValueError()) is None
    assert is_interruption(Failure(Interrupted("stop"))) and not is_interruption(resting)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_a_librarys_error_is_told_in_our_words(kind: type[BaseException]) -> None:
    detail = outcome_of_failure(kind.__new__(kind))[1]
    assert kind.__name__ not in detail and "<" not in detail and "object at" not in detail
    assert len(detail.split()) >= 5


def test_the_systems_error_is_told_in_its_words_without_its_number() -> None:
    detail = outcome_of_failure(OSError(113, "No route to host"))[1]
    assert "No route to host" in detail and "113" not in detail


def test_an_unforeseen_error_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    outcome, detail = outcome_of_failure(ZeroDivisionError("division by zero"))
    assert outcome.fate is Fate.RETRY and "ZeroDivisionError" in detail
    assert "no outcome of its own" in caplog.text


def test_every_status_has_its_meaning() -> None:
    assert [status for status in range(100, 600) if outcome_of_status(status) is None] == [200, 203]
    expected = {401: "forbidden", 402: "forbidden", 403: "forbidden", 404: "not_found", 410: "gone", 418: "client_error"}
    expected |= {429: "too_many_requests", 451: "forbidden", 500: "server_error", 503: "server_error", 599: "server_error"}
    expected |= {204: "unexpected_status", 301: "unexpected_status", 304: "unexpected_status", 408: "timeout", 999: "unexpected_status"}
    assert {status: outcome_of_status(status) for status in expected} == expected


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("999999999999999999999999", 86400),
        ("Sun, 22 Nov 2026 12:10:00 GMT", 600),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 22 Nov 2026 12:10:00", 600),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 86400),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("١٢", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: int | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


def test_slots() -> None:
    assert slot_of("https://www.bbc.co.uk/x") == slot_of("http://news.bbc.co.uk:8080/y") == "bbc.co.uk"
    assert slot_of("http://127.0.0.1:8001/") != slot_of("http://127.0.0.1:8002/")
    assert slot_of("http://localhost:8001/") == "localhost:8001" and slot_of("http://[::1]:5/") == "[::1]:5"


def test_rests() -> None:
    moment = [NOW]
    rests = Rests(600, lambda: moment[0])
    rests.connection_failed("https://a.test/x", "it was refused")
    rests.asked("https://a.test/y", 30)
    with pytest.raises(HostResting, match="refused") as caught:
        rests.check("https://a.test/z")
    assert caught.value.until == NOW + timedelta(minutes=10)
    rests.check("https://b.test/")
    moment[0] += timedelta(minutes=10)
    rests.check("https://a.test/z")
    never = Rests(0, lambda: NOW)
    never.connection_failed("https://a.test/x", "it was refused")
    never.check("https://a.test/x")
    never.asked("https://a.test/x", 5)
    with pytest.raises(HostResting):
        never.check("https://a.test/x")


def test_the_gate_lets_one_through_at_a_time_with_pauses() -> None:
    spans: list[tuple[str, float, float]] = []

    async def go(gate: Gate, slot: str) -> None:
        async with gate.turn(slot):
            began = time.monotonic()
            await asyncio.sleep(0.02)
            spans.append((slot, began, time.monotonic()))

    async def all_of_them() -> None:
        gate = Gate(0.05, 120)
        await asyncio.gather(*(go(gate, slot) for slot in "aaabbb"))

    began = time.monotonic()
    asyncio.run(all_of_them())
    assert time.monotonic() - began < 0.6
    for slot in "ab":
        own = [(start, end) for name, start, end in spans if name == slot]
        assert len(own) == 3 and all(later[0] - earlier[1] >= 0.045 for earlier, later in pairwise(own))


def test_a_crawl_delay_is_a_floor_up_to_its_limit() -> None:
    gate = Gate(5, 120)
    gate.heed_crawl_delay("a", 2)
    gate.heed_crawl_delay("b", 30)
    gate.heed_crawl_delay("c", 86400)
    assert [gate.pace(slot).delay for slot in "abc"] == [5, 30, 120]
    gate.heed_crawl_delay("b", None)
    assert gate.pace("b").floor == 5


def test_cancelled_waiters_do_not_lose_the_turn_and_closing_wakes_all() -> None:
    async def scenario() -> None:
        gate = Gate(0, 120)
        order: list[int] = []

        async def go(number: int) -> None:
            async with gate.turn("a"):
                order.append(number)
                await asyncio.sleep(0.02)

        tasks = [asyncio.ensure_future(go(i)) for i in range(5)]
        await asyncio.sleep(0.01)
        tasks[1].cancel()
        tasks[3].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert order == [0, 2, 4]
        cut: list[bool] = []
        with gate.cuttable(lambda: cut.append(True)):
            waiting = [asyncio.ensure_future(go(i)) for i in range(3)] + [asyncio.ensure_future(gate.pause(60))]
            await asyncio.sleep(0.01)
            gate.close()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert cut == [True] and [type(result) for result in results[1:]] == [Interrupted] * 3
        with pytest.raises(Interrupted):
            await go(9)
        gate.open()
        await go(10)

    asyncio.run(scenario())
