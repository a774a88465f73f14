"""Fetching from servers that misbehave: each ends in its named outcome, in bounded time and memory, the others unharmed."""

from __future__ import annotations

import gzip
from contextlib import ExitStack
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import _read
from newsdesk.links import Outcome
from newsdesk.snapshots import SnapshotRef
from tests.crawler import servers
from tests.crawler.probe import probe
from tests.crawler.servers import PAGE, serving

MEBIBYTE = 1024 * 1024


def one(report: dict[str, Any], url: str) -> dict[str, Any]:
    """The only end of an address: exactly one."""
    (result,) = report["results"][url]
    assert isinstance(result, dict)
    return result


BAD = {
    "/robots.txt": servers.robots("User-agent: *\nDisallow: /private/\n"),
    "/huge": servers.flood(100 * MEBIBYTE, announced=True),
    "/huge-unannounced": servers.flood(100 * MEBIBYTE, announced=False),
    "/bomb": servers.gzipped(b"\0" * (200 * MEBIBYTE)),
    "/drip": servers.drip,
    "/silence": servers.silence,
    "/reset": servers.reset,
    "/half": servers.half,
    "/nonsense": servers.nonsense,
    "/cut-gzip": servers.gzipped(bytes(range(256)) * 500, cut=-40),
    "/loop": servers.redirect("/loop"),
    "/ping": servers.redirect("/pong"),
    "/pong": servers.redirect("/ping"),
    "/to-loopback": servers.redirect("http://127.0.0.1:1/x"),
    "/to-metadata": servers.redirect("http://[::ffff:169.254.169.254]/latest"),
    "/to-file": servers.redirect("file:///etc/passwd"),
    "/404": servers.whole(b"", status="404 Not Found"),
    "/410": servers.whole(b"", status="410 Gone"),
    "/403": servers.whole(b"", status="403 Forbidden"),
    "/500": servers.whole(b"", status="500 Oops"),
    "/odd-encoding": servers.whole(b"abc", "Content-Encoding: rot13"),
    **{f"/hop{i}": servers.redirect(f"/hop{i + 1}") for i in range(30)},
}
EXPECTED = {
    "/private/x": Outcome.ROBOTS_DENIED,
    "/huge": Outcome.TOO_LARGE,
    "/huge-unannounced": Outcome.TOO_LARGE,
    "/bomb": Outcome.COMPRESSION_BOMB,
    "/drip": Outcome.TIMEOUT,
    "/silence": Outcome.TIMEOUT,
    "/reset": Outcome.CONNECTION_FAILED,
    "/half": Outcome.TRUNCATED,
    "/nonsense": Outcome.CONNECTION_FAILED,
    "/cut-gzip": Outcome.TRUNCATED,
    "/loop": Outcome.REDIRECT_LOOP,
    "/ping": Outcome.REDIRECT_LOOP,
    "/hop0": Outcome.REDIRECT_LOOP,
    "/to-loopback": Outcome.PRIVATE_ADDRESS,
    "/to-metadata": Outcome.PRIVATE_ADDRESS,
    "/to-file": Outcome.BAD_ADDRESS,
    "/404": Outcome.NOT_FOUND,
    "/410": Outcome.GONE,
    "/403": Outcome.FORBIDDEN,
    "/500": Outcome.SERVER_ERROR,
    "/odd-encoding": Outcome.UNSUPPORTED_TYPE,
}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = tmp_path_factory.mktemp("bad")
    with serving(BAD) as server:
        urls = [server.url + path for path in ("/first", *EXPECTED, "/last")]
        report = probe(home, urls, allowed=[server.place], politeness={"timeout_seconds": 2.0})
        yield server, report, home


@pytest.mark.parametrize("path", EXPECTED)
def test_each_misbehaviour_ends_once_in_its_outcome(bad: Any, path: str) -> None:
    server, report, _ = bad
    assert one(report, server.url + path)["outcome"] == EXPECTED[path].value


def test_the_rest_of_the_batch_is_unharmed(bad: Any) -> None:
    server, report, _ = bad
    assert [one(report, server.url + path)["body"] for path in ("/first", "/last")] == [len(PAGE)] * 2


def test_time_and_memory_are_bounded(bad: Any) -> None:
    _, report, _ = bad
    assert report["seconds"] < 25
    assert report["peak_bytes"] < 400 * MEBIBYTE
    assert report["lag_seconds"] < 1.0


def test_what_robots_forbids_is_not_asked_for(bad: Any) -> None:
    server, _, _ = bad
    assert not [path for path in server.paths() if path.startswith("/private")]
    assert server.paths().count("/robots.txt") == 1
    assert server.paths()[0] == "/robots.txt"


def test_every_answer_is_in_the_archive_with_its_true_head(bad: Any) -> None:
    server, _, home = bad
    (path,) = (home / "archive").glob("*.warc.gz")
    kept: dict[str, str] = {}
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            if record.rec_type == "response":
                kept[record.rec_headers.get_header("WARC-Target-URI")] = record.http_headers.get_statuscode()
                assert record.rec_headers.get_header("WARC-IP-Address") == "127.0.0.1"
            record.content_stream().read()
    assert {kept[server.url + path] for path in ("/robots.txt", "/first", "/last")} == {"200"}
    assert (kept[server.url + "/404"], kept[server.url + "/loop"], kept[server.url + "/bomb"]) == ("404", "302", "200")


def ref_of(result: dict[str, Any]) -> SnapshotRef:
    values = result["snapshot"]
    return SnapshotRef(**{**values, "fetched_at": datetime.fromisoformat(values["fetched_at"])})


def test_headers_are_kept_as_they_came(tmp_path: Path) -> None:
    lines = [f"x-NuMbEr-{i}: {i}" for i in range(150)]
    body = gzip.compress(PAGE)
    answers = {
        "/many": servers.whole(body, *lines, "Content-Encoding: gzip", "X-Name: señal", status="200 Muy Bien"),
        "/chunks": servers.chunked(b"<html>", PAGE),
    }
    with serving(answers) as server:
        report = probe(tmp_path, [server.url + "/many", server.url + "/chunks"], allowed=["127.0.0.1"])
    many, chunks = (one(report, server.url + path) for path in answers)
    exchange = _read(tmp_path / "archive", ref_of(many))
    assert [f"{name}: {value}" for name, value in exchange.headers][1:151] == lines
    assert (exchange.header("X-Name"), exchange.reason, exchange.body) == ("señal", "Muy Bien", body)
    assert exchange.decoded_body(1000) == PAGE and many["body"] == len(PAGE)
    sent = next(asked.head for asked in server.asked if asked.path == "/many").strip().split("\r\n")
    assert [exchange.request_line, *(f"{name}: {value}" for name, value in exchange.request_headers)] == sent
    whole = _read(tmp_path / "archive", ref_of(chunks))
    assert (whole.body, whole.header("Transfer-Encoding")) == (b"<html>" + PAGE, "chunked")


def test_we_say_who_we_are_and_leak_nothing(tmp_path: Path) -> None:
    with serving({"/a": servers.redirect("/b"), "/b": servers.whole(PAGE, "Set-Cookie: a=b")}) as server:
        probe(tmp_path, [server.url + "/a", server.url + "/c"], allowed=[server.place])
    heads = [asked.head.lower() for asked in server.asked]
    assert all("user-agent: newsdesk/" in head and "(+desk@example.org)" in head for head in heads)
    assert not [head for head in heads if "referer" in head or "cookie" in head]


# --- robots.txt --------------------------------------------------------------------------------------------------------


ROBOTS = {
    "503": (servers.whole(b"", status="503 Away"), Outcome.ROBOTS_UNREACHABLE),
    "429": (servers.whole(b"", status="429 Too Many"), Outcome.ROBOTS_UNREACHABLE),
    "reset": (servers.reset, Outcome.ROBOTS_UNREACHABLE),
    "silence": (servers.silence, Outcome.ROBOTS_UNREACHABLE),
    "too large": (servers.flood(8 * MEBIBYTE, announced=False), Outcome.ROBOTS_UNREACHABLE),
    "private": (servers.redirect("http://127.0.0.1:1/robots.txt"), Outcome.ROBOTS_UNREACHABLE),
    "404": (servers.whole(b"", status="404 Not Found"), None),
    "403": (servers.whole(b"", status="403 Forbidden"), None),
    "circle": (servers.redirect("/robots.txt"), None),
    "redirect": (servers.redirect("/rules"), Outcome.ROBOTS_DENIED),
    "gzip": (servers.gzipped(b"User-agent: newsdesk\nDisallow: /"), Outcome.ROBOTS_DENIED),
    "long": (servers.robots("User-agent: *\nDisallow: /page\n" + "# filler\n" * 100_000), Outcome.ROBOTS_DENIED),
}


@pytest.fixture(scope="module")
def asked_for_robots(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with ExitStack() as stack:
        rules = servers.robots("User-agent: *\nDisallow: /page")
        hosts = {name: stack.enter_context(serving({"/robots.txt": answer, "/rules": rules})) for name, (answer, _) in ROBOTS.items()}
        report = probe(
            tmp_path_factory.mktemp("robots"),
            *([server.url + "/page"] for server in hosts.values()),
            allowed=[server.place for server in hosts.values()],
            politeness={"timeout_seconds": 2.0, "retries": 0},
        )
        yield hosts, report


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_answers_mean_what_rfc_9309_says(asked_for_robots: Any, name: str) -> None:
    hosts, report = asked_for_robots
    outcome = ROBOTS[name][1]
    assert one(report, hosts[name].url + "/page")["outcome"] == (outcome and outcome.value)
    assert ("/page" in hosts[name].paths()) == (outcome is None)


def test_many_crawlers_ask_robots_once_and_one_at_a_time(tmp_path: Path) -> None:
    answers = {f"/{i}": servers.slow(0.05) for i in range(12)} | {"/robots.txt": servers.slow(0.2, b"User-agent: *\nAllow: /")}
    with serving(answers) as server:
        urls = [f"{server.url}/{i}" for i in range(12)]
        report = probe(tmp_path, urls[:4], urls[4:8], urls[8:], allowed=[server.place])
    assert all(one(report, url)["status"] == 200 for url in urls)
    assert server.paths().count("/robots.txt") == 1
    spans = sorted((asked.began, asked.ended) for asked in server.asked)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


def test_the_delay_and_the_crawl_delay_hold_across_crawlers(tmp_path: Path) -> None:
    with serving({"/robots.txt": servers.robots("User-agent: *\nCrawl-delay: 0.5")}) as server:
        probe(
            tmp_path, [server.url + "/1", server.url + "/2"], [server.url + "/3"], allowed=[server.place], politeness={"delay_seconds": 0.2}
        )
    begins = sorted(asked.began for asked in server.asked)
    pauses = [later - earlier for earlier, later in pairwise(begins)]
    assert pauses[0] >= 0.19 and all(pause >= 0.49 for pause in pauses[1:])


# --- rests, retries, stopping ----------------------------------------------------------------------------------------------


def test_a_host_that_cannot_be_reached_rests(tmp_path: Path) -> None:
    with serving() as server:
        closed = server.url
    report = probe(tmp_path, [closed + "/1"], allowed=["127.0.0.1"], politeness={"retries": 0})
    assert one(report, closed + "/1")["outcome"] == Outcome.ROBOTS_UNREACHABLE.value
    with serving({"/gone": servers.whole(b"", "Retry-After: 300", status="503 Away")}) as server:
        report = probe(tmp_path, [server.url + path for path in ("/gone", "/1", "/2")], allowed=["127.0.0.1"], politeness={"retries": 2})
    assert one(report, server.url + "/gone")["status"] == 503
    assert {one(report, server.url + path)["error"] for path in ("/1", "/2")} == {"HostResting"}
    assert one(report, server.url + "/1")["later"] and "Retry-After" in one(report, server.url + "/1")["detail"]
    assert server.paths() == ["/robots.txt", "/gone"]


def test_temporary_failures_are_tried_again_after_a_pause(tmp_path: Path) -> None:
    calls = []

    async def shaky(writer: Any, asked: Any) -> None:
        calls.append(asked.began)
        answer = servers.whole(PAGE) if len(calls) > 2 else servers.whole(b"", status="502 Bad")
        await answer(writer, asked)

    with serving({"/shaky": shaky}) as server:
        report = probe(tmp_path, [server.url + "/shaky"], allowed=[server.place], politeness={"retries": 2})
    assert one(report, server.url + "/shaky")["status"] == 200
    assert calls[1] - calls[0] >= 0.9 and calls[2] - calls[1] >= 1.9


def test_stopping_cuts_what_runs_and_what_waits(tmp_path: Path) -> None:
    with serving({"/silence": servers.silence}) as server:
        urls = [server.url + path for path in ("/silence", "/1", "/2", "/3", "/4", "/5", "/6")]
        report = probe(tmp_path, urls, allowed=[server.place], politeness={"timeout_seconds": 60.0, "delay_seconds": 5.0}, stop_after=1.0)
    assert report["seconds"] < 4
    assert all(one(report, url)["interrupted"] for url in urls)


def test_pages_may_not_leave_the_outlets_hosts(tmp_path: Path) -> None:
    with serving() as other, serving({"/ad": servers.redirect(f"http://localhost:{other.port}/buy")}) as server:
        allowed = ["127.0.0.1", "localhost"]
        spider = {"allowed_domains": ["127.0.0.1"]}
        inside = probe(tmp_path, [server.url + "/ad"], allowed=allowed, spider=spider)
        assert one(inside, server.url + "/ad")["outcome"] == Outcome.OFF_HOST.value
        assert not other.asked
        free = probe(tmp_path, [server.url + "/ad"], allowed=allowed, spider=spider, meta={"allow_offsite": True})
        assert one(free, server.url + "/ad")["status"] == 200


# --- TLS and proxies -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> servers.Authority:
    return servers.certify(tmp_path_factory.mktemp("ca"), "DNS:news.test", "IP:127.0.0.1")


@pytest.fixture(scope="module")
def misnamed(tmp_path_factory: pytest.TempPathFactory) -> servers.Authority:
    return servers.certify(tmp_path_factory.mktemp("ca2"), "DNS:other.test")


def test_certificates_are_verified(tmp_path: Path, trusted: servers.Authority, misnamed: servers.Authority) -> None:
    with serving(tls=trusted.context) as server:
        urls = [server.url + "/x"]
        known = probe(tmp_path, urls, allowed=["127.0.0.1"], env={"SSL_CERT_FILE": str(trusted.ca)})
        unknown = probe(tmp_path, urls, allowed=["127.0.0.1"], politeness={"retries": 0})
        assert one(known, urls[0])["status"] == 200
        assert "certificate verify failed" in one(unknown, urls[0])["detail"]
    with serving(tls=misnamed.context) as server:
        urls = [server.url + "/x"]
        wrong = probe(tmp_path, urls, allowed=["127.0.0.1"], env={"SSL_CERT_FILE": str(misnamed.ca)}, politeness={"retries": 0})
    assert one(wrong, urls[0])["outcome"] == Outcome.ROBOTS_UNREACHABLE.value
    assert "the certificate is not the host's" in one(wrong, urls[0])["detail"]
    assert not server.asked


def test_certificates_are_verified_through_a_proxy(tmp_path: Path, trusted: servers.Authority, misnamed: servers.Authority) -> None:
    for authority, status in ((trusted, 200), (misnamed, None)):
        with serving(tls=authority.context) as server, servers.proxying(server) as proxy:
            env = {"https_proxy": f"http://user:secret@127.0.0.1:{proxy.port}", "SSL_CERT_FILE": str(authority.ca)}
            report = probe(tmp_path, ["https://news.test/x"], env=env, politeness={"retries": 0})
        assert one(report, "https://news.test/x").get("status") == status
        assert proxy.lines[0] == "CONNECT news.test:443 HTTP/1.1"
        assert bool(server.asked) == (status == 200)


def test_http_goes_through_the_proxy_and_its_password_stays_out_of_the_archive(tmp_path: Path) -> None:
    with serving() as server, servers.proxying(server) as proxy:
        env = {"http_proxy": f"http://user:secret@127.0.0.1:{proxy.port}", "no_proxy": "direct.test"}
        urls = ["http://news.test/x", f"http://127.0.0.1:{proxy.port}/", "http://10.0.0.1/", "http://direct.test/"]
        report = probe(tmp_path, urls, env=env, politeness={"retries": 0})
    result = one(report, urls[0])
    assert result["status"] == 200 and "http://news.test/x" in server.paths()
    exchange = _read(tmp_path / "archive", ref_of(result))
    assert "proxy-authorization" not in {name.lower() for name, _ in exchange.request_headers}
    assert exchange.ip_address is None
    assert [one(report, url)["error"] for url in urls[1:]] == ["PrivateAddress", "PrivateAddress", "RobotsUnreachable"]
    assert not any("direct.test" in path for path in server.paths())


def test_a_proxy_that_refuses_is_named(tmp_path: Path) -> None:
    with serving() as server, servers.proxying(server, refuse=True) as proxy:
        report = probe(tmp_path, ["https://news.test/x"], env={"https_proxy": f"http://127.0.0.1:{proxy.port}"}, politeness={"retries": 0})
    assert "the proxy did not open a way" in one(report, "https://news.test/x")["detail"]
