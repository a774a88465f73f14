"""A reading as plain JSON values, for ``newsdesk read --json``: what would be stored, and from which hints."""

from __future__ import annotations

from collections.abc import Sequence

from newsdesk.articles import Article, NoArticle
from newsdesk.moments import Hint, Hinted, Moment

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def _others(hinted: Hinted[str] | Hinted[tuple[str, ...]] | Hinted[Moment]) -> list[Json]:
    pairs: Sequence[tuple[Hint, str]] = hinted.others
    return [{"hint": hint.value, "value": value} for hint, value in pairs]


def _moment(hinted: Hinted[Moment] | None) -> Json:
    """A moment with its printed day, instant, stated offset, precision, hint and the other witnesses."""
    if hinted is None:
        return None
    value = hinted.value
    return {
        "value": value.isoformat(),
        "on": value.on.isoformat(),
        "at": value.at.isoformat(),
        "offset_minutes": value.offset_minutes,
        "precision": value.precision.value,
        "hint": hinted.hint.value,
        "others": _others(hinted),
    }


def _hints(reading: Article) -> dict[str, Json]:
    """Which hint each value came from, and what the other witnesses said."""
    fields = {"title": reading.title, "authors": reading.authors, "language": reading.language, "origin": reading.origin}
    return {name: {"hint": value.hint.value, "others": _others(value)} for name, value in fields.items() if value is not None}


def describe(reading: Article | NoArticle) -> dict[str, Json]:
    """The JSON form of a reading: ``outcome`` is ``article`` or the name of the reason why there is none."""
    if isinstance(reading, NoArticle):
        return {
            "address": reading.address,
            "outcome": reading.outcome.value,
            "detail": reading.detail,
            "sentence": reading.outcome.sentence,
            "canonical": reading.canonical,
        }
    return {
        "address": reading.address,
        "outcome": "article",
        "title": reading.title.value if reading.title else None,
        "authors": list(reading.authors.value) if reading.authors else [],
        "published": _moment(reading.published),
        "modified": _moment(reading.modified),
        "language": reading.language.value if reading.language else None,
        "canonical": reading.canonical,
        "site_name": reading.site_name,
        "origin": reading.origin.value if reading.origin else None,
        "kind": reading.kind,
        "section": reading.section,
        "lead": reading.lead,
        "image": reading.image,
        "text": reading.text,
        "extractor": reading.extractor,
        "hints": _hints(reading),
    }
