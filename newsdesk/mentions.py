"""What the words of a report name, whatever its language: people, places, numbers, dates, and words with cousins elsewhere.

Nothing here knows the meaning of a sentence; it is what an editor can check with a finger on the two texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from newsdesk.deeds import deeds_in
from newsdesk.fingerprints import WORD, fold
from newsdesk.gazetteer import (
    cities,
    holder,
    is_demonym,
    is_given_name,
    is_known_person,
    is_short_name,
    longest_phrase,
    needs_capitals,
    office_starts,
    offices,
    place_phrases,
    place_starts,
)

MENTIONS_VERSION = "mentions-5"

_STOP = frozenset(
    # function words and the furniture of headlines, folded, in the four languages; those under four letters go by length
    """
    about after again against also amid among another because been before being between both could days does down during each
    ever every first from have having here hers herself himself into just last late like made make many more most much must near
    never next only onto other over said says same second several should since some such than that their them then there these they
    this those through today told took under until upon very were what when where which while whom whose will with within without
    would year years yesterday your tomorrow monday tuesday wednesday thursday friday saturday sunday week month news report reports
    according least least early former people

    ante antes aquel aquella aunque bajo cada casi como contra cual cuando cuanto cuyo desde despues donde durante ella ellas ellos
    entonces entre eran esas esos esta estaba estado estan estar estas este esto estos fecha fueron fuera gran haber habia hace hacia han
    hasta hora horas hubo lado luego lugar manera mayor menos mientras mismo misma mucho muchos mundo nada nuestra nuestro nueva nuevo nunca
    otra otras otro otros para parte pero poco podria porque pues quien quienes segun sera seria sido siempre siendo sino sobre solo
    tambien tampoco tanto tener tiene tienen toda todas todavia todo todos tras unas unos varios veces ver vez ayer manana jueves lunes
    martes miercoles viernes sabado domingo semana mes anos dias tras dijo afirmo informo anuncio aseguro indico personas

    ainda alem alguns ante apenas apos aqui assim ate cada coisa com como contra dela dele deles depois desde dessa desse desta deste dizer
    durante ela elas eles enquanto entao entre era essa esse esta estao estava este estes esteve fazer feira foram fosse havia hoje
    isso isto mais mas maior mesma mesmo muito muitos nao nas nem nesta neste nossa nosso nova novo nunca ontem onde outra outras outro
    outros para pela pelas pelo pelos pode pois porque pouco qual qualquer quando quase quem segunda terca quarta quinta sexta sabado
    sao sem sempre sendo ser sera seria seu seus sido sobre sua suas tambem tanto tem ter teve toda todas todo todos tres tudo uma umas
    voce disse afirmou informou anunciou segundo pessoas dias anos semana

    afin ainsi alors apres aucun aussi autre autres avaient avait avant avec avoir aux bien car ceci cela celle celui ces cet cette ceux
    chaque chez comme contre dans depuis dernier derniere des deux devant donc dont elle elles encore entre est etait etaient etant etat ete
    etre eux fait faire fois font hier ici ils jamais jeudi jour jours lors lundi mais mardi mercredi meme moins nos notre nous
    ont par parce pas pendant peut plus plusieurs pour pourrait pourquoi puis quand que quel quelle quelque quelques qui quoi sans
    samedi sauf selon sera serait ses seulement soit son sont sous sur tandis tous tout toute toutes tres une vendredi vers voir votre
    vous annonce affirme declare ans semaine mois personnes dimanche
    """.split()
)
_TITLES = frozenset(
    """
    president presidente presidenta presidency presidencia minister ministro ministra ministre ministry ministerio ministere government
    gobierno governo gouvernement general senator senador senadora senateur governor gobernador governador gouverneur secretary
    secretario secretaria secretaire prime primer primeiro premier foreign canciller chanceler exteriores chancellor mayor alcalde prefeito
    maire army ejercito exercito armee police policia court tribunal corte cour house congress congreso congresso congres parliament
    parlamento parlement assembly asamblea assembleia assemblee senate senado senat judge juez juiz juge north south east west norte sur
    sul nord sud este leste ouest oeste republic republica republique state estado national nacional nationale bank banco banque company
    empresa group grupo groupe city ciudad cidade ville the la el los las le les de of and y et e
    queen king reina rey rainha rei reine roi pope papa pape almirante admiral amiral fragata frigate armada marinha marine navy federal
    justice justicia justica department departamento departement international internacional interior defense defence defensa defesa
    finance finanzas economy economia energy energia health salud saude latin latina america sea mar ocean oceano black negro
    airline airlines aerolineas prix prize premio category categoria categorie muertos muertas mortos morts dead killed heridos
    feridos blesses usd mw gw kw km kg bpd breaking live urgente video fotos opinion analysis
    """.split()
)
_MONTHS = {
    1: "january enero janeiro janvier jan ene",
    2: "february febrero fevereiro fevrier feb",
    3: "march marzo marco mars",
    4: "april abril avril apr abr",
    5: "may mayo maio mai",
    6: "june junio junho juin jun",
    7: "july julio julho juillet jul",
    8: "august agosto aout aug ago",
    9: "september septiembre setiembre setembro septembre sept sep set",
    10: "october octubre outubro octobre oct out",
    11: "november noviembre novembro novembre nov",
    12: "december diciembre dezembro decembre dec dic dez",
}
_MONTH_OF = {name: month for month, names in _MONTHS.items() for name in names.split()}
_WEEKDAYS = (
    "monday lunes segunda lundi",
    "tuesday martes terca mardi",
    "wednesday miercoles quarta mercredi",
    "thursday jueves quinta jeudi",
    "friday viernes sexta vendredi",
    "saturday sabado samedi",
    "sunday domingo dimanche",
)
_WEEKDAY_OF = {name: at for at, names in enumerate(_WEEKDAYS) for name in names.split()}
_WITHIN = frozenset("in at near off outside en em no na nos nas au aux dans cerca perto pres".split())
_BETWEEN = frozenset("the el la los las o os as le les de do da del of".split())  # may stand between such a word and the place
_NEEDS_FEIRA = frozenset({"segunda", "terca", "quarta", "quinta", "sexta"})

_UNITS = {
    "en": "two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13 fourteen 14 "
    "fifteen 15 sixteen 16 "
    "seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 dozen 12",
    "es": "dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12 trece 13 catorce 14 quince 15 dieciseis 16 "
    "diecisiete 17 dieciocho 18 diecinueve 19 veinte 20 veintiuno 21 veintidos 22 veinticinco 25 treinta 30 cuarenta "
    "40 cincuenta 50 sesenta 60 "
    "setenta 70 ochenta 80 noventa 90 cien 100 doscientos 200 trescientos 300 quinientos 500 docena 12 "
    "decena 10 quincena 15 veintena 20 treintena 30 centenar 100 centena 100",
    "pt": "dois 2 duas 2 tres 3 quatro 4 cinco 5 seis 6 sete 7 oito 8 nove 9 dez 10 onze 11 doze 12 treze 13 catorze 14 "
    "quatorze 14 quinze 15 "
    "dezesseis 16 dezasseis 16 dezessete 17 dezoito 18 dezenove 19 vinte 20 trinta 30 quarenta 40 cinquenta 50 sessenta 60 setenta 70 "
    "oitenta 80 noventa 90 cem 100 duzentos 200 trezentos 300 quinhentos 500 duzia 12 dezena 10 vintena 20 centena 100",
    "fr": "deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 douze 12 treize 13 quatorze 14 quinze 15 seize 16 "
    "vingt 20 trente 30 quarante 40 cinquante 50 soixante 60 cent 100 douzaine 12 dizaine 10 quinzaine 15 "
    "vingtaine 20 trentaine 30 cinquantaine 50 centaine 100",
}
_NUMBER_WORDS: Mapping[str, Mapping[str, int]] = {
    language: {word: int(value) for word, value in zip(words.split()[::2], words.split()[1::2], strict=True)}
    for language, words in _UNITS.items()
}
_MULTIPLIERS = {
    "hundred": 1e2,
    "thousand": 1e3,
    "mil": 1e3,
    "mille": 1e3,
    "miles": 1e3,
    "milliers": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "millon": 1e6,
    "millones": 1e6,
    "milhao": 1e6,
    "milhoes": 1e6,
    "mi": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "bn": 1e9,
    "bi": 1e9,
    "billion": 1e9,
    "billions": 1e9,
    "bilhao": 1e9,
    "bilhoes": 1e9,
    "milliard": 1e9,
    "milliards": 1e9,
    "trillion": 1e12,
    "trilhao": 1e12,
    "trilhoes": 1e12,
    "billon": 1e12,
    "billones": 1e12,
}
_KIND_WORDS = {
    "percent": "percent por pct pour %",
    "money": "dollars dollar dolares dolar usd euros euro reais yuan rubles rublos roubles pesos bolivares libras pounds livres",
    "dead": "dead deaths killed die died dies muertos muertes muertas fallecidos fallecidas victimas mortos mortes mortas "
    "vitimas morts tues "
    "victimes deces mort muerto morto muere mueren matan morrem matam killing",
    "hurt": "injured wounded hurt heridos lesionados feridos blesses injures heridas feridas",
    "held": "arrested detained arrests detenidos arrestados detenciones presos detidos interpelles arretes detention prisoners",
    "magnitude": "magnitude magnitud earthquake",
    "vessel": "vessels ships boats buques barcos embarcaciones navios barcos embarcacoes navires bateaux tankers petroleros "
    "petroleiros petroliers",
    "dose": "doses dosis doses vaccines vacunas vacinas vaccins",
    "people": "people personas pessoas personnes migrants migrantes workers trabajadores trabalhadores travailleurs",
    "troop": "soldiers soldados soldats troops tropas militares militaires militants",
    "oil": "barrels barriles barris barils bpd",
    "vote": "votes votos voix votos",
    "tonne": "tons tonnes tonne toneladas tonelada",
    "bus": "buses bus autobuses onibus autocars",
    "plane": "planes aircraft aviones avioes avions jets helicopters helicopteros helicopteres fighters cazas cacas",
    "drone": "drones",
    "missile": "missiles misiles misseis rockets cohetes foguetes roquettes",
    "tank": "tanks tanques chars blindados",
    "truck": "trucks camiones caminhoes camions",
    "house": "homes houses casas viviendas moradias maisons logements",
    "seat": "seats escanos bancas cadeiras sieges curules",
    "distance": "kilometers kilometres kilometros quilometros km miles millas milhas metres metros meters",
    "area": "hectares hectareas",
    "power": "megawatts megavatios mw gw gigawatts",
    "term": "years anos ans",
    "time": "hours horas heures days dias jours months meses mois weeks semanas semaines minutes minutos",
    "handed": "deportees deportados deportes expulsados expulses prisoners prisioneros prisioneiros prisonniers remains cuerpos restos",
    "company": "companies empresas entreprises firms",
    "goal": "goals goles gols",
}
_KIND_OF = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
_DIGITS = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,\u00a0\u202f ’']\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?")
_SENTENCE_START = re.compile(r"[.!?…:;»”\"\n|—–-][\s«“\"'¿¡(\[]*$")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Number:
    """A number as meant: ``value`` with its multiplier applied, ``kind`` what it counts (``dead``, ``percent``, ``money``
    ...) or empty where the words around do not say."""

    value: float
    kind: str = ""


@dataclass(frozen=True)
class Mentions:
    """What a report's words name.

    ``names`` maps the key of each name (``name_key``) to how it is printed; ``maybe`` the same for words that are
    capitalised only because they begin a sentence or stand in a headline in capitals. ``places`` holds ``place:RU``,
    ``body:un`` and the like, ``dates`` pairs of month and day, ``weekdays`` 0 (Monday) to 6, ``stems`` the beginnings of the
    other words in a spelling that cousins of the four languages share, ``headline_deeds`` and ``deeds`` what the headline and
    the whole speak of (newsdesk/deeds.py), ``sites`` the keys, of names or of places, that follow a word such as "in" or "near",
    ``headline`` the keys of the names and places that the headline names: whom and where the news is about.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    maybe: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[Number] = frozenset()
    dates: frozenset[tuple[int, int]] = frozenset()
    weekdays: frozenset[int] = frozenset()
    stems: frozenset[str] = frozenset()
    headline_deeds: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    headline: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Token:
    raw: str
    folded: str
    start: int
    end: int
    opens: bool  # begins a sentence


_SOUNDS = (
    ("tsch", "s"),
    ("tch", "s"),
    ("sch", "s"),
    ("dzh", "j"),
    ("dj", "j"),
    ("sh", "s"),
    ("ch", "s"),
    ("kh", "h"),
    ("gh", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("qu", "k"),
    ("ck", "k"),
    ("ou", "u"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("x", "s"),
    ("z", "s"),
    ("c", "k"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
)
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A folded word in a rough spelling that the four languages' transliterations share.

    >>> sound("zelensky") == sound("zelenski"), sound("poutine"), sound("lukachenko") == sound("lukashenko")
    (True, 'putine', True)
    """
    for written, heard in _SOUNDS:
        if written in word:
            word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word)


_VOWELS = re.compile(r"[aeiou]+")


@lru_cache(maxsize=65536)
def name_key(word: str) -> str:
    """What is compared of a name's folded word: its consonants where there are at least three, else its sound.

    >>> name_key("poutine") == name_key("putin"), name_key("jamenei") == name_key("khamenei"), name_key("maduro")
    (False, True, 'mdr')
    """
    heard = sound(word).replace("j", "h")
    bones = _VOWELS.sub("", heard[1:])
    return heard[0] + bones if len(bones) >= 2 else heard.rstrip("e")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The beginning of a word, five signs of its sound: ``vaccine``, ``vacuna`` and ``vacina`` do not meet, ``presidente`` does."""
    return sound(word)[:5]


@lru_cache(maxsize=65536)
def _people_of(word: str) -> str | None:
    starts = place_starts()
    for length in range(len(word), 2, -1):
        if word[:length] in starts:
            return starts[word[:length]]
    return None


def mentions_of(title: str, opening: str, language: str | None = None, day: date | None = None) -> Mentions:
    """What a headline and the opening of its text name. ``language`` (ISO 639-1) says how number words are read, ``day`` (of
    publication) who held an office."""
    reader = _Reader(language, day)
    reader.read(title, heading=True)
    reader.read(opening, heading=False)
    return reader.mentions()


class _Reader:
    def __init__(self, language: str | None, day: date | None) -> None:
        self._day = day
        self._number_words = _NUMBER_WORDS.get(language or "", {})
        self._names: dict[str, str] = {}
        self._maybe: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._numbers: set[Number] = set()
        self._dates: set[tuple[int, int]] = set()
        self._weekdays: set[int] = set()
        self._stems: set[str] = set()
        self._headline_deeds: frozenset[str] = frozenset()
        self._deeds: frozenset[str] = frozenset()
        self._sites: set[str] = set()
        self._headline: frozenset[str] = frozenset()

    def mentions(self) -> Mentions:
        maybe = {key: word for key, word in self._maybe.items() if key not in self._names}
        numbers, dates, days = frozenset(self._numbers), frozenset(self._dates), frozenset(self._weekdays)
        deeds, sites = (self._headline_deeds, self._deeds), frozenset(self._sites)
        headline = self._headline - maybe.keys()
        return Mentions(self._names, maybe, self._places, numbers, dates, days, frozenset(self._stems), *deeds, sites, headline)

    def read(self, text: str, *, heading: bool) -> None:
        tokens = list(_tokens(text))
        capitals = _mostly_capitalised(tokens) if heading else False
        written_as_names = () if capitals else [at for at, token in enumerate(tokens) if token.raw[0].isupper() and not token.opens]
        self._deeds |= deeds_in([token.folded for token in tokens], frozenset(written_as_names))
        if heading:
            self._headline_deeds = self._deeds
        at = 0
        while at < len(tokens):
            self._office(tokens, at)
            count = self._number(tokens, at, text) or self._date(tokens, at) or self._place(tokens, at, capitals, text)
            if not count:
                self._word(tokens, at, capitals)
            at += count or 1
        if heading:
            self._headline = frozenset({*self._names, *self._maybe, *self._places})

    def _office(self, tokens: list[_Token], at: int) -> None:
        """Who holds the office that is named here ("Kremlin chief") counts as named, if not as surely as by name."""
        for count in range(min(office_starts().get(tokens[at].folded, 0), len(tokens) - at), 1, -1):
            office = tuple(each.folded for each in tokens[at : at + count])
            name = holder(office, self._day) if office in offices() else None
            if name is not None:
                self._maybe.setdefault(name_key(name), " ".join(each.raw for each in tokens[at : at + count]))
                return

    def _place(self, tokens: list[_Token], at: int, capitals: bool, text: str) -> int:
        """How many words name a place or body here; 0 where none does."""
        token = tokens[at]
        if token.raw == "US" and text[token.end : token.end + 1] == "$":
            return 1
        if not capitals and is_given_name(token.folded) and _joined(tokens, at) and not _people_of(tokens[at + 1].folded):
            return 0
        phrases, towns = place_phrases(), cities()
        for count in range(min(longest_phrase().get(token.folded, 0), len(tokens) - at), 0, -1):
            words = tuple(each.folded for each in tokens[at : at + count])
            city = towns.get(words) if token.raw[0].isupper() else None
            found = phrases.get(words, city)
            if found is not None and _written_as_name(token, count, found):
                self._keep_place(tokens, at, count, [found, city])
                return count
        people = _people_of(token.folded)
        if people is not None:
            self._places.setdefault(people, token.raw)
            return 1
        return 0

    def _keep_place(self, tokens: list[_Token], at: int, count: int, keys: list[str | None]) -> None:
        printed = " ".join(each.raw for each in tokens[at : at + count])
        for key in filter(None, keys):
            self._places.setdefault(key, printed)
            self._site(tokens, at, key)
            if key.startswith("city:"):
                self._places.setdefault(f"place:{key[5:7]}", printed)

    def _date(self, tokens: list[_Token], at: int) -> int:
        """Months with their day, and weekdays; how many words they take."""
        folded = tokens[at].folded
        if folded in _WEEKDAY_OF and _is_weekday(tokens, at):
            self._weekdays.add(_WEEKDAY_OF[folded])
            return 1
        month = _MONTH_OF.get(folded) if len(folded) > 3 or tokens[at].raw.istitle() else None
        if month is None:
            return 0
        following = tokens[at + 1].folded if at + 1 < len(tokens) else ""
        if following[:2].rstrip("sthnrd").isdigit() and following.rstrip("sthnrd").isdigit() and int(following.rstrip("sthnrd")) <= 31:
            self._dates.add((month, int(following.rstrip("sthnrd"))))
            return 2
        return 1 if len(folded) > 3 else 0

    def _number(self, tokens: list[_Token], at: int, text: str) -> int:
        """A number in digits or words, with its multiplier and what it counts; how many words it takes."""
        value, count = self._value(tokens, at, text)
        if value is None:
            return 0
        day_of = _month_after(tokens, at + count)
        if day_of is not None and value == int(value) and 1 <= value <= 31:
            self._dates.add((day_of, int(value)))
            return count + 1
        while at + count < len(tokens) and tokens[at + count].folded in _MULTIPLIERS:
            value *= _MULTIPLIERS[tokens[at + count].folded]
            count += 1
        kind = self._kind(tokens, at, count, text)
        if kind or not (value == int(value) and FIRST_YEAR <= value <= LAST_YEAR):
            self._numbers.add(Number(value, kind))
        return count

    def _value(self, tokens: list[_Token], at: int, text: str) -> tuple[float | None, int]:
        token = tokens[at]
        if token.folded[0].isdigit():
            found = _DIGITS.match(text, token.start)
            if found is None or not found.group()[-1].isdigit():
                return None, 0
            count = sum(1 for each in tokens[at : at + 5] if each.start < found.end())
            return _read_digits(found.group()), count
        value = self._number_words.get(token.folded)
        if value is None:
            return None, 0
        return self._spelled(tokens, at, float(value))

    def _spelled(self, tokens: list[_Token], at: int, value: float) -> tuple[float, int]:
        """``treinta y cinco``, ``twenty-five``: tens and ones together."""
        count = 1
        linked = at + 1 < len(tokens) and tokens[at + 1].folded in ("y", "e", "et")
        ones = at + (2 if linked else 1)
        if value >= 20 and value % 10 == 0 and value < 100 and ones < len(tokens):
            more = self._number_words.get(tokens[ones].folded)
            if more is not None and more < 10:
                return value + more, count + ones - at
        return value, count

    def _kind(self, tokens: list[_Token], at: int, count: int, text: str) -> str:
        before = text[max(0, tokens[at].start - 4) : tokens[at].start]
        after = text[tokens[at + count - 1].end : tokens[at + count - 1].end + 2]
        if "%" in after:
            return "percent"
        if any(sign in before for sign in "$€£¥"):
            return "money"
        following = [each.folded for each in tokens[at + count : at + count + 4]]
        if following[:2] in (["per", "cent"], ["por", "ciento"], ["por", "cento"], ["pour", "cent"]):
            return "percent"
        near = following + [each.folded for each in tokens[max(0, at - 2) : at]]
        return next((_KIND_OF[word] for word in near if word in _KIND_OF and word not in ("por", "pour", "%")), "")

    def _word(self, tokens: list[_Token], at: int, capitals: bool) -> None:
        token = tokens[at]
        if len(token.folded) >= 4 and token.folded not in _STOP:
            self._stems.add(stem(token.folded))
        if not token.raw[0].isupper() or len(token.folded) < 2 or token.folded in _TITLES or token.folded in _STOP:
            return
        if len(token.folded) < 3 and not token.raw.isupper() and not is_short_name(token.folded):
            return
        sure = is_known_person(token.folded) or (not capitals and (not token.opens or _joined(tokens, at)))
        (self._names if sure else self._maybe).setdefault(name_key(token.folded), token.raw)
        self._site(tokens, at, name_key(token.folded))

    def _site(self, tokens: list[_Token], at: int, key: str) -> None:
        """Keep what is named here as the place where it happens, if the words before say so."""
        before = at - 1
        while before >= 0 and tokens[before].folded in _BETWEEN:
            before -= 1
        if before >= 0 and (tokens[before].folded in _WITHIN or tokens[before].raw in ("à", "À")):
            self._sites.add(key)


def _tokens(text: str) -> Iterator[_Token]:
    last = 0
    for match in WORD.finditer(text):
        folded = fold(match.group())
        if folded:
            opens = last == 0 or _SENTENCE_START.search(text[last : match.start()]) is not None
            yield _Token(match.group(), folded, match.start(), match.end(), opens)
            last = match.end()


def _mostly_capitalised(tokens: list[_Token]) -> bool:
    """Whether a headline is in capitals or in title case, so that a capital says nothing."""
    long = [token for token in tokens[1:] if len(token.folded) >= 4 and not token.folded.isdigit()]
    return len(long) >= 3 and sum(token.raw[0].isupper() for token in long) >= 0.8 * len(long)


def _joined(tokens: list[_Token], at: int) -> bool:
    """Whether the next word is capitalised too: a name at the beginning of a sentence."""
    return at + 1 < len(tokens) and tokens[at + 1].raw[0].isupper() and not tokens[at + 1].opens


def _written_as_name(token: _Token, count: int, found: str) -> bool:
    if needs_capitals(token.folded) and count == 1:
        return token.raw.isupper()
    return token.raw[0].isupper() or found.startswith("body:") or is_demonym(token.folded)


def _is_weekday(tokens: list[_Token], at: int) -> bool:
    """Portuguese weekdays are ordinals: "segunda" is Monday only before "feira" or written so."""
    return tokens[at].folded not in _NEEDS_FEIRA or (at + 1 < len(tokens) and tokens[at + 1].folded == "feira")


def _month_after(tokens: list[_Token], at: int) -> int | None:
    """The month that follows a day: "5 de mayo", "5 May", "5 mai"."""
    for token in tokens[at : at + 2]:
        if token.folded in _MONTH_OF:
            return _MONTH_OF[token.folded]
        if token.folded not in ("de", "of"):
            return None
    return None


def _read_digits(written: str) -> float:
    """``1.200`` and ``1,200`` are twelve hundred, ``7,8`` and ``7.8`` are seven point eight.

    >>> _read_digits("1.200"), _read_digits("7,8"), _read_digits("1 200 000"), _read_digits("1.200,50")
    (1200.0, 7.8, 1200000.0, 1200.5)
    """
    parts = re.split(r"[.,\u00a0\u202f ’']", written)
    if len(parts) == 1:
        return float(written)
    grouped = all(len(part) == 3 for part in parts[1:])
    if grouped and 1 <= len(parts[0]) <= 3 and parts[0] != "0":
        return float("".join(parts))
    return float("".join(parts[:-1]) + "." + parts[-1])
