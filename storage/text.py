"""What strings must be to be kept: cleaned once at this door, and folded for the search."""

from __future__ import annotations

import hashlib
import re
import unicodedata

KEY_LIMIT_BYTES = 1000  # a PostgreSQL B-tree entry holds at most 2,704 bytes
SEARCHED_CHARACTERS = 100_000  # a PostgreSQL tsvector holds at most 1 MiB; the longest real article seen has 60,000
_WORD_LIMIT = 64
# Besides NUL (refused by PostgreSQL) and lone surrogates (no UTF-8), the characters XML 1.0 refuses: one such title
# would abort a DOCX edition (field notes, "Measured").
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# As JSON escapes them, and more: half of a sign beyond U+FFFF, or a backslash before one of these letters.
_PERHAPS_UNFIT = re.compile(r"\\(?:[bf]|u(?:00[01]|fff[ef]|d[89a-f]))")
_WORD = re.compile(r"[^\W_]+")


def clean(text: str) -> str:
    """The text with each unfit character replaced by U+FFFD: one for one, so that offsets of matches keep their places."""
    return _UNFIT.sub("\ufffd", text)


def is_fit(written: str) -> bool:
    """Whether JSON text in ASCII surely holds no sign that ``clean`` would replace."""
    return _PERHAPS_UNFIT.search(written) is None


def bounded_key(key: str) -> str:
    """The key as both databases can index it: one over 1,000 bytes is cut and ends in ``#sha256:`` of the whole."""
    cleaned = clean(key)
    raw = cleaned.encode()
    if len(raw) <= KEY_LIMIT_BYTES:
        return cleaned
    return f"{raw[:900].decode(errors='ignore')}#sha256:{hashlib.sha256(raw).hexdigest()}"


def digest(*parts: str | None) -> str:
    """SHA-256 (hexadecimal) of the parts, with their borders."""
    return hashlib.sha256("\x1f".join(clean(part or "") for part in parts).encode()).hexdigest()


def words(text: str) -> list[str]:
    """The words of a text, as typed."""
    return [word[:_WORD_LIMIT] for word in _WORD.findall(text[:SEARCHED_CHARACTERS])]


def folded_words(text: str) -> list[str]:
    """The words of a text without accents or case, each once, in order."""
    decomposed = unicodedata.normalize("NFKD", text[:SEARCHED_CHARACTERS])
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return list(dict.fromkeys(word[:_WORD_LIMIT] for word in _WORD.findall(bare.casefold())))
