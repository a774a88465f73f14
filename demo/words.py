"""The fixed words of the demo's pages in their four languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Words:
    """What a page says around its article, in one language. ``months`` are twelve names."""

    home: str
    by: str
    more: str
    cookies: str
    accept: str
    subscribe: str
    subscribe_more: str
    not_found: str
    not_found_more: str
    advertisement: str
    invented: str
    months: tuple[str, ...]
    day: str

    def long_day(self, at: datetime) -> str:
        """The day as a reader of the language writes it."""
        return self.day.format(day=at.day, month=self.months[at.month - 1], year=at.year)


WORDS: Mapping[str, Words] = {
    "en": Words(
        "Front page",
        "By",
        "More from this section",
        "We use cookies to remember what you have read. You can change this at any time in your settings.",
        "Accept all",
        "This article is for subscribers.",
        "Subscribe for one coin a month to go on reading, or sign in if you already have an account.",
        "Page not found",
        "The page that you are looking for does not exist or has been moved. Try the front page or the search.",
        "Advertisement: a week in the sun, two for the price of one",
        "This outlet, its people and its news are invented for the newsdesk demo.",
        tuple("January February March April May June July August September October November December".split()),
        "{month} {day}, {year}",
    ),
    "es": Words(
        "Portada",
        "Por",
        "Más de esta sección",
        "Usamos cookies para recordar lo que ha leído. Puede cambiarlo en cualquier momento en la configuración.",
        "Aceptar todo",
        "Este artículo es para suscriptores.",
        "Suscríbase por una moneda al mes para seguir leyendo, o inicie sesión si ya tiene una cuenta.",
        "Página no encontrada",
        "La página que busca no existe o fue movida. Pruebe con la portada o con el buscador.",
        "Publicidad: una semana al sol, dos por el precio de uno",
        "Este medio, sus personas y sus noticias son inventados para la demostración de newsdesk.",
        tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
        "{day} de {month} de {year}",
    ),
    "pt": Words(
        "Capa",
        "Por",
        "Mais desta editoria",
        "Usamos cookies para lembrar o que você leu. Você pode mudar isso a qualquer momento nas configurações.",
        "Aceitar tudo",
        "Este artigo é para assinantes.",
        "Assine por uma moeda ao mês para continuar lendo, ou entre se já tiver uma conta.",
        "Página não encontrada",
        "A página que você procura não existe ou foi movida. Tente a capa ou a busca.",
        "Publicidade: uma semana ao sol, dois pelo preço de um",
        "Este veículo, suas pessoas e suas notícias são inventados para a demonstração do newsdesk.",
        tuple("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()),
        "{day} de {month} de {year}",
    ),
    "fr": Words(
        "Accueil",
        "Par",
        "Dans la même rubrique",
        "Nous utilisons des cookies pour nous souvenir de ce que vous avez lu. Vous pouvez changer cela à tout moment.",
        "Tout accepter",
        "Cet article est réservé aux abonnés.",
        "Abonnez-vous pour une pièce par mois afin de poursuivre la lecture, ou connectez-vous.",
        "Page introuvable",
        "La page que vous cherchez n'existe pas ou a été déplacée. Essayez l'accueil ou la recherche.",
        "Publicité : une semaine au soleil, deux pour le prix d'un",
        "Ce média, ses personnes et ses nouvelles sont inventés pour la démonstration de newsdesk.",
        tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
        "{day} {month} {year}",
    ),
}


def slug_of(text: str) -> str:
    """A word for an address: small ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
