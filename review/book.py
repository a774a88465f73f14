"""What the page is told of the configuration, and what it may ask of rooms that it does not import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdesk.editions import Entry, Finding, Policy, Section
from newsdesk.outlets import Outlet
from newsdesk.ports import (
    Accounts,
    ArticleShelf,
    ControlBook,
    CorroborationBook,
    DeskShelf,
    HealthBook,
    PageShelf,
    RankingBook,
    SourceBook,
    StoryBook,
)


@dataclass(frozen=True)
class ReviewBook:
    """Configuration and injected office of the edition room.

    ``printed`` gives an entry's line as it will stand in the edition, lead-in included. ``check`` gives the findings of a
    month. ``export`` takes month (``YYYY-MM``), form (one of ``forms``), editor's name and waiver (None without one), logs
    the export and returns the file's bytes; it raises EditionRefused when a finding refuses and there is no waiver.
    ``secret_key`` signs sessions (at least 16 characters). ``secure_cookies`` is for a page served by HTTPS only.
    """

    outlets: Mapping[str, Outlet]
    sections: Sequence[Section]
    policy: Policy
    secret_key: str
    secure_cookies: bool
    printed: Callable[[Entry], str]
    check: Callable[[str], Sequence[Finding]]
    export: Callable[[str, str, str, str | None], bytes]
    forms: Sequence[str] = ("md", "html", "docx", "csv", "json")
    session_hours: int = 12
    stale_after_hours: int = 6

    def __post_init__(self) -> None:
        if len(self.secret_key) < 16:
            raise ValueError("the secret key that signs sessions must have at least 16 characters")

    def outlet_name(self, outlet_id: str) -> str:
        """The name to print: the first of an outlet's names; the id where the outlet is no longer configured."""
        outlet = self.outlets.get(outlet_id)
        if outlet is None:
            return outlet_id
        return outlet.names[0] if outlet.names else outlet.name

    def section(self, section_id: str | None) -> Section | None:
        """The section of that id, None where there is none."""
        return next((section for section in self.sections if section.id == section_id), None)

    def section_name(self, section_id: str | None) -> str:
        """The section's name; the id where it is no longer configured; "No section" for None."""
        section = self.section(section_id)
        return section.name if section else (section_id or "No section")


@dataclass(frozen=True)
class Rooms:
    """Everything a page may read or write, in one value. ``clock`` gives aware UTC."""

    desk: DeskShelf
    articles: ArticleShelf
    accounts: Accounts
    sources: SourceBook
    pages: PageShelf
    health: HealthBook
    control: ControlBook
    book: ReviewBook
    clock: Callable[[], datetime]
    ranking: RankingBook
    corroboration: CorroborationBook
    stories: StoryBook | None = None
