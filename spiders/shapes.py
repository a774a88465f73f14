"""What the form of an address says of the page behind it: an article, a list, a form, a file. Text alone; nothing is asked."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

SURE = 3  # points of an address that is an article's even below /topics/

# Words of the path below which lists, forms and services stand. A sure address may stand below them all the same.
_LISTS = re.compile(
    r"/(?:topics?|temas?|sujets?|asuntos?|assuntos?|categor(?:y|ia|ias|ies|ie)|section|secciones|secoes|rubriques?|colecciones|"
    r"[\w-]*(?:topicos|topics)|tudo-sobre|todo-sobre|tout-sur|all-about|web-stories|series|especiales|especiais|dossiers?|"
    r"transparencia|tramites|about|acerca-?de|sobre(?:-nos)?|quienes-somos|quem-somos|nosotros|contact[oe]?|contato|"
    r"privac\w*|privacidad|cookies?|terms|terminos\w*|termos\w*|aviso-legal|mentions-legales|rss|feeds?|pagina|publicidad|anuncie|"
    r"hemeroteca|archivo|arquivo|archives?|juegos|jogos|games|clima|tiempo|previsao|meteo|weather|concursos|eventos|forums?|foros?|"
    r"comunidad|shop|tienda|loja|boutique|servicios?|servicos?|galer\w*|fotogaler\w*|podcasts?|programas?|emissions?)(?:/|$)",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"/(?:login|signin|sign-in|logout|register|registro|cadastro|account|cuenta|conta|compte|perfil|profile|wp-admin|wp-login\.php|"
    r"search|busca|buscar|buscador|busqueda|recherche|pesquisa|share|compartir|private|cart|suscri\w*|subscri\w*|subscribe|assine|"
    r"assinatura\w*|abonn\w*|tags?|etiquetas?|keywords?|autor(?:es|a|as)?|authors?|auteurs?|columnistas?|colunistas?|colunas-de|"
    r"firmas?|staff|equipo|page|newsletters?|boletin(?:es)?|boletins?|edicion-impresa|"
    r"edicao-impressa|horoscop\w*|sudoku|crucigrama\w*|loteria\w*|"
    r"obituarios?|clasificados|classificados|cupones|cupons|coupons?|brand-?(?:studio|content|lab|voice)|branded\w*|patrocinad\w*|"
    r"contenido-patrocinado|conteudo-de-marca|contenu-(?:sponsorise|partenaire)|publieditorial|publirreportaje\w*|publi-?notas?|"
    r"informe-publicitario|sponsored\w*|advertis\w*|promociones|codes?-promo|codigos?-(?:de-)?(?:descuento|promocional(?:es)?))(?:/|$)",
    re.IGNORECASE,
)
_STATIC = re.compile(
    r"(?:^|[-_])(?:privacidad|privacidade|privacy|confidentialite|disclaimer|terminos-(?:y|de)|termos-(?:e|de)|terms-(?:and|of)|"
    r"condiciones-(?:de|generales)|conditions-generales|aviso-legal|mentions-legales|quienes-somos|quem-somos|qui-sommes-nous|"
    r"principios-editoria\w+|codigo-de-etica|trabaje-con|trabalhe-con\w+|anuncie-con\w*)(?:$|[-_.])",
    re.IGNORECASE,
)
_SERVICE_HOST = re.compile(
    r"(?:loja|tienda|shop|store|boutique|assine|suscripcion(?:es)?|abo|abonnement|cupon(?:es)?|clasificados|empleos|forums?|foros?|login|"
    r"cuenta|id|ads|promo)\.",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|pdf|docx?|xlsx?|pptx?|zip|rar|gz|mp[34]|m4[av]|mov|avi|webm|og[gav]|wav|css|js|json|xml|rss|atom)\Z",
    re.IGNORECASE,
)
_ASIDE = frozenset("comments comentarios comentários commentaires embed print imprimir feed respond galeria fotos gallery".split())
_DATE = r"(?:19|20)\d{2}[/_.-]?(?:0?[1-9]|1[0-2])(?:[/_.-]?(?:0?[1-9]|[12]\d|3[01]))?"
_DATE_IN_PATH = re.compile(rf"/{_DATE}(?=[/_.-]|$)")
_DATE_IN_SLUG = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{0,6})(?!\d)")
_ENDS_IN_DATE = re.compile(rf"/{_DATE}/?\Z")
_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d{2}\Z")
_NUMBER_QUERY = re.compile(
    r"(?:^|&)(?:id|p|nid|noticia|article|art|idnoticia|idarticulo|codigo|storyid|newsid|aid|cod|nota|materia)=\d+", re.IGNORECASE
)
_ARTICLE_WORD = re.compile(
    r"/(?:noticia|nota|article|articulo|artículo|artigo|materia|story|stories|post|actualite|reportaje|reportagem|cronica|entrevista)/",
    re.IGNORECASE,
)
_PAGE_FILE = re.compile(r"\.(?:s?html?|php|aspx?|ghtml|ece|jsp|cfm)\Z", re.IGNORECASE)
_OPAQUE = re.compile(r"(?=[^/]*[A-Za-z])(?=[^/]*\d)[A-Za-z0-9_]{8,40}\Z")
_TEMPLATE = re.compile(r"\{\{|\}\}|\$\{|<%|%7B%7B|\[\[|undefined|#\{", re.IGNORECASE)
_AMP_QUERY = re.compile(r"(?:^|&)(?:amp(?:=1|=true)?|outputType=amp|output=amp|view=amp)(?=&|$)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:^|[-_/])(?:p|page|pagina|pag)[-_=]?\d{1,3}\Z", re.IGNORECASE)
_PAGE_QUERY = re.compile(r"(?:^|&)(?:page|paged|pagina|pag|start|offset)=\d+", re.IGNORECASE)


def is_template(href: str) -> bool:
    """Whether an address is a placeholder that a script was to fill in."""
    return bool(_TEMPLATE.search(href))


@lru_cache(maxsize=4096)
def points_of(address: str) -> int:
    """How much the address alone looks like an article's: 2 for a long slug, 2 for a date before it, 1 for a number, an
    opaque id or a path word such as /noticia/; at most 4."""
    parts = urlsplit(address)
    last = _last(parts.path)
    words = len(_words(last))
    points = 2 if words >= 4 else 1 if words >= 3 else 0
    dated = _DATE_IN_PATH.search(parts.path) or _DATE_IN_SLUG.search(last)
    if dated and not _ENDS_IN_DATE.search(parts.path):
        points += 2
    numbers = [number for number in _NUMBER.findall(_DATE_IN_PATH.sub("/", parts.path)) if not _YEAR.match(number)]
    if numbers or _NUMBER_QUERY.search(parts.query) or (words <= 1 and _OPAQUE.match(last)):
        points += 1 + (max((len(number) for number in numbers), default=0) >= 6)
    if _ARTICLE_WORD.search(parts.path) and (words >= 2 or numbers):
        points += 1
    if _PAGE_FILE.search(parts.path) and words >= 2:
        points += 1
    return min(points, 4)


def may_be_article(address: str) -> bool:
    """Whether an address is neither the front page nor a file, a list, a form, a service, a bare day or a numbered page."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    if _SERVICE_HOST.match(parts.netloc) or _STATIC.search(_last(path)) or "/www." in path:  # a host written as a relative link
        return False
    if path in ("", "/") or path.rstrip("/").lower().endswith(("/index.php", "/default.aspx")):
        return bool(_NUMBER_QUERY.search(parts.query))
    if _FILE.search(path) or _NEVER.search(path) or _ENDS_IN_DATE.search(path):
        return False
    if _COUNTED.search(path.rstrip("/")) or _PAGE_QUERY.search(parts.query) or _last(path).lower() in _ASIDE:
        return False
    return not _LISTS.search(path) or points_of(address) >= SURE


def looks_like_section(address: str) -> bool:
    """Whether the path holds only short words, as sections and their sub-sections do."""
    parts = urlsplit(address)
    return points_of(address) == 0 and not parts.query


def without_amp(address: str) -> str:
    """The address of the full page where this is its AMP form, so that both are one; else the address itself."""
    parts = urlsplit(address)
    path, query = parts.path, parts.query
    if path.rstrip("/").lower().endswith("/amp"):
        path = path.rstrip("/")[:-4] + ("/" if path.endswith("/") else "")
    elif path.lower().startswith("/amp/"):
        path = path[4:]
    elif path.lower().endswith((".amp", ".amp.html")):
        path = path[: path.lower().rindex(".amp")] + (".html" if path.lower().endswith(".html") else "")
    if _AMP_QUERY.search(query):
        query = _AMP_QUERY.sub("", query).lstrip("&")
    return address if (path, query) == (parts.path, parts.query) else parts._replace(path=path or "/", query=query).geturl()


@lru_cache(maxsize=4096)
def family_of(address: str) -> str:
    """The form an outlet gives its articles' addresses: digits as #, the last segment by how many words it has."""
    parts = urlsplit(address)
    segments = [segment for segment in parts.path.split("/") if segment]
    forms = ["#" if re.fullmatch(r"\d+", segment) else "w" for segment in segments[:-1]]
    last = segments[-1] if segments else ""
    words = len(_words(last))
    ending = (_PAGE_FILE.search(last) or [""])[0]
    size = "slug" if words >= 3 else "#" if _NUMBER.search(last) else "short"
    return f"{parts.netloc}:{'/'.join(forms)}/{size}{'#' if size == 'slug' and _NUMBER.search(last) else ''}{ending}"


def _last(path: str) -> str:
    return next((segment for segment in reversed(path.split("/")) if segment), "")


def _words(segment: str) -> list[str]:
    return [word for word in re.split(r"[-_+.]|%20", _PAGE_FILE.sub("", segment)) if word and not word.isdigit()]
