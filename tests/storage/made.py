"""Values made for the storage tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from newsdesk.articles import Article, StoredArticle
from newsdesk.judging import JudgedArticle, Label, Match, Provenance, Relevance, SectionProposal, TermKind
from newsdesk.links import Announcement, Link
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.outlets import Control, ControlStatement, Evidence, Grade, Outlet, Source, SourceKind
from newsdesk.ports import QueueFilter, QueueItem
from newsdesk.snapshots import SnapshotRef
from newsdesk.stories import Copy, copies
from storage.database import Database
from storage.shelves import SqlArticleShelf, SqlDeskShelf, SqlLinkLedger

NOW = datetime(2026, 11, 20, 23, 59, 59, 123456, tzinfo=UTC)
HOSTS = ["a.example", "b.example", "c.example"]


def later(**much: float) -> datetime:
    return NOW + timedelta(**much)


def announcement(number: int | str, host: str = "a.example", **what: object) -> Announcement:
    return Announcement(f"https://{host}/news/{number}", Hint.FEED, **what)  # type: ignore[arg-type]


def source(name: str = "a/feed", **what: object) -> Source:
    outlet_id = name.split("/")[0]
    values = {"id": name, "outlet_id": outlet_id, "kind": SourceKind.FEED, "url": f"https://{outlet_id}.example/feed", "grade": Grade.A}
    return Source(**{**values, **what})  # type: ignore[arg-type]


def outlet(name: str = "a", *sources: Source, switched_off: str | None = None) -> Outlet:
    domains = (f"{name}.example",)
    return Outlet(
        name, name.upper(), (name.upper(),), "VE", ("es",), domains, (), sources or (source(f"{name}/feed"),), switched_off=switched_off
    )


def snapshot(number: int | str = 1, host: str = "a.example") -> SnapshotRef:
    return SnapshotRef(
        "2026/11/20.warc.gz", 2**33, 4321, f"<urn:uuid:{number}>", "sha256:" + "0" * 64, f"https://{host}/news/{number}", 200, NOW
    )


def judged(
    number: int | str,
    host: str = "a.example",
    *,
    score: float = 50.0,
    label: Label = Label.UNKNOWN,
    fingerprints: tuple[int, ...] = (),
    title: str = "Rusia y Venezuela firman un acuerdo",
    text: str = "El acuerdo se firmó en Caracas.\nSegundo párrafo.",
    language: str = "es",
    section: str = "russia",
    published: datetime = NOW,
) -> JudgedArticle:
    outlet_id = host.split(".")[0]
    article = Article(
        address=f"https://{host}/news/{number}",
        title=Hinted(title, Hint.JSON_LD, ((Hint.OPEN_GRAPH, "otro"),)),
        text=text,
        authors=Hinted(("Ana Pérez", "Luis"), Hint.BYLINE),
        published=Hinted(Moment.of_instant(published), Hint.JSON_LD),
        modified=None,
        language=Hinted(language, Hint.DETECTOR),
        canonical=f"https://{host}/news/{number}",
        site_name=None,
        kind="NewsArticle",
        section=None,
        origin=None,
        lead="El acuerdo",
        image=None,
        extractor="made 1",
    )
    statement = ControlStatement(Control.SC, "RU", "law", (Evidence("seen", NOW.date()),))
    match = Match("title", 0, 5, "Rusia", "actor:RU", TermKind.ACTOR)
    relevance = Relevance(score, ("Rusia × Venezuela",), (match,), (SectionProposal(section, 0.9, "Rusia"),), ("RU",), ("VE",))
    provenance = Provenance(label, "RU", statement, "The law of 2013 says so.")
    return JudgedArticle(f"{host}/news/{number}", outlet_id, f"{outlet_id}/feed", article, provenance, fingerprints, "v1", relevance)


def same_copy(new: JudgedArticle, old: StoredArticle) -> Copy | None:
    """Copies are texts that begin with the same word, in these tests."""
    alike = new.article.text.split()[:1] == old.article.text.split()[:1]
    return Copy("exact", 1.0, "Both texts begin alike.") if alike else None


def same_text(new: JudgedArticle, old: StoredArticle) -> Copy | None:
    """The rule of the house, as the composition root hands it in."""
    return copies("", new.article.text, "", old.article.text)


class Desk:
    """All shelves on one database, with the steps from an announcement to a candidate."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.ledger = SqlLinkLedger(database)
        self.shelf = SqlArticleShelf(database, same_copy, 40.0)
        self.desk = SqlDeskShelf(database)

    def link(self, number: int | str, host: str = "a.example") -> Link:
        outlet_id = host.split(".")[0]
        self.ledger.announce(f"{outlet_id}/feed", outlet_id, [announcement(number, host)], HOSTS, NOW)
        (link,) = self.ledger.lease(outlet_id, 1, "test", NOW, 600)
        return link

    def store(self, number: int | str, host: str = "a.example", **what: object):  # type: ignore[no-untyped-def]
        article = judged(number, host, **what)  # type: ignore[arg-type]
        return self.shelf.store(self.link(number, host).id, article, snapshot(number, host), NOW)

    def queue_of(self) -> Sequence[QueueItem]:
        """What waits, the whole of it."""
        return self.desk.queue(QueueFilter(today=NOW.date(), page_size=100)).items

    def candidate(self, number: int | str, host: str = "a.example", **what: object) -> int:
        stored = self.store(number, host, **what)
        assert stored.candidate_id is not None
        return int(stored.candidate_id)
