"""What newsdesk/fingerprints.py and stories.py find of edited copies, and which real pages they take for one text.

Reads the replayed pages of the shared folder (NEWSDESK_SHARED, else ``../shared`` beside the repository), which are no part
of the project; edits each text in thirteen ways with a fixed seed. Run from the repository:

    python -m bench.duplicates [--thresholds]
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Sequence
from itertools import combinations

from bench.sections import SHARED, pages
from newsdesk import stories
from newsdesk.fingerprints import FINGERPRINT_VERSION, fingerprints, words_of

FILLER = (
    "river stone market teacher window garden letter morning winter bridge captain harvest village silver mountain "
    "kitchen paper forest island engine sailor autumn candle thunder meadow"
).split()
BEFORE = "Este sitio usa cookies propias y de terceros.\nSuscríbase a nuestro boletín para recibir las noticias.\n"
AFTER = "\nLea también: lo más leído de la semana en nuestra portada.\nTodos los derechos reservados. Síganos en Facebook.\n"
CONSENT = (
    "Utilizamos cookies propias y de terceros para mejorar nuestros servicios y mostrarle publicidad relacionada con sus "
    "preferencias mediante el análisis de sus hábitos de navegación. Si continúa navegando, consideramos que acepta su uso. "
    "We use cookies and similar technologies to give you the best experience on our website and to show relevant advertising. "
    "Suscríbase ahora y reciba cada mañana nuestro boletín de noticias con todo lo que necesita saber para empezar el día. "
    "Nous utilisons des cookies pour vous garantir la meilleure expérience sur notre site et mesurer son audience. "
    "Assine agora e tenha acesso ilimitado a todo o conteúdo do jornal, aos colunistas e aos boletins exclusivos para assinantes."
)

Edit = Callable[[str, random.Random], str]


def changed(share: float) -> Edit:
    """Replace a share of the words, each alone."""

    def edit(text: str, chance: random.Random) -> str:
        return re.sub(r"\w+", lambda word: chance.choice(FILLER) if chance.random() < share else word.group(), text)

    return edit


def cut(share: float) -> Edit:
    def edit(text: str, chance: random.Random) -> str:
        words = text.split(" ")
        return " ".join(words[: max(1, int(len(words) * share))])

    return edit


def middle(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    start = len(words) // 3
    return " ".join(words[start : start + max(1, int(len(words) * 0.35))])


def longer(text: str, chance: random.Random) -> str:
    count = max(1, int(len(text.split()) * 0.3))
    return text + "\n" + " ".join(chance.choice(FILLER) for _ in range(count))


def reordered(text: str, chance: random.Random) -> str:
    parts = [part for line in text.splitlines() for part in re.split(r"(?<=[.!?])\s+", line) if part]
    chunks = [parts[at : at + 2] for at in range(0, len(parts), 2)]
    chance.shuffle(chunks)
    return "\n".join(" ".join(chunk) for chunk in chunks)


def renamed(text: str, chance: random.Random) -> str:
    """Every capitalised word that does not begin a sentence, as a translator of names would leave it."""
    return re.sub(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ]\w+", lambda name: name.group() + "o", text)


def sentences_dropped(text: str, chance: random.Random) -> str:
    return " ".join(part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if chance.random() > 0.3)


EDITS: dict[str, Edit] = {
    "untouched, new headline": lambda text, chance: text,
    "3 % of the words changed": changed(0.03),
    "8 % of the words changed": changed(0.08),
    "30 % more text": longer,
    "cut to the first 35 %": cut(0.35),
    "cut to the first 20 %": cut(0.20),
    "35 % from the middle": middle,
    "reordered by two sentences": reordered,
    "three in ten sentences dropped": sentences_dropped,
    "names translated": renamed,
    "boilerplate around it": lambda text, chance: BEFORE + text + AFTER,
    "accents and capitals lost": lambda text, chance: " ".join(words_of(text)),
    "cut to 35 %, 3 % changed": lambda text, chance: changed(0.03)(cut(0.35)(text, chance), chance),
}


def found(a: str, b: str) -> tuple[bool, bool, float]:
    """Whether the fingerprints bring two texts together, whether they are called copies, and their containment."""
    a_prints, b_prints = set(fingerprints(a)), set(fingerprints(b))
    near = stories.worth_comparing(len(a_prints & b_prints), min(len(a_prints), len(b_prints)))
    copy = stories.copies("one", a, "another", b)
    return near, near and copy is not None, copy.containment if copy else 0.0


def measure_edits(texts: Sequence[str]) -> None:
    print(f"{FINGERPRINT_VERSION}; contained from {stories.CONTAINED_FROM}; {len(texts)} texts of at least 60 words")
    for name, edit in EDITS.items():
        chance = random.Random(20201122)
        results = [found(text, edit(text, chance)) for text in texts]
        brought = sum(near for near, _, _ in results) / len(results)
        called = sum(copy for _, copy, _ in results) / len(results)
        least = min((share for _, copy, share in results if copy), default=0.0)
        print(f"  {name:32} brought together {brought:6.1%}  called copies {called:6.1%}  least containment {least:.2f}")


def measure_pairs(named: Sequence[tuple[str, str, str]]) -> None:
    """All pairs of real pages: each that is called a copy is shown, for a person to judge."""
    prints = {name: frozenset(fingerprints(text)) for name, _, text in named}
    pairs = list(combinations(named, 2))
    compared = [(a, b) for a, b in pairs if prints[a[0]] & prints[b[0]]]
    together = [(a, b, copy) for a, b in compared if (copy := stories.copies(a[1], a[2], b[1], b[2])) is not None]
    print(f"{len(pairs)} pairs of pages; {len(compared)} share a fingerprint; {len(together)} are called copies")
    for a, b, copy in together:
        print(f"  {copy.kind} {copy.containment:.2f} {a[0]} {a[1][:60]!r} / {b[0]} {b[1][:60]!r}")
    texts = [f"{CONSENT}\n{text}" for _, _, text in named]
    under = [{*fingerprints(text)} for text in texts]
    joined = sum(
        1
        for (a, a_prints), (b, b_prints) in combinations(zip(texts, under, strict=True), 2)
        if a_prints & b_prints and stories.copies("", a, "", b) is not None
    )
    print(f"the same pages, each under the same consent and subscription text: {joined} called copies")
    print(f"consent and subscription texts alone: {stories.copies('', CONSENT, '', CONSENT)}, {len(fingerprints(CONSENT))} fingerprints")


def measure_thresholds(texts: Sequence[str]) -> None:
    kept = stories.CONTAINED_FROM
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        stories.CONTAINED_FROM = threshold
        chance = random.Random(20201122)
        results = [found(text, edit(text, chance))[1] for edit in EDITS.values() for text in texts]
        print(f"  contained from {threshold}: {sum(results) / len(results):.2%} of all edited copies")
    stories.CONTAINED_FROM = kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--thresholds", action="store_true", help="try other thresholds of containment too")
    asked = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit(f"{SHARED} is not there: set NEWSDESK_SHARED to the folder of replayed pages")
    named = [(name, title, text) for name, title, text, _ in pages()]
    texts = [text for _, _, text in named if len(words_of(text)) >= 60]
    began = time.process_time()
    for text in texts:
        fingerprints(text)
    print(f"{1000 * (time.process_time() - began) / len(texts):.2f} ms to fingerprint a text of {sum(map(len, texts)) // len(texts)} signs")
    measure_edits(texts)
    measure_pairs(named)
    if asked.thresholds:
        measure_thresholds(texts)


if __name__ == "__main__":
    main()
