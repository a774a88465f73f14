"""The ports in memory, and a small desk with articles in four languages, for the tests of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from newsdesk.articles import Article, StoredArticle
from newsdesk.control import Corrected, Correction, Preview, Relabelled, corrected
from newsdesk.corroboration import Corroboration, CorroborationNews, Member
from newsdesk.decisions import Decision, Draft, Move, Standing, State, check_move, fold
from newsdesk.editions import Entry, Finding, Policy, Section
from newsdesk.errors import EditionRefused, NotFound, OutdatedView, StorageError
from newsdesk.health import Condition, Notice, Picture
from newsdesk.judging import JudgedArticle, Label, Match, SectionProposal, TermKind
from newsdesk.learned import Bin, LanguageRow, Mistake, ModelChoice, ModelRecord, PastEntry, Quality, Report
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.outlets import Control, ControlStatement, Outlet
from newsdesk.polling import NextPoll
from newsdesk.ports import CandidateView, Facets, QueueFilter, QueueItem, QueuePage, Standings, Stored, User
from newsdesk.snapshots import SnapshotRef
from newsdesk.sources import PollEnd, SourceReport, SourceState
from newsdesk.versions import NextReading, PageHistory, ReadingEnd, ReadingLine, Reread
from newsdesk.voices import relayed_by
from review.book import ReviewBook
from review.showing import MONTHS

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
KEY = "a key for the tests only"


class Clock:
    """A clock that stands until it is told to go on."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **by: int) -> None:
        self.now += timedelta(**by)


@dataclass
class FakeCandidate:
    id: int
    articles: list[StoredArticle]
    score: float
    reasons: tuple[str, ...]
    matches: tuple[Match, ...]
    sections: tuple[SectionProposal, ...]
    log: list[Decision] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        return fold(self.log)


def _item(candidate: FakeCandidate) -> QueueItem:
    lead = candidate.articles[0]
    article = lead.article
    current = candidate.standing.current
    return QueueItem(
        candidate_id=candidate.id,
        article_id=lead.id,
        title=article.title.value if article.title else "",
        outlet_id=lead.outlet_id,
        language=article.language.value if article.language else None,
        published_on=article.published.value.on if article.published else None,
        label=Label(lead.label),
        score=candidate.score,
        section_id=candidate.sections[0].section_id if candidate.sections else None,
        reasons=candidate.reasons,
        articles_in_story=len(candidate.articles),
        state=candidate.standing.state,
        held_until=current.draft.until if current else None,
        kind=lead.genre.kind if lead.genre else None,
        category=lead.categories[0].category if lead.categories else None,
        relayed=relayed_by(lead.publisher, lead.origins) if lead.publisher else "",
    )


def _fits(item: QueueItem, wanted: QueueFilter, text: str) -> bool:
    return (
        wanted.section_id in (None, item.section_id)
        and wanted.language in (None, item.language)
        and wanted.label in (None, item.label)
        and wanted.outlet_id in (None, item.outlet_id)
        and wanted.kind in (None, item.kind)
        and wanted.category in (None, item.category)
        and all(word in text.casefold() for word in (wanted.words or "").casefold().split())
    )


class FakeDesk:
    """DeskShelf in memory."""

    def __init__(self, candidates: Sequence[FakeCandidate], sections: Sequence[Section]) -> None:
        self.candidates = {candidate.id: candidate for candidate in candidates}
        self.order = [section.id for section in sections]
        self.texts: dict[tuple[str, str], str] = {}
        self.exports: list[tuple[str, str, str, str | None]] = []
        self._next = 1

    def _in_state(self, item: QueueItem, wanted: QueueFilter) -> bool:
        if wanted.state is State.WAITING:
            came = item.state is State.HELD and item.held_until is not None and item.held_until <= wanted.today
            return item.state is State.WAITING or came
        return item.state is wanted.state

    def queue(self, wanted: QueueFilter) -> QueuePage:
        every = [_item(candidate) for candidate in self.candidates.values()]
        stated = [item for item in every if self._in_state(item, wanted)]
        found = [item for item in stated if _fits(item, wanted, self._text(item.candidate_id))]
        found.sort(key=lambda item: (-item.score, item.candidate_id))
        start = (wanted.page - 1) * wanted.page_size
        facets = Facets(
            sections=Counter(item.section_id for item in stated if item.section_id),
            languages=Counter(item.language for item in stated if item.language),
            labels=Counter(str(item.label) for item in stated),
            outlets=Counter(item.outlet_id for item in stated),
            states=Counter(str(item.state) for item in every),
            kinds=Counter(str(item.kind) for item in stated if item.kind),
            categories=Counter(str(item.category) for item in stated if item.category),
        )
        return QueuePage(found[start : start + wanted.page_size], len(found), facets)

    def _text(self, candidate_id: int) -> str:
        article = self.candidates[candidate_id].articles[0].article
        return f"{article.title.value if article.title else ''} {article.text}"

    def candidate(self, candidate_id: int) -> CandidateView:
        found = self.candidates.get(candidate_id)
        if found is None:
            raise NotFound(f"There is no candidate {candidate_id}.")
        return CandidateView(
            candidate_id,
            found.articles[0],
            found.articles[1:],
            found.score,
            found.reasons,
            found.matches,
            found.sections,
            found.standing,
            tuple(found.log),
            origins_shown=found.articles[0].origins,
        )

    def decide(self, candidate_id: int, draft: Draft, by: str, seen: int, now: datetime) -> Decision:
        view = self.candidate(candidate_id)
        if seen != view.standing.count:
            last = view.decisions[-1]
            raise OutdatedView(f"{last.by} decided “{last.draft.move}” on it since you looked.")
        check_move(view.standing, draft)
        decision = Decision(self._next, candidate_id, draft, by, now, seen)
        self._next += 1
        self.candidates[candidate_id].log.append(decision)
        return decision

    def last_decision_of(self, by: str) -> Decision | None:
        counting = [c.standing.current for c in self.candidates.values()]
        return max((d for d in counting if d and d.by == by), key=lambda d: d.id, default=None)

    def _position(self, log: Sequence[Decision]) -> float:
        said = [d.draft.position for d in log if d.draft.position is not None]
        return said[-1] if said else float(log[0].id)

    def entries(self, month: str) -> Sequence[Entry]:
        found = []
        for candidate in self.candidates.values():
            current = candidate.standing.current
            if candidate.standing.state is not State.ACCEPTED or current is None or current.draft.edition != month:
                continue
            cited = next((a for a in candidate.articles if a.id == current.draft.article_id), candidate.articles[0])
            article = cited.article
            found.append(
                Entry(
                    candidate_id=candidate.id,
                    article_id=cited.id,
                    section_id=current.draft.section_id or "",
                    report=current.draft.report or "",
                    outlet_id=cited.outlet_id,
                    outlet_printed=cited.outlet_id,
                    address=article.address,
                    published_on=article.published.value.on if article.published else None,
                    language=article.language.value if article.language else None,
                    label=Label(cited.label),
                    label_why=cited.label_why,
                    accepted_by=current.by,
                    position=self._position(candidate.log),
                    other_outlets=tuple(a.outlet_id for a in candidate.articles if a is not cited),
                )
            )
        return sorted(found, key=lambda e: (self.order.index(e.section_id) if e.section_id in self.order else 99, e.position))

    def narratives(self, month: str) -> Mapping[str, str]:
        return {section: text for (of, section), text in self.texts.items() if of == month}

    def write_narrative(self, month: str, section_id: str, text: str, by: str, now: datetime) -> None:
        self.texts[month, section_id] = text

    def log_export(self, month: str, form: str, by: str, waiver: str | None, findings: Sequence[str], now: datetime) -> int:
        self.exports.append((month, form, by, waiver))
        return len(self.exports)


class FakeArticles:
    """ArticleShelf in memory; the page only reads."""

    def __init__(self, articles: Sequence[StoredArticle]) -> None:
        self.kept = {article.id: article for article in articles}

    def store(self, link_id: int, judged: JudgedArticle, snapshot: SnapshotRef, now: datetime) -> Stored:
        raise NotImplementedError

    def articles(self, outlet_id: str | None = None, limit: int | None = None) -> Sequence[StoredArticle]:
        return [a for a in self.kept.values() if outlet_id in (None, a.outlet_id)][:limit]

    def article(self, article_id: int) -> StoredArticle:
        if article_id not in self.kept:
            raise NotFound(f"There is no article {article_id}.")
        return self.kept[article_id]

    def snapshot(self, article_id: int) -> SnapshotRef:
        raise NotFound(f"There is no snapshot of article {article_id}.")

    def search(self, words: str, limit: int) -> Sequence[StoredArticle]:
        return [a for a in self.kept.values() if words in a.article.text][:limit]


class FakeAccounts:
    """Accounts in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, User] = {}

    def user(self, name: str) -> User | None:
        return self.kept.get(name)

    def users(self) -> Sequence[User]:
        return list(self.kept.values())

    def add_user(self, name: str, password_hash: str, now: datetime) -> None:
        if name in self.kept:
            raise StorageError(f"There is an account {name} already.")
        self.kept[name] = User(name, password_hash, now)

    def set_password(self, name: str, password_hash: str) -> None:
        self.kept[name] = replace(self.kept[name], password_hash=password_hash)

    def switch_user(self, name: str, off: bool) -> None:
        self.kept[name] = replace(self.kept[name], switched_off=off)


class FakeSources:
    """SourceBook in memory; the page only asks for the report."""

    def __init__(self, reports: Sequence[SourceReport]) -> None:
        self.reports = list(reports)
        self.broken = False

    def sync(self, outlets: Sequence[Outlet], now: datetime) -> None:
        raise NotImplementedError

    def due(self, now: datetime) -> Sequence[SourceState]:
        return []

    def state(self, source_id: str) -> SourceState:
        raise NotFound(source_id)

    def record_poll(self, end: PollEnd, then: NextPoll) -> None:
        raise NotImplementedError

    def report(self) -> Sequence[SourceReport]:
        if self.broken:
            raise StorageError("The database at sqlite:///secret-place cannot be opened.")
        return self.reports


class FakePages:
    """PageShelf in memory; the page only asks for histories."""

    def __init__(self) -> None:
        self.kept: dict[int, PageHistory] = {}

    def due_outlets(self, now: datetime) -> Sequence[str]:
        return []

    def due(self, outlet_id: str, limit: int, now: datetime) -> Sequence[Reread]:
        return []

    def record(self, end: ReadingEnd, then: NextReading) -> None:
        raise NotImplementedError

    def postpone(self, article_id: int, until: datetime) -> None:
        raise NotImplementedError

    def readings(self, since: datetime) -> Sequence[ReadingLine]:
        return []

    def histories(self, article_ids: Sequence[int]) -> Mapping[int, PageHistory]:
        return {number: self.kept[number] for number in article_ids if number in self.kept}

    def version_counts(self) -> Mapping[int, int]:
        return {}


class FakeHealth:
    """HealthBook in memory; the page only looks."""

    def __init__(self) -> None:
        self.kept = Standings((), None)
        self.shown = Picture((), {})
        self.told: list[Notice] = []

    def gather(self, now: datetime) -> Picture:
        raise NotImplementedError

    def picture(self, now: datetime) -> Picture:
        return self.shown

    def record(self, found: Sequence[Condition], now: datetime) -> Notice:
        raise NotImplementedError

    def standings(self) -> Standings:
        return self.kept

    def notices(self, limit: int) -> Sequence[Notice]:
        return self.told[:limit]


SECTIONS = (
    Section("must-reads", "Must reads", must_read=True),
    Section("venezuela", "Venezuela", narrative=True),
    Section("bolivarian-network", "The Bolivarian Network", parent="venezuela"),
    Section("iran", "Iran", narrative=True),
    Section("hezbollah", "Hezbollah", parent="iran"),
    Section("russia", "Russia", narrative=True),
    Section("china", "China", narrative=True),
)

POLICY = Policy(
    state_share_limit=0.2,
    labelled_controls=frozenset({"SC"}),
    labelled_states=frozenset({"VE", "RU", "IR", "CN", "CU"}),
    lead_in="State media reports",
    disclaimer=("State media are cited in a limited number.", "Opinion is left out."),
    candidate_threshold=30.0,
)


def outlet(id: str, name: str, country: str, language: str, control: Control, controller: str | None) -> Outlet:
    stated = (ControlStatement(control, controller, "Stated in the register of the tests.", valid_from=date(2015, 1, 1)),)
    return Outlet(id, name, (name,), country, (language,), (f"{id}.example",), stated if control is not Control.UNKNOWN else (), ())


OUTLETS = {
    made.id: made
    for made in (
        outlet("correo", "Correo del Istmo", "PA", "es", Control.PRIVATE, None),
        outlet("voz", "Voz Estatal", "VE", "es", Control.SC, "VE"),
        outlet("folha", "Folha da Serra", "BR", "pt", Control.PRIVATE, None),
        outlet("herald", "Harbour Herald", "US", "en", Control.PRIVATE, None),
        outlet("ligne", "La Ligne Caraïbe", "FR", "fr", Control.UNKNOWN, None),
    )
}

_LABELS = {"voz": Label.STATE_MEDIA, "ligne": Label.UNKNOWN}
_WHY = {
    Label.STATE_MEDIA: "The state of Venezuela controls this outlet, as stated for that day.",
    Label.UNKNOWN: "Nobody has stated who controls this outlet, so it is not counted as independent.",
    Label.NOT_STATE_MEDIA: "Privately owned, as stated for that day.",
}


def stored(
    id: int,
    outlet_id: str,
    title: str,
    text: str,
    language: str | None = "es",
    on: date | None = date(2026, 11, 16),
    address: str | None = None,
    authors: tuple[str, ...] = ("Ana Prueba",),
) -> StoredArticle:
    """An article as the shelf would keep it."""
    label = _LABELS.get(outlet_id, Label.NOT_STATE_MEDIA)
    article = Article(
        address=address or f"https://{outlet_id}.example/{id}",
        title=Hinted(title, Hint.HEADING),
        text=text,
        authors=Hinted(authors, Hint.JSON_LD) if authors else None,
        published=Hinted(Moment.of_day(on), Hint.JSON_LD, ((Hint.FEED, "2026-11-17T01:30:00Z"),)) if on else None,
        modified=None,
        language=Hinted(language, Hint.DETECTOR) if language else None,
        canonical=None,
        site_name=None,
        kind="NewsArticle",
        section=None,
        origin=None,
        lead=None,
        image=None,
        extractor="test 1",
    )
    file = "2026/11/voz-0001.warc.gz"
    return StoredArticle(
        id, f"{outlet_id}.example/{id}", outlet_id, article, str(label), _WHY[label], id, file, 4096 * id, f"urn:uuid:{id}", NOW
    )


def match(where: str, text: str, words: str, concept: str, kind: TermKind) -> Match:
    """A match at the first place where the words stand."""
    start = text.index(words)
    return Match(where, start, start + len(words), words, concept, kind)


_TEXTS = (
    (
        "herald",
        "en",
        "Tanker convoy reaches El Palito refinery",
        "Two tankers from Iran reached Venezuela on Monday. Port staff saw them unload.",
    ),
    ("voz", "es", "Canciller de Rusia llega a Caracas", "El canciller de Rusia llegó a Caracas. Firmó tres acuerdos con Venezuela."),
    ("folha", "pt", "China amplia porto no Peru", "A China ampliou o porto de Chancay, no Peru. A obra custou caro."),
    ("ligne", "fr", "La Chine ouvre un bureau à La Havane", "La Chine a ouvert un bureau à La Havane. Cuba s’en réjouit."),
    (
        "correo",
        "es",
        "Panamá revisa un puente con China",
        "Panamá revisa el contrato de un puente con una empresa de China. La obra sigue.",
    ),
)
_SECTIONS_PROPOSED = ("iran", "russia", "china", "china", "china")


def candidates(count: int = 5) -> list[FakeCandidate]:
    """Stories with falling scores; the second is told by state media and by an independent outlet."""
    made = []
    for number in range(1, count + 1):
        outlet_id, language, title, text = _TEXTS[(number - 1) % len(_TEXTS)]
        title = title if number <= len(_TEXTS) else f"{title} ({number})"
        articles = [stored(number, outlet_id, title, text, language)]
        if number == 2:
            articles.append(stored(1002, "correo", "Ministro ruso visita Caracas", "El ministro ruso visitó Caracas. Hubo protestas."))
        found = tuple(
            match("text", text, word, f"actor:{word}", TermKind.ACTOR) for word in ("Iran", "Rusia", "China", "Chine") if word in text
        )
        section = _SECTIONS_PROPOSED[(number - 1) % len(_TEXTS)]
        proposals = (SectionProposal(section, 0.8, "the actor is named in the title"), SectionProposal("venezuela", 0.3, "the place"))
        reasons = (f"{text.split()[0]} with a country of the region", "named in the first paragraph")
        made.append(FakeCandidate(number, articles, 96.0 - 3 * number if number < 25 else 20.0, reasons, found[:2], proposals))
    return made


def printed(entry: Entry) -> str:
    """An edition's line, as the edition room would make it."""
    lead_in = f"{POLICY.lead_in} " if entry.label is Label.STATE_MEDIA else ""
    day = f" on {entry.published_on.day:02d}-{MONTHS[entry.published_on.month - 1][:3].upper()}" if entry.published_on else ""
    content = (
        "" if entry.language in (None, "en") else {"es": " (content in Spanish)", "pt": " (content in Portuguese)"}.get(entry.language, "")
    )
    return f"{lead_in}{entry.report} – {entry.outlet_printed}{day}{content}"


def share_findings(entries: Sequence[Entry]) -> list[Finding]:
    """The share rule alone."""
    state = [entry for entry in entries if entry.label is Label.STATE_MEDIA]
    if entries and len(state) / len(entries) > POLICY.state_share_limit:
        return [Finding("state-share", True, "State media are over the limit of 20 percent.", [entry.candidate_id for entry in state])]
    return []


class FakeCorroboration:
    """CorroborationBook in memory: stories by id, what was found of them, and what is news."""

    def __init__(self) -> None:
        self.told: dict[int, tuple[Member, ...]] = {}
        self.found: dict[int, tuple[Corroboration, datetime]] = {}
        self.open: list[CorroborationNews] = []
        self.seen_by: dict[int, str] = {}

    def members(self, story_id: int) -> tuple[Member, ...]:
        return self.told.get(story_id, ())

    def of_story(self, story_id: int) -> tuple[Corroboration, datetime] | None:
        return self.found.get(story_id)

    def news(self) -> Sequence[CorroborationNews]:
        return [one for one in self.open if one.id not in self.seen_by]

    def seen(self, news_id: int, by: str, now: datetime) -> None:
        self.seen_by[news_id] = by


class FakeControl:
    """ControlBook in memory; every article of an outlet is relabelled by a correction."""

    def __init__(self, outlets: Mapping[str, Outlet]) -> None:
        self.outlets = dict(outlets)
        self.log: list[Correction] = []

    def preview(self, outlet_id: str, new: ControlStatement) -> Preview:
        after = tuple(kept.statement for kept in corrected(self.outlets[outlet_id].control, new))
        return Preview(after, self._touched(outlet_id))

    def _touched(self, outlet_id: str) -> tuple[Relabelled, ...]:
        return (
            Relabelled(
                7, outlet_id, "<b>Hostil</b>", date(2026, 11, 3), Label.NOT_STATE_MEDIA, Label.STATE_MEDIA, None, "VE", "so", "2026-11", 1
            ),
        )

    def correct(
        self, outlet_id: str, new: ControlStatement, *, reason: str, by: str, seen: Sequence[ControlStatement], now: datetime
    ) -> Corrected:
        before = self.outlets[outlet_id]
        self.outlets[outlet_id] = replace(before, control=tuple(kept.statement for kept in corrected(before.control, new)))
        after = self.outlets[outlet_id].control
        self.log.insert(0, Correction(len(self.log) + 1, outlet_id, new, before.control, after, reason, by, now, 1))
        return Corrected(len(self.log), self.outlets[outlet_id], self._touched(outlet_id))

    def relabelled_by(self, correction_id: int) -> Sequence[Relabelled]:
        return [one for line in self.log if line.id == correction_id for one in self._touched(line.outlet_id)]

    def stated(self, outlet_id: str) -> Outlet:
        return self.outlets[outlet_id]

    def corrections(self, outlet_id: str) -> Sequence[Correction]:
        return [one for one in self.log if one.outlet_id == outlet_id]

    def changes(self, outlet_id: str, limit: int = 200) -> Sequence[tuple[Relabelled, datetime]]:
        return [(one, line.at) for line in self.corrections(outlet_id) for one in self._touched(line.outlet_id)][:limit]


class FakeRanking:
    """RankingBook in memory, as far as the page asks: one version that passed, one that did not."""

    def __init__(self) -> None:
        bins = (Bin(10.0, 8.0, 20), Bin(80.0, 85.0, 12))
        rows = (LanguageRow("es", 12, 20, 0.91, 0.8, 2, 1), LanguageRow("pt", 3, 0, None, None, 1, 0))
        wrong = (Mistake("candidate 1: <b>Hostil</b>", "es", 8.0, True), Mistake("past entry 3: a report", "en", 4.0, True))
        report = Report(35, 15, 0, 9, "35 decisions", Quality(0.7, 0.8, None), Quality(0.75, 0.9, 0.1), bins, rows, wrong)
        self.runs = [
            ModelRecord(2, NOW, "newsdesk", 60, False, "Not used: it orders worse.", report),
            ModelRecord(1, NOW - timedelta(days=1), "ana", 35, True, "It orders no worse.", report),
        ]
        self.log = [ModelChoice(1, "ana", "It passed the check after training.", NOW - timedelta(days=1))]

    def records(self, limit: int = 50) -> Sequence[ModelRecord]:
        return self.runs[:limit]

    def choices(self, limit: int = 50) -> Sequence[ModelChoice]:
        return self.log[:limit]

    def counts(self) -> Mapping[int, int]:
        return {1: 4}

    def past(self) -> Sequence[PastEntry]:
        return ()

    def lessons(self) -> int:
        return 35

    def choose(self, version: int, by: str, why: str, now: datetime) -> None:
        if version not in (0, *(run.version for run in self.runs)):
            raise NotFound(f"There is no version {version} of the ranking.")
        self.log.insert(0, ModelChoice(version, by, why, now))


def book(desk: FakeDesk, **changes: object) -> ReviewBook:
    """Configuration for the page; exports are the printed lines as bytes."""

    def export(month: str, form: str, by: str, waiver: str | None) -> bytes:
        findings = [finding.sentence for finding in share_findings(desk.entries(month))]
        if findings and not waiver:
            raise EditionRefused("The edition is not exported: " + findings[0])
        desk.log_export(month, form, by, waiver, findings, NOW)
        return "\n".join(printed(entry) for entry in desk.entries(month)).encode()

    made = ReviewBook(OUTLETS, SECTIONS, POLICY, KEY, False, printed, lambda month: share_findings(desk.entries(month)), export)
    return replace(made, **changes)  # type: ignore[arg-type]


def reports(clock: Callable[[], datetime]) -> list[SourceReport]:
    """Two sources, one of them failing."""
    now = clock()
    works = SourceState("herald/news", "herald", now, polled_at=now - timedelta(hours=1), last_outcome="read")
    fails = SourceState(
        "voz/rss",
        "voz",
        now,
        polled_at=now - timedelta(hours=3),
        last_outcome="not_a_feed",
        last_detail="The body begins with <html>.",
        failing_since=now - timedelta(days=2),
    )
    return [
        SourceReport("herald/news", "herald", "feed", "https://herald.example/rss", works, {"stored": 12, "robots_denied": 1}, 3),
        SourceReport("voz/rss", "voz", "feed", "javascript:alert(1)", fails, {"timeout": 2}, 0),
    ]


def accept(section_id: str, report: str, article_id: int | None = None, edition: str = "2026-11") -> Draft:
    return Draft(Move.ACCEPT, edition=edition, section_id=section_id, report=report, article_id=article_id)
