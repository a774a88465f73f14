"""The Robots Exclusion Protocol as RFC 9309 has it, with one cache for all crawlers of the process."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.exceptions import IgnoreRequest

TOKEN = "newsdesk"  # noqa: S105 - the product token of RFC 9309, 2.2.1


class RobotsDenied(IgnoreRequest):
    """The host's robots.txt asks us not to fetch the address."""


class RobotsUnreachable(IgnoreRequest):
    """The host's robots.txt cannot be had, which RFC 9309 (2.3.1.4) reads as: fetch nothing."""


@dataclass(frozen=True)
class RobotsRules:
    """What one robots.txt says to us: rules in order (True allows), our crawl-delay in seconds, and the sitemaps it names."""

    rules: tuple[tuple[bool, str], ...] = ()
    crawl_delay_seconds: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, address: str) -> bool:
        """Whether we may fetch the address: the longest matching rule decides, allow wins a tie (RFC 9309, 2.2.2)."""
        raise NotImplementedError


def parse_robots(body: bytes, token: str = TOKEN) -> RobotsRules:
    """Read a robots.txt; never fails, whatever the bytes."""
    raise NotImplementedError


class RobotsBook:
    """The process-wide cache."""
