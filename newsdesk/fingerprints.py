"""Winnowed fingerprints: what two copies of a text share whatever was cut, moved or added.

Eight-word windows hashed by xxh3-64, of which the least in every run of twenty is kept (Schleimer, Wilkerson and Aiken,
2003): two texts that share 27 words in a row share a fingerprint.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

import xxhash

WINDOW_WORDS = 8
WINNOW = 20
SHORT = 2 * WINNOW  # a text of no more windows keeps all of them, so that a cut copy meets what the whole one kept
HEAD_WINNOW = 4  # the first SHORT windows are winnowed more densely besides: who cuts a report cuts its end
FINGERPRINT_VERSION = "winnow-1/xxh3-64/words-8/run-20/head-40-4"

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d])*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in lower case, without accents and invisible characters.

    >>> fold("Díaz"), fold("AÇÃO"), fold("Straße")
    ('diaz', 'acao', 'strasse')
    """
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in spread if unicodedata.category(sign) not in ("Mn", "Cf"))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order, without punctuation."""
    return [folded for match in WORD.finditer(text) if (folded := fold(match.group()))]


# Sentences of the page rather than of the article: consent, subscription, sharing, credits. They recur on pages that
# have nothing else in common, in each of the four languages (and as extraction leaves them). Folded, matched at words.
_BOILERPLATE = re.compile(
    r"\b(?:"
    r"cookies?|newsletters?|boletin(?:es)? (?:de noticias|informativo|diario|semanal)|javascript|adblock\w*|ad blocker|"
    r"(?:terms|conditions) (?:of|and) (?:use|service|conditions)|privacy (?:policy|notice|settings)|all rights reserved|"
    r"politica de privacidad\w*|terminos y condiciones|aviso legal|todos los derechos reservados|"
    r"termos (?:de uso|e condicoes)|todos os direitos reservados|politique de confidentialite|mentions legales|"
    r"tous droits reserves|conditions (?:generales )?d utilisation|"
    r"(?:subscribe|sign up|sign in|log in|register) (?:now|here|today|to|for)|already a subscriber|become a (?:member|subscriber)|"
    r"suscri(?:be|ba|bi|birse|bete|base|birte|pcion|pciones|ptor|ptores|ptoras?)\w*|hazte socio|inicia(?:r)? sesion|registrate|"
    r"assin(?:e|ante|antes|atura|aturas) (?:ja|agora|do|da|de|a|o|para|e|por)|ja e assinante|faca (?:seu )?login|cadastre se|"
    r"abonnez vous|deja abonne|reserve(?:e|s)? aux abonnes|s abonner|inscrivez vous|connectez vous|creez? (?:un|votre) compte|"
    r"follow us (?:on|at)|siguenos (?:en|a traves)|siga nos|acompanhe nos|suivez nous|"
    r"share (?:this|on) (?:article|story|post|facebook|twitter|x|whatsapp)|compart(?:e|ir|ilhe|ilhar) (?:en|no|em|esta?|este|isto|por)|"
    r"partage[rz] (?:cet?|sur)|whatsapp (?:channel|group)|canal (?:de|do|no) (?:whatsapp|telegram)|"
    r"(?:si |se |by |en )?(?:continua|continue|continuing|continuar|poursuivant)(?: a| to|s| votre)?(?: la)? (?:navegando|navegar|browsing|"
    r"browse|navigation)|acepta su uso|"
    r"your browser|su navegador|seu navegador|votre navigateur|"
    r"advertisement|publicidad|publicidade|publicite"
    r")\b"
)
_BOILERPLATE_LONGEST_WORDS = 60  # a longer sentence that speaks of cookies is an article about them


@lru_cache(maxsize=4096)
def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence belongs to the page (consent, subscription, sharing) and not to the article."""
    words = words_of(sentence)
    return 0 < len(words) <= _BOILERPLATE_LONGEST_WORDS and _BOILERPLATE.search(" ".join(words)) is not None


def line_key(line: str) -> str:
    """A line as suppression compares it: its folded words."""
    return " ".join(words_of(line))


def passages(text: str, suppressed: Collection[str] = ()) -> Iterator[list[str]]:
    """The folded words of the article's own stretches: broken where the page speaks for itself.

    ``suppressed`` are keys (``line_key``) of lines that the outlet prints under many articles.
    """
    run: list[str] = []
    for line in text.splitlines():
        if suppressed and line_key(line) in suppressed:
            continue
        for sentence in _SENTENCE_END.split(line):
            if is_boilerplate(sentence):
                if run:
                    yield run
                run = []
            else:
                run += words_of(sentence)
    if run:
        yield run


def fingerprints(text: str, suppressed: Collection[str] = ()) -> tuple[int, ...]:
    """The winnowed hashes (signed 64 bit, ascending, each once) of a text; empty where it has no words of its own.

    A text of fewer than eight words has one: that of all its words.
    """
    own = list(passages(text, suppressed))
    if not own:
        return ()
    hashed = [_hashes(run) for run in own]
    head = [value for hashes in hashed for value in hashes][: SHORT + 1]
    if len(head) <= SHORT:
        return tuple(sorted(set(head) or {_hash([word for run in own for word in run])}))
    kept = {value for hashes in hashed for value in _winnow(hashes, WINNOW)}
    return tuple(sorted(kept | _winnow(head[:SHORT], HEAD_WINNOW)))


def _hashes(words: Sequence[str]) -> list[int]:
    return [_hash(words[at : at + WINDOW_WORDS]) for at in range(len(words) - WINDOW_WORDS + 1)]


def _hash(words: Sequence[str]) -> int:
    value = xxhash.xxh3_64_intdigest(" ".join(words).encode())
    return value - (1 << 64) if value >= 1 << 63 else value


def _winnow(hashes: Sequence[int], width: int) -> set[int]:
    """The least of every run of ``width`` hashes; of all of them where there are fewer."""
    if len(hashes) <= width:
        return {min(hashes)} if hashes else set()
    kept: set[int] = set()
    falling: deque[int] = deque()  # positions whose hashes fall strictly towards the right end of the run
    for at, value in enumerate(hashes):
        while falling and hashes[falling[-1]] >= value:
            falling.pop()
        falling.append(at)
        if falling[0] <= at - width:
            falling.popleft()
        if at >= width - 1:
            kept.add(hashes[falling[0]])
    return kept
