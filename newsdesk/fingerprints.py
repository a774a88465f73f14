"""Winnowed fingerprints: what two copies of a text share whatever was cut, moved or added.

Eight-word windows hashed by xxh3-64, of which the least in every run of twenty is kept (Schleimer, Wilkerson and Aiken,
2003): two texts that share 27 words in a row share a fingerprint.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, compress, count

import numpy as np
import numpy.typing as npt
import xxhash

from newsdesk.words import WORD, Words, fold, words_in, words_of

WINDOW_WORDS = 8
WINNOW = 20
SHORT = 2 * WINNOW  # a text of no more windows keeps all of them, so that a cut copy meets what the whole one kept
HEAD_WINNOW = 4  # the first SHORT windows are winnowed more densely besides: who cuts a report cuts its end
FINGERPRINT_VERSION = "winnow-1/xxh3-64/words-8/run-20/head-40-4"

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
    r"(?:continua|continue|continuing|continuar|poursuivant)(?: a| to|s| votre)?(?: la)? (?:navegando|navegar|browsing|"
    r"browse|navigation)|acepta su uso|"
    r"your browser|su navegador|seu navegador|votre navigateur|"
    r"advertisement|publicidad|publicidade|publicite"
    r")\b"
)
# How the first words of these begin. Most sentences hold none, and looking for one is far cheaper than trying them all.
_BOILERPLATE_BEGINS = re.compile(
    "cook|newsl|bole|javas|adbl|ad$|term|cond|priva|all$|polit|aviso|todo|menti|tous|subs|sign$|log$|regis|alre|becom|suscri|hazt|inic|"
    "assin|ja$|faca|cadas|abonn|deja|reser|s$|inscr|conn|cree|follow|sigu|siga|acomp|suiv|shar|compar|parta|what|canal|continu|"
    "poursui|acepta|your|su$|seu$|votre|adver|publi"
)
_BOILERPLATE_PHRASE_WORDS = 8  # more than the longest of these phrases has
_BOILERPLATE_LONGEST_WORDS = 60  # a longer sentence that speaks of cookies is an article about them


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence belongs to the page (consent, subscription, sharing) and not to the article."""
    return _is_boilerplate(words_of(sentence))


def _is_boilerplate(words: Sequence[str]) -> bool:
    """Looked for only where one may begin: most sentences hold no such word, and one that does holds one or two."""
    if not 0 < len(words) <= _BOILERPLATE_LONGEST_WORDS:
        return False
    begins = compress(count(), map(_BEGINS.__getitem__, words))
    return any(_BOILERPLATE.match(" ".join(words[at : at + _BOILERPLATE_PHRASE_WORDS])) for at in begins)


class _Begins(dict[str, bool]):
    """Words by whether a sentence of the page may begin with them."""

    def __missing__(self, word: str) -> bool:
        if len(self) >= _KEPT_WORDS:
            self.clear()
        begins = self[word] = _BOILERPLATE_BEGINS.match(word) is not None
        return begins


class _Encoded(dict[str, bytes]):
    """Words in UTF-8, each with the space that follows it."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= _KEPT_WORDS:
            self.clear()
        encoded = self[word] = f"{word} ".encode()
        return encoded


_KEPT_WORDS = 100_000
_BEGINS = _Begins()
_ENCODED = _Encoded()


def line_key(line: str) -> str:
    """A line as suppression compares it: its folded words."""
    return " ".join(words_of(line))


def passages(text: str, suppressed: Collection[str] = ()) -> Iterator[list[str]]:
    """The folded words of the article's own stretches: broken where the page speaks for itself.

    ``suppressed`` are keys (``line_key``) of lines that the outlet prints under many articles.
    """
    if suppressed:
        text = "\n".join(line for line in text.splitlines() if line_key(line) not in suppressed)
    words = words_in(text)
    begun = 0
    for first, behind in (*_of_the_page(words), (len(words), len(words))):
        run = list(filter(None, words.folded[begun:first]))
        if run:
            yield run
        begun = behind


def _of_the_page(words: Words) -> Iterator[tuple[int, int]]:
    """The sentences in which the page speaks for itself, as ``Words.sentences`` gives them."""
    begins = list(compress(count(), map(_BEGINS.__getitem__, words.folded)))
    if not begins:
        return
    at = 0
    for first, behind in words.sentences():
        if at < len(begins) and begins[at] < behind:
            at = bisect_left(begins, behind, at)
            if _is_boilerplate(list(filter(None, words.folded[first:behind]))):
                yield first, behind


def fingerprints(text: str, suppressed: Collection[str] = ()) -> tuple[int, ...]:
    """The winnowed hashes (signed 64 bit, ascending, each once) of a text; empty where it has no words of its own.

    A text of fewer than eight words has one: that of all its words.
    """
    own = list(passages(text, suppressed))
    if not own:
        return ()
    hashed = [_hashes(run) for run in own]
    head = np.concatenate(hashed)[: SHORT + 1]
    if len(head) == 0:
        return tuple(_signed([_hash(" ".join(word for run in own for word in run).encode())]).tolist())
    if len(head) <= SHORT:
        return tuple(sorted(set(head.tolist())))
    kept = [*(_winnow(hashes, WINNOW) for hashes in hashed), _winnow(head[:SHORT], HEAD_WINNOW)]
    return tuple(sorted(set(np.concatenate(kept).tolist())))


Hashes = npt.NDArray[np.int64]
_hash = xxhash.xxh3_64_intdigest


def _hashes(words: Sequence[str]) -> Hashes:
    """The hash of every window of eight words, cut from the words written out once."""
    encoded = list(map(_ENCODED.__getitem__, words))
    written = b"".join(encoded)
    begins = list(accumulate(map(len, encoded), initial=0))
    return _signed([_hash(written[begin : after - 1]) for begin, after in zip(begins, begins[WINDOW_WORDS:], strict=False)])


def _signed(values: Sequence[int]) -> Hashes:
    return np.array(values, dtype=np.uint64).view(np.int64)


def _winnow(hashes: Hashes, width: int) -> Hashes:
    """The least of every run of ``width`` hashes; of all of them where there are fewer.

    The least of twice as many follows from that of two runs side by side, and of any width from two that overlap.
    """
    if len(hashes) <= width:
        return hashes.min(keepdims=True) if len(hashes) else hashes
    least, done = hashes, 1
    while done < width:
        step = min(done, width - done)
        least = np.minimum(least[:-step], least[step:])
        done += step
    return least


__all__ = [
    "FINGERPRINT_VERSION",
    "WORD",
    "fingerprints",
    "fold",
    "is_boilerplate",
    "line_key",
    "passages",
    "words_of",
]
