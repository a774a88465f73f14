"""What is told and judged anew of stored articles: the rules by which events are found changed, or the page did. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from newsdesk.articles import Article
from newsdesk.kinds import Kind
from newsdesk.labels import Label, Origin
from newsdesk.meaning import Encoder
from newsdesk.provenance import controller_in_words
from newsdesk.telling import Telling, tell_many
from newsdesk.voices import relay_in_words

JUDGED_WITHIN = timedelta(days=30)  # of the reading that found the change; what changed before stays judged as it was
SCORE_NEWS = 5.0  # points of 100 that a score must move before an editor is told
_LABELS = {Label.STATE_MEDIA: "state media", Label.NOT_STATE_MEDIA: "not state media", Label.UNKNOWN: "of unknown control"}
_KINDS = {Kind.REPORT: "a report", Kind.OPINION: "opinion", Kind.DECLARATION: "a declaration"}


@dataclass(frozen=True)
class ToTell:
    """A stored article as far as its telling is drawn from it; ``language`` is ISO 639-1, ``number`` the version whose words
    these are."""

    article_id: int
    title: str
    lead: str | None
    text: str
    language: str | None
    published_on: date | None
    number: int = 1


def told_of(some: Sequence[ToTell], encoder: Encoder) -> list[Telling]:
    """The tellings of stored articles, in their order."""
    return tell_many([(one.title, one.lead, one.text, one.language, one.published_on) for one in some], encoder)


@dataclass(frozen=True)
class ToJudge:
    """A stored article whose page says something else now: ``article`` is what version ``number`` says, under the day of
    publication that the stored article has, so that it stays where it was found."""

    article_id: int
    number: int
    key: str
    outlet_id: str
    source_id: str
    article: Article


@dataclass(frozen=True)
class Judgement:
    """What was judged of one text of an article, as far as editors are told what became of it. ``score`` is 0-100."""

    label: Label
    controller: str | None
    why: str
    origins: Sequence[Origin]
    score: float
    kind: Kind | None


def relabels(before: Judgement, after: Judgement) -> bool:
    """Whether another label is printed, or the same for another state or group: an entry that cites it must be looked at."""
    return (before.label, before.controller) != (after.label, after.controller)


def judgement_news(before: Judgement, after: Judgement) -> tuple[str, ...]:
    """What an editor is told when a newer text was judged, in sentences, what matters most first; empty where nothing changed
    that matters to one."""
    return (*_label_news(before, after), *_origin_news(before, after), *_other_news(before, after))


def _label_news(before: Judgement, after: Judgement) -> Iterator[str]:
    if before.label is not after.label:
        yield f"The label is “{_LABELS[after.label]}” now; it was “{_LABELS[before.label]}”. {after.why}"
    elif relabels(before, after):
        yield f"The voice is that of {_whose(after)} now; it was that of {_whose(before)}. {after.why}"


def _whose(judgement: Judgement) -> str:
    return controller_in_words(judgement.controller) if judgement.controller else "nobody known"


def _origin_news(before: Judgement, after: Judgement) -> Iterator[str]:
    """Origins by whom they name: the same name at another place is no news."""
    had, has = ({(each.outlet_id, each.name): each for each in one.origins} for one in (before, after))
    yield from (f"The text now {relay_in_words(each)}." for named, each in has.items() if named not in had)
    yield from (f"The text no longer relays {each.name}." for named, each in had.items() if named not in has)


def _other_news(before: Judgement, after: Judgement) -> Iterator[str]:
    if abs(after.score - before.score) >= SCORE_NEWS:
        moved = "rose" if after.score > before.score else "fell"
        yield f"The score {moved} from {before.score:.0f} to {after.score:.0f}."
    if before.kind is not after.kind and before.kind is not None and after.kind is not None:
        yield f"It reads as {_KINDS[after.kind]} now; before as {_KINDS[before.kind]}."


@dataclass(frozen=True)
class Retold:
    """What telling anew came to: how many articles were told, how many could not be (they keep what they had, and join only
    what they copy), how many are left because it was stopped, and how many that came meanwhile may belong with one of them, which
    an editor is shown."""

    told: int = 0
    failed: int = 0
    left: int = 0
    suggested: int = 0

    @property
    def sentence(self) -> str:
        """For whoever asked."""
        if not (self.told or self.failed or self.left):
            return "Every article that new reports are compared with is told by the present rules."
        parts = [f"{_articles(self.told)} told anew"]
        if self.failed:
            parts.append(f"{self.failed} could not be told (see the log)")
        if self.left:
            parts.append(f"{self.left} left for the next time")
        if self.suggested:
            parts.append(f"{self.suggested} that came meanwhile perhaps belong with one of them, as their pages show")
        return f"{'; '.join(parts)}."


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"
