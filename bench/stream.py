"""Stories as articles arrive one at a time: labelled events shuffled among thousands of other articles, in three orders.

The labelled events are ``stories/pairs.jsonl`` of the shared folder (NEWSDESK_SHARED, else ``../shared`` beside the repository;
left out where it is missing); no threshold was set with it. The others are the replayed pages of the same folder, the demo's
articles and made news, no two of them of one event but the demo's. Run from the repository:

    python -m bench.stream [--others 2400] [--orders 3] [--second] [--list]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench.made_news import made_news
from bench.sections import SHARED, pages
from demo import content
from newsdesk.clusters import Reason, StoryTold, Teller, assign, compared_while_likely, members_to_compare, stories_worth_comparing
from newsdesk.meaning import open_encoder
from newsdesk.nearness import FLOOR, SHORTLIST, NearTellings, direction_of
from newsdesk.rereading import TwiceTold, read_stories_again
from newsdesk.settings import STRONGER_ENCODER
from newsdesk.telling import DOUBT_FROM, SURE_FROM, Sameness, Telling, Verdict, same_story_many, tell_many

DAY = date(2026, 11, 16)


@dataclass(frozen=True)
class Piece:
    """A headline and its opening. ``event`` says what it tells, None where nobody knows; ``labelled`` that it is counted."""

    event: str | None
    language: str | None
    title: str
    lead: str
    labelled: bool


def pairs(path: Path) -> Iterator[Piece]:
    """The labelled events of a file of lines with event, language, headline and lede."""
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        yield Piece(told["event"], told["language"], told["headline"], told["lede"], True)


def others(count: int) -> list[Piece]:
    """At least ``count`` articles that tell none of the labelled events."""
    spoken = {outlet.id: outlet.language for outlet in content.outlets()}
    found = [Piece(one.event, spoken[one.outlet_id], one.title, one.lead, False) for one in content.articles(DAY)]
    if SHARED.is_dir():
        found += [Piece(None, language, title, text[:600], False) for _, title, text, language in pages() if title]
    found += [Piece(one.event, one.language, one.title, one.lead, False) for one in made_news(max(count - len(found), 0))]
    return found


@dataclass
class Stream:
    """Stories grown one article at a time, as the shelf of articles grows them."""

    tellings: list[Telling] = field(default_factory=list)
    story_of: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    suggested: list[tuple[int, int]] = field(default_factory=list)
    near: NearTellings = field(default_factory=NearTellings)
    again: Callable[[int], TwiceTold] | None = None  # the tellings for a second reading of what is in doubt
    read_again: int = 0

    def take(self, telling: Telling) -> None:
        number, direction = len(self.tellings), direction_of(telling.meaning)
        found = self.near.near(direction, DAY.toordinal(), SHORTLIST, FLOOR)
        ids = [one.article_id for one in found]
        likely = compared_while_likely(ids, lambda some: dict(zip(some, self._compare(telling, some), strict=True)))
        worth = stories_worth_comparing((self.story_of[at], sameness) for at, sameness in likely.items())
        stories = [self._told(story_id, ids) for story_id in worth]
        assignment = assign(telling, stories, same_story_many)
        self.tellings.append(telling)
        self.near.add(number, DAY.toordinal(), direction)
        self.story_of.append(number)
        self.members[number] = [number]
        for reason in assignment.joins:
            self._merge(number, reason.story_id)
        self.suggested += [(number, reason.article_id) for reason in assignment.perhaps if not self._settled(number, reason)]

    def _settled(self, number: int, reason: Reason) -> bool:
        """Whether a second reading answers a suggestion, so that no editor is asked."""
        ours, theirs = self.story_of[number], self.story_of[reason.article_id]
        if self.again is None or not DOUBT_FROM <= reason.score < SURE_FROM or ours == theirs:
            return ours == theirs
        self.read_again += 1
        reread = read_stories_again(*(self._standing_for(one, self.again) for one in (number, reason.article_id)))
        if reread.joins:
            self._merge(number, theirs)
        return reread.joins or reread.verdict is Verdict.OTHER

    def _standing_for(self, number: int, again: Callable[[int], TwiceTold]) -> list[TwiceTold]:
        rest = [at for at in sorted(self.members[self.story_of[number]]) if at != number]
        return [again(at) for at in (number, *dict.fromkeys([*rest[:1], *rest[-1:]]))]

    def _compare(self, telling: Telling, some: Sequence[int]) -> Sequence[Sameness]:
        return same_story_many(telling, [self.tellings[at] for at in some])

    def _told(self, story_id: int, near: Sequence[int]) -> StoryTold:
        chosen = members_to_compare(near, self.members[story_id])
        return StoryTold(story_id, [Teller(at, self.tellings[at]) for at in chosen])

    def _merge(self, number: int, other: int) -> None:
        story = self.story_of[number]
        for at in self.members.pop(other):
            self.story_of[at] = story
            self.members[story].append(at)


@dataclass(frozen=True)
class BCubed:
    """Precision, recall and F1 over the labelled articles (each 0-1)."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def b_cubed(events: Mapping[int, str], story_of: Mapping[int, int]) -> BCubed:
    """B-cubed over articles with a known event; ``events`` and ``story_of`` are by article.

    >>> b_cubed({1: "a", 2: "a", 3: "b"}, {1: 9, 2: 9, 3: 9}).recall
    1.0
    """
    by_event, by_story = defaultdict(set), defaultdict(set)
    for article, event in events.items():
        by_event[event].add(article)
        by_story[story_of[article]].add(article)
    together = {article: len(by_event[event] & by_story[story_of[article]]) for article, event in events.items()}
    precision = sum(together[article] / len(by_story[story_of[article]]) for article in events) / len(events)
    recall = sum(together[article] / len(by_event[event]) for article, event in events.items()) / len(events)
    return BCubed(precision, recall)


class SecondTellings:
    """The tellings of pieces for a second reading, each made when it is first asked for."""

    def __init__(self, pieces: Sequence[Piece], first: Sequence[Telling]) -> None:
        self._pieces = pieces
        self._first = first
        self.made: dict[int, TwiceTold] = {}

    def of(self, at: int) -> TwiceTold:
        if at not in self.made:
            piece = self._pieces[at]
            row = (piece.title, piece.lead, piece.lead, piece.language, DAY)
            (second,) = tell_many([row], open_encoder(STRONGER_ENCODER))
            self.made[at] = TwiceTold(self._first[at], second)
        return self.made[at]


def measure(
    pieces: Sequence[Piece], tellings: Sequence[Telling], order: Sequence[int], show: bool, again: SecondTellings | None = None
) -> None:
    stream = Stream(again=None if again is None else lambda number: again.of(order[number]))
    began = time.process_time()
    for at in order:
        stream.take(tellings[at])
    spent = 1000 * (time.process_time() - began) / len(order)
    story_of = {at: stream.story_of[number] for number, at in enumerate(order)}
    labelled = {at: piece.event or "" for at, piece in enumerate(pieces) if piece.labelled}
    known = {at: piece.event for at, piece in enumerate(pieces) if piece.event is not None and not piece.labelled}
    if labelled:
        found = b_cubed(labelled, story_of)
        print(f"  B-cubed precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}", end="")
    hosts = {story_of[at] for at in labelled}
    intruders = [at for at, piece in enumerate(pieces) if not piece.labelled and story_of[at] in hosts]
    print(f"  others joined to a labelled story {len(intruders)}", end="")
    rest = b_cubed(known, story_of)
    print(f"  others B-cubed precision {rest.precision:.3f} recall {rest.recall:.3f}", end="")
    if again is not None:
        print(f"  read again {stream.read_again} ({len(again.made)} articles so far)", end="")
    print(f"  suggestions {len(stream.suggested)}  {spent:.2f} ms CPU an article")
    if show:
        _show(pieces, story_of, labelled)


def _show(pieces: Sequence[Piece], story_of: Mapping[int, int], labelled: Mapping[int, str]) -> None:
    by_story: dict[int, list[int]] = defaultdict(list)
    for at, story in story_of.items():
        by_story[story].append(at)
    for members in by_story.values():
        events = Counter(pieces[at].event or f"unknown {at}" for at in members)
        if len(events) > 1:
            print("   mixed:")
            for at in members:
                print(f"      {pieces[at].event} {pieces[at].language} {pieces[at].title[:110]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--others", type=int, default=2400, help="how many other articles at least")
    parser.add_argument("--orders", type=int, default=3)
    parser.add_argument("--second", action="store_true", help="also with second readings of what is in doubt (some minutes)")
    parser.add_argument("--list", action="store_true", help="show the stories that hold more than one event")
    parser.add_argument("--events", type=Path, default=SHARED / "stories" / "pairs.jsonl", help="the labelled events")
    asked = parser.parse_args()
    labelled = list(pairs(asked.events)) if asked.events.is_file() else []
    if not labelled:
        print(f"no labelled events: {asked.events} is not there")
    pieces = labelled + others(asked.others)
    encoder = open_encoder()
    began = time.process_time()
    tellings = tell_many([(piece.title, piece.lead, piece.lead, piece.language, DAY) for piece in pieces], encoder)
    spent = 1000 * (time.process_time() - began) / len(pieces)
    print(f"{len(labelled)} labelled articles among {len(pieces) - len(labelled)} others; {spent:.2f} ms CPU to tell one")
    again = SecondTellings(pieces, tellings) if asked.second else None
    for seed in range(asked.orders):
        order = list(range(len(pieces)))
        random.Random(seed).shuffle(order)
        print(f"order {seed + 1}:", end="")
        measure(pieces, tellings, order, asked.list)
        if again is not None:
            print("  with second readings:", end="")
            measure(pieces, tellings, order, asked.list, again)


if __name__ == "__main__":
    main()
