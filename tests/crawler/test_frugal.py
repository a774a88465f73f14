"""What stands in for parts of Scrapy does what they did, as far as newsdesk asks for it."""

from __future__ import annotations

from typing import Any

import pytest
from pydispatch import dispatcher
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.interfaces import IReactorPluggableNameResolver
from twisted.internet.task import Clock
from twisted.web.client import URI, BrowserLikePolicyForHTTPS, HTTPConnectionPool
from zope.interface import implementer

from crawler.exchanges import _KEPT_WAYS, _Direct
from crawler.frugal import HeardSignals, Queue, SharedSettings


def asked(name: str, priority: int = 0) -> Request:
    return Request(f"http://example.org/{name}", priority=priority)


def test_requests_come_by_priority_and_then_in_their_order() -> None:
    queue = Queue()
    assert queue.next_request() is None
    assert not queue.has_pending_requests()
    given = [asked("a"), asked("b"), asked("source", 10), asked("again", -10), asked("c")]
    assert all(queue.enqueue_request(request) for request in given)
    assert queue.has_pending_requests()
    taken = [queue.next_request() for _ in given]
    assert [request.url.rpartition("/")[2] for request in taken if request] == ["source", "a", "b", "c", "again"]
    assert queue.next_request() is None


def test_a_copy_of_the_settings_is_set_without_changing_the_others() -> None:
    first = SharedSettings({"ROBOTSTXT_OBEY": True, "EXTENSIONS": {"here": 1}})
    second = first.copy()
    second.set("ROBOTSTXT_OBEY", False, "spider")
    second.set("EXTENSIONS", {"there": 2}, "spider")
    second.set("NEW", 1)
    assert first["ROBOTSTXT_OBEY"] is True
    assert second["ROBOTSTXT_OBEY"] is False
    assert dict(first["EXTENSIONS"]) == {"here": 1}
    assert first.getpriority("ROBOTSTXT_OBEY") == 20
    assert second.getpriority("ROBOTSTXT_OBEY") == 30
    assert "NEW" not in first
    frozen = first.frozencopy()
    with pytest.raises(TypeError):
        frozen.set("NEW", 1)
    first.set("NEW", 2)


def test_settings_have_what_scrapys_have() -> None:
    own, plain = SharedSettings({}), BaseSettings()
    assert own["DOWNLOADER_MIDDLEWARES_BASE"]
    assert own.copy().copy_to_dict().keys() == own.copy_to_dict().keys()
    assert "DOWNLOADER_MIDDLEWARES_BASE" not in plain


def test_a_signal_reaches_those_who_listen_and_costs_nothing_where_nobody_does() -> None:
    crawler = Crawler(Spider)
    one, other = HeardSignals(crawler), HeardSignals(Crawler(Spider))
    heard: list[Any] = []

    def listener(signal: Any) -> str:
        heard.append(signal)
        return "heard"

    assert one.send_catch_log(signals.response_received) == []
    one.connect(listener, signals.response_received)
    assert [answer for _, answer in one.send_catch_log(signals.response_received)] == ["heard"]
    assert one.send_catch_log(signals.spider_idle) == []
    assert other.send_catch_log(signals.response_received) == []
    one.disconnect(listener, signals.response_received)
    assert one.send_catch_log(signals.response_received) == []
    assert heard == [signals.response_received]


@pytest.mark.parametrize(("signal", "everybody"), [(dispatcher.Any, False), (signals.response_received, True), (dispatcher.Any, True)])
def test_who_listens_to_everything_or_everybody_is_told(signal: Any, everybody: bool) -> None:
    manager = HeardSignals(Crawler(Spider))
    heard: list[str] = []

    def listener() -> None:
        heard.append("told")

    sender: dict[str, Any] = {"sender": dispatcher.Any} if everybody else {}
    manager.connect(listener, signal, **sender)
    try:
        manager.send_catch_log(signals.response_received)
    finally:
        manager.disconnect(listener, signal, **sender)
    assert heard == ["told"]


@implementer(IReactorPluggableNameResolver)
class _Resolving(Clock):
    """A reactor that is asked for nothing."""

    nameResolver = None

    def installNameResolver(self, resolver: object) -> None: ...


def test_the_way_to_a_host_is_made_once_and_few_are_kept() -> None:
    reactor: Any = _Resolving()
    agent = _Direct(reactor, BrowserLikePolicyForHTTPS(), 20.0, None, HTTPConnectionPool(reactor))

    def way(address: str) -> Any:
        return agent._getEndpoint(URI.fromBytes(address.encode()))

    first = way("http://example.org/a")
    assert isinstance(first, HostnameEndpoint)
    assert way("http://example.org/b") is first
    assert way("http://example.org:81/b") is not first
    for number in range(3 * _KEPT_WAYS):
        way(f"http://{number}.example.org/")
    assert len(agent._ways) <= _KEPT_WAYS
