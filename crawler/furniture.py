"""What stands around an article and is none of it: boxes of the page by name, and lines by what they say.

Extractors look at density and at names of elements; the lines they let through in the four languages are told here
(field notes: dropping invitations alone lifts Spanish from .871 to .912). Each rule is about a kind of thing, never about
one outlet; an outlet that needs its own has a rule in its configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import html

from crawler.pages import squeeze
from crawler.people import folded, names_in
from crawler.phrases import phrases

FURNITURE = 2  # the edition of these rules, named with each text, so that it can be made again; raise it with every change
_BOX = re.compile(
    r"(?:^|[\s_-])"
    + phrases(r"""
    (?:read|reading|lectura|leitura|lecture)-?time|wtr-time-wrap
    legend[ae]?|l[ée]gende|pie-?(?:de-?)?foto|photo-?credit|image-?credit|img-?caption|caption|wp-caption-text
    (?:j?carousel|slideshow|photo-?gallery|galeria|galer[ií]a)
    (?:read|leia|lea|lee|saiba|ver|veja|lire)-?(?:more|mais|mas|tambem|tambien|aussi|plus|also)
    (?:article|story|post)-?copyright|copyright
    pop-?(?:up|in)|login-?wall|reg(?:istration)?-?wall|lightbox|modal
    newsletter(?:-?(?:box|signup|form|block|widget))?|subscribe-?(?:box|form|widget)|suscri[bp]\w{0,12}-?(?:box|form|widget)
    catcher|print-?only|noprint
    """)
    + r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# At the beginning of a name only: a match is told in boxes named live-comment.
_COMMENTS = re.compile(
    r"(?:^|\s)(?:comments?|coment[aá]rios?|commentaires?)(?:$|\s|-?(?:list|items|ul|area|content|section|wrap)\b)", re.IGNORECASE
)
_BOXES = ("div", "section", "aside", "p", "span", "ul", "ol", "li", "figcaption", "footer", "form")
_ITS_SHARE = 0.3  # a box with more of the page's prose than this is the article under an odd name
_PROSE_CHARACTERS = 80  # a shorter paragraph is no prose
_DEEP, _MOST_BOXES, _MEASURED = 40, 5000, 60  # parents looked at, boxes taken out, boxes measured by all their text
_LITTLE_PROSE = 500  # characters; a page with less is measured by all its text

_ANYWHERE = re.compile(
    r"[\W_]{0,6}"
    + phrases(r"""
    (?:advertisement|publicidad|publicidade|publicit[eé]|an[uú]ncio|espacio publicitario|adsense)[\W_]{0,6}\Z
    (?:contin[uú]a|continue|sigue) (?:despu[eé]s de|ap[oó]s|abajo de) (?:la|a|el) (?:publicidad|publicidade|an[uú]ncio)
    passer la publicit[eé]
    (?:continue|keep) reading(?: the main story)?[\W_]{0,6}\Z
    (?:compart(?:ir|e|ilhar?)|share|partag(?:er|ez))(?: (?:this|est[ae]|cet(?:te)?|on|en|no|sur|by|via)\b.{0,60})?[\W_]{0,6}\Z
    (?:photo|foto|fotograf[ií]a|imagen|imagem|image|cr[eé]ditos?|cr[eé]dits?(?: photos?)?) ?[:©].{0,100}\Z
    (?:foto|imagen|imagem) ?(?:cortes[ií]a|divulga[cç][aã]o|reprodu[cç][aã]o).{0,100}\Z
    ©.{0,120}\Z
    (?:m[aá]s|mais|most|les plus) (?:le[ií]d[oa]s?|lidas?|read|lus|vistos?|vistas?|viewed)[\W_]{0,6}\Z
    (?:s[ií]guenos|siga-nos|siga o|suivez-nous|follow us|[uú]nete a nuestro|entre no nosso|rejoignez-nous)\b
    (?:suscr[ií]b[ae](?:te|se)|inscr[ií]bete|reg[ií]strate|assine|inscreva-se|cadastre-se)\b.{0,200}\Z
    (?:abonnez-vous|inscrivez-vous|sign up for)\b.{0,200}\Z
    (?:receba|recibe|reciba|recevez) (?:em seu|no seu|en tu|en su|gratuitement|gratis|nuestr|noss|nos |todas? |las |as |les )
    mantente informado en|descarga la app|baixe o (?:nosso )?app|t[eé]l[eé]chargez l.appli
    (?:tu|su) suscripci[oó]n (?:se )?est[aá]|si contin[uú]as leyendo en este dispositivo
    (?:el contenido al que quiere acceder|este contenido|cet article|este conte[uú]do) (?:es|est|[eé]) (?:exclusiv[oa]|r[eé]serv[eé])
    (?:article|contenu) r[eé]serv[eé] (?:aux|[aà] nos) abonn[eé]s
    (?:sponsored|promoted) (?:links|content)|contenido patrocinado
    (?:un |l.)?acc[eè]s (?:illimit[eé]|[aà] tous les articles|aux articles r[eé]serv[eé]s)\b.{0,80}\Z
    (?:acceso|acesso) (?:ilimitado|sin l[ií]mites|sem limites)\b.{0,80}\Z|unlimited (?:digital )?access\b.{0,80}\Z
    (?:une s[eé]lection|una selecci[oó]n|uma sele[cç][aã]o) de (?:nos |nuestr[ao]s |nossas )?(?:newsletters|boletines)\b.{0,60}\Z
    la sauvegarde de vos articles\b.{0,60}\Z
    """),
    re.IGNORECASE,
)
_AT_HEAD = re.compile(
    phrases(r"""
    (?:tempo|tiempo|temps) de (?:leitura|lectura|lecture)\b.{0,30}
    (?:lectura|leitura|lecture) (?:de )?:?\s?\d{1,3} min\w{0,6}
    \d{1,3}[ -]?min(?:ute)?s? (?:read|de lectura|de leitura|de lecture).{0,20}
    (?:listen to (?:this|the)|escuch[ae]r? est[ae]|ou[cç]a est[ae]|[eé]coute[rz] cet?) .{0,60}
    (?:publicad[oa]|publi[eé]e?|posted|published|publicaci[oó]n|actualizad[oa]|atualizad[oa]|updated|mis [aà] jour)\b.{0,110}
    """),
    re.IGNORECASE,
)
_HOUR = (
    r"(?:last updated|actualizad[oa]|atualizad[oa]|mis [aà] jour|[aà]s|at|a las|[aà]|-|–|\|)?\W{0,4}(?:at )?\d{1,2} ?[:hH] ?\d{2}\w{0,3}"
)
_ONLY_DAY = re.compile(
    r"[\W_]{0,6}(?:[^\W\d_]{2,4}[\w-]{0,12},? )?\d{1,4}[./ -](?:de )?[\w.]{1,11}[./ ,-]{1,2}(?:de |del )?\d{2,4}\b"
    rf"(?:\W{{0,4}}{_HOUR}(?: [A-Z]{{2,4}})?)?"
    r"(?:\W{1,4}(?:fonte|fuente|source|publicad[oa] por|foto)\b.{0,80})?[\W_]{0,3}",
    re.IGNORECASE,
)
_AT_FOOT = re.compile(
    r"[\W_]{0,6}"
    + phrases(r"""
    copyright\b|all rights reserved|todos (?:los|os) (?:derechos|direitos) reservados|tous droits r[eé]serv[eé]s
    to contact the (?:reporters?|editors?|authors?)\b|write to \w.{3,60}@|contact the author
    this (?:article|story) (?:appeared|was (?:originally )?published)\b|first published
    (?:este|esta) (?:art[ií]culo|nota|texto|artigo|mat[eé]ria) (?:se public[oó]|fue publicad|foi publicad)
    (?:este|esta) (?:art[ií]culo|nota|texto|artigo|mat[eé]ria) (?:no representa|n[aã]o reflete)
    cet article (?:est paru|a [eé]t[eé] publi[eé])
    \(?(?:puedes|puede|pode) comentar\b|deixe (?:seu|o seu|suas?)\b|deja (?:tu|un) comentario
    laissez? un commentaire|leave a (?:comment|reply)
    (?:send|env[ií]e(?:nos)?|envie) (?:your|sus|tus|suas?) (?:pictures|fotos|comentarios)\b|have your say
    (?:etiquetas|temas|tags?|mots[- ]cl[eé]s?|t[oó]picos|palabras clave|filed under) ?:
    (?:previous|next) article\b|art[ií]culo (?:anterior|siguiente)
    (?:artigo|mat[eé]ria) (?:anterior|seguinte)|article (?:pr[eé]c[eé]dent|suivant)
    (?:blog|rubrique|categor[ií]as?|secci[oó]n) ?:
    par[aá] recibir en directo|sobre (?:el|la|o|a) autora?\b|[aà] propos de l.auteur|about the author
    """),
    re.IGNORECASE,
)
_SAYS = re.compile(r"[^\W_]")  # a line without a letter or a figure divides, and says nothing
_INITIALS = re.compile(r"[\W_]{0,3}[A-Z]{2,3}(?: ?[/&-] ?[A-Za-z]{2,3}){0,3}[\W_]{0,3}")  # whoever wrote or checked it: "MA", "SJ/PR"
_HEAD_LINES, _FOOT_LINES = 12, 10
_LINK_CHARACTERS = 260
_LINK_WORDS = 4
_LINKED_SHARE = 0.35  # of a text's characters; where more are links, the links are the text
_BIO = re.compile(
    r"(?:,|is\b|was\b|es\b|est\b|[eé]\b|has\b|covers\b|escribe\b|escreve\b|[eé]crit\b|cubre\b|periodist|journalist|jornalist|reporter)"
)


@dataclass(frozen=True)
class Surroundings:
    """What is known of a page when its lines are judged: the headline, the names in bylines, the texts of its links."""

    title: str = ""
    bylines: Sequence[str] = ()
    links: frozenset[str] = frozenset()


def marks(element: html.HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


def _around(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield element
    yield from islice(element.iterancestors(), _DEEP)


def _prose_by_box(tree: html.HtmlElement, boxes: Sequence[html.HtmlElement]) -> tuple[int, dict[html.HtmlElement, int]]:
    """Characters in paragraphs of prose: of the whole page, and inside each box. One walk, whatever lies in what."""
    inside = dict.fromkeys(boxes, 0)
    whole = 0
    for paragraph in tree.iter("p"):
        length = len(squeeze(paragraph.text_content()[:5000]))
        if length > _PROSE_CHARACTERS:
            whole += length
            for element in _around(paragraph):
                if element in inside:
                    inside[element] += length
    return whole, inside


def _characters(element: html.HtmlElement, enough: int) -> int:
    """Characters of an element's text, counted until they are enough."""
    count = 0
    for piece in element.itertext():
        count += len(squeeze(piece))
        if count >= enough:
            break
    return count


def named_boxes(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Boxes whose class or id says that they hold no part of an article, outermost first, at most ``_MOST_BOXES``."""
    found: list[html.HtmlElement] = []
    for element in tree.iter(*_BOXES):
        names = marks(element)
        if len(names) > 1 and (_BOX.search(names) or _COMMENTS.search(names)):
            found.append(element)
            if len(found) >= _MOST_BOXES:
                break
    return found


def remove_boxes(tree: html.HtmlElement) -> None:
    """Take named boxes out of the tree, in place. A box stays that holds the headline or a good share of the prose outside
    comments: some outlets call their article "modal" or "caption". A page of little prose is measured by all its text."""
    boxes = named_boxes(tree)
    if not boxes:
        return
    whole, inside = _prose_by_box(tree, boxes)
    if whole <= _LITTLE_PROSE:
        whole = len(squeeze(tree.text_content()))
        inside = {box: _characters(box, int(_ITS_SHARE * whole) + 1) for box in boxes[:_MEASURED]}
    titled = {element for heading in islice(tree.iter("h1"), _DEEP) for element in _around(heading)}
    for box in boxes:
        if box.getparent() is None or box in titled:
            continue
        if _COMMENTS.search(marks(box)) or inside.get(box, whole) <= _ITS_SHARE * whole:
            box.drop_tree()


def link_texts(tree: html.HtmlElement) -> frozenset[str]:
    """The texts of links to other pages, folded: a line that is nothing but a link leads elsewhere."""
    found = set()
    for link in tree.iter("a"):
        address = (link.get("href") or "").strip()
        if not address or address.startswith("#"):
            continue
        text = squeeze(link.text_content()[: 2 * _LINK_CHARACTERS])
        if len(text) <= _LINK_CHARACTERS and text.count(" ") >= _LINK_WORDS - 1:
            found.add(folded(text))
    return frozenset(found)


def _is_link(line: str, links: frozenset[str]) -> bool:
    return len(line) <= _LINK_CHARACTERS and line.count(" ") >= _LINK_WORDS - 1 and folded(line) in links


def _without_links(lines: list[str], links: frozenset[str]) -> list[str]:
    linked = {place for place, line in enumerate(lines) if _is_link(line, links)}
    if sum(len(lines[place]) for place in linked) > _LINKED_SHARE * sum(map(len, lines)):
        return lines
    return [line for place, line in enumerate(lines) if place not in linked]


_BYLINE = re.compile(r"(?:por|by|par|escrito por|[eé]crit par|firmado por|texto)\s?:?\s.{3,70}", re.IGNORECASE)


def _is_byline(line: str) -> bool:
    """ "Por Ana Ruiz", told from a heading that begins so by its being somebody's name."""
    return len(line.split()) <= 9 and _BYLINE.fullmatch(line) is not None and bool(names_in([line], printed=True))


def _at_head(line: str, around: Surroundings) -> bool:
    if _is_byline(line):
        return True
    return _AT_HEAD.fullmatch(line) is not None or _ONLY_DAY.fullmatch(line) is not None or folded(line) == folded(around.title)


def _is_biography(line: str, around: Surroundings) -> bool:
    """Whether a line at the foot tells of the author: it begins with a name that a byline carries."""
    words = line.split()
    name = " ".join(words[:2]).strip(",.:")
    if len(words) < 5 or len(name) < 6 or not _BIO.search(" ".join(words[2:5])):
        return False
    return any(folded(name) in folded(byline) for byline in around.bylines)


def _foot(lines: Sequence[str], around: Surroundings) -> int:
    """The place at which the foot begins: the first of its lines after which nothing but short lines and foot follows."""
    start = len(lines)
    for place in range(len(lines) - 1, max(0, len(lines) - 1 - _FOOT_LINES), -1):
        if _AT_FOOT.match(lines[place]) or _is_biography(lines[place], around):
            start = place
        elif len(lines[place]) > 200 and start == len(lines):
            break
    return start


def article_lines(lines: Sequence[str], around: Surroundings) -> list[str]:
    """The lines that are the article's own, in their order."""
    kept = [line for line in lines if _SAYS.search(line) and not _ANYWHERE.match(line[:400])]
    kept = _without_links(kept, around.links)
    head = [line for line in kept[:_HEAD_LINES] if not _at_head(line[:400], around)]
    kept = [*head, *kept[_HEAD_LINES:]]
    if len(kept) > 1 and _INITIALS.fullmatch(kept[-1]):
        kept.pop()
    foot = _foot(kept, around)
    return [line for place, line in enumerate(kept) if place < foot or not (_AT_FOOT.match(line) or _is_biography(line, around))]
