"""Feeds and article pages made for tests; every number gives a page of its own words."""

from __future__ import annotations

import random
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from tests.desk.desks import today

_WORDS = (
    "puerto gobierno acuerdo embajador buque refinería delegación ministro frontera energía pesca cooperación empresa satélite "
    "comercio deuda convenio visita capital región parlamento oposición tribunal elección ejército ferrocarril cosecha lluvia mercado "
    "hospital escuela carretera provincia alcalde sindicato industria minería petróleo gasoducto crédito banco moneda reserva aduana"
).split()


def sentence(chance: random.Random) -> str:
    words = [chance.choice(_WORDS) for _ in range(14)]
    return f"El {words[0]} de la {words[1]} anunció ayer que el {' y el '.join(words[2:6])} serán del {' con la '.join(words[6:])}."


def title(number: int) -> str:
    return f"El convenio número {number} sobre la pesca se firma en el puerto"


def page(number: int, extra: str = "") -> bytes:
    """An article of some 2,000 characters."""
    chance = random.Random(number)
    paragraphs = "".join(f"<p>{sentence(chance)} {sentence(chance)}</p>" for _ in range(7))
    moment = today().replace(microsecond=0).isoformat()
    return (
        f'<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>{title(number)}</title>'
        f'<meta property="og:type" content="article"><meta property="article:published_time" content="{moment}"></head>'
        f"<body><nav><a href='/'>Inicio</a></nav><article><h1>{title(number)}</h1>{paragraphs}{extra}</article></body></html>"
    ).encode()


def entry(address: str, number: int, guid: str | None = None, named: str | None = None) -> str:
    """An RSS item."""
    return (
        f"<item><title>{escape(named or title(number))}</title><link>{escape(address)}</link>"
        f"<guid isPermaLink='false'>{escape(guid or address)}</guid><pubDate>{format_datetime(today())}</pubDate></item>"
    )


def feed(home: str, paths: Sequence[str], extra: str = "") -> bytes:
    """An RSS feed whose items are at ``home`` and these paths."""
    items = "".join(entry(home + path, number) for number, path in enumerate(paths))
    return rss(items + extra)


def rss(items: str) -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Una fuente</title><link>http://x.invalid/</link>'
    return f"{head}{items}</channel></rss>".encode()
