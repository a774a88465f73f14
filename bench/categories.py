"""How well newsdesk/categories.py tells the DIME category on 48 short reports of our own wording, in four languages.

python -m bench.categories [--list]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from config.watchlist import load_watchlist
from newsdesk.categories import categories_of
from newsdesk.kinds import Dime
from newsdesk.watchlist import Matcher

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "bench" / "labels" / "categories.txt"
_LETTERS = {"D": Dime.DIPLOMATIC, "I": Dime.INFORMATIONAL, "M": Dime.MILITARY, "E": Dime.ECONOMIC}


def reports() -> Iterator[tuple[str, tuple[Dime, ...], str, str]]:
    """Language, categories (the main one first), title and text."""
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, letters, content = (part.strip() for part in line.split("|", 2))
            title, _, text = content.partition(". ")
            yield language, tuple(_LETTERS[letter] for letter in letters.split(",")), title, text


def measure(listing: bool) -> dict[str, tuple[int, int, int]]:
    """By language and half: how many reports, right at the first place, right within two."""
    matcher = Matcher(load_watchlist(ROOT / "config" / "defaults" / "watchlist"))
    counts: dict[str, list[int]] = {}
    seen: Counter[str] = Counter()
    for language, wanted, title, text in reports():
        half = "seen" if seen[language] % 2 == 0 else "held out"
        seen[language] += 1
        found = categories_of(matcher.find(title, text, language))
        said = [each.category for each in found]
        for name in (language, half, "all"):
            mine = counts.setdefault(name, [0, 0, 0])
            mine[0] += 1
            mine[1] += said[:1] == [wanted[0]]
            mine[2] += wanted[0] in said[:2]
        if listing and said[:1] != [wanted[0]]:
            print(f"  wanted {wanted}: {title} | {[(each.why, each.fit) for each in found]}")
    return {name: (many[0], many[1], many[2]) for name, many in counts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="show what was proposed where the first is not right")
    for name, (count, first, two) in measure(parser.parse_args().list).items():
        print(f"{name}: {count} reports, first right {first / count:.0%}, within two {two / count:.0%}")


if __name__ == "__main__":
    main()
