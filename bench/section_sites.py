"""Section and home pages of invented outlets, laid out as real systems lay them out, with every link labelled.

Each page is HTML in which ``data-a`` marks an anchor (or scripted element) that leads to an article, and ``data-e`` one that may
be taken or left (a film, a special, a live ticker); every other link is none. The marks are taken out before a page is read.
Outlets, people and headlines are made up. Nothing here was copied from a page of somebody's.
"""
# ruff: noqa: E501 - pages have long lines

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MARKED = re.compile(r"""<[a-z][^>]*?\sdata-([ae])(?=[\s>])[^>]*>""")
_HREF = re.compile(r"""\s(?:href|data-href|data-url|data-link)=["']([^"']+)["']""")


@dataclass(frozen=True)
class SectionPage:
    """A labelled page. ``articles`` and ``either`` hold references as the page writes them, relative ones too."""

    name: str
    language: str
    address: str
    html: str
    articles: frozenset[str]
    either: frozenset[str]


def _page(name: str, language: str, address: str, marked: str, listed: Iterable[str] = ()) -> SectionPage:
    """``listed`` are articles that only a JSON-LD list names."""
    labels: dict[str, set[str]] = {"a": set(listed), "e": set()}
    for match in _MARKED.finditer(marked):
        href = _HREF.search(match.group())
        if href is None:
            raise ValueError(f"{name}: a marked element without address: {match.group()}")
        labels[match.group(1)].add(href.group(1))
    return SectionPage(name, language, address, re.sub(r"\sdata-[ae](?=[\s>])", "", marked), frozenset(labels["a"]), frozenset(labels["e"]))


def _each(template: str, rows: Iterable[tuple[str, ...]]) -> str:
    """The template for every row, with {0}, {1}... filled in."""
    return "\n".join(template.format(*row) for row in rows)


# A large portal in Spanish: card grid, mega menu with features, most-read box in a side column, tags, sponsored cards.
PORTAL_ES = _page(
    "portal card grid", "es", "https://www.eldiariodelvalle.example/",
    """<!doctype html><html lang="es"><head><title>El Diario del Valle | Noticias</title></head>
<body class="home has-navbar cookie-banner-open"><div id="app" class="site-wrapper">
<header class="site-header"><a class="logo" href="/"><img alt="El Diario del Valle" src="/l.svg"></a>
<nav class="main-nav"><ul><li><a href="/politica/">Política</a><div class="mega-menu"><a href="/politica/congreso/">Congreso</a>
<a href="/politica/2026/11/21/el-menu-grande-tambien-muestra-una-nota-destacada/"><img alt=""> El menú grande también muestra una nota</a></div></li>
<li><a href="/economia/">Economía</a></li><li><a href="/deportes/">Deportes</a></li><li><a href="/mundo/america-latina/">América Latina</a></li></ul></nav>
<div class="trending-topics"><a href="/temas/dolar-hoy/">Dólar hoy</a><a href="/temas/elecciones-presidenciales-2026/">Elecciones presidenciales 2026</a></div>
<a class="btn" href="/suscripciones/?ref=home">Suscríbete</a><a href="/login?redirect=/politica/2026/11/21/una-nota/">Ingresar</a></header>
<main><section class="hero"><article class="card card--xl"><a data-a class="card__overlay" href="/politica/2026/11/22/el-senado-aprueba-la-reforma-portuaria-tras-doce-horas-de-debate/" aria-label="El Senado aprueba la reforma portuaria tras doce horas de debate"></a>
<div class="card__body"><a class="kicker" href="/politica/">Política</a><h2 class="card__title">El Senado aprueba la reforma portuaria tras doce horas de debate</h2>
<a class="byline" href="/autor/lucia-ferreyra/">Lucía Ferreyra</a></div></article></section>
<section class="grid"><header class="section-head"><h2><a href="/economia/">Economía</a></h2><a href="/economia/ultimas/">Ver más</a></header>"""
    + _each(
        """<article class="card"><figure><a href="{0}"><img alt="{1}" src="x.jpg"></a></figure>
<a class="kicker" href="/economia/">Economía</a><h3 class="card__title"><a data-a href="{0}">{1}</a></h3>
<span class="card__author">Por <a href="/autor/{2}/">{2}</a></span></article>""",
        [
            ("/economia/2026/11/22/la-inflacion-de-octubre-fue-la-menor-en-cuatro-anos/", "La inflación de octubre fue la menor en cuatro años", "ana-rios"),
            ("/economia/2026/11/22/exportadores-de-limon-piden-otra-ruta-hacia-asia/", "Exportadores de limón piden otra ruta hacia Asia", "juan-paz"),
            ("/economia/2026/11/21/un-banco-estatal-chino-financiara-dos-represas/", "Un banco estatal chino financiará dos represas", "ana-rios"),
            ("/economia/2026/11/21/suben-los-fletes-por-la-sequia-del-rio/", "Suben los fletes por la sequía del río", "juan-paz"),
        ],
    )
    + """<article class="card card--sponsored patrocinado"><span>Contenido patrocinado</span><h3><a href="/brandstudio/2026/11/20/como-elegir-el-mejor-colchon-para-tu-espalda/">Cómo elegir el mejor colchón para tu espalda</a></h3></article>
</section><section class="opinion"><h2><a href="/opinion/">Opinión</a></h2>"""
    + _each(
        """<div class="opinion-item"><a href="/columnistas/{2}/"><img alt="{2}"></a><h4><a data-a href="{0}">{1}</a></h4></div>""",
        [
            ("/opinion/2026/11/22/lo-que-el-puerto-dice-de-nosotros/", "Lo que el puerto dice de nosotros", "marta-ledesma"),
            ("/opinion/2026/11/21/una-diplomacia-sin-brujula/", "Una diplomacia sin brújula", "raul-ocampo"),
        ],
    )
    + """</section><section class="videos"><h2>Videos</h2><div class="card"><h3><a data-e href="/videos/2026/11/22/asi-fue-la-marcha-en-el-centro-de-la-ciudad/">Así fue la marcha en el centro de la ciudad</a></h3></div></section>
<section class="fotogalerias"><h2>Fotos</h2><div class="card"><h3><a href="/fotogalerias/las-mejores-fotos-de-la-semana-en-el-valle/">Las mejores fotos de la semana en el valle</a></h3></div></section></main>
<aside class="rail"><div class="most-read"><h3>Lo más leído</h3><ol>"""
    + _each(
        """<li><span>{2}</span><a data-a href="{0}">{1}</a></li>""",
        [
            ("/sociedad/2026/11/20/cierran-una-escuela-rural-por-falta-de-agua/", "Cierran una escuela rural por falta de agua", "1"),
            ("/mundo/2026/11/20/canciller-iran-visita-la-paz/", "El canciller de Irán visita La Paz y firma acuerdos", "2"),
            ("/politica/2026/11/19/quien-es-el-nuevo-embajador-ruso/", "Quién es el nuevo embajador ruso", "3"),
        ],
    )
    + """</ol></div><div class="widget"><h3>Servicios</h3><a href="/horoscopo/aries/">Horóscopo de hoy para Aries</a><a href="/loterias/quiniela-nacional-resultados-de-hoy/">Quiniela nacional: resultados de hoy</a></div></aside>
<footer><a href="/quienes-somos/">Quiénes somos</a><a href="/2026/11/22/">Edición de hoy</a><a href="/terminos-y-condiciones-de-uso-del-sitio/">Términos y condiciones</a></footer></div></body></html>""",
)  # fmt: skip

# WordPress with a magazine theme: h3.entry-title, time elements, sidebar with recent posts, tag cloud, pagination.
WORDPRESS_ES = _page(
    "wordpress magazine list", "es", "https://lavozandina.example/category/internacional/",
    """<!doctype html><html lang="es-PE"><head><title>Internacional - La Voz Andina</title><meta name="generator" content="WordPress 6.7">
<link rel="stylesheet" href="/wp-content/themes/mag/style.css"><link rel="alternate" type="application/rss+xml" href="/feed/"></head><body class="archive category">
<div class="td-header-menu-wrap"><ul id="menu-main" class="sf-menu"><li><a href="/category/internacional/">Internacional</a></li><li><a href="/category/cultura-y-espectaculos/">Cultura y espectáculos</a></li></ul></div>
<div class="td-main-content"><h1 class="page-title">Internacional</h1>"""
    + _each(
        """<div class="td_module_10 td_module_wrap"><div class="td-module-thumb"><a href="{0}" rel="bookmark" title="{1}"><img alt="{1}"></a></div>
<div class="item-details"><h3 class="entry-title td-module-title"><a data-a href="{0}" rel="bookmark" title="{1}">{1}</a></h3>
<div class="td-module-meta-info"><a href="/category/internacional/" class="td-post-category">Internacional</a><span class="td-post-author-name"><a href="/author/redaccion/">Redacción</a></span>
<time class="entry-date" datetime="2026-11-{2}T10:00:00-05:00">{2} noviembre, 2026</time><div class="td-module-comments"><a href="{0}#respond">0</a></div></div></div></div>""",
        [
            ("https://lavozandina.example/rusia-ofrece-trenes-a-bolivia/", "Rusia ofrece trenes a Bolivia", "22"),
            ("https://lavozandina.example/pekin-invita-a-tres-gobernadores/", "Pekín invita a tres gobernadores", "22"),
            ("https://lavozandina.example/caracas-reabre-consulado/", "Caracas reabre consulado", "21"),
            ("https://lavozandina.example/una-cumbre-sin-anfitrion/", "Una cumbre sin anfitrión", "20"),
            ("https://lavozandina.example/chancay-un-ano-despues-del-megapuerto/", "Chancay, un año después del megapuerto", "19"),
            ("https://lavozandina.example/iran-y-el-litio/", "Irán y el litio", "18"),
        ],
    )
    + """<div class="page-nav td-pb-padding-side"><span class="current">1</span><a href="/category/internacional/page/2/">2</a><a href="/category/internacional/page/3/">3</a><a href="/category/internacional/page/41/">41</a></div></div>
<div class="td-main-sidebar"><aside class="widget widget_recent_entries"><h4 class="widget-title">Entradas recientes</h4><ul>"""
    + _each(
        """<li><a data-a href="{0}">{1}</a></li>""",
        [
            ("https://lavozandina.example/el-quechua-llega-a-la-radio-publica/", "El quechua llega a la radio pública"),
            ("https://lavozandina.example/denuncian-tala-en-reserva-comunal-del-norte/", "Denuncian tala en reserva comunal del norte"),
        ],
    )
    + """</ul></aside><aside class="widget widget_tag_cloud"><div class="tagcloud"><a href="/tag/china/" class="tag-link">China (41)</a><a href="/tag/relaciones-entre-rusia-y-america-latina/" class="tag-link">Relaciones entre Rusia y América Latina</a></div></aside>
<aside class="widget widget_archive"><ul><li><a href="/2026/11/">noviembre 2026</a></li><li><a href="/2026/10/">octubre 2026</a></li></ul></aside>
<aside class="widget"><a href="/contacto/">Escríbenos</a><a href="/aviso-de-privacidad-y-tratamiento-de-datos/">Aviso de privacidad y tratamiento de datos</a></aside></div>
<footer><a href="https://tema.example/wordpress-news-magazine-theme-2026">Un tema de revista para noticias</a></footer></body></html>""",
)  # fmt: skip

# Arc XP: overlines, ItemList in JSON-LD, article ids, results list with a "load more" button and an AMP edition beside.
ARC_ES = _page(
    "arc results list", "es", "https://www.cronicaaustral.example/mundo/",
    """<!doctype html><html lang="es"><head><title>Mundo | Crónica Austral</title>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","itemListElement":[
{"@type":"ListItem","position":1,"url":"https://www.cronicaaustral.example/mundo/moscu-anuncia-vuelos-a-managua-nid22112026/"},
{"@type":"ListItem","position":2,"item":{"@type":"NewsArticle","url":"https://www.cronicaaustral.example/mundo/satelites-chinos-sobre-la-patagonia-nid21112026/","headline":"Satélites chinos sobre la Patagonia","datePublished":"2026-11-21T09:00:00-03:00"}},
{"@type":"ListItem","position":3,"url":"https://www.cronicaaustral.example/mundo/solo-en-la-lista-de-datos-nid20112026/","name":"Solo en la lista de datos"}]}</script>
<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","item":{"@id":"https://www.cronicaaustral.example/el-mundo-entero-visto-desde-aqui/","name":"Mundo"}}]}</script></head>
<body><div id="fusion-app"><div class="b-header-nav-chain"><a href="/economia/">Economía</a></div>
<div class="c-stack b-results-list">"""
    + _each(
        """<article class="c-stack b-results-list__item"><a aria-hidden="true" class="c-link" href="{0}" tabindex="-1"><picture><img alt="{1}"></picture></a>
<a class="c-overline" href="/mundo/">Mundo</a><a data-a class="c-link" href="{0}"><h2 class="c-heading">{1}</h2></a><p class="c-paragraph">Bajada de la nota en una sola línea corta.</p>
<div class="c-attribution"><span>Por</span> <a class="c-link" href="/autor/equipo-de-mundo-123/">Equipo de Mundo</a></div><time class="c-date" datetime="2026-11-2{2}T12:00:00Z">2{2} de noviembre</time></article>""",
        [
            ("/mundo/moscu-anuncia-vuelos-a-managua-nid22112026/", "Moscú anuncia vuelos a Managua", "2"),
            ("/mundo/satelites-chinos-sobre-la-patagonia-nid21112026/", "Satélites chinos sobre la Patagonia", "1"),
            ("/mundo/huelga-en-el-canal-nid21112026/", "Huelga en el canal", "1"),
            ("/mundo/la-habana-recibe-petroleo-de-dos-paises-nid20112026/", "La Habana recibe petróleo de dos países", "0"),
        ],
    )
    + """</div><button class="c-button">Ver más</button>
<div class="amp-strip"><h4><a href="/mundo/huelga-en-el-canal-nid21112026/?outputType=amp">Huelga en el canal (AMP)</a></h4></div>
<div class="b-numbered-list"><h2>Te puede interesar</h2>"""
    + _each(
        """<div class="b-numbered-list__item"><h2 class="c-heading">{2}</h2><a data-a class="c-link" href="{0}"><h2 class="c-heading">{1}</h2></a></div>""",
        [
            ("/sociedad/un-barrio-sin-cloacas-nid19112026/", "Un barrio sin cloacas", "1"),
            ("/economia/el-precio-de-la-yerba-nid18112026/", "El precio de la yerba", "2"),
        ],
    )
    + """</div></div><div class="b-footer"><a href="/arc/outboundfeeds/rss/">RSS</a><a href="/politica-de-privacidad/">Política de privacidad</a></div></body></html>""",
    listed=["https://www.cronicaaustral.example/mundo/solo-en-la-lista-de-datos-nid20112026/"],
)  # fmt: skip

# Portuguese portal: feed of posts with .ghtml, agenda bars, related bullets under a headline, endless list with data-url.
PORTAL_PT = _page(
    "portal feed with related bullets", "pt", "https://jornaldaserra.example.br/",
    """<!doctype html><html lang="pt-BR"><head><title>Jornal da Serra</title></head><body><div class="header-navigation"><a href="/politica/">Política</a><a href="/ao-vivo/">Ao vivo</a></div>
<div id="bstn-launcher" class="bastian-page" data-next="/home/feed/pagina-2.ghtml"><div class="_evg">"""
    + _each(
        """<div class="bastian-feed-item" data-type="materia"><div class="feed-post bstn-item-shape"><div class="feed-post-body">
<div class="feed-post-header"><span class="feed-post-header-chapeu">{2}</span></div><div class="feed-post-body-title"><h2><a data-a href="{0}" class="feed-post-link"><p>{1}</p></a></h2></div>
<ul class="bstn-relateditems"><li class="bstn-relatedtext"><a data-a href="{3}">{4}</a></li></ul>
<div class="feed-post-metadata"><span class="feed-post-datetime">Há 2 horas</span><span class="feed-post-metadata-section">Em <a href="/mundo/">Mundo</a></span></div></div></div></div>""",
        [
            ("https://jornaldaserra.example.br/mundo/noticia/2026/11/22/pequim-quer-ferrovia-ate-o-pacifico.ghtml", "Pequim quer ferrovia até o Pacífico", "MUNDO", "https://jornaldaserra.example.br/economia/noticia/2026/11/21/quem-paga-a-ferrovia.ghtml", "Quem paga a ferrovia"),
            ("https://jornaldaserra.example.br/politica/noticia/2026/11/22/camara-adia-votacao-do-acordo.ghtml", "Câmara adia votação do acordo", "POLÍTICA", "https://jornaldaserra.example.br/politica/blog/da-redacao/post/2026/11/22/bastidores-do-adiamento-do-acordo.ghtml", "Bastidores do adiamento do acordo"),
            ("https://jornaldaserra.example.br/sc/serra/noticia/2026/11/21/neve-fora-de-epoca-surpreende.ghtml", "Neve fora de época surpreende", "SERRA", "https://jornaldaserra.example.br/sc/serra/noticia/2026/11/21/veja-o-que-muda-no-transito.ghtml", "Veja o que muda no trânsito"),
        ],
    )
    + """<div class="bastian-feed-item" data-type="cover-video"><h2><a data-e href="https://jornaldaserra.example.br/globoplay/v/13001122/">Vídeo: a neve vista do alto</a></h2></div>
<div class="load-more gui-color-primary"><a href="/index/feed/pagina-2.ghtml">Veja mais</a></div></div>
<div class="column-most-read"><div class="title">Mais lidas</div><ul>"""
    + _each(
        """<li class="most-read-item"><a data-a href="{0}"><span>{2}</span><div class="most-read-title">{1}</div></a></li>""",
        [
            ("https://jornaldaserra.example.br/economia/noticia/2026/11/20/feijao-sobe-de-novo-nas-feiras.ghtml", "Feijão sobe de novo nas feiras", "1"),
            ("https://jornaldaserra.example.br/mundo/noticia/2026/11/20/russia-vende-fertilizante-mais-barato.ghtml", "Rússia vende fertilizante mais barato", "2"),
        ],
    )
    + """</ul></div><div class="theme"><a href="https://loja.jornaldaserra.example.br/produtos/caneca-da-serra-em-promocao-20261122">Caneca da serra em promoção</a>
<a href="https://anuncios.example/click?u=https%3A%2F%2Fjornaldaserra.example.br%2F">Compre agora com desconto de verdade</a></div></div>
<footer><a href="/principios-editoriais-do-jornal-da-serra/">Princípios editoriais</a><a href="/assine/">Assine</a></footer></body></html>""",
)  # fmt: skip

# French: "une" and lists with hours, live pages, subscriber marks, kiosk links; /archives/ by day.
FRENCH = _page(
    "french list with hours", "fr", "https://www.lecourrierdesiles.example/ameriques/",
    """<!doctype html><html lang="fr"><head><title>Amériques - Le Courrier des Îles</title><base href="https://www.lecourrierdesiles.example/"></head><body>
<nav aria-label="principal"><a href="ameriques/">Amériques</a><a href="afrique/">Afrique</a></nav><main id="habillagepub" class="sous-rubrique publicite-active">
<section class="une"><div class="article article--main"><a data-a href="ameriques/article/2026/11/22/a-lima-un-port-geant-et-beaucoup-de-questions_6712345_3222.html" class="article__link"><div class="article__picture"></div><p class="article__title">A Lima, un port géant et beaucoup de questions</p></a></div></section>
<section class="page__content">"""
    + _each(
        """<section class="teaser teaser--inline-picture"><a data-a class="teaser__link" href="{0}"><picture class="teaser__picture"></picture><h3 class="teaser__title"><span class="icon__premium sr-only">Article réservé aux abonnés</span>{1}</h3><p class="teaser__desc">Un chapeau d'une phrase qui dit de quoi il est question dans l'article.</p></a><span class="meta__author">Par <a href="signataires/{3}/">{3}</a></span><span class="meta__date">Publié le {2} novembre 2026</span></section>""",
        [
            ("ameriques/article/2026/11/21/la-colombie-rouvre-sa-frontiere_6712301_3222.html", "La Colombie rouvre sa frontière", "21", "paul-ferrand"),
            ("ameriques/article/2026/11/21/caracas-et-teheran-signent-vingt-accords_6712299_3222.html", "Caracas et Téhéran signent vingt accords", "21", "anne-koly"),
            ("ameriques/article/2026/11/20/le-lithium-et-ses-eaux_6712200_3222.html", "Le lithium et ses eaux", "20", "paul-ferrand"),
        ],
    )
    + """<section class="river__pagination"><a class="river__pagination--page" href="ameriques/1/">1</a><a href="ameriques/2/">2</a><a href="ameriques/3/">3</a></section></section>
<section class="area--live"><h4>En direct</h4><ul class="flux"><li><span class="hour">14:05</span> <a data-a href="international/article/2026/11/22/moscou-convoque-l-ambassadeur_6712350_3210.html">Moscou convoque l'ambassadeur</a></li>
<li><span class="hour">13:40</span> <a data-e href="international/live/2026/11/22/en-direct-le-sommet-des-ameriques-suivez-les-discours_6712333_3210.html">En direct : le sommet des Amériques, suivez les discours</a></li></ul></section>
</main><footer class="footer"><a href="https://abo.lecourrierdesiles.example/offres/choisissez-votre-formule-numerique-2026">Choisissez votre formule</a><a href="archives-du-monde/22-11-2026/">Archives</a><a href="faq/">FAQ</a></footer></body></html>""",
)  # fmt: skip

# English world desk: "promo" classes, opaque ids, bullets, live coverage, topic pages, related topics within cards.
ENGLISH = _page(
    "english promo classes, opaque ids", "en", "https://www.harbourpost.example/news/world/latin_america",
    """<!doctype html><html lang="en-GB"><head><title>Latin America - Harbour Post News</title></head><body><div role="navigation"><a href="/news/world">World</a><a href="/sport">Sport</a></div>
<main><div class="gs-c-section"><h2>Latest from the region</h2>"""
    + _each(
        """<div data-testid="dundee-card" class="hp-c-promo gel-layout__item"><div class="hp-c-promo-body"><a data-a class="hp-c-promo-heading" href="{0}"><h3 class="hp-c-promo-heading__title">{1}</h3></a>
<p class="hp-c-promo-summary">A sentence that sums up what the story is about for readers.</p><ul><li><time datetime="2026-11-22T0{2}:00:00Z">{2} hrs ago</time></li><li><a class="section-link" href="/news/world/latin_america" aria-label="From Latin America">Latin America</a></li></ul></div></div>""",
        [
            ("/news/articles/c0e5kx9w2lqo", "Panama canal tolls rise as drought returns", "4"),
            ("/news/articles/cvg72nd0p3mo", "Chile votes", "5"),
            ("/news/articles/cjr8z4q1y6to", "The embassy that never opened", "7"),
            ("/news/world-latin-america-68123457", "Cuba lights go out again", "8"),
        ],
    )
    + """<div class="hp-c-promo"><a data-e href="/news/live/c5y9x1mm20xt"><h3>Live: leaders arrive at summit in Bogotá</h3></a></div>
<div class="hp-c-promo"><a data-e href="/news/videos/cx2kq9lm3p7o"><h3>Watch: the moment the bridge was lowered</h3></a></div></div>
<div class="ssrcss-related-topics"><h2>Related topics</h2><a href="/news/topics/cg41ylwvxgdt">Venezuela</a><a href="/news/topics/c2dwqdy6eqwt">Oil and gas industry in South America</a></div>
<div class="most-popular"><h2>Most read</h2><ol>"""
    + _each(
        """<li data-entityid="most-popular-{2}"><a data-a href="{0}">{1}</a></li>""",
        [
            ("/news/articles/c1l0vk7d9eqo", "Why a fishing fleet keeps coming back", "1"),
            ("/news/articles/cz6w3e5r8pno", "Minister resigns over port deal", "2"),
            ("/news/world-europe-68120001", "Wheat ships change course", "3"),
        ],
    )
    + """</ol></div></main><footer><a href="/usingthesite/terms-of-use-and-conditions-2026">Terms of Use</a><a href="/aboutthehp">About us</a></footer></body></html>""",
)  # fmt: skip

# A state agency's old table layout: numbered ids in queries and paths, dates as text, no headings, Spanish.
TABLES = _page(
    "table layout, ids in queries", "es", "http://www.agenciadelpueblo.example/index.php?seccion=internacional",
    """<html><head><title>Agencia del Pueblo :: Internacional</title></head><body><form id="aspnetForm" action="index.php"><table class="menu"><tr><td><a href="index.php">Inicio</a></td><td><a href="index.php?seccion=nacional">Nacional</a></td><td><a href="index.php?seccion=internacional">Internacional</a></td></tr></table>
<table width="760"><tr><td valign="top"><table>"""
    + _each(
        """<tr><td class="fecha">{2}/11/2026</td><td><a data-a class="tit" href="{0}">{1}</a><br>Texto de entrada de la información distribuida por la agencia. <a href="{0}">[+]</a></td></tr>""",
        [
            ("index.php?id=88120&seccion=internacional", "Presidente recibe a delegación de la República Islámica", "22"),
            ("index.php?id=88119&seccion=internacional", "Inauguran planta de tractores con tecnología bielorrusa", "22"),
            ("index.php?id=88107&seccion=internacional", "Firman convenio de cooperación espacial", "21"),
            ("index.php?id=88099&seccion=internacional", "ALBA condena medidas", "21"),
            ("index.php?id=88091&seccion=internacional", "Llega buque con donación de fertilizantes", "20"),
        ],
    )
    + """</table><a href="index.php?seccion=internacional&pagina=2">Siguiente &raquo;</a></td><td width="160"><a href="index.php?seccion=galeria&foto=12"><img alt="Galería de fotos de los actos del día de la independencia"></a>
<a href="http://www.ministerio-de-comunicacion.example/programa.php?id=771234">Programa semanal del ministerio de comunicación</a><a href="busqueda.php">Búsqueda avanzada en el archivo de la agencia</a></td></tr></table></form></body></html>""",
)  # fmt: skip

# Drupal views: rows with fields, teasers, taxonomy chips, pager; node ids and aliases.
DRUPAL = _page(
    "drupal views", "es", "https://www.observatoriosur.example/noticias",
    """<!doctype html><html lang="es" dir="ltr"><head><title>Noticias | Observatorio Sur</title><meta name="Generator" content="Drupal 10 (https://www.drupal.org)"></head><body class="path-noticias"><div role="banner"><a href="/">Inicio</a></div>
<nav role="navigation"><a href="/sobre-el-observatorio-y-su-equipo">Sobre el Observatorio y su equipo</a></nav><main role="main"><div class="views-element-container"><div class="view view-noticias"><div class="view-content">"""
    + _each(
        """<div class="views-row"><div class="views-field views-field-field-imagen"><a href="{0}" hreflang="es"><img alt="Imagen"></a></div><div class="views-field views-field-title"><span class="field-content"><a data-a href="{0}" hreflang="es">{1}</a></span></div>
<div class="views-field views-field-created"><span class="field-content"><time datetime="2026-11-{2}T15:00:00+00:00">{2} Nov 2026</time></span></div><div class="views-field views-field-field-tema"><a href="/tema/cooperacion-militar-con-potencias-extrarregionales" hreflang="es">Cooperación militar con potencias extrarregionales</a></div></div>""",
        [
            ("/noticias/radares-en-la-amazonia", "Radares en la Amazonía", "22"),
            ("/noticias/quien-vigila-los-cables-submarinos", "¿Quién vigila los cables submarinos?", "20"),
            ("/node/4521", "Informe mensual: visitas oficiales de octubre", "19"),
            ("/noticias/becas", "Becas", "18"),
            ("/noticias/las-sanciones-y-los-bancos-del-caribe", "Las sanciones y los bancos del Caribe", "15"),
        ],
    )
    + """</div><nav class="pager" role="navigation"><ul class="pager__items js-pager__items"><li class="pager__item is-active"><a href="?page=0">1</a></li><li><a href="?page=1">2</a></li><li class="pager__item--next"><a href="?page=1" rel="next" title="Ir a la página siguiente">Siguiente ›</a></li></ul></nav></div></div></main>
<div class="region-sidebar"><div class="block-views-blockpublicaciones"><h2>Publicaciones</h2><a href="/sites/default/files/2026-11/informe-completo-sobre-puertos.pdf">Informe completo sobre puertos (PDF)</a></div><div class="block-newsletter"><a href="/boletin/suscribase-a-nuestro-boletin-quincenal">Suscríbase a nuestro boletín quincenal</a></div></div></body></html>""",
)  # fmt: skip

# A carousel whose slides lead somewhere by script, cloned slides, placeholders of an endless list, template anchors.
CAROUSEL = _page(
    "carousel with data-href, placeholders", "es", "https://telecaribe24.example/portada",
    """<!doctype html><html lang="es"><head><title>Telecaribe 24 | Portada</title></head><body><div class="topbar"><a href="/envivo">En vivo</a><a href="/programacion">Programación</a></div>
<div class="slick-slider main-slider"><div class="slick-list"><div class="slick-track">
<div class="slick-slide slick-cloned" aria-hidden="true" data-href="/noticias/el-caribe-prepara-su-propia-bolsa-de-granos-91022"><h2>El Caribe prepara su propia bolsa de granos</h2></div>"""
    + _each(
        """<div data-a class="slick-slide" data-href="{0}"><img alt=""><div class="caption"><h2>{1}</h2></div></div>""",
        [
            ("/noticias/gabinete-discute-nueva-flota-pesquera-91040", "Gabinete discute nueva flota pesquera"),
            ("/noticias/misiones-medicas-regresan-a-tres-islas-91031", "Misiones médicas regresan a tres islas"),
            ("/noticias/el-caribe-prepara-su-propia-bolsa-de-granos-91022", "El Caribe prepara su propia bolsa de granos"),
        ],
    )
    + """</div></div></div><div class="listado" id="infinite">"""
    + _each(
        """<div class="item-noticia"><a href="{0}" class="thumb"><img alt="{1}"></a><a data-a class="texto" href="{0}"><strong>{1}</strong></a><em>Hace {2} horas</em></div>""",
        [
            ("/noticias/apagon-en-la-refineria-del-este-91055", "Apagón en la refinería del este", "1"),
            ("/noticias/pdvsa-despide-a-su-jefe-de-ventas-91054", "PDVSA despide a su jefe de ventas", "2"),
            ("/noticias/jugadores-sin-visa-91052", "Jugadores sin visa", "3"),
            ("/noticias/cien-anos-del-faro-91050", "Cien años del faro", "4"),
        ],
    )
    + """<div class="item-noticia skeleton"><a href="#"><strong>Cargando noticias para usted ahora</strong></a></div>
<div class="item-noticia"><a href="{{ nota.url }}"><strong>{{ nota.titulo }}</strong></a></div><a href="javascript:void(0)" class="mas">Cargar más noticias de hoy</a></div>
<div class="programas"><h3>Programas</h3><a href="/programas/la-manana-con-todos-ustedes">La mañana con todos ustedes</a><a href="/programas/deporte-total-de-fin-de-semana">Deporte total de fin de semana</a></div>
<div style="display: none"><a href="/noticias/un-enlace-que-nadie-ve-y-que-es-una-trampa-10001">Un enlace que nadie ve y que es una trampa</a></div></body></html>""",
)  # fmt: skip

# Portuguese list "últimas notícias": one line each with hour and hat, no blocks but list items, ids; pager and tags.
LATEST_PT = _page(
    "latest list of lines", "pt", "https://www.folhadoporto.example/ultimas-noticias/",
    """<html lang="pt-br"><head><title>Últimas notícias - Folha do Porto</title></head><body><div class="c-site-nav"><a href="/poder/">Poder</a></div><div class="container"><h1>Últimas notícias</h1><ul class="u-list-unstyled">"""
    + _each(
        """<li><time class="u-date" datetime="2026-11-22 {2}">22.nov.2026 às {2}</time> <a data-a href="{0}">{1}</a></li>""",
        [
            ("https://www.folhadoporto.example/mundo/2026/11/maduro-troca-comando-da-marinha.shtml", "Maduro troca comando da Marinha", "14h02"),
            ("https://www.folhadoporto.example/mercado/2026/11/china-barra-soja.shtml", "China barra soja", "13h47"),
            ("https://www.folhadoporto.example/mundo/2026/11/teera-testa-drone-vendido-a-bolivia.shtml", "Teerã testa drone vendido à Bolívia", "13h10"),
            ("https://www.folhadoporto.example/colunas/ines-prado/2026/11/o-silencio-do-itamaraty.shtml", "O silêncio do Itamaraty", "12h30"),
            ("https://www.folhadoporto.example/poder/2026/11/stf-pauta-acordo-nuclear.shtml", "STF pauta acordo nuclear", "11h58"),
            ("https://fotografia.folhadoporto.example/galerias/1800012345-veja-imagens-do-porto-de-santos", "Veja imagens do porto", "11h40"),
        ],
    ).replace('data-a href="https://fotografia', 'href="https://fotografia')
    + """</ul><ul class="c-pagination"><li><a href="/ultimas-noticias/?page=2">2</a></li><li><a href="/ultimas-noticias/?page=2">Próxima</a></li></ul>
<div class="c-topics"><h4>Assuntos</h4><a href="/folha-topicos/governo-lula/">Governo Lula</a><a href="/folha-topicos/guerra-comercial-entre-potencias/">Guerra comercial entre potências</a></div>
<div class="newsletter-box"><a href="/newsletters/receba-toda-manha-as-noticias-do-porto/">Receba toda manhã as notícias do porto</a></div></div></body></html>""",
)  # fmt: skip

# Blogger: h3.post-title, archive widget, labels, "links" to befriended sites.
BLOGGER = _page(
    "blogger", "es", "https://cuadernosdelsur.blogspot.example/",
    """<html dir="ltr" lang="es"><head><title>Cuadernos del Sur</title></head><body><div class="main section" id="main"><div class="blog-posts hfeed">"""
    + _each(
        """<div class="date-outer"><h2 class="date-header"><span>{2} de noviembre de 2026</span></h2><div class="post hentry"><h3 class="post-title entry-title"><a data-a href="{0}">{1}</a></h3><div class="post-body">Texto. <a href="https://otromedio.example/2026/11/una-nota-citada-en-el-texto-del-blog">una nota citada en el texto</a></div><div class="post-footer"><a class="timestamp-link" href="{0}"><abbr class="published" title="2026-11-{2}T08:00:00-03:00">08:00</abbr></a><span class="post-labels"><a href="/search/label/Rusia" rel="tag">Rusia</a></span></div></div></div>""",
        [
            ("https://cuadernosdelsur.blogspot.example/2026/11/la-prensa-rusa-en-castellano.html", "La prensa rusa en castellano", "21"),
            ("https://cuadernosdelsur.blogspot.example/2026/11/tres-lecturas.html", "Tres lecturas", "17"),
            ("https://cuadernosdelsur.blogspot.example/2026/11/el-puerto-y-el-pueblo.html", "El puerto y el pueblo", "9"),
        ],
    )
    + """</div><div class="blog-pager"><a class="blog-pager-older-link" href="/search?updated-max=2026-11-09T08:00:00-03:00&max-results=7" title="Entradas antiguas">Entradas antiguas</a></div></div>
<div class="sidebar"><div class="widget BlogArchive"><a class="post-count-link" href="/2026/11/">noviembre</a><a class="post-count-link" href="/2026/">2026</a></div>
<div class="widget LinkList"><h2>Amigos</h2><a href="https://vecinos.example/2026/11/otra-casa-con-muchas-palabras">Otra casa con muchas palabras</a></div></div></body></html>""",
)  # fmt: skip

# Single-page application rendered on the server: hashed class names, no semantic elements, English.
HASHED = _page(
    "hashed class names", "en", "https://www.meridianwire.example/americas",
    """<!doctype html><html lang="en"><head><title>Americas | Meridian Wire</title></head><body><div id="__next"><div class="css-1q2w3e"><a class="css-9z8y7x" href="/americas">Americas</a><a class="css-9z8y7x" href="/markets/commodities">Commodities</a><a class="css-9z8y7x" href="/graphics/how-we-chart-the-world-economy">How we chart the world economy</a></div>
<div class="css-kk2">"""
    + _each(
        """<div class="css-1x{2}"><a class="css-t0" href="/americas"><span>Americas</span></a><a data-a class="css-h4" href="{0}"><span class="css-b1">{1}</span></a><span class="css-d7">November 2{2}, 2026</span></div>""",
        [
            ("/americas/brazil-soy-exports-china-slump-2026-11-22/", "Brazil soy exports to China slump for a third month", "2"),
            ("/americas/guyana-venezuela-border-tribunal-2026-11-22/", "Guyana says tribunal on Venezuela border will sit in May", "2"),
            ("/americas/mexico-bars-two-russian-diplomats-2026-11-21/", "Mexico bars two diplomats", "1"),
            ("/americas/peru-copper-strike-2026-11-20/", "Strike halts copper mine in Peru", "0"),
        ],
    )
    + """</div><div class="css-pod"><a class="css-h4" href="/podcasts/the-meridian-morning-briefing-every-weekday">The Meridian morning briefing, every weekday</a><a class="css-h4" href="/account/sign-in?to=%2Famericas%2Fbrazil-soy-exports-china-slump-2026-11-22%2F">Sign in to read all our stories today</a></div>
<div class="css-foot"><a href="/info-pages/disclaimer-and-terms-of-use">Disclaimer and terms of use for readers</a><a href="/sitemap/2026-11/22/1/">Sitemap</a></div></div></body></html>""",
)  # fmt: skip

# AMP home page: every link in its AMP form; canonical stories.
AMP = _page(
    "amp home", "es", "https://www.noticiasdelcobre.example/amp/",
    """<!doctype html><html amp lang="es"><head><title>Noticias del Cobre</title></head><body><amp-sidebar id="menu"><ul><li><a href="/amp/mineria/">Minería</a></li></ul></amp-sidebar><main>"""
    + _each(
        """<div class="amp-wp-article"><h2 class="amp-wp-title"><a data-a href="{0}">{1}</a></h2><div class="amp-wp-posted-on"><time datetime="2026-11-22T1{2}:00:00-03:00">hoy</time></div></div>""",
        [
            ("/2026/11/22/codelco-vende-a-asia-por-adelantado/amp/", "Codelco vende a Asia por adelantado", "0"),
            ("/2026/11/22/el-sindicato-responde/amp/", "El sindicato responde", "1"),
            ("/2026/11/21/agua-de-mar-para-tres-faenas/amp/", "Agua de mar para tres faenas", "2"),
        ],
    )
    + """</main><footer><a href="/amp/">Portada</a><a href="/?noamp=mobile">Versión completa del sitio en su teléfono</a></footer></body></html>""",
)  # fmt: skip

# A ministry: news list with buttons "Leer más" and headlines that are no links, services beside.
MINISTRY = _page(
    "headlines beside buttons", "es", "https://www.mincancilleria.example/es/sala-de-prensa/noticias",
    """<html lang="es"><head><title>Noticias | Cancillería</title></head><body><div class="gov-bar"><a href="https://www.gob.example/">Gobierno</a></div><ul class="nav navbar-nav"><li><a href="/es/tramites/solicite-su-pasaporte-en-linea-aqui">Solicite su pasaporte en línea aquí</a></li></ul><div class="row">"""
    + _each(
        """<div class="col-md-4"><div class="thumbnail"><div class="caption"><h4>{1}</h4><p class="date">{2} de noviembre de 2026</p><p><a data-a class="btn btn-default" href="{0}">Leer más</a></p></div></div></div>""",
        [
            ("/es/sala-de-prensa/noticias/canciller-sostuvo-reunion-con-su-homologo", "Canciller sostuvo reunión con su homólogo", "22"),
            ("/es/sala-de-prensa/noticias/comunicado-conjunto-sobre-cooperacion-naval", "Comunicado conjunto sobre cooperación naval", "21"),
            ("/es/sala-de-prensa/noticias/acuerdo-de-visas", "Acuerdo de visas", "20"),
            ("/es/sala-de-prensa/noticias/nota-de-duelo", "Nota de duelo", "18"),
        ],
    )
    + """</div><div class="enlaces"><h4>Enlaces de interés</h4><a href="/es/transparencia/rendicion-de-cuentas-del-ejercicio-anterior">Rendición de cuentas del ejercicio anterior</a><a href="/es/tramites">Trámites</a></div></body></html>""",
)  # fmt: skip

# Pages without any article: what must come back empty.
NO_ARTICLES = _page(
    "hub of sections", "es", "https://www.eldiariodelvalle.example/secciones/",
    """<html lang="es"><head><title>Todas las secciones</title></head><body><main><h1>Todas las secciones</h1><div class="cards">"""
    + _each(
        """<article class="card"><h3><a href="{0}">{1}</a></h3><p>Todo sobre el tema, reunido por nuestra redacción para usted.</p></article>""",
        [
            ("/politica/", "Política"), ("/economia/", "Economía"), ("/mundo/america-latina/", "América Latina"), ("/cultura/", "Cultura y libros"),
            ("/deportes/futbol/", "Fútbol"), ("/autor/lucia-ferreyra/", "Lucía Ferreyra, corresponsal en el norte"),
            ("/temas/elecciones-presidenciales-2026/", "Todo sobre las elecciones presidenciales de 2026"), ("/newsletters/el-correo-de-la-manana-temprano/", "El correo de la mañana temprano"),
        ],
    )
    + """</div></main></body></html>""",
)  # fmt: skip

# The four pages below were written after the rules, which were not changed for them: 17 of 17 links found, one wrong.

# Joomla blog layout: "Leer más", dates in words, modules "Últimas noticias" and "Más leídas", banners as links.
JOOMLA = _page(
    "joomla blog", "es", "https://radiosierranorte.example/index.php/regionales",
    """<!DOCTYPE html><html lang="es-es"><head><base href="https://radiosierranorte.example/index.php/regionales"><title>Regionales</title></head><body class="site com_content view-category layout-blog"><div class="moduletable_menu"><ul class="nav menu mod-list"><li><a href="/index.php/regionales">Regionales</a></li><li><a href="/index.php/programacion-de-la-radio">Programación de la radio</a></li></ul></div>
<div class="banneritem"><a href="/index.php/component/banners/click/14"><img alt="Cooperativa de ahorro del norte: abra su cuenta"></a></div><div class="blog" itemscope>"""
    + _each(
        """<div class="items-row cols-1 row-{2}"><div class="item column-1" itemprop="blogPost"><div class="page-header"><h2 itemprop="name"><a data-a href="{0}" itemprop="url">{1}</a></h2></div><dl class="article-info muted"><dd class="createdby">Escrito por <span>Redacción</span></dd><dd class="published"><time datetime="2026-11-2{2}T08:00:00-05:00">Publicado: 2{2} Noviembre 2026</time></dd><dd class="category-name">Categoría: <a href="/index.php/regionales">Regionales</a></dd></dl><p>Entradilla.</p><p class="readmore"><a class="btn" href="{0}">Leer más: {1}</a></p></div></div>""",
        [
            ("/index.php/regionales/4471-puente-cerrado", "Puente cerrado", "2"),
            ("/index.php/regionales/4470-comuneros-rechazan-concesion-minera-china", "Comuneros rechazan concesión minera china", "1"),
            ("/index.php/regionales/4466-prefecto-viaja-a-moscu", "Prefecto viaja a Moscú", "0"),
        ],
    )
    + """<div class="pagination"><ul><li><a href="/index.php/regionales?start=10" title="2">2</a></li><li><a href="/index.php/regionales?start=10" title="Siguiente">Siguiente</a></li></ul></div></div>
<div id="aside"><div class="well"><h3 class="page-header">Más leídas</h3><ul class="mostread mod-list">"""
    + _each(
        """<li itemscope><a data-a href="{0}" itemprop="url"><span itemprop="name">{1}</span></a></li>""",
        [
            ("/index.php/nacionales/4390-asi-sera-el-nuevo-billete", "Así será el nuevo billete"),
            ("/index.php/regionales/4402-llueve-en-la-sierra-despues-de-noventa-dias", "Llueve en la sierra después de noventa días"),
        ],
    )
    + """</ul></div><div class="well"><h3>Encuestas</h3><a href="/index.php/encuestas/votar/22">¿Está de acuerdo con la nueva carretera?</a></div></div></body></html>""",
)  # fmt: skip

# A Liferay ministry in Portuguese: asset publisher, long technical addresses, "Saiba mais", accessibility links.
GOVBR = _page(
    "government asset list", "pt", "https://www.gov.example.br/defesa/pt-br/centrais-de-conteudo/noticias",
    """<html lang="pt-br"><head><title>Notícias — Ministério</title></head><body><div id="accessibility"><a href="#main">Ir para o conteúdo principal da página</a><a href="/defesa/pt-br/acessibilidade">Acessibilidade do portal</a></div>
<div id="site-header"><a href="/defesa/pt-br/acesso-a-informacao/perguntas-frequentes-sobre-servicos">Perguntas frequentes sobre serviços</a></div><div id="content-core"><ul class="noticias listagem-noticias-com-foto">"""
    + _each(
        """<li><div class="imagem"><a href="{0}"><img alt="{1}"></a></div><div class="conteudo"><div class="categoria-noticia">Cooperação</div><h2 class="titulo"><a data-a href="{0}">{1}</a></h2><span class="descricao"><span class="data">2{2}/11/2026 <span class="separador-descricao">-</span></span> Resumo da notícia em uma linha.</span></div></li>""",
        [
            ("https://www.gov.example.br/defesa/pt-br/centrais-de-conteudo/noticias/exercito-recebe-delegacao", "Exército recebe delegação", "2"),
            ("https://www.gov.example.br/defesa/pt-br/centrais-de-conteudo/noticias/navio-russo-atraca-no-porto-do-rio-grande", "Navio russo atraca no porto do Rio Grande", "1"),
            ("https://www.gov.example.br/defesa/pt-br/centrais-de-conteudo/noticias/nota-a-imprensa-1", "Nota à imprensa", "0"),
        ],
    )
    + """</ul><ul class="paginacao listingBar"><li><a href="https://www.gov.example.br/defesa/pt-br/centrais-de-conteudo/noticias?b_start:int=30" class="proximo">Próximo »</a></li></ul></div>
<div id="portal-footer"><a href="/defesa/pt-br/composicao/orgaos-especificos-singulares/gabinete-do-ministro">Gabinete do ministro e secretarias</a></div></body></html>""",
)  # fmt: skip

# English magazine: issue table of contents, sections as h2, deks, topics, a shop, event pages and an author box.
MAGAZINE = _page(
    "magazine contents", "en", "https://www.southernquarterly.example/issues/november-2026/",
    """<html lang="en"><head><title>November 2026</title></head><body><header><a href="/subscribe/">Subscribe</a><a href="/issues/">All issues</a></header><main class="toc"><h1>November 2026</h1><section><h2>Features</h2>"""
    + _each(
        """<div class="toc-row"><div class="toc-title"><a data-a href="{0}">{1}</a></div><div class="toc-dek">A longer line on what this piece argues and why now.</div><div class="toc-by"><a href="/contributors/{2}/">{2}</a></div></div>""",
        [
            ("/essays/the-long-pier/", "The Long Pier", "m-arce"),
            ("/essays/what-huawei-left-behind-in-quito/", "What Huawei Left Behind in Quito", "t-lowe"),
            ("/reportage/a-consulate-of-one/", "A Consulate of One", "r-diaz"),
        ],
    )
    + """</section><section><h2>Books</h2>"""
    + _each(
        """<div class="toc-row"><div class="toc-title"><a data-a href="{0}">{1}</a></div><div class="toc-by"><a href="/contributors/{2}/">{2}</a></div></div>""",
        [("/reviews/empires-of-salt/", "Empires of Salt", "k-ng"), ("/reviews/two-histories-of-the-caribbean-cold-war/", "Two Histories of the Caribbean Cold War", "l-paz")],
    )
    + """</section></main><div class="promo-shop"><a href="/shop/tote-bag-november-issue-limited/">The November tote bag, limited edition</a><a href="/events/an-evening-with-our-editors-in-lima/">An evening with our editors in Lima</a></div>
<footer><a href="/about/how-we-report-and-correct-our-work/">How we report and correct our work</a></footer></body></html>""",
)  # fmt: skip

# French regional daily: lists without dates in addresses, departments, "Lire aussi", weather and death notices.
REGIONAL_FR = _page(
    "french regional", "fr", "https://www.voixdumaroni.example/guyane/",
    """<html lang="fr"><head><title>Guyane - La Voix du Maroni</title></head><body><div class="c-header__nav"><a href="/guyane/cayenne-97300/">Cayenne</a><a href="/avis-de-deces/departement-973/">Avis de décès du département</a></div><div class="list-articles">"""
    + _each(
        """<article class="teaser"><a data-a class="titre-lien" href="{0}"><h2>{1}</h2></a><p class="chapo">Le chapô de l'article en une phrase.</p><a class="su-commune" href="/guyane/cayenne-97300/">Cayenne</a><time datetime="2026-11-2{2}T07:00:00-03:00">il y a {2} h</time></article>""",
        [
            ("/guyane/cayenne-97300/orpaillage-la-gendarmerie-saisit-deux-pelleteuses-7d1c2a3e-c8aa-11ef-9d0e-1f2e3d4c5b6a", "Orpaillage : la gendarmerie saisit deux pelleteuses", "2"),
            ("/guyane/kourou-97310/ariane-6-attend-8e1c2a3e-c8aa-11ef-9d0e-1f2e3d4c5b6b", "Ariane 6 attend", "1"),
            ("/monde/bresil/le-pont-de-l-oyapock-rouvre-9f1c2a3e-c8aa-11ef-9d0e-1f2e3d4c5b6c", "Le pont de l'Oyapock rouvre", "0"),
        ],
    )
    + """</div><div class="bloc-services"><a href="/meteo/guyane/cayenne-97300/previsions-a-dix-jours">Prévisions à dix jours à Cayenne</a><a href="/annonces-legales/consulter-les-annonces-du-departement">Consulter les annonces du département</a></div>
<div class="read-also"><h3>Les plus lus</h3><ol><li><a data-a href="/guyane/saint-laurent-97320/une-pirogue-chavire-sur-le-fleuve-1a1c2a3e-c8aa-11ef-9d0e-1f2e3d4c5b6d">Une pirogue chavire sur le fleuve</a></li></ol></div></body></html>""",
)  # fmt: skip

LATER = (JOOMLA, GOVBR, MAGAZINE, REGIONAL_FR)
PAGES = (
    PORTAL_ES, WORDPRESS_ES, ARC_ES, PORTAL_PT, FRENCH, ENGLISH, TABLES, DRUPAL, CAROUSEL, LATEST_PT, BLOGGER, HASHED, AMP, MINISTRY,
    NO_ARTICLES, *LATER,
)  # fmt: skip
