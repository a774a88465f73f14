"""Whether two real articles tell one event: the shipped comparison on pairs that a reader labelled, of recorded pages and the demo's.

The labels are ``bench/labels/stories/recorded-pairs.tsv`` and ``demo-pairs.tsv``, whose first lines say how they were made; a pair
that is not listed is of two other events. The recorded pages are read from the shared folder (NEWSDESK_SHARED, else
``../shared`` beside the repository) as the spiders would, with their feed's entry. Run from the repository:

    python -m bench.recorded_pairs [--encoder NAME]
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, pairwise
from pathlib import Path
from urllib.parse import urlsplit

from bench.reading import FACTS, feed_entry, shared_folder
from bench.reading_demo import pages as demo_pages
from bench.same_story import STORIES
from crawler.reading import read_page
from newsdesk.articles import Article
from newsdesk.fingerprints import fingerprints
from newsdesk.judge import telling_of
from newsdesk.links import Announcement
from newsdesk.meaning import DEFAULT_ENCODER, open_encoder
from newsdesk.nearness import WINDOW_DAYS
from newsdesk.rereading import read_again
from newsdesk.settings import STRONGER_ENCODER
from newsdesk.stories import Copy, copies, worth_comparing
from newsdesk.telling import Sameness, Verdict, days_between, same_story_many

RECORDED_LABELS = STORIES / "recorded-pairs.tsv"
DEMO_LABELS = STORIES / "demo-pairs.tsv"
HEADERS = [("Content-Type", "text/html")]
SCORES = (0.0, 0.02, 0.1, 0.3, 0.6, 0.9, 1.0)  # bounds between which promised and seen are compared
SHOWN = 70  # signs of a headline


class Truth(StrEnum):
    """What a reader says of two articles: one event, one text (which is one event too), another event of one affair, neither."""

    SAME = "same"
    COPY = "copy"
    MATTER = "matter"
    OTHER = "other"

    @property
    def one_event(self) -> bool:
        return self in (Truth.SAME, Truth.COPY)


@dataclass(frozen=True)
class LabelledPair:
    """Two articles by name (the first sorts before the second) and what a reader says of them, in the reader's own words."""

    first: str
    second: str
    truth: Truth
    why: str


@dataclass(frozen=True)
class Comparison:
    """What the shipped function says of a pair and what the reader does. ``languages`` is as ``en-es``; ``days`` lie between
    the publications, None where one is not known."""

    pair: LabelledPair
    found: Sameness
    languages: str
    days: int | None

    @property
    def joined(self) -> bool:
        return self.found.verdict is Verdict.SAME

    @property
    def asked(self) -> bool:
        """Whether the desk would compare the two at all: published within a week."""
        return self.days is not None and self.days <= WINDOW_DAYS


@dataclass(frozen=True)
class Tally:
    """Counts of some comparisons: pairs of one event, those of them that were joined, and what was joined wrongly."""

    pairs: int
    one_event: int
    right: int
    wrong: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.one_event if self.one_event else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.right + self.wrong + self.one_event) if self.wrong + self.one_event else 1.0


def labelled_pairs(path: Path) -> list[LabelledPair]:
    """The labels of a file, in order. Raises ValueError where a line is not two names, a label and a reason."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_labelled(line, f"{path.name}:{number}") for number, line in enumerate(lines, 1) if line and not line.startswith("#")]


def _labelled(line: str, where: str) -> LabelledPair:
    parts = line.split("\t")
    if len(parts) != 4 or parts[2] not in set(Truth):
        raise ValueError(f"{where}: wanted two articles, one of {', '.join(Truth)}, and a reason, divided by tabs: {line[:120]!r}")
    return LabelledPair(parts[0], parts[1], Truth(parts[2]), parts[3])


def name_of(address: str, file: str) -> str:
    """How the labels name a recorded page: its host and the digest of its address, which is its file's name."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return f"{host}/{file.partition('.')[0]}"


def recorded_articles(folder: Path) -> dict[str, Article]:
    """What the product reads of every recorded page that yields an article, by name."""
    found = {}
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        body = gzip.decompress((folder / label["file"]).read_bytes())
        article = _read(body, label["url"], feed_entry(label))
        if article is not None:
            found[name_of(label["url"], label["file"])] = article
    return found


def demo_articles() -> dict[str, Article]:
    """What the product reads of every article of the demo's web, by ``OUTLET/SLUG``."""
    read = {label.file: _read(body, address, None) for label, (body, address) in demo_pages()}
    return {name: article for name, article in read.items() if article is not None}


def _read(body: bytes, address: str, announcement: Announcement | None) -> Article | None:
    found = read_page(body, HEADERS, address, announcement, FACTS)
    return found if isinstance(found, Article) else None


def compare_all(articles: Mapping[str, Article], labels: Iterable[LabelledPair], encoder_name: str = DEFAULT_ENCODER) -> list[Comparison]:
    """Every pair of the articles, each once, as the desk compares it: tellings by the encoder, and copies where their
    fingerprints bring two texts together."""
    said = {(label.first, label.second): label for label in labels}
    names = sorted(articles)
    tellings = {name: telling_of(articles[name], open_encoder(encoder_name)) for name in names}
    copied = copies_among(articles)
    compared: list[Comparison] = []
    for at, name in enumerate(names[:-1]):
        others = names[at + 1 :]
        found = same_story_many(tellings[name], [tellings[other] for other in others], [copied.get((name, other)) for other in others])
        for other, sameness in zip(others, found, strict=True):
            pair = said.get((name, other)) or LabelledPair(name, other, Truth.OTHER, "")
            a, b = tellings[name], tellings[other]
            languages = "-".join(sorted((a.language or "?", b.language or "?")))
            compared.append(Comparison(pair, sameness, languages, days_between(a, b)))
    return compared


def read_doubts_again(compared: Sequence[Comparison], articles: Mapping[str, Article]) -> list[Comparison]:
    """The same pairs, those in doubt as a second reading by the stronger encoder sees them."""
    doubted = {name for one in compared if one.found.doubtful for name in (one.pair.first, one.pair.second)}
    tellings = {name: telling_of(articles[name], open_encoder(STRONGER_ENCODER)) for name in sorted(doubted)}
    return [
        replace(one, found=read_again(one.found, tellings[one.pair.first], tellings[one.pair.second])) if one.found.doubtful else one
        for one in compared
    ]


def copies_among(articles: Mapping[str, Article]) -> dict[tuple[str, str], Copy]:
    """The pairs (in order of their names) that are one text, as fingerprints find and the comparison of texts confirms them."""
    prints = {name: frozenset(fingerprints(article.text)) for name, article in articles.items()}
    found = {}
    for a, b in combinations(sorted(articles), 2):
        if worth_comparing(len(prints[a] & prints[b]), min(len(prints[a]), len(prints[b]))):
            copy = copies(titled(articles[a]), articles[a].text, titled(articles[b]), articles[b].text)
            if copy is not None:
                found[a, b] = copy
    return found


def titled(article: Article) -> str:
    return article.title.value if article.title else ""


def tally(compared: Iterable[Comparison]) -> Tally:
    """Count some comparisons."""
    every = list(compared)
    right = sum(one.joined and one.pair.truth.one_event for one in every)
    wrong = sum(one.joined and not one.pair.truth.one_event for one in every)
    return Tally(len(every), sum(one.pair.truth.one_event for one in every), right, wrong)


def by_languages(compared: Sequence[Comparison]) -> dict[str, Tally]:
    """The tally of each pair of languages that occurs."""
    return {pair: tally(one for one in compared if one.languages == pair) for pair in sorted({one.languages for one in compared})}


def print_tally(name: str, of: Sequence[Comparison]) -> None:
    found = tally(of)
    perhaps = Counter(one.pair.truth for one in of if one.found.verdict is Verdict.PERHAPS)
    held = f"{perhaps[Truth.SAME] + perhaps[Truth.COPY]}, {perhaps[Truth.MATTER]}, {perhaps[Truth.OTHER]}"
    figures = f"precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}" if found.one_event + found.wrong else ""
    print(
        f"  {name:18} {found.pairs:6} pairs  one event {found.one_event:3}  joined {found.right:3} and {found.wrong} wrongly"
        f"  perhaps (one event, matter, other) {held:10}  {figures}"
    )


def print_promises(compared: Sequence[Comparison]) -> None:
    """What the scores promise against what was seen, copies apart."""
    print("  score          pairs  one event: promised, seen")
    own = [one for one in compared if one.found.copy is None]
    for low, high in pairwise(SCORES):
        within = [one for one in own if low <= one.found.score < high or one.found.score == high == 1.0]
        promised = sum(one.found.score for one in within)
        print(f"  {low:.2f} to {high:.2f} {len(within):8}  {promised:7.1f}  {sum(one.pair.truth.one_event for one in within):4}")


def print_wrong(compared: Sequence[Comparison], articles: Mapping[str, Article]) -> None:
    """Every pair that was joined wrongly or was not joined, the surest first."""
    wrong = [one for one in compared if one.joined != one.pair.truth.one_event]
    for one in sorted(wrong, key=lambda each: -each.found.score):
        apart = "?" if one.days is None else one.days
        print(
            f"  {one.pair.truth} called {one.found.verdict} at {one.found.score:.3f}, {one.languages}, {apart} days apart: {one.pair.why}"
        )
        for name in (one.pair.first, one.pair.second):
            print(f"      {name} | {titled(articles[name])[:SHOWN]}")


def measure(name: str, articles: Mapping[str, Article], labels: Sequence[LabelledPair], encoder_name: str) -> list[Comparison]:
    """Print what one set shows, by the encoder alone and with second readings of what is in doubt."""
    gone = {each for label in labels for each in (label.first, label.second)} - articles.keys()
    compared = compare_all(articles, labels, encoder_name)
    print(f"{name}: {len(articles)} articles, {len(labels)} labels listed" + (f"; not found: {', '.join(sorted(gone))}" if gone else ""))
    print_tally("all pairs", compared)
    print_tally("within a week", [one for one in compared if one.asked])
    for pair in by_languages(compared):
        print_tally(pair, [one for one in compared if one.languages == pair])
    print_promises(compared)
    print_wrong(compared, articles)
    if encoder_name != STRONGER_ENCODER:
        again = read_doubts_again(compared, articles)
        print(f"{name}, {sum(one.found.doubtful for one in compared)} pairs read again")
        print_tally("all pairs", again)
        print_wrong(again, articles)
    return compared


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", metavar="NAME", default=DEFAULT_ENCODER, help=f"encoder to measure with (default: {DEFAULT_ENCODER})")
    asked = parser.parse_args()
    print(asked.encoder)
    measure("the demo's articles", demo_articles(), labelled_pairs(DEMO_LABELS), asked.encoder)
    folder = shared_folder() / "replay" / "pages"
    if not folder.is_dir():
        raise SystemExit(f"{folder} is not there: set NEWSDESK_SHARED to the folder of recorded pages")
    measure("recorded pages", recorded_articles(folder), labelled_pairs(RECORDED_LABELS), asked.encoder)


if __name__ == "__main__":
    main()
