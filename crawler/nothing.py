"""Pages without an article: what each of them is, in one named outcome and a sentence for the editor."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.linkeddata import LIST_TYPES
from crawler.pages import DEEPEST, header
from crawler.phrases import any_of
from crawler.witnesses import Witnesses
from newsdesk.links import Outcome

_MAGIC = (
    (b"%PDF-", "a PDF document"), (b"\x89PNG", "a picture (PNG)"), (b"\xff\xd8\xff", "a picture (JPEG)"), (b"GIF8", "a picture (GIF)"),
    (b"PK\x03\x04", "a ZIP archive or office document"), (b"\xd0\xcf\x11\xe0", "an office document"), (b"ID3", "sound (MP3)"),
    (b"OggS", "sound or film (Ogg)"), (b"\x1a\x45\xdf\xa3", "film (Matroska)"), (b"\x1f\x8b", "a gzip archive"), (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"), (b"\x7fELF", "a program"),
)  # fmt: skip
_HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "application/octet-stream", "")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|div|p|h1|article|meta|title|main)\b", re.IGNORECASE)
_PROLOGUE = rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?"
_FEED = re.compile(_PROLOGUE + rb"<(rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE | re.DOTALL)
_NOT_FOUND = any_of(r"""
    \b404\b
    \b(?:page|article|story|content) (?:you \w{1,10} (?:looking for )?)?(?:was|is|could) (?:not|no longer) (?:be )?(?:found|available)\b
    \b(?:page|article|story|content) (?:not found|no longer exists|unavailable)\b
    ^not found\b
    doesn.t exist
    p[aá]gina no (?:encontrada|existe|disponible)
    (?:contenido|art[ií]culo|noticia|nota) no (?:encontrad[oa]|disponible|existe)
    no (?:se )?(?:encontr(?:amos|ado|ó)|hemos encontrado|existe) (?:la|esta|esa) (?:p[aá]gina|noticia)
    (?:la|esta) p[aá]gina (?:que (?:buscas?|busca usted|intentas? ver|solicit\w{1,10}) )?no (?:existe|se encuentra|est[aá] disponible)
    (?:la|esta) p[aá]gina (?:que (?:buscas?|busca usted|intentas? ver|solicit\w{1,10}) )?no (?:se ha encontrado|fue encontrada)
    p[aá]gina n[aã]o (?:encontrada|existe|dispon[ií]vel|foi encontrada)
    (?:conte[uú]do|artigo|not[ií]cia|mat[eé]ria) n[aã]o (?:encontrad[oa]|dispon[ií]vel|existe)
    page (?:introuvable|non trouv[eé]e|inexistante)
    (?:article|contenu) (?:introuvable|non trouv[eé]|indisponible)
    (?:cette|la) page (?:que vous \w{1,12} )?n.existe (?:pas|plus)
    (?:ha ocurrido|ocurri[oó]) un error
    ^(?:oops|¡?ups)\b
    """)
_CONSENT = any_of(r"""
    cookies?\b
    \bgdpr\b
    \brgpd\b
    \blgpd\b
    consent(?:imiento|imento|ement)?\b
    \bpartners?\b
    \bsocios\b
    \bpartenaires\b
    \bparceiros\b
    privacidad|privacidade|privacy|confidentialit[eé]
    datos personales|dados pessoais|donn[eé]es personnelles|personal data
    acept(?:ar|o|as)\b|aceitar|accepter|accept all
    traceurs|vos choix|your choices
    """)
# What invites the reader to pay or to log in. The words for subscribing alone are no proof: in three of the four languages
# one also "subscribes" (signs) a treaty or a contract.
_INVITES = any_of(r"""
    suscr[ií]b(?:ete|ase|anse)\b|suscr[ií]birte\b
    (?:para|s[oó]lo|exclusiv[oa]s? (?:de|para)(?: los| nuestros)?) suscriptores\b|(?:ya )?(?:eres|es|soy) suscriptor
    para seguir leyendo|contin[uú]a leyendo|inicia(?:r)? sesi[oó]n|reg[ií]strate|hazte socio|contenido exclusivo
    \bassine\b(?! (?:embaixo|abaixo))|j[aá] [eé] assinante|(?:para|dos|nossos) assinantes\b
    para continuar lendo|fa[cç]a (?:seu )?login|conte[uú]do exclusivo
    \babonnez-vous\b|r[eé]serv[eé]e?s? (?:aux|[aà] nos) abonn[eé]s|s.abonner\b|d[eé]j[aà] abonn[eé]
    lire la suite|il vous reste \d|connectez-vous
    \bsubscribe (?:to|now|today|for)\b|already a (?:member|subscriber)|subscribers? only|for subscribers
    (?:sign|log) in to (?:read|continue)|to continue reading|free articles?
    """)
_MENTIONS = any_of(r"""
    suscr[ií](?:ptor|pci[oó]n)|\bassina(?:nte|tura)s?\b|\babonn(?:[eé]e?s?|ements?)\b|subscri(?:bers?|ptions?)\b
    """)
_WORD = re.compile(r"\w+")
_SHORT_CHARACTERS = 600
_STUB_CHARACTERS = 700
_CONSENT_CHARACTERS = 6000  # consent forms are short; longer texts on cookies are articles about them
_LEAST_WORDS = 12


@dataclass(frozen=True)
class Nothing:
    """Why a page yields no article; ``detail`` is one sentence that says what was seen."""

    outcome: Outcome
    detail: str


def unsupported(body: bytes, headers: Sequence[tuple[str, str]]) -> Nothing | None:
    """What a body is by its first bytes or its stated type, where it is no HTML page; None where it may be one."""
    if not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return Nothing(Outcome.EMPTY_BODY, f"The host sent {len(body)} bytes, and none of them is a sign that could be read.")
    for magic, what in _MAGIC:
        if body.startswith(magic):
            return Nothing(Outcome.UNSUPPORTED_TYPE, f"The body begins like {what}.")
    if body[4:8] == b"ftyp":
        return Nothing(Outcome.UNSUPPORTED_TYPE, "The body begins like film (MP4).")
    feed = _FEED.match(body[:2000])
    if feed is not None:
        return Nothing(Outcome.UNSUPPORTED_TYPE, f"The body is a feed or sitemap (its first element is {feed.group(1).decode()}).")
    return _by_stated_type(body, headers)


def _by_stated_type(body: bytes, headers: Sequence[tuple[str, str]]) -> Nothing | None:
    stated = header(headers, "content-type").partition(";")[0].strip().lower()[:100]
    looks_like_markup = _MARKUP.search(body[:20_000]) is not None
    if stated not in _HTML_TYPES and not looks_like_markup:
        return Nothing(Outcome.UNSUPPORTED_TYPE, f"The host states the type {stated}, and the body holds no HTML.")
    if body.lstrip()[:1] in (b"{", b"[") and not looks_like_markup:
        return Nothing(Outcome.UNSUPPORTED_TYPE, "The body is JSON, not HTML.")
    return None


def _words(text: str) -> int:
    return len(_WORD.findall(text[:20_000]))


def _says_article(seen: Witnesses) -> bool:
    """Whether the markup claims an article: its JSON-LD type, og:type, or a publication time in its metas."""
    claims = seen.linked.is_article or (seen.first("og:type") or "").lower() in ("article", "news", "newsarticle")
    return claims or bool(seen.first("article:published_time", "datepublished", "parsely-pub-date"))


def _not_found(title: str, text: str) -> Nothing | None:
    match = _NOT_FOUND.search(title[:200])
    if match is None or len(text) > _SHORT_CHARACTERS or len(title) > 120:
        return None
    return Nothing(Outcome.SOFT_NOT_FOUND, f"The title says “{match.group()}”, and the page has {len(text)} characters of text.")


def _consent(text: str) -> Nothing | None:
    """A text that speaks of cookies and consent in most of its sentences."""
    if not text or len(text) > _CONSENT_CHARACTERS:
        return None
    lines = [line for line in text.splitlines() if line][:60]
    spoken = sum(len(line) for line in lines if len(_CONSENT.findall(line[:5000])) >= (2 if len(line) > 120 else 1))
    hits = len(_CONSENT.findall(text[:20_000]))
    if hits < 3 or spoken < 0.6 * sum(map(len, lines)) or hits * 60 < _words(text):
        return None
    return Nothing(Outcome.CONSENT_WALL, f"The text speaks of cookies and consent {hits} times and of nothing else.")


def _paywall(seen: Witnesses, text: str, notices: str, surroundings: str) -> Nothing | None:
    if seen.linked.free is False and len(text) < 300:
        return Nothing(Outcome.PAYWALL_STUB, f"The page states that it is not free, and shows {len(text)} characters.")
    if len(text) >= _STUB_CHARACTERS:
        return None
    whole = f"{text}\n{notices}"
    match = _INVITES.search(whole)
    inside = len(_INVITES.findall(whole)) + len(_MENTIONS.findall(whole))
    if match is not None and (inside >= 2 or _INVITES.search(whole[-250:])):
        return Nothing(Outcome.PAYWALL_STUB, f"The page shows {len(text)} characters and then “{match.group()}”.")
    if len(text) < 250 and _says_article(seen) and len(outside := _INVITES.findall(surroundings)) >= 3:
        return Nothing(Outcome.PAYWALL_STUB, f"The page shows {len(text)} characters among {len(outside)} calls to subscribe.")
    return None


def _section(seen: Witnesses, text: str, address_is_root: bool) -> Nothing | None:
    """A list of articles: many links, little prose of its own, and no claim to be an article."""
    if _says_article(seen) and not address_is_root:
        return None
    listed = bool(seen.linked.types & LIST_TYPES) or seen.articles >= 8
    many_links = seen.links >= 25 and seen.links > 6 * max(1, seen.paragraphs)
    website = (seen.first("og:type") or "").lower() in ("website", "blog", "profile")
    few_paragraphs = seen.paragraphs <= 3
    if address_is_root and (listed or seen.links >= 5) and seen.paragraphs <= 6:
        return Nothing(Outcome.SECTION_PAGE, f"This is the site's front page, with {seen.links} links.")
    if few_paragraphs and many_links and (listed or (website and len(text) < 1500)):
        return Nothing(
            Outcome.SECTION_PAGE, f"The page has {seen.links} links, {seen.articles} listed items and {seen.paragraphs} paragraphs."
        )
    if seen.articles >= 3 and seen.links >= seen.articles and seen.paragraphs == 0 and _words(text) < 40 * seen.articles:
        return Nothing(Outcome.SECTION_PAGE, f"The page lists {seen.articles} items and has no paragraph of its own.")
    return None


def nothing(
    seen: Witnesses, title: str, text: str, notices: str, surroundings: str, address_is_root: bool, levels: Callable[[], int]
) -> Nothing | None:
    """Why this page yields no article, or None where it holds one. ``surroundings`` is the page's visible text, bounded;
    ``notices`` are the lines that were taken out of the text as the page's furniture; ``levels`` says how deep the page is
    nested, and is asked only where nothing else is found.

    A short item of two sentences is an article; only a page that also says what it is instead is refused.
    """
    for verdict in (
        _not_found(title, text),
        _consent(text),
        _paywall(seen, text, notices, surroundings),
        _section(seen, text, address_is_root),
    ):
        if verdict is not None:
            return verdict
    if _words(text) >= _LEAST_WORDS:
        return None
    if levels() >= DEEPEST:
        return Nothing(Outcome.NOT_AN_ARTICLE, f"The page is nested too deep: what lies more than {DEEPEST} elements deep is not read.")
    if not surroundings.strip():
        return Nothing(Outcome.EMPTY_BODY, "The page shows no text.")
    late = _consent(surroundings[:5000])
    if late is not None:
        return late
    return Nothing(
        Outcome.NOT_AN_ARTICLE, f"The page has {_words(surroundings)} words, and only {_words(text)} of them could be an article's."
    )
