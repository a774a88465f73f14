"""Who wrote it: names taken out of bylines, and agencies told from people."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Sequence

from crawler.pages import squeeze
from crawler.phrases import any_of, phrases
from newsdesk.agencies import NAMES
from newsdesk.agencies import folded as folded

AUTHORS_LIMIT = 20
NAME_CHARACTERS = 120
_DESK = any_of(r"""
    (?:la |equipo de |mesa de |sala de |por )?redacci[oó]n\b.*
    (?:da |equipe de )?reda[cç][aã]o\b.*
    (?:la )?r[eé]daction\b.*
    (?:the )?(?:editorial|news) ?(?:board|team|desk|staff|room)?
    staff(?: writers?| reporters?)?|web ?(?:desk|master|staff)?
    admin(?:istrat(?:or|eur|ion))?|administrador|editor(?:es|s|ial)?
    an[oó]nimo|anonymous|(?:no|sin|sem) autor|no author|unknown|desconocido|sin firma
    author|autor|auteur|guest|invitado|user|usuario
    nota de prensa|prensa|noticias|news
    (?:de |por )?agenc(?:ias?|ies|es?)|(?:de )?ag[eê]ncias?(?: de not[ií]cias)?|wire(?: services?| reports?)?
    nombre|none|null|undefined
    .{1,60}\b(?:staff|editorial|editors|team|desk|newsroom|reporter|news)
    (?:foto|photo|imagen|imagem|cr[eé]dito?s?|copyright|texte|tags?|categor[ií]as?|coment[aá]rios?)\b.*
    [ap]\.?m\.?(?: [a-z]{2,4})?
    """)
_INSTITUTION = any_of(r"""
    (?:diario|jornal|peri[oó]dico|revista|semanario|r[aá]dio|portal|canal|noticiero|telejornal|journal|magazine|zone|zona)\b.*
    (?:ediciones|[eé]ditions|comit[eé]|courant|coordenadori?a|coordinaci[oó]n|secretar[ií]a|minist(?:erio|[eè]re|[eé]rio)|service)\b.*
    (?:asociaci[oó]n|associa[cç][aã]o|association|fundaci[oó]n|fondation|prefeitura|gobierno|governo|gouvernement)\b.*
    """)
_PUBLICATION = re.compile(r"(?:El|La|The|Le|Les|O) [^\W\d_a-z].*")
_FROM = frozenset({"em", "en", "in", "from", "desde", "à"})
_COLLECTIVE = frozenset({"collectif", "colectivo", "coletivo"})
_PLACES = frozenset(
    folded_name.strip()
    for folded_name in """
    são paulo, rio de janeiro, brasília, porto alegre, belo horizonte, salvador, buenos aires, la plata, ciudad de méxico, san josé,
    ciudad de guatemala, ciudad de panamá, san salvador, santo domingo, la habana, santiago de chile, la paz, santa cruz, san juan, madrid,
    barcelona, bogotá, caracas, lima, quito, asunción, montevideo, lisboa, paris, bruxelles, genève, montréal, new york, washington,
    washington dc, los angeles, mexico city, london, moscow, beijing, hong kong, new delhi, tel aviv, jerusalem, kyiv, nova york
    """.split(",")
)
_LEADING = re.compile(
    "(?:"
    + phrases(r"""
    (?:publicado|escrito|redactado|texto|reportaje|fotos?|published|written|posted|reported|postado|reportagem) (?:por|by)\b
    (?:publi[eé]|[eé]crit|r[eé]dig[eé]|(?:propos )?recueillis?) par\b
    (?:publicad[ao]|escrit[ao]|firmado|elaborado|produzido) por\b
    (?:con |com )?(?:informaci[oó]n|informaciones|informa[cç][oõ]es|datos|dados) d[aeo]s?\b
    (?:por|by|par|de|from|von)\b
    sobre|about|[aà] propos de
    author|autor[ae]?s?|auteurs?|texto|text|redacci[oó]n|cr[oó]nica|periodista
    """)
    + r")[:\s]{1,3}",
    re.IGNORECASE,
)
_DIVIDERS = re.compile(r"\s*(?:[;|•·\n/]|\s(?:y|e|et|and|und|&|avec|con|com|with)\s|,\s(?:and|y|e|et)\s|,)\s*")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}")
_WEB = re.compile(r"(?:https?://|www\.)\S{0,300}|@\w{1,40}|\bhttps?\b")
_DATE_TAIL = re.compile(r"\d{1,2} ?[/:hH.] ?\d{1,2}.*|\d{4}.*|\d{1,2} (?:de|d')? ?[^\W\d_]{3,10}.*")
_DAY_OR_CLOCK = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}|\d{1,2} ?[:hH] ?\d{2}(?::\d{2})?")
_JOINER = "\u2060"
_DOUBLE_SURNAME = re.compile(r"([^\W\d_][\w.'’-]{0,30}(?: [\w.'’-]{1,30}){1,3}) ([ye]) ([^\W\d_][\w'’-]{1,30})")
_HOST_NAME = re.compile(r"[\w-]{1,60}(?:\.[\w-]{1,60}){0,3}\.[A-Za-z]{2,10}")
_AFTER_NAME = re.compile(
    r"\s"
    + phrases(r"""
    (?:senior |staff )?writer|editor
    updated|published|posted|mis à jour|publi[eé]e?
    (?:actualiz|public|atualiz)ado
    document\.write
    (?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo
    """)
    + r"\b.*",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\([^()]{0,80}\)")
_ROLE = re.compile(
    r"\b"
    + phrases(r"""
    especial|special|corresponsal|correspondent[e]?|enviad[ao] especial|envoy[eé]e? sp[eé]ciale?
    editor[ae]?|redactor[a]?|r[eé]dact(?:eur|rice)|chief|senior|director
    reporter|rep[oó]rter|periodista|journalist[e]?|jornalista|staff writer|contributor
    columnista|colunista|chroniqueu(?:r|se)|professor|docente
    para|for|pour|in|en|em|à|desde|de la|da
    """)
    + r"\b.*",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_]\.$|\bJr\.$|\bSr\.$")
_TIMING = re.compile(
    r"(?:publi|actuali|atuali|updat|posted|hace\b|h[aá]\b|il y a\b|minutos?\b|horas?\b|le[cé]tura|tiempo de|min read)", re.IGNORECASE
)
_SMALL = frozenset("de del da do dos das la las los le les du des di van von der den el al bin ibn y e et and the".split())


def agency(name: str) -> str | None:
    """The agency or relayed broadcaster a name stands for, in its usual spelling; None for anybody else.

    >>> agency("Agencia EFE")
    'EFE'
    """
    return NAMES.get(folded(name[:NAME_CHARACTERS]))


def is_desk(name: str) -> bool:
    """Whether a name is an office, not a person (Redacción, Staff, Admin)."""
    return _DESK.fullmatch(name.strip(" .:-")) is not None


def _bare(text: str) -> str:
    """A byline without addresses, e-mails, parentheses and the words before the name."""
    text = _WEB.sub(" ", _EMAIL.sub(" ", _PARENTHESIS.sub(" ", text)))
    text = squeeze(text).strip(" ,:;-–—|•·/\"'“”«»*")
    text = _AFTER_NAME.sub("", text)
    for _ in range(3):
        match = _LEADING.match(text)
        if match is None:
            break
        text = text[match.end() :].strip(" ,:;-–—|•·/\"'“”«»*")
    return text


def _name(piece: str) -> str | None:
    """A single cleaned name, None where the piece cannot be one."""
    piece = _DATE_TAIL.sub("", piece).strip(" ,:;-–—|•·/\"'“”«»*")
    words = piece.split()
    while words and (words[-1].lower() in _SMALL or words[-1].lower() in ("el", "em", "on", "at", "às", "à", "in", "en")):
        words.pop()
    piece = " ".join(words)
    if not _INITIAL.search(piece):
        piece = piece.rstrip(" .")
    if not 2 <= len(piece) <= NAME_CHARACTERS or not any(character.isalpha() for character in piece):
        return None
    if len(words) > 8 or _TIMING.match(piece):
        return None
    return piece


def _is_role(piece: str) -> bool:
    """Whether a piece after a comma tells what somebody is, not who: a role, or words without a capital."""
    first = piece.split()[0] if piece.split() else ""
    return _ROLE.fullmatch(piece) is not None or (first[:1].islower() and first.lower() not in _SMALL)


def _joined(text: str) -> str:
    """Text in which the "y" or "e" inside one person's surname (Ortega y Gasset) divides nothing."""
    match = _DOUBLE_SURNAME.fullmatch(text)
    return f"{match.group(1)}{_JOINER}{match.group(2)}{_JOINER}{match.group(3)}" if match else text


def looks_like_person(name: str) -> bool:
    """Whether a piece of a printed byline can be a person's name: two words or more, at most five beside the small ones,
    each with a capital and none with a digit. Markup that states an author needs no such proof."""
    words = name.split()
    if name.casefold() in _PLACES or any(character in "!?©:@#" for character in name):
        return False
    large = [word for word in words if word.lower() not in _SMALL]
    capital = not any(word[0].islower() for word in large)
    return len(words) >= 2 and 1 <= len(large) <= 5 and capital and not any(character.isdigit() for character in name)


def _without_publisher(name: str, barred: set[str]) -> str:
    """A name without the publisher's before or behind it ("Elizabeth Flores USA TODAY"), and said once where it is said
    twice; empty where nothing but the publisher is left ("Do UOL", "La Razón 2")."""
    words = name.split()
    if len(words) >= 4 and len(words) % 2 == 0 and words[: len(words) // 2] == words[len(words) // 2 :]:
        words = words[: len(words) // 2]
    for size in range(min(5, len(words)), 0, -1):
        if folded("".join(words[-size:])) in barred:
            words = words[:-size]
        elif folded("".join(words[:size])) in barred:
            words = words[size:]
        elif words and words[0].lower() in _SMALL and folded("".join(words[1 : size + 1])) in barred:
            words = words[size + 1 :]
    while words and (words[0].lower() in _FROM or words[0].isdigit() or (words[0].lower() in _SMALL and len(words) < 3)):
        words = words[1:]
    return " ".join(words)


def _is_body(name: str) -> bool:
    """Whether a name is an office or an institution, not a person."""
    return is_desk(name) or _INSTITUTION.fullmatch(name) is not None


def names_in(texts: Iterable[str], strangers: Sequence[str] = (), printed: bool = False) -> tuple[str, ...]:
    """The names in bylines, cleaned and deduplicated; ``strangers`` (site, publisher) are no authors. What is only
    ``printed`` must look like a person or an agency. Agencies stay in, for the caller to tell apart."""
    barred = {folded(stranger) for stranger in strangers if stranger}
    found: dict[str, str] = {}
    for text in list(texts)[:50]:
        whole = _joined(_DAY_OR_CLOCK.sub(" ; ", _bare(entities.unescape(text[:1000]))))
        for piece in _DIVIDERS.split(whole)[:50]:
            name = _name(_bare(piece.replace(_JOINER, " ")))
            if name is None or _is_role(name) or _HOST_NAME.fullmatch(name):
                continue
            name = agency(name) or _without_publisher(name, barred)
            key = folded(name)
            if not key or key in barred or (_is_body(name) and not agency(name)):
                continue
            if (
                (is_desk(piece) or is_desk(text[:NAME_CHARACTERS])) and not looks_like_person(name) and not agency(name)
            ):  # "Redacción Internacional"
                continue
            if not printed or looks_like_person(name) or agency(name) or key in _COLLECTIVE:
                found.setdefault(key, name)
    names = tuple(found.values())[:AUTHORS_LIMIT]
    people = tuple(name for name in names if not _PUBLICATION.fullmatch(name))
    return people or names


_ANNOUNCES_NAME = re.compile(r"(?:por|by|par|autor[ae]?s?|auteur|escrito por|texto|text|author|de)\s?:?", re.IGNORECASE)
_BYLINE = re.compile(r"(?:por|by|par|autor[ae]?|auteur|escrito por|texto|written by|[eé]crit par)\s?:?\s[^\W\d_].{2,100}", re.IGNORECASE)


def bylines_in(lines: Sequence[str]) -> list[str]:
    """Bylines among the pieces of text around a headline: "Por Ana Ruiz", "Por" and then the name, an agency alone."""
    found = []
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        if _BYLINE.fullmatch(line) and len(line.split()) <= 8:
            found.append(line)
        elif _ANNOUNCES_NAME.fullmatch(line) and following and len(following.split()) <= 6:
            found.append(following)
        elif agency(line.strip(" .|()/-–—")):
            found.append(line)
    return found[:3]


def people_and_agencies(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names divided into people and the agencies among them."""
    agencies = tuple(dict.fromkeys(known for name in names if (known := agency(name))))
    return tuple(name for name in names if agency(name) is None), agencies
