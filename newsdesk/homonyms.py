"""What a name means beside the agency that bears it: a province, a vaccine, an army, a pension fund, a camera on a wall.

Two marks. A word behind a name makes it a part of something else wherever it stands ("Sputnik manufacturer"). A text that shows
the other sense anywhere makes the bare name doubtful throughout: it then counts only with a word beside it that says what it is
("the newspaper Granma"). A name a line, so that another can be added by whoever meets it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsdesk.register import Named
from newsdesk.relaying import KIND, NOUN, WHOSE, words

__all__ = ["doubted", "is_part_of_more"]

_IN = r"(?:in|en|em|[àa]|dans|desde|from|near|cerca de|across|struck|hit|shook|sacudi[óo]|atingiu)(?: el| o| le| la)?"
_PUBLISHED = r"(?:publi\w*|appear\w*|art[ií]c\w*|artigo|editorial\w*|column\w*|texto|piece|op-?ed|escri\w+|wr[io]t\w+|escreve\w*|interview\w*|entrevist\w*|read|leer|detall\w*|expuest\w*|descri\w*|explicad\w*|narrad\w*|relatad\w*|d[eé]taill\w*|expos\w*)\s(?:\w+\s){0,3}"
_PERSON = r"(?!\s(?:News|Agency|Press|TV|English|Online))\s+[A-Z][a-zà-ÿ]+(?=\W)"

_SENSES = {
    "Granma": rf"(?:provinc\w+|yate|yacht|iate|expedici[óo]n|desembarco|landing|my|his|her|your|our|their)(?:\s+(?:of|d[eo]l?))?\s+Granma|Granma(?:'s)?\s+(?:province|yacht|landing|expedition|residents)"
    rf"|(?:vecin|resident|habitant|morador|municipi|hospital|poblador|campesin|autoridad)\w*\s+(?:\w+\s)?(?:de|d[eo]|of|in)\s+Granma|{_IN}\s+Granma\b|Bayamo|Manzanillo|Niquero",
    "Fars": rf"(?:provinc\w+|golfo|gulf|governor|gobernador|governador|gouverneur)(?:\s+(?:of|d[eou]))?\s+Fars|Fars(?:'s)?\s+(?:province|governor|provincial)|{_IN}\s+Fars\b",
    "Sputnik": r"(?:dos[ie]s|doses|shots?|vials?|lotes?|viales|frascos?|vaccines?|vacunas?|vacinas?|vaccins?|jabs?|ampolas)\s+(?:of|de|da|do|d[eu])\s+(?:la\s+|el\s+)?(?:vacuna\s+|vaccine\s+|vacina\s+|vaccin\s+)?Sputnik(?!\s+(?:V|M|Light)\b)"
    r"|Sputnik\s+(?:manufactur|maker|develop|vaccin|jab|shots?|doses|satellite|launch|moment)\w*|(?:sat[eé]lite|satellite|lan[çz]amien?to)\s+(?:d[oe]l?\s+)?Sputnik|Sputnik[ -]?[123I]\b",
    "AFP": r"[Tt]he AFP\b(?!\s+(?:news|agency|wire|bureau|correspond|report|journal|story|tally|count))(?=[\s\S]{0,600}(?:coast guard|vessel|troops|soldier|militar|navy|naval|polic|arrest|drug|insurgen|rebel|Philippin|Filipin|Australia|Manila|Canberra))"
    r"|AFP\s+(?:chief|spokes\w+|officers?|commissioner|troops|soldiers|personnel|modernization|detectives|raids?)|Armed Forces of the Philippines|Australian Federal Police"
    r"|\b[Ll]as\s+AFP\b|AFP\s+(?:Habitat|Integra|Prima|Pro[Vv]ida|Capital|Cuprum|Modelo|Profuturo|Crecer|Confía|Popular|Siembra)|fondos? de pensi[oó]n|administradoras? de fondos|sistema previsional",
    "AP": r"\bAP\s+(?:government|chief minister|assembly|high court|exams?|courses?|classes|students|police)|Andhra Pradesh|Alianza Popular|Acci[óo]n Popular|Advanced Placement",
    "PTI": r"Tehreek|Imran Khan|PTI\s+(?:chair\w+|founder|leaders?|workers|supporters|lawmakers|spokes\w+|party)|Lahore|Islamabad",
    "UPI": r"Unified Payments|UPI\s+(?:transactions?|payments?|apps?|users)|\bNPCI\b",
    "CCTV": r"CCTV\s+(?:footage|cameras?|images?|video|recordings?|systems?|clips?|stills?|screens?)|(?:caught|captured|seen|filmed|recorded|shown|appear\w*)\s+on\s+CCTV|c[âáa]maras?\s+(?:de\s+)?CCTV|circuito\s+(?:cerrado|fechado)|closed[ -]circuit",
    "Venezolana de Televisión": r"Viet ?nam|Hanoi|Hanói|[Vv]erificaci[oó]n [Tt][eé]cnica|VTV:? (?:obligatoria|vehicular|vencida|cu[aá]nto)|(?:tarifas?|tr[aá]mite|turnos?|precio|costo|cuesta|oblea|plantas?)\b[^.\n]{0,30}\bVTV\b",
    "Bloomberg": r"(?:Michael|Mike|Mayor|Mr\.?|alcalde|prefeito|maire)\s+(?:R\.\s+)?Bloomberg",
    "RT": r"respons[áa]vel\s+t[ée]cnic|\b[Oo]\s+RT\s+d[aoe]\b|r[ée]glementation\s+thermique|RT-PCR\b(?=[\s\S]{0,200}\bRT\s+(?:values?|below))|reproduction (?:number|rate)",
    "SANA": rf"{_IN}\s+Sana\b|(?:de|of|do|da|sobre)\s+Sana\b|Sana{_PERSON}|hut[ií]e?s|[Hh]outhis?|Y[eé]men",
    "Lusa": r"Canind[eé]|\brodada\b|\bzagueiro|\batacante|S[eé]rie [A-D]\b|campeonato|Portuguesa de Desportos",
    "Al Mayadeen": rf"{_IN}\s+Al[- ]May|Deir[ -][eE]z",
    "Al Manar": rf"{_IN}\s+Al[- ]?Manar\b(?!\s+(?:TV|television|televisi[óo]n))|(?:hospital|mosque|mezquita|mesquita|mosqu[ée]e|universit\w+|universidad\w*)\s+(?:d[e']\s?)?Al[- ]?Manar",
    "Anadolu": r"Anadolu\s+(?:Efes|University|Üniversitesi)",
    "Tasnim": rf"Tasnim{_PERSON}",
    "Mehr": rf"Mehr{_PERSON}|[Bb]onyad",
    "EFE": rf"\bEfe{_PERSON}",
    "Belga": rf"Belga{_PERSON}",
    "Xinhua": r"Xinhua\s+(?:bookstores?|bookshops?|district|dictionary|road|insurance|hospital)|(?:librer[ií]as?|livrarias?|librairies?|distrito|district)\s+(?:de\s+)?Xinhua",
    "ABI": r"Associa[çc][ãa]o Brasileira de Imprensa",
    "Folha de S.Paulo": r"Folha\s+(?:d[eao]s?\s+(?!S\b|S\.|São Paulo)[A-ZÀ-Þ]|de\s+pagamento|salarial)",
    "G1": r"\bG1\s+(?:garage|phase|stage|climax)|\b[Gg]rupo\s+G1|\bG1,?\s+(?:G2|e\s+G2|y\s+G2)",
    "O Globo": r"\b[Oo] Globo\s+(?:de Ouro|terrestre)|Globo de Ouro",
    "El País": r"El Pa[ií]s\s+(?:Vasco|Valenci\w+)",
    "CNN": r"CNN\s+(?:polls?|debate|town hall|contributor|analyst)|[Cc]onvolutional|redes? neuron\w+|[Nn]eural",
    "Bild": r"Bild\s+Lilli|ein Bild",
    "Axios": rf"Axios{_PERSON}",
    "Kayhan": rf"Kayhan\s+(?:London|Life)\b|Kayhan{_PERSON}",
    "Viva Nicaragua": r"¡\s?Viva Nicaragua|Viva Nicaragua\s?!",
}
_SHOWS = {name: re.compile(rf"(?<!\w)(?:{pattern})") for name, pattern in _SENSES.items()}
_PUBLISHED_IN = re.compile(rf"\b{_PUBLISHED}(?:in|en|em|dans)\s*$", re.IGNORECASE)

_PART = words(
    "manufactur\\w+ makers? develop(?:er|ers|ment) producers? distributors? suppliers? owners? founders? governors? governorate province provincial residents? officials? authorities",
    "chief chiefs head heads editors? directors? managers? boss(?:es)? executives? spokes\\w+ staff staffers employees? workers? lawyers? bureau management presenters? anchors? hosts?",
    "building tower headquarters offices? studios? vaccines? vaccinations? jabs? shots? doses rollout trials? satellites? footage cameras? recordings? troops soldiers personnel officers? commissioner commander",
    "government lawmakers? leaders? members? supporters? activists? students? exams? transactions? payments? shareholders? subscribers? customers? users? fans? sanctions ban closure bookstores? bookshops? yacht landing",
)
_MORE = re.compile(
    rf"^(?:['’]s?)?\s+(?:(?:former|then|deputy|acting|vice|senior|local|provincial|coronavirus|Covid(?:-19)?)[\s-]+)?{_PART}(?!\w)"
)
_SAYS = re.compile(rf"\b{NOUN}(?:\s+(?:de\s+|d['’])?(?:{KIND}|{WHOSE}|english|presse|prensa|not[ií]cias))*,?\s+$", re.IGNORECASE)
_SAID = re.compile(rf"^\s+(?:(?:an?|the|el|la|o|a|l['’])\s+)?(?:{KIND}\s+|news\s+)?{NOUN}\b", re.IGNORECASE)


def is_part_of_more(behind: str) -> bool:
    """Whether a name only says of which thing the next word speaks: "according to Sputnik manufacturer Generium"."""
    return _MORE.match(behind) is not None or behind.startswith("!")


def doubted(names: Sequence[Named], text: str, around: str) -> list[Named]:
    """The names found in ``text`` without those that ``around`` (headline and first sentences) uses in another sense, unless a
    word beside them says that here the agency is meant."""
    return [each for each in names if not _is_doubtful(each, text, around)]


def _is_doubtful(name: Named, text: str, around: str) -> bool:
    shows = _SHOWS.get(name.agency.name) if name.agency else None
    if shows is None or not any(_is_other_sense(found, around) for found in shows.finditer(around)):
        return False
    return not (_SAYS.search(text[max(0, name.start - 60) : name.start]) or _SAID.match(text[name.end : name.end + 40]))


def _is_other_sense(found: re.Match[str], around: str) -> bool:
    """Whether what was found is the other sense, not "an article published in Granma"."""
    preposition = re.match(r"(?:in|en|em|dans)\b", found.group())
    return preposition is None or _PUBLISHED_IN.search(around[max(0, found.start() - 60) : found.start() + preposition.end()] + " ") is None
