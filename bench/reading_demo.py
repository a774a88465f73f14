"""How well the demo's own pages are read: a gate that needs no pages of others.

    python -m bench.reading_demo

What each page says is known from the demo's content; the pages differ as outlets do (JSON-LD, metas, tables, old encodings).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bench.labelling import LEAST_WORDS, PHRASE_WORDS
from bench.reading_gate import OURS, Label, Run, print_disagreements, print_table, read_labelled
from bench.shingles import digest, folded, packed, shingles
from crawler.people import agency, is_desk
from demo.content import DemoArticle, articles, outlets
from demo.sites import build, path_of

BASE_DAY = date(2026, 10, 20)


def _authors(by: str) -> tuple[str, ...] | None:
    """One person, one agency, nobody; None (not judged) where a byline names several or is one word."""
    if not by or is_desk(by):
        return ()
    if (" " not in by and not agency(by)) or any(f" {word} " in by for word in ("y", "e", "et", "and")) or "," in by or "/" in by:
        return None
    return (f"@{by}",) if agency(by) else (by,)


def _phrases(article: DemoArticle) -> tuple[str, ...]:
    words = (folded(paragraph).split()[:PHRASE_WORDS] for paragraph in article.paragraphs)
    return tuple(" ".join(some) for some in words if len(some) >= LEAST_WORDS)


def label(article: DemoArticle, language: str, others: list[DemoArticle]) -> Label:
    text = "\n".join(article.paragraphs)
    own = folded(f"{article.title}\n{article.lead}\n{text}")
    elsewhere = [folded(other.title).strip() for other in others if other is not article]
    return Label(
        file=f"{article.outlet_id}/{article.slug}",
        language=language,
        titles=(digest(folded(article.title)),),
        authors=_authors(article.by),
        day=article.published_at.date().isoformat(),
        phrases_in=_phrases(article),
        phrases_out=tuple(title for title in elsewhere if f" {title} " not in own and title.count(" ") >= LEAST_WORDS),
        body=packed(shingles(text)),
        body_with_optional=packed(shingles(f"{article.lead}\n{text}")) if article.lead else "",
    )


def pages() -> Iterator[tuple[Label, tuple[bytes, str]]]:
    """Every article of every demo outlet with its page and address."""
    every = articles(BASE_DAY)
    for outlet in outlets():
        own = [article for article in every if article.outlet_id == outlet.id]
        home = f"https://{outlet.id}.example"
        answers = build(outlet, own, home, "https://advertiser.example")
        for article in own:
            path = path_of(article, outlet)
            yield label(article, outlet.language, own), (answers[path].body, home + path)


def read_demo() -> Run:
    found = list(pages())
    return read_labelled([one for one, _ in found], [page for _, page in found], readers=(OURS,))


def main() -> None:
    run = read_demo()
    print_table(run)
    print_disagreements(run)


if __name__ == "__main__":
    main()
