"""The gate that only rises: how well pages are read, by language and field, beside trafilatura in the same run.

    python -m bench.reading_gate [--show] [--only LANGUAGE] [PAGES_FOLDER]

Titles, days, authors, text (F1 of four-word shingles) and phrases that must or must not be in it, on the pages labelled in
bench/labels, for ours and for trafilatura with default settings and with favor_precision. Floors stand in bench/floors.json;
tests/crawler/test_reading_floors.py fails below them. See bench/README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import trafilatura

from bench.labelling import LABELS
from bench.reading import FACTS, WARM, shared_folder
from bench.shingles import Overlap, digest, f1, folded, overlap, shingles, unpacked
from crawler.people import agency
from crawler.reading import read_page
from newsdesk.articles import Article

FLOORS = Path(__file__).parent / "floors.json"
LANGUAGES = ("en", "es", "pt", "fr")
HEADERS = [("Content-Type", "text/html")]
RESAMPLES = 2000
OURS, PRECISE, DEFAULT = "ours", "favor_precision", "default"


@dataclass(frozen=True)
class Label:
    """What a person read on one page. ``authors`` None: not judged; an agency is written @Name. ``body`` may be empty: no
    text was marked."""

    file: str
    language: str
    titles: tuple[str, ...]
    authors: tuple[str, ...] | None
    day: str | None
    phrases_in: tuple[str, ...]
    phrases_out: tuple[str, ...]
    body: str
    body_with_optional: str


@dataclass(frozen=True)
class Read:
    """What one reader made of a page."""

    title: str
    authors: tuple[str, ...]
    origin: str
    day: str | None
    text: str


@dataclass(frozen=True)
class Scored:
    """One page, one reader: True, False or None (not judged) for each field."""

    label: Label
    read: Read
    title: bool
    day: bool | None
    authors: bool | None
    unnamed: bool | None
    text: Overlap | None
    found_in: tuple[str, ...]
    leaked: tuple[str, ...]


def load(path: Path) -> list[Label]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Label(
            row["file"], row["language"], tuple(row["titles"]), None if row["authors"] is None else tuple(row["authors"]), row["day"],
            tuple(row["in"]), tuple(row["out"]), row["body"], row["body_with_optional"],
        )
        for row in rows
    ]  # fmt: skip


def ours(body: bytes, address: str) -> Read:
    article = read_page(body, HEADERS, address, None, FACTS)
    if not isinstance(article, Article):
        return Read("", (), "", None, "")
    return Read(
        article.title.value if article.title else "",
        tuple(article.authors.value) if article.authors else (),
        article.origin.value if article.origin else "",
        article.published.value.on.isoformat() if article.published else None,
        article.text,
    )


def theirs(body: bytes, address: str, precise: bool) -> Read:
    found = trafilatura.bare_extraction(body, url=address, favor_precision=precise, include_comments=False, with_metadata=True)
    if found is None:
        return Read("", (), "", None, "")
    names = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Read(found.title or "", names, "", (found.date or "")[:10] or None, found.text or "")


def _people(names: Sequence[str]) -> set[str]:
    return {folded(agency(name) or name) for name in names}


def authors_right(label: Label, read: Read) -> bool | None:
    """Where people are named: exactly they. Where only an agency is: it, as author or as origin, and nobody else."""
    if not label.authors:
        return None
    people = [name for name in label.authors if not name.startswith("@")]
    if people:
        return _people(people) == _people(read.authors)
    return _people([name[1:] for name in label.authors]) == _people(read.authors or [read.origin])


def score_text(label: Label, text: str) -> Overlap | None:
    """The better of the two readings: lines marked as optional (lead, credit, signature) in or out."""
    if not label.body:
        return None
    found = shingles(text)
    readings = [overlap(unpacked(body), found) for body in (label.body, label.body_with_optional) if body]
    return max(readings, key=lambda one: one.f1)


def score(label: Label, read: Read) -> Scored:
    text = folded(read.text)
    return Scored(
        label=label,
        read=read,
        title=digest(folded(read.title)) in label.titles,
        day=None if label.day is None else read.day == label.day,
        authors=authors_right(label, read),
        unnamed=not read.authors if label.authors == () else None,
        text=score_text(label, read.text),
        found_in=tuple(phrase for phrase in label.phrases_in if f" {phrase} " in text),
        leaked=tuple(phrase for phrase in label.phrases_out if f" {phrase} " in text),
    )


def share(answers: Sequence[bool | None]) -> tuple[int, int]:
    judged = [answer for answer in answers if answer is not None]
    return sum(judged), len(judged)


def paired_interval(first: Sequence[Overlap], second: Sequence[Overlap]) -> tuple[float, float]:
    """The 95 % interval of the difference of two F1 over the same pages, by resampling pages together."""
    chance = random.Random(20261122)
    places = range(len(first))
    differences = []
    for _ in range(RESAMPLES):
        drawn = chance.choices(places, k=len(first))
        differences.append(f1([first[place] for place in drawn]) - f1([second[place] for place in drawn]))
    differences.sort()
    return differences[RESAMPLES // 40], differences[-RESAMPLES // 40]


Scores = dict[str, list[Scored]]


@dataclass
class Run:
    """All pages scored, and the CPU seconds each reader took."""

    scores: Scores
    seconds: dict[str, float]

    def of(self, reader: str, language: str | None) -> list[Scored]:
        return [one for one in self.scores[reader] if language in (None, one.label.language)]

    def texts(self, reader: str, language: str | None) -> list[Overlap]:
        return [one.text for one in self.of(reader, language) if one.text is not None]


READERS: dict[str, Callable[[bytes, str], Read]] = {
    OURS: ours,
    PRECISE: partial(theirs, precise=True),
    DEFAULT: partial(theirs, precise=False),
}


def read_labelled(labels: Sequence[Label], bodies: Sequence[tuple[bytes, str]], readers: Sequence[str] = tuple(READERS)) -> Run:
    """Every labelled page read by each reader in turn. ``bodies`` are the pages' bytes and addresses."""
    read_page(WARM, [], "https://a.example/", None, FACTS)
    run = Run({reader: [] for reader in readers}, dict.fromkeys(readers, 0.0))
    for label, (body, address) in zip(labels, bodies, strict=True):
        for reader in readers:
            began = time.process_time()
            read = READERS[reader](body, address)
            run.seconds[reader] += time.process_time() - began
            run.scores[reader].append(score(label, read))
    return run


def figures(run: Run, reader: str, language: str | None) -> dict[str, float]:
    """What the floors bind: shares and the F1 of one reader in one language, 0-1."""
    scored = run.of(reader, language)
    found = {}
    for name in ("title", "day", "authors", "unnamed"):
        right, judged = share([getattr(one, name) for one in scored])
        if judged:
            found[name] = right / judged
    if run.texts(reader, language):
        found["text"] = f1(run.texts(reader, language))
    for name, got, wanted in (("in", "found_in", "phrases_in"), ("out", "leaked", "phrases_out")):
        total = sum(len(getattr(one.label, wanted)) for one in scored)
        if total:
            part = sum(len(getattr(one, got)) for one in scored) / total
            found[name] = part if name == "in" else 1 - part
    return found


def pages_of_shared(folder: Path, only: str | None = None) -> tuple[list[Label], list[tuple[bytes, str]]]:
    """The labelled pages of the recorded web, with their bytes and addresses."""
    rows = map(json.loads, (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    address: dict[str, Any] = {row["file"]: row["url"] for row in rows}
    labels = [label for language in LANGUAGES if only in (None, language) for label in load(LABELS / f"{language}.jsonl")]
    return labels, [(gzip.decompress((folder / label.file).read_bytes()), address[label.file]) for label in labels]


def print_table(run: Run) -> None:
    print(f"{'':4}{'':18}{'title':>12}{'day':>12}{'authors':>12}{'no author':>12}{'text F1':>9}{'in':>7}{'out':>7}")
    for language in (*LANGUAGES, None):
        for reader in run.scores:
            scored = run.of(reader, language)
            if not scored:
                continue
            cells = [share([getattr(one, name) for one in scored]) for name in ("title", "day", "authors", "unnamed")]
            numbers = figures(run, reader, language)
            counts = "".join(f"{f'{right} of {judged}':>12}" for right, judged in cells)
            shares = f"{numbers.get('text', 0):9.3f}{numbers.get('in', 0):7.3f}{numbers.get('out', 0):7.3f}"
            print(f"{language or 'all':4}{reader:18}{counts}{shares}")
        if PRECISE in run.scores and run.texts(OURS, language):
            for other in (PRECISE, DEFAULT):
                first, second = run.texts(OURS, language), run.texts(other, language)
                low, high = paired_interval(first, second)
                print(f"{language or 'all':4}text F1 above {other}: {f1(first) - f1(second):+.3f}, 95 % interval {low:+.3f} to {high:+.3f}")


def print_disagreements(run: Run) -> None:
    for one in run.scores[OURS]:
        name = f"{one.label.language} {one.label.file[:8]}"
        if not one.title:
            print(f"{name} title: {one.read.title!r}")
        if one.day is False:
            print(f"{name} day: {one.read.day}, not {one.label.day}")
        if one.authors is False or one.unnamed is False:
            print(f"{name} authors: {one.read.authors} origin {one.read.origin!r}, not {one.label.authors}")
        for phrase in sorted(set(one.label.phrases_in) - set(one.found_in)):
            print(f"{name} missing: {phrase}")
        for phrase in one.leaked:
            print(f"{name} leaked: {phrase}")
    print("worst texts, ours and favor_precision (precision, recall):")
    both = zip(run.scores[OURS], run.scores.get(PRECISE, run.scores[OURS]), strict=True)
    pairs = [(mine, other) for mine, other in both if mine.text is not None and other.text is not None]
    for mine, other in sorted(pairs, key=lambda pair: pair[0].text.f1 if pair[0].text else 0)[:40]:
        print(f"  {mine.label.language} {mine.label.file[:8]} {_pair(mine.text)}   {_pair(other.text)}")


def _pair(text: Overlap | None) -> str:
    return f"{text.precision or 0:.2f} {text.recall or 0:.2f}" if text else "-"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=shared_folder() / "replay" / "pages")
    arguments.add_argument("--show", action="store_true")
    arguments.add_argument("--only", choices=LANGUAGES)
    options = arguments.parse_args()
    run = read_labelled(*pages_of_shared(options.folder, options.only))
    print_table(run)
    if options.show:
        print_disagreements(run)


if __name__ == "__main__":
    main()
