"""Who wrote the report, beside who published it: datelines, bylines, credits, attribution in the lead, the text of another.

A mere mention is no relay. Only what hands the report over counts: a name in a credit's place, or behind one of the phrases of
``relaying.py`` in the headline or the first sentences. Each origin keeps the words that show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from newsdesk import relaying
from newsdesk.agencies import CHANNELS, IN_DATELINES, OF_OUTLET
from newsdesk.articles import Article
from newsdesk.fingerprints import passages
from newsdesk.homonyms import doubted, is_part_of_more
from newsdesk.labels import NOBODY_CAN_SAY, Label, Origin, OriginKind
from newsdesk.moments import Hint, Hinted, Moment, Precision
from newsdesk.outlets import Outlet
from newsdesk.register import Named, Names, Register

__all__ = ["COPIED_FROM", "Earlier", "Origin", "OriginKind", "copied_origin", "credited", "credited_beside", "find_origins"]

LEAD_SENTENCES = 3
LEAD_CHARACTERS = 900
HEAD_LINES = 4
TAIL_CHARACTERS = 400
DATELINE_CHARACTERS = 110
LINE_CHARACTERS = 90  # a credit's own line is no longer
CONTEXT = 180  # characters before and behind a name that can hand a report over to it
COPIED_FROM = 0.6  # share of the later text's five-word runs from which it is the earlier one's (bench/origins.py)
_NOTHING = re.compile("")
_ORGANS = frozenset({"La Nación", "La República", "La Razón", "The World", "The Diplomat"})  # said of more than the paper
_CREDITS = frozenset({OriginKind.DATELINE, OriginKind.BYLINE, OriginKind.CREDIT, OriginKind.STATED, OriginKind.FEED})
_HINTS = {Hint.JSON_LD: OriginKind.STATED, Hint.FEED: OriginKind.FEED}


@dataclass(frozen=True)
class _Found:
    """A name in a place that hands the report over; ``start`` and ``end`` bound the words that show it."""

    kind: OriginKind
    named: Named
    where: str
    start: int
    end: int


@dataclass(frozen=True)
class Earlier:
    """A stored article of another outlet whose text a later one may have copied; ``label``, ``controller`` and ``why`` are its
    publisher's own, ``origins`` what is known of its author."""

    article_id: int
    outlet_id: str
    outlet_name: str
    text: str
    published: Moment | None
    label: Label
    controller: str | None
    why: str
    origins: Sequence[Origin] = ()


def find_origins(article: Article, outlet: Outlet | None, register: Register, published_on: date | None) -> tuple[Origin, ...]:
    """Whose report an article gives by its own words, each origin once, credits before attributions; empty where nobody but
    the publisher (``outlet``, None for one nobody knows) is named."""
    language = article.language.value if article.language else None
    title = article.title.value if article.title else ""
    found = [*_credits(article.text, register, language), *_stated(article.origin, register)]
    lead_end = _lead_end(article.text)
    around = f"{title}\n{article.text[:lead_end]}"
    spoken: list[_Found] = []
    if not _checks(title, article.text):
        spoken += _attributions(title, 0, len(title), "title", register, language, around)
        spoken += _attributions(article.text, 0, lead_end, "text", register, language, around)
    if spoken and relaying.VERDICT.search(article.text, 0, lead_end):
        spoken = []  # it judges what they told: they are its subject
    spoken = _without_subjects(spoken, title, article.text, register, language)
    carriers = _carriers(spoken, {"title": title, "text": article.text})
    own_report = any(register.is_own(each.named, outlet) for each in spoken if each not in carriers)
    own_report = own_report or relaying.OWN_REPORTING.search(article.text, 0, lead_end) is not None
    spoken = _with_countries(spoken, around)
    others = [each for each in _each_once([*found, *spoken]) if not register.is_own(each.named, outlet)]
    made = _without_repeats([_origin(each, article, register, language, published_on) for each in others])
    return _weighed(made, {_key(each) for each in carriers}, own_report)


def _checks(title: str, text: str) -> bool:
    """Whether the article checks what others told: then whom it names is its subject."""
    if relaying.CHECKS.search(title) or (not title and relaying.CHECKS.match(text[:120])):
        return True
    return title.endswith("?") and relaying.ASKS_WHETHER.search(title) is not None


def credited(text: str, known: Names, language: str | None = None) -> str | None:
    """The first name that dateline, byline or credit of a text give; None where it credits nobody."""
    first = next(_credits(text, known, language), None)
    return first.named.agency.name if first and first.named.agency else None


def credited_beside(lines: Sequence[str], known: Names) -> list[str]:
    """Agencies credited in the short lines around a headline ("Fonte: Agência Brasil")."""
    found = (each.named.agency for line in lines for each in _closing(line, 0, len(line), known, None))
    return [agency.name for agency in found if agency]


# --- Credits: where the text itself says who wrote it. ---


def _credits(text: str, known: Names, language: str | None) -> Iterator[_Found]:
    lines = _lines(text)
    for number, (start, end) in enumerate(lines):
        first, last = number < HEAD_LINES, number >= len(lines) - HEAD_LINES or end > len(text) - TAIL_CHARACTERS
        closing = 0 < number == len(lines) - 1 and end - start < 60
        if first and number < HEAD_LINES - 1 and not closing and not relaying.PICTURE_LINE.match(text[start : start + 60]):
            yield from _datelines(text, start, min(end, start + 250), known, language)
        if first or last:
            yield from _credit_line(
                text, start, end, OriginKind.BYLINE if first and number < len(lines) - 1 else OriginKind.CREDIT, known, language
            )
            yield from _closing(text, start, end, known, language)


def _lines(text: str) -> list[tuple[int, int]]:
    """Bounds of the first and last lines that hold anything."""
    bounds, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            bounds.append((start, start + len(line)))
        start += len(line) + 1
    return bounds if len(bounds) <= 2 * HEAD_LINES else [*bounds[:HEAD_LINES], *bounds[-HEAD_LINES:]]


def _datelines(text: str, start: int, end: int, known: Names, language: str | None) -> Iterator[_Found]:
    """``MOSCOW, Nov 3 (TASS) -``, ``/TASS/``, ``Caracas, 7 nov. AVN.-``, ``CGTN — ...`` at the beginning of a line."""
    line = text[start:end]
    for group in relaying.GROUP.finditer(line):
        before, behind = line[: group.start()], line[group.end() :]
        goes_on = bool(text[start + group.end() :].strip(" .)]\n"))
        if (
            goes_on
            and relaying.DATELINE_BEFORE.match(before)
            and relaying.DATELINE_AFTER.match(behind)
            and not known.agency(before.strip(" .,"))
        ):
            names = _only_names(text, start + group.start(), start + group.end(), known, language)
            bounds = start + group.start(), start + group.end()
            spelled = group.group(1) or group.group(2) or ""
            textbook = _is_textbook(before, spelled, line[group.end() :], bool(names))
            if textbook and not names:
                names = [Named(start + group.start() + 1, start + group.end() - 1, spelled, None)]
            if textbook or any(not name.shy or _is_dated(before, name) for name in names):
                yield from (_whole(OriginKind.DATELINE, name, text, *bounds) for name in names)
    yield from _behind_bar(text, start, min(end, start + DATELINE_CHARACTERS), known)
    for name in known.names_in(text, start, min(end, start + DATELINE_CHARACTERS), language):
        if _stands_alone(text[start : name.start], text[name.end : end], name):
            yield _Found(OriginKind.DATELINE, name, "text", name.start, name.end)


def _behind_bar(text: str, start: int, end: int, known: Names) -> Iterator[_Found]:
    """``PEQUIM | XINHUA A Administração``: agencies in capitals between a bar and the text, the longest name at each place."""
    found = relaying.BEHIND_BAR.match(text[start:end]) if "|" in text[start:end] else None
    for piece in relaying.IN_NAMES.finditer(found["names"]) if found else ():
        words = piece.group().split(" ")
        for count in range(len(words), 0, -1):
            spelled = " ".join(words[:count])
            agency = known.agency(spelled)
            if agency is not None and found is not None and not any(len(word) > 3 for word in words[count:]):
                first = start + found.start("names") + piece.start()
                yield _Found(OriginKind.DATELINE, Named(first, first + len(spelled), spelled, agency), "text", first, first + len(spelled))
                break


def _is_textbook(before: str, spelled: str, behind: str, known: bool) -> bool:
    """``ALGIERS (APS) -``: capitals of an agency, known or not, between a place and the stroke before the text. A place in small
    letters without a day needs a known agency, for it may be a person with his party; no short form of the place or firm."""
    place = before.strip(" ,.")
    letters = iter("".join(each for each in place.upper() if each.isalpha()))
    shortened = all(letter in letters for letter in spelled)
    is_place = place.isupper() or _has_day(before) or (known and place.isalpha())
    stroke = relaying.DATELINE_STROKE.match(behind) is not None and relaying.AGENCY_LETTERS.match(spelled) is not None
    return stroke and is_place and bool(place[:1].isalpha()) and not shortened and spelled not in relaying.NO_AGENCY


def _stands_alone(before: str, behind: str, name: Named) -> bool:
    """Whether only a place and a day stand before a name, divided from it, and the text begins behind it."""
    place = before.rstrip()
    divided = not place or place[-1] in ".,:;/|–—-" or place[-1].isdigit()
    retweet = name.spelled == "RT" and behind.startswith(":")
    ends_line = not behind.strip() and place[-1:] in (("/", "-", "–", "—", "|") if name.shy else ("/", "-", "–", "—", "|", ",", "."))
    begins = not place and not name.shy and relaying.NAME_FIRST.match(behind) is not None
    follows = relaying.NAME_THEN_TEXT.match(behind) is not None or ends_line or begins
    return (
        divided
        and follows
        and relaying.DATELINE_BEFORE.match(before) is not None
        and not retweet
        and (
            not name.shy
            or _has_day(before)
            or (name.spelled in IN_DATELINES and behind.lstrip()[:1] == "/")
            or _follows_place(before, name, behind)
        )
    )


def _follows_place(before: str, name: Named, behind: str) -> bool:
    """``BRIDGETOWN, Barbados, CMC –``: capitals behind a place in capitals, a stroke behind them."""
    place = before.partition(",")[0].strip()
    capitals = relaying.AGENCY_LETTERS.match(name.spelled) is not None and before.rstrip().endswith(",")
    return capitals and place.isupper() and len(place) > 3 and relaying.DATELINE_STROKE.match(behind) is not None


def _has_day(before: str) -> bool:
    return relaying.HAS_DAY.search(before) is not None


def _is_dated(before: str, name: Named) -> bool:
    """Whether a doubtful name in brackets stands in a dateline: behind a day, or, where it is usual, behind a place that the
    brackets do not merely shorten."""
    initials = "".join(word[0] for word in before.split() if word[:1].isupper())
    return _has_day(before) or (name.spelled in IN_DATELINES and bool(before.strip()) and not initials.endswith(name.spelled.upper()))


def _credit_line(text: str, start: int, end: int, kind: OriginKind, known: Names, language: str | None) -> Iterator[_Found]:
    """A line that is nothing but names and the words of a credit: ``Por Prensa Latina``, ``(Con información de AVN)``."""
    if end - start > LINE_CHARACTERS or relaying.PICTURE_LINE.match(text[start:end]):
        return
    if kind is not OriginKind.CREDIT and "©" in text[start:end]:
        return
    for bounds in dict.fromkeys(((start, end), _without_place(text, start, end))):
        names = _only_names(text, *bounds, known, language) if bounds[0] < bounds[1] else []
        if names:
            yield from (_whole(kind, name, text, *bounds) for name in names if _is_sure(names))
            return
    signs = relaying.SIGNS.match(text, start, end) if kind is OriginKind.BYLINE else None
    if signs is not None:
        yield from (_whole(kind, name, text, start, end) for name in _signed_for(text, signs.end(), end, known, language))


def _signed_for(text: str, start: int, end: int, known: Names, language: str | None) -> list[Named]:
    """The agencies for which a person signs: ``By Xinhua writers Li Wenbo and Zhao Kai``."""
    names = list(known.names_in(text, start, end, language))
    if not names or not _is_sure(names):
        return []
    between = zip([start, *(name.end for name in names)], [*(name.start for name in names), end], strict=True)
    rest = (relaying.FILLER.sub("", relaying.SIGNER.sub("", text[first:last])) for first, last in between if first < last)
    return [] if any(rest) else names


def _is_sure(names: Sequence[Named]) -> bool:
    """Whether names in one credit are agencies': one that can mean nothing else makes those beside it sure ("AP e Xinhua")."""
    return not all(name.shy for name in names)


def _without_place(text: str, start: int, end: int) -> tuple[int, int]:
    """A byline's bounds without the place before or behind it."""
    behind, before = relaying.IN_PLACE.search(text, start, end), relaying.PLACE_FIRST.match(text[start:end])
    return start + (before.end() if before else 0), behind.start() if behind else end


def _only_names(text: str, start: int, end: int, known: Names, language: str | None) -> list[Named]:
    """The names between two offsets, if nothing else stands there but a credit's words."""
    names = list(known.names_in(text, start, end, language))
    if not names:
        return []
    between = zip([start, *(name.end for name in names)], [*(name.start for name in names), end], strict=True)
    rest = [(first, last) for first, last in between if relaying.FILLER.sub("", text[first:last])]
    others = [_in_capitals(text, first, last, known) for first, last in rest]
    return sorted([*names, *(each for each in others if each)], key=lambda name: name.start) if all(others) else []


def _in_capitals(text: str, start: int, end: int, known: Names) -> Named | None:
    """The name that is all of a piece of a credit, in whichever capitals: ``(BELGA/AFP)``."""
    piece = text[start:end].strip(" /|,;()[]–—-")
    agency = known.agency(piece) if piece.isupper() else None
    return Named(first := text.index(piece, start), first + len(piece), piece, agency, True) if agency else None


def _closing(text: str, start: int, end: int, known: Names, language: str | None) -> Iterator[_Found]:
    """``Fuente: HispanTV``, ``... said the police. (AFP)``, ``... /ABI``: credits within a line or at its end."""
    begin = max(start, end - TAIL_CHARACTERS)
    for cluster in _clusters(text, known.names_in(text, begin, end, language)):
        before, behind = text[max(start, cluster[0].start - 90) : cluster[0].start], text[cluster[-1].end : end]
        credited = relaying.CREDIT_BEFORE.search(before)
        closes = behind.strip(" .)]/|–—-\"'”»") == "" and _opens_credit(before)
        alone = _ends_line(text[start:end], before, behind, cluster) or _ends_text(text, start, end, cluster, before, behind)
        closes = closes or alone or _ends_sentence(text, begin, end, cluster, before, behind)
        last = not text[end:].strip() and (end - start > LINE_CHARACTERS or len(text[:start].strip()) > LINE_CHARACTERS)
        sure = alone or (last and _signs_off(cluster, before, behind))
        credited = None if credited is not None and _is_prose(credited, before, behind) else credited
        denied = credited is not None and relaying.DENIED_REPORT.search(before) is not None
        if (credited is None and not closes) or denied or _is_picture(text[start : cluster[0].start], before):
            continue
        began = cluster[0].start - (len(before) - credited.start() if credited else 1)
        yield from (
            _Found(OriginKind.CREDIT, name, "text", began, cluster[-1].end) for name in cluster if credited or sure or _is_sure(cluster)
        )


def _is_prose(credited: re.Match[str], before: str, behind: str) -> bool:
    """Whether a piece that it published is spoken of, "o artigo publicado pela RT usa uma foto", and not credited."""
    if relaying.PIECE_FIRST.match(credited.group()) is None or relaying.ENDS_PIECE.match(behind) is not None:
        return False
    return before[: credited.start()].rstrip()[-1:] not in ("", *'.!?)]»”"\n')


def _opens_credit(before: str) -> bool:
    """Whether a sentence's end and a bracket, with a credit's words or none, or a stroke stand before a name: ``... (avec ``."""
    opened = relaying.CLOSES.search(before)
    return opened is not None and not relaying.FILLER.sub("", opened["inside"] or "")


def _ends_line(line: str, before: str, behind: str, cluster: Sequence[Named]) -> bool:
    """``... he said on Thursday. PTI``: nothing but the name behind the last full stop of a line too long for a caption."""
    acronym = all(name.spelled.isupper() or not name.shy for name in cluster)
    return acronym and len(line) > LINE_CHARACTERS and not behind.strip(" .") and relaying.SENTENCE_STOP.search(before) is not None


def _ends_text(text: str, start: int, end: int, cluster: Sequence[Named], before: str, behind: str) -> bool:
    """The same in a shorter last line, if the name is an acronym; or a last line that is nothing but a name in brackets."""
    if text[end:].strip() or len(text[:start].strip()) <= LINE_CHARACTERS or behind.strip() not in ("", ".", ")", ").", "]"):
        return False
    if _are_initials(cluster):
        return False
    bare = all(name.spelled.isupper() for name in cluster) and not behind.strip(" .") and relaying.SENTENCE_STOP.search(before) is not None
    return bare or (before.strip() in ("(", "[") and behind.strip()[:1] in (")", "]"))


def _ends_sentence(text: str, start: int, end: int, cluster: Sequence[Named], before: str, behind: str) -> bool:
    """``... said the police (AFP).`` as the last words of a text: in brackets before the stop, and no short form of what stands there."""
    if text[end:].strip() or not before.endswith("(") or behind.strip() not in (").", ")") or cluster[0].start - start < 60:
        return False
    capitals = "".join(word.strip("(«“\"'")[:1] for word in before[:-1].split()[-6:] if word[:1].isupper())
    name = cluster[0].agency
    defined = name is not None and any(len(each) > 5 and each in before for each in name.spellings)
    return not defined and not capitals.endswith(cluster[0].spelled.upper()) and not cluster[0].shy


def _signs_off(cluster: Sequence[Named], before: str, behind: str) -> bool:
    """``... the prosecutor said. (Belga)``: a name behind the last stop of a text is its author, whatever else it means, unless
    two letters may be somebody's initials."""
    return not _are_initials(cluster) and relaying.SIGNS_OFF.search(before) is not None and not behind.strip(" .)]|–—-")


def _are_initials(cluster: Sequence[Named]) -> bool:
    """Whether two letters among names may be somebody's initials."""
    return any(len(name.spelled) < 3 and not (name.agency and name.spelled == name.agency.name) for name in cluster)


def _is_picture(line: str, before: str) -> bool:
    """Whether a credit is a picture's: the word stands in the label itself, not in the prose before it."""
    label = (
        relaying.LABEL.split(before.rstrip(" ([/|–—-"))[-1] if before.rstrip().endswith(("(", "[")) else relaying.LABEL.split(before)[-1]
    )
    prose = before.rstrip().endswith(("(", "[", "/")) and len(line) > 60
    return (not prose and relaying.PICTURE.search(label[-50:]) is not None) or (
        len(line) < 110 and relaying.PICTURE_LINE.match(line) is not None
    )


def _stated(hinted: Hinted[str] | None, register: Register) -> Iterator[_Found]:
    """What byline, structured data and feed name, as the reader found it; what it took from the text is read here."""
    if hinted is None:
        return
    for hint, name in ((hinted.hint, hinted.value), *hinted.others):
        if hint is not Hint.TEXT:
            yield _Found(_HINTS.get(hint, OriginKind.BYLINE), Named(0, len(name), name, register.agency(name)), hint.value, 0, len(name))


def _whole(kind: OriginKind, name: Named, text: str, start: int, end: int) -> _Found:
    """A name with the words from ``start`` to ``end`` around it, blanks left out."""
    inside = text[start:end]
    return _Found(kind, name, "text", start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip()))


# --- Attribution: where headline or lead hands the report over. ---


def _lead_end(text: str) -> int:
    """Where the first sentences end; a line of fewer than 40 characters is a dateline or a byline and counts for none."""
    count, begin = 0, 0
    for end in relaying.SENTENCE_END.finditer(text, 0, LEAD_CHARACTERS):
        if end.start() - begin >= 40:
            count += 1
        begin = end.end()
        if count == LEAD_SENTENCES:
            return end.end()
    return min(len(text), LEAD_CHARACTERS)


def _attributions(text: str, start: int, end: int, where: str, known: Names, language: str | None, around: str) -> Iterator[_Found]:
    told = 0  # sentences before this one, without datelines and bylines
    for begin, stop in _sentences(text, start, end):
        found = doubted([*known.names_in(text, begin, stop, language), *_of_two_papers(text, begin, stop, known)], text, around)
        names = _with_unnamed(text, begin, stop, found)
        later, told = told > 0, told + (stop - begin >= 40)
        for cluster in _clusters(text, names):
            shown = _handed_over(text, begin, stop, cluster, later) or (_headed(text, begin, stop, cluster) if where == "title" else None)
            if shown is not None:
                yield from (_Found(OriginKind.ATTRIBUTION, name, where, *shown) for name in cluster)


def _without_subjects(spoken: Sequence[_Found], title: str, text: str, known: Names, language: str | None) -> list[_Found]:
    """What was found, without what those with whom the headline begins ("Sputnik and RT grow in Brazil") say themselves below the
    first sentence: they answer there. A headline's own attribution ("TASS says ...") makes them no subject."""
    if not any(_tells_itself(each, text) for each in spoken):
        return list(spoken)
    cluster = next(_clusters(title, list(known.names_in(title, 0, len(title), language))), [])
    begins = cluster and relaying.OPENS_HEADLINE.match(title[: cluster[0].start]) and relaying.GOES_ON.match(title[cluster[-1].end :])
    keys = {name.agency.name for name in cluster if name.agency} if begins else set()
    keys -= {_key(each) for each in spoken if each.where == "title"}
    first = next((stop for begin, stop in _sentences(text, 0, len(text)) if stop - begin >= 40), 0) if keys else 0
    return [each for each in spoken if not (_key(each) in keys and each.start >= first and _tells_itself(each, text))]


def _tells_itself(found: _Found, text: str) -> bool:
    """Whether it is a verb behind the name, in the text, that hands the report over."""
    return found.where == "text" and any(each.isalpha() for each in text[found.named.end : found.end])


def _of_two_papers(text: str, start: int, end: int, known: Names) -> Iterator[Named]:
    """``el diario mexicano El Universal``: a paper of a name that several bear, with the word beside it that says which."""
    for match in relaying.EL_UNIVERSAL.finditer(text, start, end) if "El Universal" in text[start:end] else ():
        near = (match["before"] or match["before_en"] or match["behind"] or "").lower()
        agency = known.agency("El Universal de México" if near.startswith("m") else "El Universal de Caracas")
        if near:
            yield Named(match.start("name"), match.end("name"), match["name"], agency)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for found in relaying.SENTENCE_END.finditer(text, start, end):
        yield begin, found.end()
        begin = found.end()
    if begin < end:
        yield begin, end


def _with_unnamed(text: str, start: int, end: int, names: list[Named]) -> list[Named]:
    """The names, and state media or agencies that stand in the sentence without a name we know beside them."""
    sentence = text[start:end]
    if "state-" in sentence or "government-" in sentence:
        names = [*names, *_state_run(text, start, end, names)]
    if relaying.may_name_nobody(sentence):
        names = [*names, *_described(text, start, end, names)]
    if relaying.AN_AGENCY.search(sentence):
        names = [*names, *_agencies(text, start, end, names)]
    return sorted(names, key=lambda name: name.start)


def _state_run(text: str, start: int, end: int, names: Sequence[Named]) -> Iterator[Named]:
    """``state-run Radio Rebelde``: names that no list has, with the word for what they are."""
    for match in relaying.STATE_RUN_NAME.finditer(text, start, end):
        if not any(name.start < match.end() and match.start() < name.end for name in names):
            yield Named(match.start(), match.end(), match["name"], None, False, _country(match["whose"] or match["name"]))


def _described(text: str, start: int, end: int, names: Sequence[Named]) -> Iterator[Named]:
    """``Iranian state television``, with the name behind it that no list has, if there is one."""
    for match in relaying.UNNAMED.finditer(text, start, end):
        if not any(_is_beside(name, match, text) for name in names):
            country = _country(match.group())
            if country or relaying.SURELY_STATE.search(match.group()):
                yield _with_its_name(match, text, end, country)


def _is_beside(name: Named, described: re.Match[str], text: str) -> bool:
    """Whether a description of state media only says what a name is that stands within it, before it or behind it."""
    first, last = sorted(((name.start, name.end), described.span()))
    return last[0] - first[1] < 60 and relaying.BESIDE.match(text[first[1] : last[0]]) is not None


def _agencies(text: str, start: int, end: int, names: Sequence[Named]) -> Iterator[Named]:
    """``la agencia de noticias Kontra``: agencies that no list has."""
    for match in relaying.NAMED_AGENCY.finditer(text, start, end):
        number = match.lastindex or 1
        known = any(name.start < match.end() + 20 and match.start() < name.end for name in names)
        if not known and not _country(match.group(number)):
            yield Named(match.start(number), match.end(number), match.group(number), None)


def _with_its_name(match: re.Match[str], text: str, end: int, country: str) -> Named:
    """State media that the text describes, under the name that stands behind the description, if one does."""
    form = relaying.ITS_NAME if relaying.HAS_A_NAME.search(match.group()) else relaying.ITS_LETTERS
    behind = form.match(text, match.end(), end)
    if behind is None:
        return Named(match.start(), match.end(), match.group(), None, False, country)
    return Named(match.start(), behind.end(), behind["name"], None, False, country)


def _with_countries(spoken: Sequence[_Found], around: str) -> list[_Found]:
    """What was found, state media that give no country ("state television said") with the one that headline and first sentences
    name, if they name no other."""
    if not any(each.named.country == "" for each in spoken):
        return list(spoken)
    named = [code for code, forms in relaying.COUNTRY_WORD.items() if forms.search(around)]
    country = named[0] if len(named) == 1 else ""
    return [replace(each, named=replace(each.named, country=country)) if each.named.country == "" else each for each in spoken]


def _country(words: str) -> str:
    """The state whose name or adjective stands in some words, "" where none does."""
    return next((code for code, forms in relaying.COUNTRY_WORD.items() if forms.search(words)), "")


def _clusters(text: str, names: Iterator[Named] | Sequence[Named]) -> Iterator[list[Named]]:
    """Names that are said in one breath: "AFP, Reuters and TASS"."""
    cluster: list[Named] = []
    for name in names:
        if cluster and not (name.start - cluster[-1].end <= 60 and relaying.JOINT.match(text[cluster[-1].end : name.start])):
            yield cluster
            cluster = []
        cluster.append(name)
    if cluster:
        yield cluster


def _handed_over(text: str, start: int, end: int, cluster: Sequence[Named], later: bool) -> tuple[int, int] | None:
    """The bounds of the words that hand the report over to the names, None where they are merely mentioned."""
    first, last = _with_quotes(text, start, end, cluster[0].start, cluster[-1].end)
    before, behind = text[max(start, first - CONTEXT) : first], text[last : min(end, last + CONTEXT)]
    if _is_part_of_more(behind) or _is_background(text[start:first]) or relaying.CAPTION.search(before[-80:]):
        return None
    phrase = relaying.phrase_before_name(before)
    if phrase is not None and (relaying.NOT_ANSWERED.search(before) or relaying.PICTURE_OF_IT.search(before)):
        return None
    told = before[: phrase.start()] if phrase is not None else before
    if _is_criticised(text[start:first], told, text[last:end]) or _is_earlier(told, before[len(told) :], behind, later):
        return None
    if phrase is not None and _is_on_air(before, phrase, cluster):
        return None
    if phrase is not None and not _speaks_of_it(phrase, text[start:first], told, behind):
        shown = (first - len(before) + phrase.start(), last)
    else:
        verb = _told_by_it(before, behind, cluster)
        if verb is None or (later and relaying.WARNS.search(verb.group())) or _tells_of_itself(text[start:first], behind[verb.end() :]):
            return None
        shown = (first, last + verb.end())
    if not all(name.shy for name in cluster) or relaying.SAYS_WHAT_IT_IS.search(before[-30:] + " " + behind[:30]):
        return shown
    return shown if _is_outright(cluster, before, before[phrase.end("plain") :] if phrase and phrase["plain"] else None) else None


def _told_by_it(before: str, behind: str, cluster: Sequence[Named]) -> re.Match[str] | None:
    """The words behind names with which they, or their correspondents, tell the report, or somebody tells it to them."""
    said = relaying.SAID_THERE.match(behind) if relaying.TO_IT_FIRST.match(before) else None
    if said is not None:
        return said
    if relaying.TOLD_IT.search(before) and relaying.THAT.match(behind):
        return _NOTHING.match(behind)
    if any(name.agency is not None and name.agency.name in CHANNELS for name in cluster) and relaying.SAID_ON.search(before):
        return _NOTHING.match(behind)
    if relaying.A_CORRESPONDENT.search(before):
        saw = relaying.ITS_CORRESPONDENT.search(before)
        return _NOTHING.match(behind) if saw else relaying.CORRESPONDENT_TOLD.match(behind)
    if _saw_or_passed_on(before, behind):
        return _NOTHING.match(behind)
    if relaying.NOT_THE_SUBJECT.search(before) or relaying.IN_ANOTHERS_WORDS.search(before):
        return None
    return relaying.behind_name().match(behind) or relaying.ITS_CORRESPONDENT_TOLD.match(behind)


def _saw_or_passed_on(before: str, behind: str) -> bool:
    """Whether a name had a paper before it ("un informe al que RT tuvo acceso"), or hands on what one before it told."""
    if relaying.SAW_IT.match(behind):
        return relaying.SEEN_PAPER.search(before) is not None
    return relaying.PASSED_IT_ON.match(behind) is not None and relaying.PASSES_ON.search(before) is not None


def _with_quotes(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The bounds of names with the quotation marks or stars around them (``segundo o "Granma"``), or with what they are short for
    before their brackets."""
    opened, closed = relaying.OPENS_QUOTE.search(text, max(start, first - 2), first), relaying.CLOSES_QUOTE.match(text, last, end)
    if text[first - 1 : first] == "(" and text[last : last + 1] == ")":
        spelled_out = relaying.EXPANDED.search(text, max(start, first - 80), first)
        return (spelled_out.start(), last + 1) if spelled_out else (first, last)
    if opened and closed is None and relaying.CLOSES_QUOTE.search(text, first, last):
        return opened.start(), last  # the first of several names
    return (opened.start(), closed.end()) if opened and closed else (first, last)


def _is_outright(cluster: Sequence[Named], before: str, between: str | None) -> bool:
    """Whether doubtful names are written as a paper's: "según El País", "dijo a Semana", "informó El País". ``between`` stands
    behind the phrase that hands the report over outright (None where another does). What is not a word, an acronym, or the name
    of a state's organ ("La Nación anunció") stays doubtful."""
    for name in cluster:
        wordy = len(name.spelled) >= 5 and not name.spelled.isupper()
        titled = " " in name.spelled and name.spelled not in _ORGANS
        mid_sentence = bool(before.strip())
        if name.shy and not (wordy and (titled if between is None else mid_sentence and (titled or not between.strip()))):
            return False
    return True


def _is_part_of_more(behind: str) -> bool:
    """Whether a name goes on (Reuters Institute, Sputnik V) or owns what follows (RT's budget)."""
    return relaying.COMPOUND.match(behind) is not None or relaying.POSSESSIVE.match(behind) is not None or is_part_of_more(behind)


def _is_criticised(before: str, told: str, behind: str) -> bool:
    """Whether what it told or showed is the object of anger, of criticism or of a check, and so the subject of the report."""
    if relaying.FALSE_THAT.search(before) or relaying.FOUND_OUT.search(behind) or relaying.REACTION_BEHIND.match(behind):
        return True
    if relaying.TAKEN_ELSEWHERE.search(behind) and _is_of_pictures(before, behind):
        return True
    if (
        relaying.DENIED_REPORT.search(before)
        or relaying.AFTER_REMARKS.search(before)
        or (relaying.ITS_REPORT.match(behind) and relaying.CRITICISES_NEXT.search(before))
    ):
        return True
    act = relaying.CRITICISED.search(before)
    if act is None or not relaying.IN_INTERVIEW.search(before, act.end("act")):
        return act is not None
    # "He rejected the remarks of X in an interview with RT" may be RT's: who criticises the interview is many, or tells of it.
    own = relaying.BEGINS_INTERVIEW.search(before, act.end("act"))
    return own is None or relaying.ALSO_TOLD.match(behind) is not None or relaying.MANY.search(act["act"]) is not None


def _is_of_pictures(before: str, behind: str) -> bool:
    """Whether pictures that it showed are spoken of, and not told of by it ("TASS said that photographs were taken")."""
    return relaying.PICTURED.search(before) is not None or (
        relaying.PICTURED.search(behind) is not None and relaying.TELLS_THAT.match(behind) is None
    )


def _is_earlier(told: str, phrase: str, behind: str, later: bool) -> bool:
    """Whether the name was told it, or told it, before the news: background in a later sentence, or dated years back."""
    if relaying.SAID_YEARS_AGO.match(behind):
        return True
    if not later:
        return False
    if relaying.PLUPERFECT.search(told) or relaying.PLUPERFECT_TOLD.search(phrase) or relaying.EARLIER_TOLD.match(behind):
        return True
    return relaying.SAID_BACK_THEN.match(behind) is not None or (
        relaying.IN_INTERVIEW.search(phrase) is not None and relaying.HAD_DONE.match(behind) is not None
    )


def _is_on_air(before: str, phrase: re.Match[str], cluster: Sequence[Named]) -> bool:
    """Whether it only showed a speech: an act that it broadcast, or words said on television that nobody names."""
    shown = relaying.ON_AIR.search(before)
    if shown is None or shown.end() <= phrase.start():
        return False
    return phrase["plain"] is None or all(name.country is not None for name in cluster)


def _is_background(before: str) -> bool:
    """Whether the sentence begins by telling of another time: "Last year TASS reported ..."."""
    ago = relaying.LONG_AGO.search(before[:45])
    return ago is not None and ago.start() <= 12 and len(before) - ago.end() <= 25


def _speaks_of_it(phrase: re.Match[str], before: str, told: str, behind: str) -> bool:
    """Whether the words before a name make it the subject of the report, not its source; ``told`` stands before those words."""
    if relaying.OFFICER.match(behind) or relaying.ASKS_WHY.search(before):
        return True
    verb = phrase["plain"] or phrase["telling"] or ""
    if (
        relaying.NAMES_AN_OBJECT.match(verb)
        and not relaying.ENDS_SAYING.search(told)
        and not relaying.BY_IT.match(phrase.string[phrase.end(phrase.lastgroup or 0) :])
        and not (phrase["plain"] and relaying.SAYS_THAT.match(behind))
    ):
        return True
    if phrase["plain"] is not None:
        if relaying.DONE_TO.search(phrase["plain"]):
            return True
        to_do = phrase["plain"].lower().startswith("t") and relaying.TOLD_TO_DO.match(behind) is not None
        return to_do or relaying.OF_ITS_PERMIT.match(behind) is not None
    if phrase["piece"] is not None and not (relaying.behind_name().match(behind) or relaying.PIECE_SHOWS.match(behind)):
        return True
    return _tells_of_itself(before, behind)


def _tells_of_itself(before: str, behind: str) -> bool:
    """Whether what it tells is false news, or news of its own house."""
    return relaying.FALSEHOOD.search(before) is not None or relaying.OF_ITSELF.match(behind) is not None


def _headed(text: str, start: int, end: int, cluster: Sequence[Named]) -> tuple[int, int] | None:
    """``Russia to sell wheat: TASS``, ``TASS: Russia to sell wheat``."""
    first, last = cluster[0].start, cluster[-1].end
    before, behind = text[start:first], text[last:end]
    if any(name.shy for name in cluster) or relaying.TITLE_QUESTION.search(text, start, end):
        return None
    if not behind.strip(" .)»”") and (relaying.TITLE_END.search(before) or before.rstrip().endswith("(")):
        return first, last
    return (first, last) if len(cluster) == 1 and not before.strip() and behind.startswith(":") and text[first:last] != "RT" else None


# --- From names to origins. ---


def _each_once(found: Sequence[_Found]) -> list[_Found]:
    """The first place in which each name stands: credits come before attributions."""
    once: dict[str, _Found] = {}
    for each in found:
        once.setdefault(_key(each) if each.named.agency else f"{_key(each)}/{each.named.country}", each)
    return list(once.values())


def _key(found: _Found) -> str:
    return found.named.agency.name if found.named.agency else found.named.spelled


def _carriers(spoken: Sequence[_Found], texts: Mapping[str, str]) -> list[_Found]:
    """Those that only pass on what another one told, "Reuters reported, citing TASS": no second source beside it."""
    return [one for one in spoken if any(_carries(one, other, texts[one.where]) for other in spoken if other.where == one.where)]


def _carries(one: _Found, other: _Found, text: str) -> bool:
    if one.start < other.start:
        cites = relaying.CITING.match(text[other.start : other.end])
        return cites is not None and relaying.IN_ONE_SENTENCE.match(text[one.end : other.start]) is not None
    if relaying.PASSED_ON.match(text[other.named.end : one.named.end + 40]) or _says_it_told(one, other, text):
        return True
    cited = relaying.CITED_BY.match(text[one.start : one.end]) is not None
    return cited and one is not other and relaying.SIDE_BY_SIDE.match(text[max(other.end, other.named.end) : one.start]) is not None


def _says_it_told(one: _Found, other: _Found, text: str) -> bool:
    """Whether one says what the name just before it told: "informó IRNA, según Efe", "as saying by TASS, Reuters reports"."""
    if one.start == other.start:
        told = other.start < other.named.start and relaying.NEXT_SAYS.match(text[other.named.end : one.named.start])
        return told is not None and relaying.behind_name().match(text[one.named.end : one.named.end + CONTEXT]) is not None
    between, words = text[max(other.end, other.named.end) : one.start], text[one.start : one.named.start]
    return relaying.NEXT_CLAUSE.match(between) is not None and relaying.SAYS_IT_TOLD.match(words) is not None


def _origin(found: _Found, article: Article, register: Register, language: str | None, on: date | None) -> Origin:
    named, texts = found.named, {"title": article.title.value if article.title else "", "text": article.text}
    voice = register.voice(named, language, on)
    return Origin(
        kind=found.kind,
        name=named.agency.name if named.agency else named.spelled,
        outlet_id=voice.outlet_id,
        controller=voice.provenance.controller,
        label=voice.provenance.label,
        words=texts.get(found.where, named.spelled)[found.start : found.end],
        where=found.where,
        start=found.start,
        end=found.end,
        article_id=None,
        why=voice.provenance.why,
    )


def _without_repeats(origins: Sequence[Origin]) -> list[Origin]:
    """The origins without "the state agency" and the like where a state's outlet, named beside it, is the one that is meant."""
    named = [each for each in origins if each.outlet_id and each.controller]
    return [each for each in origins if not any(_means(each, other) for other in named)]


def _means(unnamed: Origin, named: Origin) -> bool:
    """Whether state media without a name or a country may be the one named: an agency where no state is labelled."""
    if unnamed.outlet_id is not None or _country(unnamed.name) or relaying.UNNAMED.fullmatch(unnamed.name) is None:
        return False
    if unnamed.controller not in (None, named.controller):
        return False
    return named.label is Label.STATE_MEDIA or relaying.AN_AGENCY.search(unnamed.name) is not None


def _weighed(origins: Sequence[Origin], carriers: Set[str], own_report: bool) -> tuple[Origin, ...]:
    """The origins, those of a labelled or unknown voice set aside where the report does not rest on them alone: where a credit
    names an independent author beside them, or the lead an independent source (no mere carrier) or the newsroom's own reporting."""
    credits = [each for each in origins if each.kind in _CREDITS]
    spoken = [each for each in origins if each.kind not in _CREDITS]
    return (*_beside(credits, set(), ""), *_beside(spoken, carriers, "the newsroom's own reporting" if own_report else ""))


def _beside(origins: Sequence[Origin], carriers: Set[str], own: str) -> list[Origin]:
    independent = next((each.name for each in origins if each.label is Label.NOT_STATE_MEDIA and each.name not in carriers), own)
    if not independent:
        return list(origins)
    note = f" It stands beside {independent}, so the report does not rest on it alone and the label does not follow from it."
    return [each if each.label is Label.NOT_STATE_MEDIA else replace(each, counts=False, why=each.why + note) for each in origins]


# --- Copies. ---


def copied_origin(text: str, published: Moment | None, outlet_id: str, credited: Sequence[Origin], earlier: Earlier) -> Origin | None:
    """The origin that a text carries because it is an earlier article's, None where it is its own, where the other is later,
    or where its own credits name who wrote it. Where nobody can say which of the two was first, the label is UNKNOWN."""
    if earlier.outlet_id == outlet_id or any(each.kind in _CREDITS and each.counts for each in credited):
        return None
    order = _came_first(earlier.published, published)
    share = _share_copied(text, earlier.text) if order is not False else 0.0
    if share < COPIED_FROM:
        return None
    carried = next((each for each in earlier.origins if each.kind is not OriginKind.ATTRIBUTION and each.counts), None)
    label = carried.label if carried else earlier.label
    doubt = "" if order else f" {NOBODY_CAN_SAY}"
    unsure = not order or (carried is not None and carried.unsure)
    return Origin(
        kind=OriginKind.COPY,
        name=carried.name if carried else OF_OUTLET.get(earlier.outlet_id, earlier.outlet_name),
        outlet_id=carried.outlet_id if carried else earlier.outlet_id,
        controller=carried.controller if carried else earlier.controller,
        label=Label.UNKNOWN if unsure and label is Label.STATE_MEDIA else label,
        words="",
        where="text",
        start=0,
        end=0,
        article_id=earlier.article_id,
        why=f"{share:.0%} of its text stands in that article of {earlier.outlet_name}.{doubt} {carried.why if carried else earlier.why}",
        unsure=unsure,
    )


def _came_first(one: Moment | None, other: Moment | None) -> bool | None:
    """Whether one moment is before the other; None where they are not exact enough to say."""
    if one is None or other is None:
        return None
    if Precision.DAY in (one.precision, other.precision):
        return None if one.on == other.on else one.on < other.on
    return None if one.at == other.at else one.at < other.at


def _share_copied(text: str, earlier: str) -> float:
    """The share of a text's five-word runs that stand in an earlier one; 0 for a text too short to tell."""
    own, other = _runs(text), _runs(earlier)
    return len(own & other) / len(own) if len(own) >= 10 else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    return {tuple(run[at : at + 5]) for run in passages(text) for at in range(len(run) - 4)}
