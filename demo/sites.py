"""The pages of the demo's web: every address an outlet answers, built from its articles, with the traps in their places."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from demo.content import DemoArticle, DemoOutlet
from demo.words import WORDS, slug_of

_env = Environment(
    loader=PackageLoader("demo", "web/templates"),
    autoescape=select_autoescape(("html", "xml")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_env.filters["rfc822"] = format_datetime

HTML = "text/html"
SOURCE_PATHS: Mapping[str, str] = {
    "rss2": "/feed.xml",
    "rss1": "/index.rdf",
    "atom": "/atom.xml",
    "json": "/feed.json",
    "sitemap": "/sitemap-index.xml",
    "section": "/ultimas/",
}
_SOURCE_TYPES = {
    "rss2": "application/rss+xml",
    "rss1": "application/rdf+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
    "section": HTML,
}
DISALLOWED = ("/privado/", "/private/")


@dataclass(frozen=True)
class Answer:
    """What an outlet answers at one path. ``trap`` names what the page is there to show, None for ordinary pages."""

    body: bytes
    media_type: str
    modified_at: datetime
    status: int = 200
    location: str | None = None
    trap: str | None = None

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True)
class Item:
    """An announced entry. ``address`` None is the entry without link; ``at`` None says no day."""

    title: str
    address: str | None
    number: int
    summary: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Teaser:
    path: str
    title: str
    summary: str = ""


@dataclass
class Site:
    """One outlet's answers by path, while they are built. ``home`` ends without a slash."""

    outlet: DemoOutlet
    home: str
    articles: Sequence[DemoArticle]
    off_site: str
    answers: dict[str, Answer] = field(default_factory=dict)
    traps: list[Item] = field(default_factory=list)

    @property
    def updated_at(self) -> datetime:
        return max(article.published_at for article in self.articles)

    def encode(self, text: str) -> bytes:
        """The text in the outlet's encoding; what an old encoding lacks becomes a character reference."""
        return text.encode(self.outlet.encoding, "xmlcharrefreplace")

    def media_type(self, kind: str) -> str:
        return f"{kind}; charset={self.outlet.encoding}"

    def add(
        self, path: str, text: str, kind: str = HTML, *, at: datetime | None = None, status: int = 200, trap: str | None = None
    ) -> None:
        self.answers[path] = Answer(self.encode(text), self.media_type(kind), at or self.updated_at, status, trap=trap)


def path_of(article: DemoArticle, outlet: DemoOutlet) -> str:
    """An article's path on its outlet's host."""
    at = article.published_at
    return outlet.path.format(
        section=slug_of(article.section),
        slug=article.slug,
        number=article.number,
        year=f"{at.year:04d}",
        month=f"{at.month:02d}",
        day=f"{at.day:02d}",
    )


def _summary(article: DemoArticle) -> str:
    return article.lead or article.paragraphs[0].split(". ")[0].rstrip(".") + "."


def _frame(site: Site) -> dict[str, object]:
    """What every page needs. Istmo Hoy declares the wrong language: the text must be believed, not the attribute."""
    outlet = site.outlet
    names = dict.fromkeys(article.section for article in site.articles)
    is_feed = outlet.announce in ("rss2", "rss1", "atom", "json")
    return {
        "outlet": outlet,
        "words": WORDS[outlet.language],
        "declared_language": "en" if outlet.id == "istmo-hoy" else outlet.language,
        "sections": [{"name": name, "slug": slug_of(name)} for name in names],
        "feed": {"type": _SOURCE_TYPES[outlet.announce], "path": SOURCE_PATHS[outlet.announce]} if is_feed else None,
    }


def _in_script(value: object) -> Markup:
    """JSON that may stand in a script element."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))  # noqa: S704 - our own words, closed above


def _linked_data(site: Site, article: DemoArticle, address: str) -> Markup | None:
    if site.outlet.page != "json-ld":
        return None
    return _in_script(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "url": address,
            "mainEntityOfPage": address,
            "datePublished": article.published_at.isoformat(),
            "inLanguage": site.outlet.language,
            "articleSection": article.section,
            "author": [{"@type": "Person", "name": article.by}],
            "publisher": {"@type": "NewsMediaOrganization", "name": site.outlet.name},
            "description": _summary(article),
        }
    )


def _add_article(site: Site, article: DemoArticle) -> None:
    outlet, path = site.outlet, path_of(article, site.outlet)
    address = site.home + path
    words = WORDS[outlet.language]
    around = {
        **_frame(site),
        "article": article,
        "address": address,
        "published": article.published_at.isoformat(),
        "long_day": words.long_day(article.published_at),
        "summary": _summary(article),
        "linked_data": _linked_data(site, article, address),
        "twins": {"amp": f"{site.home}/amp{path}", "mobile": f"{site.home}/m{path}"} if outlet.twins else None,
        "others": [Teaser(path_of(one, outlet), one.title) for one in site.articles if one is not article][:4],
        "advertisement": site.off_site if outlet.tracking else None,
    }
    parts = {name: Markup(_env.get_template(f"{name}.html").render(**around)) for name in ("byline", "related")}  # noqa: S704 - rendered with escaping
    page = _env.get_template("article.html").render(**around, **parts)
    site.add(path, page, at=article.published_at)
    if outlet.twins:
        site.add(f"/m{path}", page.replace('class="masthead"', 'class="masthead mobile"'), at=article.published_at, trap="mobile twin")
        site.add(f"/amp{path}", _env.get_template("amp.html").render(**around, **parts), at=article.published_at, trap="amp twin")


def _add_lists(site: Site) -> None:
    frame = _frame(site)
    page = _env.get_template("list.html")
    teasers = {article.slug: Teaser(path_of(article, site.outlet), article.title, _summary(article)) for article in site.articles}
    site.add("/", page.render(**frame, heading=site.outlet.name, items=list(teasers.values()), extras=[]))
    for name in dict.fromkeys(article.section for article in site.articles):
        own = [teasers[article.slug] for article in site.articles if article.section == name]
        items = [*own, *(teaser for teaser in teasers.values() if teaser not in own)]  # the section first, then the rest
        site.add(f"/{slug_of(name)}/", page.render(**frame, heading=name, items=items, extras=[]), trap="section page")
    if site.outlet.announce == "section":
        extras = [Teaser(item.address, item.title) for item in site.traps if item.address]
        site.add("/ultimas/", page.render(**frame, heading="Últimas noticias", items=list(teasers.values()), extras=extras))


def _notice(site: Site, path: str, heading: str, paragraphs: Sequence[str], kind: str, trap: str, status: int = 200) -> None:
    data = None
    if kind == "paywall":
        data = _in_script({"@context": "https://schema.org", "@type": "NewsArticle", "headline": heading, "isAccessibleForFree": False})
    page = _env.get_template("notice.html").render(**_frame(site), heading=heading, paragraphs=paragraphs, kind=kind, linked_data=data)
    site.add(path, page, status=status, trap=trap)


def _announce_trap(site: Site, title: str, path: str | None) -> None:
    address = path if path is None or path.startswith("http") else site.home + path
    site.traps.append(Item(title, address, 90_000 + len(site.traps), title))


def _set_traps(site: Site) -> None:
    """What a collector must cope with, each at one outlet (the kinds are in each answer's ``trap``)."""
    words = WORDS[site.outlet.language]
    match site.outlet.id:
        case "harbour-post":
            site.answers["/region/ministry-statement-withdrawn.html"] = Answer(b"", "text/plain", site.updated_at, 410, trap="gone")
            _announce_trap(site, "Ministry statement on the river patrols", "/region/ministry-statement-withdrawn.html")
            _announce_trap(site, words.advertisement, "http://holidays.off-site.example/sun?utm_source=harbour-post")
        case "andes-ledger":
            stub = ["The government's lithium adviser wrote a letter before he resigned. The Andes Ledger has read it."]
            _notice(site, "/letters/lithium-adviser/", "What the lithium adviser wrote before he resigned", stub, "paywall", "paywall stub")
            _announce_trap(site, "What the lithium adviser wrote before he resigned", "/letters/lithium-adviser/")
        case "la-gazette-amazone":
            choices = (
                "Avec votre accord, nos partenaires et nous utilisons des cookies et des traceurs pour conserver et consulter des données"
                " personnelles comme votre visite sur ce site.",
                "Vous pouvez accepter les cookies, les refuser, ou retirer votre consentement à tout moment en bas de page, dans notre"
                " politique de confidentialité.",
                "Nos partenaires traitent vos données personnelles avec votre consentement ou au titre de leur intérêt légitime :"
                " publicité, mesure d'audience, vos choix sont conservés six mois.",
            )
            _notice(site, "/articles/barrage-petit-saut", "Vos choix concernant les cookies", choices, "consent", "consent wall")
            _announce_trap(site, "Au barrage de Petit-Saut, le niveau remonte enfin", "/articles/barrage-petit-saut")
        case "istmo-hoy":
            _notice(site, "/region/nota-retirada", words.not_found, [words.not_found_more], "plain", "soft 404")
            _announce_trap(site, "Canal: nota del domingo", "/region/nota-retirada")
            _notice(
                site,
                "/privado/borrador-canal",
                "Borrador",
                ["Este texto no está listo y robots.txt pide que no se lea."],
                "plain",
                "robots",
            )
            _announce_trap(site, "Borrador sobre las tarifas del canal", "/privado/borrador-canal")
            _announce_trap(site, "Avance sin enlace: mañana, entrevista", None)
            _announce_trap(site, words.advertisement, site.off_site)
        case "el-mirador-andino":
            _notice(site, "/privado/agenda-editorial-de-la-semana/", "Agenda", ["No es para publicar."], "plain", "robots")
            _announce_trap(site, "Agenda editorial de la semana para la redacción", "/privado/agenda-editorial-de-la-semana/")
            _announce_trap(site, words.advertisement, site.off_site)
        case "folha-do-cais":
            _announce_trap(site, "Tudo sobre economia", "/economia/")
        case "la-voz-del-estuario":
            first, second = site.articles[0], site.articles[1]
            target = path_of(first, site.outlet)
            site.answers["/s/1"] = Answer(b"", "text/plain", site.updated_at, 301, location=site.home + target, trap="redirect")
            _announce_trap(site, first.title, "/s/1")
            _announce_trap(site, second.title, f"/amp{path_of(second, site.outlet)}")
        case "yangtze-horizon":
            _announce_trap(site, "Photos: autumn on the upper river", "/a/gone-with-the-season.html")


def _announced(site: Site) -> list[Item]:
    items = []
    for article in site.articles:
        tracking = "?" + urlencode({"utm_source": "feed", "utm_medium": "rss", "utm_campaign": "latest"}) if site.outlet.tracking else ""
        address = site.home + path_of(article, site.outlet) + tracking
        items.append(Item(article.title, address, article.number, _summary(article), article.by, article.published_at))
    if site.outlet.id == "pars-bulletin":
        items.append(replace(items[0], number=items[0].number + 1))  # the same page under a second id
    return [*items, *site.traps]


def _json_feed(site: Site, items: Sequence[Item]) -> str:
    entries = [
        {
            "id": f"{site.outlet.id}-{item.number}",
            "url": item.address,
            "title": item.title,
            "summary": item.summary,
            **({"date_published": item.at.isoformat()} if item.at else {}),
            **({"authors": [{"name": item.by}]} if item.by else {}),
        }
        for item in items
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": site.outlet.name, "home_page_url": site.home + "/"}
    return json.dumps({**head, "language": site.outlet.language, "items": entries}, ensure_ascii=False, indent=1)


def _add_source(site: Site) -> None:
    kind = site.outlet.announce
    path, items = SOURCE_PATHS[kind], _announced(site)
    around = {"outlet": site.outlet, "home": site.home + "/", "here": site.home + path, "items": items, "updated": site.updated_at}
    match kind:
        case "json":
            site.add(path, _json_feed(site, items), _SOURCE_TYPES[kind])
        case "sitemap":
            children = [f"{site.home}/sitemap-news.xml", f"{site.home}/sitemap-pages.xml"]
            site.add(path, _env.get_template("sitemap-index.xml").render(children=children, updated=site.updated_at), _SOURCE_TYPES[kind])
            site.add("/sitemap-news.xml", _env.get_template("sitemap-news.xml").render(**around), _SOURCE_TYPES[kind])
            pages = [Item(name, f"{site.home}{name}", 0) for name in site.answers if name.endswith("/")]
            plain = _env.get_template("sitemap-news.xml").render(**{**around, "items": pages})
            site.add("/sitemap-pages.xml", plain, _SOURCE_TYPES[kind], trap="sitemap without news")
        case "section":
            pass  # its list is made with the other lists
        case _:
            site.add(path, _env.get_template(f"{kind}.xml").render(**around), _SOURCE_TYPES[kind])


def _add_robots(site: Site) -> None:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED)]
    if site.outlet.id == "andes-ledger":
        lines.append("Crawl-delay: 0.05")
    if site.outlet.announce == "sitemap":
        lines += ["", f"Sitemap: {site.home}{SOURCE_PATHS['sitemap']}"]
    site.add("/robots.txt", "\n".join(lines) + "\n", "text/plain")


def build(outlet: DemoOutlet, articles: Sequence[DemoArticle], home: str, off_site: str) -> Mapping[str, Answer]:
    """All answers of an outlet at ``home`` (scheme, host and port), by path. ``off_site`` is an advertiser's address."""
    site = Site(outlet, home, articles, off_site)
    for article in articles:
        _add_article(site, article)
    _set_traps(site)
    _add_lists(site)
    _add_source(site)
    _add_robots(site)
    return site.answers
