"""How a story travelled: who was first, who took it from whom and how closely, how long it took, which voices took part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from newsdesk.corroboration import Member, Originator
from newsdesk.judging import Label


class Part(StrEnum):
    """What an article did in a story's spread."""

    FIRST = "first"
    COPY = "copy"
    RELAY = "relay"
    OWN = "own"


@dataclass(frozen=True)
class Step:
    """An article's part. ``after`` is how long after the first article it came, None where no hour is stated of either;
    ``of_article_id`` whose text it shares and ``share`` (0-1) how much of the shorter one; ``of_origin`` whom it names."""

    member: Member
    part: Part
    after: timedelta | None
    sentence: str
    of_article_id: int | None = None
    share: float | None = None
    of_origin: Originator | None = None


@dataclass(frozen=True)
class Amplification:
    """A story's steps, the earliest first; ``state_voices`` are outlets that are a state's own voice, ``relays`` those that
    are not but carry one; ``took`` is from the first to the last stated hour."""

    steps: Sequence[Step]
    state_voices: Sequence[str]
    relays: Sequence[str]
    took: timedelta | None
    sentence: str


def amplification(members: Sequence[Member]) -> Amplification:
    """The way of a story through its articles. Raises ValueError without a member."""
    if not members:
        raise ValueError("a story without an article went nowhere")
    ordered = sorted(members, key=lambda member: (member.when, member.article_id))
    steps = tuple(_step(member, ordered) for member in ordered)
    voices = _outlets(member for member in ordered if member.publisher_label is Label.STATE_MEDIA)
    relays = _outlets(member for member in ordered if member.state_voice and member.publisher_label is not Label.STATE_MEDIA)
    hours = [member.published_at for member in ordered if member.published_at is not None]
    took = max(hours) - min(hours) if len(hours) > 1 else None
    return Amplification(steps, voices, relays, took, _sentence(ordered, voices, relays, took))


def _outlets(members: Iterable[Member]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(member.outlet_name for member in members))


def _step(member: Member, ordered: Sequence[Member]) -> Step:
    first = ordered[0]
    after = member.published_at - first.published_at if member.published_at and first.published_at else None
    source = _copied_from(member, ordered)
    if source is not None:
        earlier, share = source
        said = f"{share:.0%} of the shorter text's five-word runs are those of {earlier.outlet_name}{_gap(earlier, member)}."
        return Step(member, Part.COPY, after, said, earlier.article_id, share)
    if member.origins:
        origin = member.origins[0]
        return Step(member, Part.RELAY, after, f"Names {origin.name} as its origin.", of_origin=origin)
    if member is first:
        return Step(member, Part.FIRST, after, "The earliest article of the story that the desk has read.")
    return Step(member, Part.OWN, after, "Tells the event in its own words.")


def _copied_from(member: Member, ordered: Sequence[Member]) -> tuple[Member, float] | None:
    """The earlier article that shares most of its text, the earliest of those that share as much."""
    said_of_it = [(other.article_id, share) for other in ordered for copied, share in other.copies if copied == member.article_id]
    shares = dict([*member.copies, *said_of_it])
    before = [other for other in ordered[: ordered.index(member)] if other.article_id in shares]
    if not before:
        return None
    best = max(before, key=lambda other: (shares[other.article_id], -ordered.index(other)))
    return best, shares[best.article_id]


def _gap(earlier: Member, later: Member) -> str:
    if earlier.published_at is None or later.published_at is None:
        return ", printed before it" if earlier.when < later.when else ""
    return f", printed {in_words(later.published_at - earlier.published_at)} before it"


def in_words(gap: timedelta) -> str:
    """A length of time for people.

    >>> in_words(timedelta(minutes=95)), in_words(timedelta(days=3, hours=2)), in_words(timedelta(seconds=20))
    ('1 h 35 min', '3 d 2 h', 'less than a minute')
    """
    minutes = int(gap.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{rest} min" if rest else "less than a minute"


def _sentence(ordered: Sequence[Member], voices: Sequence[str], relays: Sequence[str], took: timedelta | None) -> str:
    if len(ordered) == 1:
        return f"Only {ordered[0].outlet_name} tells it, among what the desk has read."
    outlets = len({member.outlet_id for member in ordered})
    said = f"{len(ordered)} articles of {outlets} {'outlet' if outlets == 1 else 'outlets'}"
    said += f" within {in_words(took)}" if took is not None else ""
    said += f"; {ordered[0].outlet_name} was first."
    if voices:
        said += f" State voices: {', '.join(voices)}."
    if relays:
        said += f" Relays: {', '.join(relays)}."
    return said
