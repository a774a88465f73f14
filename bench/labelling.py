"""From a person's marks and the pages to labels without their text.

    python -m bench.labelling [PAGES_FOLDER]

Reads bench/labels/marks.txt, takes each page apart with bench.pagelines, and writes bench/labels/LANGUAGE.jsonl: digests of
titles and shingles, days, names, and short phrases that must or must not be in the text. See bench/README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.pagelines import Line, lines_of
from bench.reading import shared_folder
from bench.shingles import digest, folded, packed, shingles

LABELS = Path(__file__).parent / "labels"
PHRASE_WORDS = 8
LEAST_WORDS = 4
OUTSIDE = 6  # lines before and after the body from which phrases that must not be in the text are taken
PHRASES_OUT = 10


@dataclass(frozen=True)
class Mark:
    """One page's marks, as a person wrote them."""

    file: str
    language: str
    titles: tuple[str, ...]
    authors: tuple[str, ...] | None
    day: str | None
    body: tuple[int, ...]
    optional: frozenset[int]


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def read_mark(line: str) -> Mark:
    file, language, titles, authors, day, body, optional = (part.strip() for part in line.split("|"))
    names = None if authors == "?" else tuple(name.strip() for name in authors.split(";") if name.strip() != "-")
    return Mark(
        file, language, tuple(titles.split("/")), names, None if day == "?" else day, tuple(_numbers(body)), frozenset(_numbers(optional))
    )


def marks() -> list[Mark]:
    lines = (LABELS / "marks.txt").read_text(encoding="utf-8").splitlines()
    return [read_mark(line) for line in lines if line and not line.startswith("#")]


def _joined(lines: Sequence[Line], numbers: Iterable[int]) -> str:
    return "\n".join(lines[number].text for number in sorted(numbers))


def _phrase(text: str, from_end: bool = False) -> str | None:
    tokens = folded(text).split()
    chosen = tokens[-PHRASE_WORDS:] if from_end else tokens[:PHRASE_WORDS]
    return " ".join(chosen) if len(chosen) >= LEAST_WORDS else None


def phrases_in(lines: Sequence[Line], body: Sequence[int]) -> list[str]:
    """From the first, second, middle and last lines of the body."""
    places = dict.fromkeys([*body[:2], body[len(body) // 4], body[len(body) // 2], body[3 * len(body) // 4], *body[-2:]]) if body else {}
    found = [_phrase(lines[place].text) for place in places]
    found.append(_phrase(lines[body[-1]].text, from_end=True) if body else None)
    return list(dict.fromkeys(phrase for phrase in found if phrase))


def phrases_out(lines: Sequence[Line], mark: Mark, titles: Iterable[str]) -> list[str]:
    """From the lines within the body that are not of it, then from those right after and before it."""
    if not mark.body:
        return []
    first, last = mark.body[0], mark.body[-1]
    kept = folded(_joined(lines, {*mark.body, *mark.optional})) + " ".join(map(folded, titles))
    around = [*range(first, last), *range(last + 1, min(last + 1 + OUTSIDE, len(lines))), *range(max(0, first - OUTSIDE), first)]
    outside = [number for number in around if number not in mark.body and number not in mark.optional]
    found = (_phrase(lines[number].text) for number in outside)
    return list(dict.fromkeys(phrase for phrase in found if phrase and f" {phrase} " not in kept))[:PHRASES_OUT]


def label(mark: Mark, lines: Sequence[Line]) -> dict[str, object]:
    titles = [title[1:] if title.startswith("=") else lines[int(title)].text for title in mark.titles]
    with_optional = {*mark.body, *mark.optional} if mark.body and mark.optional else set()
    return {
        "file": f"{mark.file}.html.gz",
        "language": mark.language,
        "titles": [digest(folded(title)) for title in titles],
        "authors": mark.authors,
        "day": mark.day,
        "in": phrases_in(lines, mark.body),
        "out": phrases_out(lines, mark, titles),
        "body": packed(shingles(_joined(lines, mark.body))),
        "body_with_optional": packed(shingles(_joined(lines, with_optional))),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", nargs="?", type=Path, default=shared_folder() / "replay" / "pages")
    folder = arguments.parse_args().folder
    by_language: dict[str, list[str]] = {}
    for mark in marks():
        lines = lines_of(gzip.decompress((folder / f"{mark.file}.html.gz").read_bytes()))
        by_language.setdefault(mark.language, []).append(json.dumps(label(mark, lines), ensure_ascii=False))
    for language, rows in by_language.items():
        (LABELS / f"{language}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(f"{language}: {len(rows)} pages")


if __name__ == "__main__":
    main()
