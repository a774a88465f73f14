"""A crawl in a process of its own (a reactor runs once per process): JSON in, JSON out.

Reads ``{"settings": {...}, "crawls": [[{"url": ..., "meta": {...}}, ...], ...]}``; each list is one crawler, all at once.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import traceback
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def probe(home: Path, *crawls: Sequence[str], env: Mapping[str, str] | None = None, **options: Any) -> dict[str, Any]:
    """Fetch addresses in a fresh process. The report has ``results`` by address, ``seconds``, ``peak_bytes``, ``lag_seconds``."""
    order = {"home": str(home), "crawls": crawls, **options}
    clean = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", __file__],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=120,
        env=clean,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    report["stderr"] = done.stderr
    return report


def _main() -> None:
    from scrapy.utils.reactor import install_reactor

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor

    order = json.load(sys.stdin)
    report: dict[str, Any] = {}

    async def run() -> None:
        try:
            report.update(await _crawl(order))
        except BaseException:  # noqa: BLE001 - shown to the test through stderr
            traceback.print_exc()
        reactor.stop()

    reactor.callWhenRunning(lambda: asyncio.ensure_future(run()))
    reactor.run()
    report["peak_bytes"] = _peak_bytes()
    json.dump(report, sys.stdout)


def _peak_bytes() -> int:
    """This program's own highest mark; ``ru_maxrss`` would count what the tests' process had when it started us (Linux)."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


async def _crawl(order: dict[str, Any]) -> dict[str, Any]:
    import scrapy
    from scrapy.crawler import AsyncCrawlerRunner

    from crawler.failures import is_interruption, not_before, outcome_of_failure, outcome_of_status
    from crawler.fetching import open_commons, scrapy_settings
    from newsdesk.settings import Limits, Politeness, Settings

    results: dict[str, Any] = {}

    class Probe(scrapy.Spider):
        name = "probe"

        async def start(self) -> AsyncIterator[Any]:
            for url in self.urls:  # type: ignore[attr-defined]
                yield scrapy.Request(url, callback=self.answered, errback=self.failed, cb_kwargs={"asked": url}, meta=order.get("meta", {}))

        def answered(self, response: Any, asked: str) -> None:
            snapshot = response.meta["snapshot"]
            outcome = outcome_of_status(response.status)
            results.setdefault(asked, []).append(
                {
                    "url": response.url,
                    "status": response.status,
                    "outcome": outcome and outcome.value,
                    "body": len(response.body),
                    "text": response.body[:200].decode("latin-1"),
                    "snapshot": {**snapshot.__dict__, "fetched_at": snapshot.fetched_at.isoformat()},
                    "at": time.monotonic(),
                }
            )

        def failed(self, failure: Any) -> None:
            outcome, detail = outcome_of_failure(failure)
            results.setdefault(failure.request.cb_kwargs["asked"], []).append(
                {
                    "outcome": outcome.value,
                    "detail": detail,
                    "error": type(failure.value).__name__,
                    "later": not_before(failure) is not None,
                    "interrupted": is_interruption(failure),
                }
            )

    politeness = Politeness(
        "desk@example.org", **{"delay_seconds": 0.0, "retries": 1, "timeout_seconds": 10.0, **order.get("politeness", {})}
    )
    settings = Settings(PurePath(order["home"]), "", politeness, Limits(**order.get("limits", {})), allowed_hosts=order.get("allowed", []))
    commons = open_commons(settings, lambda: datetime.now(UTC))
    runner = AsyncCrawlerRunner(scrapy_settings(settings, commons, politeness.delay_seconds))
    began = time.monotonic()
    crawls = [runner.crawl(Probe, urls=urls, **order.get("spider", {})) for urls in order["crawls"]]
    if "stop_after" in order:
        asyncio.get_running_loop().call_later(order["stop_after"], commons.stop_fetching)
    lag = asyncio.ensure_future(_worst_lag())
    await asyncio.gather(*crawls)
    seconds = time.monotonic() - began
    lag.cancel()
    await commons.close()
    return {"results": results, "seconds": seconds, "lag_seconds": _LAG[0]}


_LAG = [0.0]


async def _worst_lag() -> None:
    while True:
        before = time.monotonic()
        await asyncio.sleep(0.01)
        _LAG[0] = max(_LAG[0], time.monotonic() - before - 0.01)


if __name__ == "__main__":
    _main()
