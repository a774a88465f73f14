"""What was read from a snapshot: an article, or the named reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdesk.kinds import Category, Genre
from newsdesk.labels import Origin, Provenance
from newsdesk.links import Outcome
from newsdesk.moments import Hinted, Moment


@dataclass(frozen=True)
class Article:
    """A page's article, each value with the hint it came from; a value nobody stated is None, never invented.

    ``text`` has paragraphs divided by one newline. ``language`` is ISO 639-1. ``canonical`` is the page's own address
    where it names one that may stand for it. ``extractor`` names program, version and settings, so that the text can be
    made again from the snapshot.
    """

    address: str
    title: Hinted[str] | None
    text: str
    authors: Hinted[tuple[str, ...]] | None
    published: Hinted[Moment] | None
    modified: Hinted[Moment] | None
    language: Hinted[str] | None
    canonical: str | None
    site_name: str | None
    kind: str | None  # schema.org type as stated: NewsArticle, OpinionNewsArticle, ...
    section: str | None
    origin: Hinted[str] | None
    lead: str | None
    image: str | None
    extractor: str


def bare_article(address: str, title: Hinted[str] | None, text: str, language: Hinted[str] | None, extractor: str) -> Article:
    """An article of which nobody stated more than this."""
    return Article(
        address=address,
        title=title,
        text=text,
        authors=None,
        published=None,
        modified=None,
        language=language,
        canonical=None,
        site_name=None,
        kind=None,
        section=None,
        origin=None,
        lead=None,
        image=None,
        extractor=extractor,
    )


@dataclass(frozen=True)
class NoArticle:
    """A page that yields none, and why."""

    address: str
    outcome: Outcome
    detail: str
    canonical: str | None = None


ReadResult = Article | NoArticle


@dataclass(frozen=True)
class StoredArticle:
    """An article as the shelf keeps it, with what was judged of it (label and why), for listings and the desk.

    ``publisher`` is the publisher's own label where ``origins`` were looked for, None where an earlier version did not.
    ``genre`` None: an earlier version did not tell it, and nothing is said of it.
    """

    id: int
    key: str
    outlet_id: str
    article: Article
    label: str
    label_why: str
    story_id: int
    snapshot_file: str
    snapshot_offset: int
    snapshot_record_id: str
    stored_at: datetime
    others_in_story: Sequence[int] = ()
    origins: Sequence[Origin] = ()
    publisher: Provenance | None = None
    genre: Genre | None = None
    categories: Sequence[Category] = ()
