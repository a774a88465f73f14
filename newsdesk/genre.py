"""What kind of piece an article is: opinion or report, and whether it carries a state's declaration against somebody.

Pages name the genre (schema.org type, address, section, byline, a sign before the headline). Where they do not, the
register tells: who speaks in person, judges, appeals, asks the reader and reasons in general is giving an opinion; who
says on which day what happened and whose words these are is reporting. Quoted words count for neither. Weights of the
register were fitted on the development half of the desk's own labelled pieces (bench/genre.py); those of the marks are
the desk's judgement. Decision 18.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp
from urllib.parse import unquote, urlsplit

from newsdesk.articles import Article
from newsdesk.declarations import declarations_in, makes_the_article, phrases_of
from newsdesk.dialogue import Dialogue, dialogue_of
from newsdesk.fingerprints import words_of
from newsdesk.genre_shape import AGED, CHECK_LINE, is_author_note
from newsdesk.genre_words import ONLY_FIRST, PHRASES, GenreWords, LanguageWords
from newsdesk.judging import Match
from newsdesk.kinds import Declaration, Form, Genre, Sign
from newsdesk.wording import Hit, Phrasebook, Text, evidence, keys_of

READ_SIGNS = 3000  # code points of the text that are read, some 500 words: a piece shows its register well before
OPINION_FROM = 0.5  # the likelihood from which a piece is called opinion; decision 18 says what it costs


# Log-odds of what a page calls its piece, by the place where it does. An analysis says little: reporters write them too.
_OPINIONATED = {"opinion": 4.5, "leaning": 2.0, "editorial": 4.5, "letter": 4.5, "review": 3.5, "analysis": 0.5}
# What is gathered on the spot counts for each habit of a reporter that it shows.
_REPORTING = {"interview": -2.5, "live": -2.5, "explainer": -1.5, "reported": -0.5}
MARK_WEIGHTS: Mapping[str, float] = {**_OPINIONATED, **_REPORTING}
_PLACES = {"type": 1.0, "section": 1.0, "address": 0.9, "headline": 0.9}
_FURTHER = 0.25  # how much a second mark adds to the strongest
_TYPES = {
    "opinionnewsarticle": "opinion",
    "satiricalarticle": "opinion",
    "blogposting": "opinion",
    "reviewnewsarticle": "review",
    "review": "review",
    "criticreview": "review",
    "analysisnewsarticle": "analysis",
    "backgroundnewsarticle": "explainer",
    "liveblogposting": "live",
}
_TYPE_WEIGHTS = {"blogposting": 1.0, "backgroundnewsarticle": -0.5}  # many sites call every article a blog posting
_CREDENTIAL, _AUTHOR_LINE = 2.0, 3.0

# Register: log-odds for a full showing (1.0) of each sign; fitted by `python -m bench.genre --fit` with their direction
# held, so that no sign can speak against what it means.
MOST_OF_REGISTER = 3.0  # 95 % either way
INTERCEPT = 0.28
WEIGHTS: Mapping[str, float] = {
    "first_person": 2.05,
    "we": 1.55,
    "appeals": 2.24,
    "verdicts": 2.27,
    "turns": 2.13,
    "reader": 1.08,
    "states": 1.13,
    "denies": 1.25,
    "questions": 1.52,
    "exclaims": 0.80,
    "says": -2.63,
    "dated": -2.10,
    "narrates": -1.09,
    "figures": -1.40,
    "names": -1.02,
    "quoted": -1.04,
    "dateline": -1.53,
}
_SAID = {
    "first_person": "the writer speaks in person",
    "we": "the writer speaks for a “we”",
    "appeals": "it says what ought to be done",
    "verdicts": "it judges in its own words",
    "turns": "it argues",
    "reader": "it turns to the reader",
    "states": "it says what is, in general",
    "denies": "it argues by denying",
    "questions": "it asks questions of its own",
    "exclaims": "it exclaims",
    "says": "it says whose words it gives",
    "dated": "it says on which day",
    "narrates": "it tells what happens",
    "figures": "it gives figures",
    "names": "it names persons and places",
    "quoted": "it quotes",
    "dateline": "it begins with a dateline",
}
_IN_TITLE = 0.3  # how much of what a sign lacks to its full showing the headline gives it
_MOST_SIGNS = 10  # kept of an article
_TELLING = 0.15  # log-odds below which a sign is not worth a sentence

_CLOCK = re.compile(r"\s*\d{1,2}\s?(?:[:.h]|H)\s?\d{2}\b")
_DATELINE = re.compile(
    r"\s*(?:[^\n]{0,80}?\((?:[A-Z]{2,}[^)\n]{0,20}|Reuters|Xinhua|Sputnik|Prensa Latina)\)"
    r"|[A-ZÀ-Þ]{3,}[^\n.]{0,60}?\s[-–—]{1,2}\s|[^\n]{3,50}?\.\s?[-–—]{1,2}\s?(?=[A-ZÀ-Þ¿¡“\"«])|[A-ZÀ-Þ]{4,}[^\n.]{0,40}\.[-–—])"
)
_REPORTED_FROM = 2  # of the habits of a reporter on the spot, from which a piece is one that was gathered there
_HEADLINE_SIGN = re.compile(r"\s*[|:·•]\s*|\s+[-–—]\s+|\.\s+")
_LETTERS = frozenset({"dear editor", "to the editor", "sir", "senor director", "senora directora", "sr director", "senhor editor",
                      "senhor diretor", "monsieur le directeur", "monsieur le redacteur"})  # fmt: skip


@dataclass(frozen=True)
class Register:
    """How strongly a text shows each sign (0-1), and the words that show it."""

    shown: Mapping[str, float]
    words: Mapping[str, tuple[str, ...]]

    def log_odds(self, weights: Mapping[str, float] = WEIGHTS, intercept: float = INTERCEPT) -> float:
        return intercept + sum(weights[name] * value for name, value in self.shown.items())


class GenreReader:
    """The words of genre made ready: built once for a process, then read only. Takes about a millisecond an article."""

    def __init__(self, words: GenreWords) -> None:
        self.words = words
        self._books = {each.language: Phrasebook((*_sign_phrases(each), *phrases_of(words, each))) for each in words.languages}
        self._endings = {each.language: _Endings.of(each) for each in words.languages}
        self._marks = {tuple(words_of(name)): mark for mark, names in words.marks.items() for name in names}
        self._bylines = Phrasebook(
            [*((words, "credential") for words in words.credentials), *((words, "author_line") for words in words.author_lines)]
        )

    def read(self, article: Article, matches: Sequence[Match]) -> Genre:
        """The genre of an article; ``matches`` are what the watch-list found in it (they say for whom an official speaks)."""
        title = article.title.value if article.title else ""
        language = article.language.value if article.language else None
        book = self._books.get(language or "")
        words, body = Text.of(title), Text.of(article.text[:READ_SIGNS])
        in_title, in_text = (book.find(words), book.find(body)) if book is not None else ([], [])
        piece = Piece.of(words, body, in_title, in_text)
        marks = [*self._stated(article, title), *self._bylined(article), *_shaped(piece, in_text)]
        declared: tuple[Declaration, ...] = ()
        register = None
        if book is not None and language is not None:
            register = _register(piece, in_title, in_text, self._endings[language])
            declared = declarations_in(piece.title, in_title, piece.text, in_text, matches, self.words, piece.dialogue)
        declares = makes_the_article(declared, piece.text, matches, bool(piece.live_lines), piece.dialogue)
        return _genre(marks, register, declared, declares, piece)

    def register(self, title: str, text: str, language: str) -> Register:
        """What the bench fits the weights on."""
        book, words, body = self._books[language], Text.of(title), Text.of(text[:READ_SIGNS])
        in_title, in_text = book.find(words), book.find(body)
        return _register(Piece.of(words, body, in_title, in_text), in_title, in_text, self._endings[language])

    # ------------------------------------------------------------ what the page calls it

    def _stated(self, article: Article, title: str) -> list[tuple[str, Sign]]:
        """Marks by what the page states: pairs of mark and sign."""
        found: list[tuple[str, Sign]] = []
        kind = (article.kind or "").replace(" ", "").casefold()
        if kind in _TYPES:
            mark = _TYPES[kind]
            toward = _TYPE_WEIGHTS.get(kind, MARK_WEIGHTS[mark])
            found.append((mark, Sign("type", toward, (article.kind or "",), f"its page calls it {article.kind}")))
        found += self._named("section", _section_names(article.section), "it stands in the section")
        found += self._named("address", _address_parts(article.canonical or article.address), "its address says")
        found += self._named("headline", _headline_signs(title), "its headline says")
        return found

    def _named(self, place: str, names: Sequence[str], said: str) -> list[tuple[str, Sign]]:
        marks = [(self._marks[keys], name) for name in names if (keys := tuple(words_of(name))) in self._marks]
        return [(mark, Sign(place, MARK_WEIGHTS[mark] * _PLACES[place], (name,), f"{said} “{name}”")) for mark, name in marks[:1]]

    def _bylined(self, article: Article) -> list[tuple[str, Sign]]:
        """A writer who is no reporter, by the byline or by the line about the author."""
        found: list[tuple[str, Sign]] = []
        for author in article.authors.value if article.authors else ():
            name = Text.of(author)
            if (mark := self._marks.get(tuple(words_of(author)))) in ("editorial", "opinion"):
                found.append((str(mark), Sign("byline", MARK_WEIGHTS[str(mark)], (author,), f"its byline is “{author}”")))
            elif any(hit.tag == "credential" and hit.first > 0 for hit in self._bylines.find(name)):
                found.append(
                    ("opinion", Sign("byline", _CREDENTIAL, (author,), f"its byline names a writer who is no reporter: “{author}”"))
                )
        return (found + self._author_line(article.text))[:2]

    def _author_line(self, text: str) -> list[tuple[str, Sign]]:
        lines = text.strip().split("\n")
        if is_author_note(lines):
            shown = shortened(lines[-1].strip(), 120)
            return [("opinion", Sign("author", _AUTHOR_LINE, (shown,), f"a line speaks of its author: “{shown}”"))]
        for line in (lines[-1], lines[0]):
            start = line[:60].lstrip("*()[]_ ")
            hit = next((hit for hit in self._bylines.find(Text.of(start)) if hit.tag == "author_line" and hit.first == 0), None)
            if hit is not None:
                words = " ".join(words_of(start)[: hit.after])
                if words == "sir" and not line.lower().startswith(("sir,", "sir –", "sir -")):
                    continue
                shown = shortened(line, 120)
                if words in _LETTERS:
                    return [("letter", Sign("author", _AUTHOR_LINE, (shown,), f"it is addressed to the editor: “{shown}”"))]
                return [("opinion", Sign("author", _AUTHOR_LINE, (shown,), f"a line speaks of its author: “{shown}”"))]
        return []


def _section_names(section: str | None) -> list[str]:
    return [part.strip() for part in re.split(r"[/|,>;»]", section or "") if part.strip()]


def _address_parts(address: str) -> list[str]:
    """The parts of an address's host and path, whole: /opinion/, opinion.example.org, not /opinion-poll-shows/."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return []
    path = [unquote(part).replace("-", " ").replace("_", " ") for part in parts.path.split("/")[:-1]]
    return [*(part for part in path if part), (parts.hostname or "").partition(".")[0]]


def _headline_signs(title: str) -> list[str]:
    """What stands before the first or behind the last sign of a headline: "Opinion: ...", "... | Editorial"."""
    parts = _HEADLINE_SIGN.split(title)
    return [parts[0], parts[-1]] if len(parts) > 1 else [title]


# ---------------------------------------------------------------- the piece and its shape


@dataclass(frozen=True)
class Piece:
    """Title and text as words, and what of the text is questions and answers."""

    title: Text
    text: Text
    dialogue: Dialogue

    @classmethod
    def of(cls, title: Text, text: Text, in_title: Sequence[Hit], in_text: Sequence[Hit]) -> Piece:
        return cls(title, text, dialogue_of(title, text, in_title, in_text))

    @cached_property
    def is_own(self) -> Sequence[bool]:
        """For each word whether it is the writer's: outside quotation marks and answers."""
        if not self.dialogue.spans:
            return [not quoted for quoted in self.text.quoted]
        return [not self.is_anothers(start) for start in self.text.starts]

    def is_anothers(self, offset: int) -> bool:
        """Whether a place of the text is quoted or of questions and answers."""
        return self.text.is_quoted(offset) or any(start <= offset < end for start, end in self.dialogue.spans)

    @cached_property
    def live_lines(self) -> tuple[str, ...]:
        """The clock times that begin lines, of a piece that is told as it happens."""
        lines = self.text.content.split("\n")
        times = tuple(found.group().strip() for line in lines if (found := _CLOCK.match(line)))
        return times if len(times) >= 3 and len(times) * 2 >= len(lines) else ()

    @cached_property
    def check_lines(self) -> tuple[str, ...]:
        """The labels that begin lines of a piece that checks what is claimed."""
        return tuple(found.group().strip() for found in CHECK_LINE.finditer(self.text.content))

    def habits(self, in_text: Sequence[Hit]) -> tuple[str, ...]:
        """What shows that a reporter gathered it on the spot, also one who speaks in person: a dateline, persons introduced
        with their age or a headline that begins with somebody's words; beside them quotations with who says them, and figures
        with their source."""
        dateline = _DATELINE.match(self.text.content)
        aged = [found.group() for found in AGED.finditer(self.text.content) if not self.text.is_quoted(found.start())]
        there = (*([dateline.group().strip(" -–—")] if dateline else ()), *aged[:2], *self.said_in_title)
        return (*there, *self._attributed(in_text)) if there else ()

    def _attributed(self, in_text: Sequence[Hit]) -> Iterator[str]:
        """Up to two sentences that quote and say whom, and one that gives a figure and says whose."""
        text = self.text
        telling = {text.numbers[hit.first] for hit in in_text if hit.tag == "says" and self.is_own[hit.first]}
        quoting = {at for start, end in text.quotes if end - start > _SAYING and (at := self._sentence_at(start)) in telling}
        counted = {number for number, start in zip(text.numbers, text.starts, strict=True) if text.content[start].isdigit()}
        for number in (*sorted(quoting)[:2], *sorted(telling & counted - quoting)[:1]):
            yield shortened(text.content[slice(*text.sentence(number))], _LONGEST_HABIT)

    @cached_property
    def said_in_title(self) -> tuple[str, ...]:
        """The saying with which the headline begins."""
        first = self.title.quotes[0] if self.title.quotes else (1, 0)
        said = self.title.content[slice(*first)]
        return (shortened(said, _LONGEST_HABIT),) if first[0] == 0 and len(said.split()) >= _WORDS_SAID else ()

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self.text.begins, offset) - 1)


_WORDS_SAID = 4  # in a headline: fewer may be a name or a word in doubt
_LONGEST_HABIT = 40  # code points of it that a reason quotes
_SAYING = 12  # code points from which a quotation is somebody's saying, not one word


def _shaped(piece: Piece, in_text: Sequence[Hit]) -> list[tuple[str, Sign]]:
    if piece.dialogue.form is not None:
        return [(piece.dialogue.form, Sign("shape", MARK_WEIGHTS["interview"], piece.dialogue.words, piece.dialogue.why))]
    if piece.live_lines:
        return [("live", Sign("shape", MARK_WEIGHTS["live"], piece.live_lines[:3], "its lines begin with the time of day"))]
    if len(piece.check_lines) >= 2:
        why = "its lines say what is claimed and what is true of it"
        return [("explainer", Sign("shape", MARK_WEIGHTS["explainer"], piece.check_lines[:3], why))]
    habits = piece.habits(in_text)
    if len(habits) >= _REPORTED_FROM:
        why = f"it was gathered on the spot: {', '.join(f'“{each}”' for each in habits[:3])}"
        return [("reported", Sign("shape", MARK_WEIGHTS["reported"] * len(habits), habits[:3], why))]
    return []


# ---------------------------------------------------------------- the register


@dataclass(frozen=True)
class _Endings:
    """Ends of words by sign, the words that only look so, and those that must stand before (folded)."""

    ends: Mapping[str, tuple[str, ...]]
    excepted: Mapping[str, frozenset[str]]
    before: frozenset[str]

    @classmethod
    def of(cls, words: LanguageWords) -> _Endings:
        ends = {name: words.signs.get(f"{name}_endings", ()) for name in ("we", "narrates")}
        excepted = {name: frozenset(words.signs.get(f"{name}_not", ())) for name in ("we", "narrates")}
        before = frozenset(keys_of(each)[-1] for each in words.signs.get("narrates_before", ()))
        return cls(ends, excepted, before)

    def find(self, text: Text) -> list[Hit]:
        hits = []
        for name, ends in self.ends.items():
            if not ends:
                continue
            needs = self.before if name == "narrates" else frozenset()
            excepted, keys = self.excepted[name], text.keys
            for at, word in enumerate(keys):
                looks_so = word.endswith(ends) and len(word) > 3 and word not in excepted and not text.is_name(at)
                if looks_so and (not needs or (at and keys[at - 1] in needs)):
                    hits.append(Hit(name, at, at + 1))
        return hits


def _sign_phrases(words: LanguageWords) -> list[tuple[str, str]]:
    return [(phrase, name) for name in PHRASES for phrase in words.signs.get(name, ())]


def _register(piece: Piece, in_title: Sequence[Hit], in_text: Sequence[Hit], endings: _Endings) -> Register:
    """Signs of the writer's own words: outside quotation marks and answers; those of opinion also outside sentences that
    say whose words they give."""
    text = piece.text
    told = endings.find(text)
    told_at = {hit.first for hit in told if hit.tag == "narrates"}
    stating = [hit for hit in in_text if hit.tag != "states" or hit.after not in told_at]  # "est morte" tells, it does not state
    own = [hit for hit in _meant(text, [*stating, *told]) if piece.is_own[hit.first]]
    attributed = {text.numbers[hit.first] for hit in own if hit.tag == "says"}
    sentences = max(1, len({number for number, mine in zip(text.numbers, piece.is_own, strict=True) if mine}))
    by_sign: dict[str, list[Hit]] = defaultdict(list)
    for hit in own:
        if hit.tag in _ANYWHERE or text.numbers[hit.first] not in attributed:
            by_sign[hit.tag].append(hit)
    shown, words = _showing(text, by_sign, sentences)
    _add_title(piece.title, in_title, shown, words)
    days = frozenset(at for hit in by_sign["dated"] for at in range(hit.first, hit.after))
    _add_signs(piece, sentences, days, shown, words)
    return Register(shown, words)


def _add_title(title: Text, in_title: Sequence[Hit], shown: dict[str, float], words: dict[str, tuple[str, ...]]) -> None:
    """A sign of opinion in the headline counts much, unless the headline says whose words it gives."""
    if any(hit.tag == "says" for hit in in_title):
        return
    for hit in _meant(title, in_title):
        if hit.tag in _OF_OPINION and not title.quoted[hit.first]:
            shown[hit.tag] = 1 - (1 - shown[hit.tag]) * (1 - _IN_TITLE)
            written = title.words(hit.first, hit.after)
            words[hit.tag] = (written, *(each for each in words[hit.tag] if each.casefold() != written.casefold()))[:3]


def _meant(text: Text, hits: Sequence[Hit]) -> Sequence[Hit]:
    """The hits that mean their sign: none within an idiom ("contó con"), and of the phrases that count only where a sentence
    begins ("Que no ...", "Or, ...") those that begin one."""
    idioms = {at for hit in hits if hit.tag == "idioms" for at in range(hit.first, hit.after)}
    meant = []
    for hit in hits:
        sign = ONLY_FIRST.get(hit.tag)
        if sign is not None and not (hit.first and text.numbers[hit.first - 1] == text.numbers[hit.first]):
            meant.append(Hit(sign, hit.first, hit.after))
        elif sign is None and not (hit.first in idioms and hit.after - 1 in idioms):
            meant.append(hit)
    return meant


_BY_COUNT = ("first_person", "we", "appeals", "verdicts", "reader")
_OF_OPINION = (*_BY_COUNT, "turns", "states", "denies")
_BY_SENTENCE = ("turns", "states", "denies", "says", "dated", "narrates")
_ANYWHERE = ("says", "dated", "narrates", "first_person")  # counted also in sentences that say whose words they give


def _intensity(count: int, sentences: int) -> float:
    """How strongly a sign shows that was found ``count`` times: once in four sentences is 0.53, in twenty 0.14, whatever the
    length of the text; at least four sentences are counted, so that one word is not a whole short text."""
    return 1 - exp(-3 * count / max(4, sentences))


def _showing(text: Text, by_sign: Mapping[str, Sequence[Hit]], sentences: int) -> tuple[dict[str, float], dict[str, tuple[str, ...]]]:
    shown = {name: _intensity(len(by_sign.get(name, ())), sentences) for name in _BY_COUNT}
    shown |= {name: len({text.numbers[hit.first] for hit in by_sign.get(name, ())}) / sentences for name in _BY_SENTENCE}
    further = {"first_person": 1, "we": 1, "appeals": 1}
    words = {name: evidence(text, by_sign.get(name, ()), 3, further.get(name, 0)) for name in shown}
    return shown, words


def _add_signs(piece: Piece, sentences: int, days: frozenset[int], shown: dict[str, float], words: dict[str, tuple[str, ...]]) -> None:
    """Signs that are no words: questions, exclamations, figures, names, quotations, the dateline."""
    text, content = piece.text, piece.text.content
    for name, sign in (("questions", "?"), ("exclaims", "!")):
        at = [offset for offset in _places(content, sign) if not piece.is_anothers(offset)]
        shown[name] = _intensity(len(at), sentences)
        words[name] = tuple(_ending(content, offset) for offset in at[:2])
    own = [at for at, quoted in enumerate(text.quoted) if not quoted]
    figures = _joined(text, [at for at in own if content[text.starts[at]].isdigit()], _WITHIN_FIGURES)
    shown["figures"] = 1 - exp(-len(figures) / sentences)
    words["figures"] = evidence(text, figures[:20])
    dateline = _DATELINE.match(content)
    begins = dateline.end() if dateline else 0
    capitals = [at for at in own if text.starts[at] >= begins and at not in days and text.is_name(at)]
    names = [at for at in capitals if text.ends[at] - text.starts[at] > 1]
    shown["names"] = min(1.0, len(names) / max(1, len(own)) / 0.2)
    words["names"] = evidence(text, _joined(text, names[:40], (" ",)))
    quoted = sum(end - start for start, end in text.quotes)
    shown["quoted"] = min(1.0, quoted / max(1, len(content)) / 0.25)
    words["quoted"] = tuple(shortened(content[start:end]) for start, end in text.quotes[:1])
    shown["dateline"] = 0.0 if dateline is None else 1.0 if "(" in dateline.group() else _CITY_ONLY
    words["dateline"] = (dateline.group().strip(" -–—"),) if dateline else ()


_CITY_ONLY = 0.3  # how much a dateline shows that names a city and no agency: letters and columns begin so too
_WITHIN_FIGURES = (".", ",", ":", "\u00a0", "\u202f")


def _joined(text: Text, at: Sequence[int], between: Sequence[str]) -> list[Hit]:
    """Words that follow each other with one of the signs between them, as one: "870,000", "Buenos Aires"."""
    joined: list[Hit] = []
    for each in at:
        last = joined[-1] if joined else None
        if last is not None and last.after == each and text.content[text.ends[each - 1] : text.starts[each]] in between:
            joined[-1] = Hit("", last.first, each + 1)
        else:
            joined.append(Hit("", each, each + 1))
    return joined


def _places(content: str, sign: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(sign), content)] if sign in content else []


_LONGEST_SHOWN = 80  # code points of a passage that a reason quotes


def _ending(content: str, offset: int) -> str:
    """The sentence that a sign closes, or its end."""
    begin = max(content.rfind(sign, 0, offset) for sign in ("\n", ". ", "! ", "? ", "… ", ": "))
    piece = content[begin + 1 : offset + 1].strip()
    return piece if len(piece) <= _LONGEST_SHOWN else "… " + piece[-_LONGEST_SHOWN:].partition(" ")[2]


def shortened(piece: str, most: int = _LONGEST_SHOWN) -> str:
    """A passage, cut between words where it is long."""
    return piece if len(piece) <= most else piece[:most].rpartition(" ")[0] + " …"


# ---------------------------------------------------------------- all together


def _genre(
    marks: Sequence[tuple[str, Sign]], register: Register | None, declared: tuple[Declaration, ...], declares: bool, piece: Piece
) -> Genre:
    signs = [sign for _, sign in marks]
    if register is not None:
        signs += [_register_sign(name, WEIGHTS[name] * value, register.words[name]) for name, value in register.shown.items()]
    read = _of_register(register, len(piece.text.keys)) if register is not None else UNREAD
    log_odds = read + _of_marks([sign for _, sign in marks])
    likelihood = 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))
    told = sorted((sign for sign in signs if abs(sign.toward) >= _TELLING), key=lambda sign: -abs(sign.toward))
    is_opinion = likelihood >= OPINION_FROM
    return Genre(
        opinion=round(likelihood, 3),
        is_opinion=is_opinion,
        form=_form(marks, is_opinion),
        signs=tuple(told[:_MOST_SIGNS]),
        declarations=declared,
        declares=declares,
        why=_why(likelihood, is_opinion, told, register is None),
    )


UNREAD = -2.0  # one piece in eight is opinion where nothing is known of it
ENOUGH = 80  # words from which a text shows its register; a headline or a lead alone shows little of it, and is rarely opinion


def _of_marks(signs: Sequence[Sign]) -> float:
    """The strongest mark of either direction, and a little of the others."""
    total = 0.0
    for direction in (1, -1):
        strengths = sorted((sign.toward * direction for sign in signs if sign.toward * direction > 0), reverse=True)
        total += direction * (sum(strengths[:1]) + _FURTHER * sum(strengths[1:]))
    return total


def _of_register(register: Register, words: int) -> float:
    """The register's log-odds, bounded: it is never surer than what a page calls its own piece. The fewer words, the more
    counts what is known of any piece."""
    unread = (UNREAD - INTERCEPT) * max(0.0, 1 - words / ENOUGH)
    return max(-MOST_OF_REGISTER, min(MOST_OF_REGISTER, register.log_odds() + unread))


def _register_sign(name: str, toward: float, words: tuple[str, ...]) -> Sign:
    quoted = ", ".join(f"“{each}”" for each in words)
    return Sign(name, round(toward, 2), words, f"{_SAID[name]}: {quoted}" if quoted else _SAID[name])


def _form(marks: Sequence[tuple[str, Sign]], is_opinion: bool) -> Form:
    """What the page calls it where that agrees with the judgement, else opinion or report."""
    agreeing = [(sign.toward, mark) for mark, sign in marks if mark == "analysis" or (sign.toward > 0) == is_opinion]
    if not agreeing:
        return Form.OPINION if is_opinion else Form.REPORT
    mark = max(agreeing, key=lambda each: abs(each[0]))[1]
    return {"leaning": Form.OPINION, "reported": Form.REPORT}.get(mark) or Form(mark)


def _why(likelihood: float, is_opinion: bool, told: Sequence[Sign], unread: bool) -> str:
    agreeing = [sign.why for sign in told if (sign.toward > 0) == is_opinion][:3]
    verdict = "Reads as opinion" if is_opinion else "Reads as a report"
    because = (
        "; ".join(agreeing) if agreeing else "nothing marks it as opinion" if not is_opinion else "hardly anything marks it as a report"
    )
    note = " The register of its language is not read." if unread else ""
    return f"{verdict} ({100 * likelihood:.0f} % likely to be opinion): {because}.{note}"
