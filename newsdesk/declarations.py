"""Declarations: an official or organ of a watched state says something against the United States, the West or their allies.

Who speaks is the first of those named before the verb (or right behind it, after a quotation), a person whom an earlier
sentence introduced by office and state, or whoever a pronoun stands for; in an interview, whoever answers. Against whom is a
name that follows. A verb of attack (condemns, accuses, rejects) is enough; an ordinary one (says, calls) needs a charge beside
it (imperialism, interference, blockade), and one that names ("calls the US 'a wolf'") needs quoted words that do not praise.
Decision 18.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from newsdesk.dialogue import Dialogue
from newsdesk.genre_words import DECLARATION_LISTS, GenreWords, LanguageWords
from newsdesk.judging import Match, TermKind
from newsdesk.kinds import Declaration
from newsdesk.wording import Hit, Text

LEAD_SENTENCES = 3  # a declaration in these, or in the title, is what the article is about
SHARE = 0.25  # or this part of its sentences, at least two
LONGEST_WORDS = 300  # code points of the sentence that are kept
_BEHIND = 7  # words behind a verb within which its subject is looked for
_NEAR, _FAR = 4, 25  # words between a name and its verb: without an office beside the name, and with one
_IN_HEADLINE = 12  # the same in a headline that begins with the state: it leaves its articles out and joins its verbs
_PRONOUN_REACHES = 3  # sentences back to whoever a pronoun stands for
_LONGEST_HEADLINE = 30  # words; more are a lead, where quoted words may tell anything
_QUOTE_BEHIND = 8  # words behind a target within which a quotation says what it is called
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ' ]{2,}(?:,[^\n.–—]{0,40}?|\s?\([^)\n]{0,30}\))?(?:\s?\.\s?[-–—]+|\s[-–—]+)\s?")
_OFFICE = 6  # words beside a name within which its office stands
_SHARE_WHERE_TITLED = 0.1  # the part that is enough where the headline names the state whose voice it is
_TARGET = "target:"
_READ = frozenset({*DECLARATION_LISTS, "not_target", "dated"})
# Words that begin an adverbial before the subject: "During a visit to the US, Iran's president condemned ..."
_OPENERS = frozenset(
    "after in with on during at as following amid while when tras en con durante ante después al luego após em com diante après dans avec "
    "lors face au depuis pendant depois nesta neste no na sobre acerca about regarding turning sur quant concernant do da de del".split()
)
# Words right behind a state that begins its sentence and is what the sentence is about, not an adjective of somebody else:
# "Venezuela on Thursday recalled its ambassadors and rejected ..."
_AFTER_STATE = frozenset(
    "on has have had also will is again said este esta ha también en sigue nesta neste na no também a ont s est vient".split()
)
_PRONOUNS = frozenset("he she they él ella ellos ellas ele ela eles elas il elle ils elles".split())
# What may stand between a pronoun and its verb.
_HELPERS = frozenset(
    "has had have also then ha han había habían también tinha tinham havia também a ont avait avaient est aussi se s".split()
)
# Words of a ministry's or office's name, which are no other person's or state's.
_PORTFOLIOS = frozenset(
    "foreign affairs defense defence interior economy exteriores relaciones defensa asuntos economía comercio hacienda comunicación "
    "relações exterior defesa comunicação economia fazenda finanças étrangères affaires armées défense économie finances state "
    "commerce trade finance republic república république".split()
)
# English words for a people: alone they are persons, not the state's voice ("Cuban doctors condemned ..."). In the other
# languages such a word has a small letter.
_PEOPLES = frozenset(
    "russian russians iranian iranians chinese cuban cubans venezuelan venezuelans nicaraguan nicaraguans bolivian bolivians belarusian "
    "belarusians belarussian syrian syrians korean koreans lebanese persian".split()
)
_SOURCES = frozenset("according segundo según selon".split())
_THEM = frozenset("him her them lui".split())
_US = frozenset("us nos nous".split())
_COPULAS = frozenset(
    "is are was were es son era eran é são foi est sont était étaient behaves behave behaved acts act acted actúa actúan comporta "
    "comportan conduce conducen age agem comportam conduit conduisent comporte comportent agit agissent".split()
)
# Beside these a country's name tells where somebody comes from: "a US citizen", "una turista estadounidense".
_CIVILIANS = frozenset(
    "citizen citizens national nationals man woman tourist tourists journalist journalists teacher student students ciudadano ciudadana "
    "ciudadanos turista turistas periodista periodistas profesor estudiante hombre mujer cidadão cidadã cidadãos jornalista jornalistas "
    "estudantes homem mulher citoyen citoyenne citoyens ressortissant ressortissante ressortissants touriste touristes journaliste "
    "journalistes étudiant homme femme".split()
)
_DIRECTED = frozenset("to against a para contra ao aos à aux contre pour".split())
_TRAVELS = frozenset(
    "fly flew flies flight flights travel travels travelled traveled trip trips went goes going return returned export exports exported "
    "shipment shipments viaje viajes viajar viajó viajará vuelo vuelos exportación exportaciones exportar viagem viagens voo voos "
    "exportação exportações voyage voyages exportations exporter rend rendra rendre".split()
)
_HEADS = frozenset("president presidente presidenta président présidente prime premier primer primeiro primeira premiê primera".split())
_CLOSING = frozenset("\"”»’'")
_WITHIN = frozenset("in en em na no nas nos dans".split())
# A target right behind these is a place or a partner unless something is charged: "an attack in the United States".
_PLACE_WORDS = frozenset("in at with en con em com nos na aux dans avec".split())

# A relative pronoun behind a noun: what follows says more of the noun. Behind the verb itself or a day it begins what is said.
_RELATIVE = frozenset("that which who whose where que cual cuyo cuya cuyos cuyas donde cujo cuja qui dont où".split())
_SUBJECT = 3  # words behind a relative pronoun within which its subject stands: "the sanctions that the US imposed"
# With "by" behind them, the target stands beside what is rejected: "a truce backed by the US".
_BACKED = frozenset(
    "backed supported brokered mediated sponsored respaldada respaldado apoyada apoyado auspiciada auspiciado mediada mediado apoiada "
    "apoiado patrocinada patrocinado soutenue soutenu appuyée appuyé parrainée parrainé".split()
)
_BY = frozenset("by por pela pelo pelos pelas par".split())
_JOINERS = frozenset("of de del da do dos das du des al el la s d l".split())  # words within a name: "Ministry of Defense"
_AND = frozenset("and y e et".split())
# What may stand before a state in the words that begin a sentence, beside offices and names.
_LED_BY = (
    _JOINERS
    | _PORTFOLIOS
    | frozenset(
        "the a an los las o os as le les un una uno um uma une for on para pour high senior top former ex visiting new alto altos".split()
    )
)
_NO_NAMES = frozenset("the a an el la los las o a os as le la les l un una uno um uma une".split())


def phrases_of(words: GenreWords, language: LanguageWords) -> Iterator[tuple[str, str]]:
    """The phrases of declarations with their tags, for the language's book."""
    for name in DECLARATION_LISTS:
        yield from ((phrase, name) for phrase in language.declarations.get(name, ()))
    for target in words.targets:
        yield from ((phrase, _TARGET + target.id) for phrase in target.words)
    yield from ((phrase, "not_target") for phrase in words.not_targets)


def declarations_in(
    title: Text,
    in_title: Sequence[Hit],
    text: Text,
    in_text: Sequence[Hit],
    matches: Sequence[Match],
    words: GenreWords,
    dialogue: Dialogue | None = None,
) -> tuple[Declaration, ...]:
    """Every declaration, the title's first; a sentence yields one at most. Names that the text introduces count in the title."""
    if not any(match.concept in words.speakers for match in matches):
        return ()
    fields = {"text": _Field("text", text, in_text, matches, words), "title": _Field("title", title, in_title, matches, words)}
    titled = fields["title"].guest()
    memory = _Memory(titled=titled[0] if titled else None)
    told = list(fields["text"].read(memory))
    headline = list(fields["title"].read(_Memory(people=memory.people)))
    if dialogue is not None and dialogue.form == "interview":
        guest = titled or fields["text"].guest(dialogue.spans[0][0])
        told += fields["text"].answers(*guest, dialogue, {each.start for each in told}) if guest else ()
    return (*headline, *told)


def makes_the_article(
    declared: Sequence[Declaration], text: Text, matches: Sequence[Match] = (), is_live: bool = False, dialogue: Dialogue | None = None
) -> bool:
    """Whether declarations are what the article is about. Questions are no sentences of its lead: answers are, and the first
    answers count as a lead does. Of what is told as it happens (``is_live``) under a headline that names the state, one is
    enough: it has no lead."""
    if any(each.where == "title" for each in declared):
        return True
    ends = [end for _, end in map(text.sentence, range(text.sentence_count)) if end and text.content[end - 1] != "?"]
    asked = dialogue.spans[0][0] if dialogue is not None and dialogue.form is not None else 0
    for begins in {0, asked}:
        lead = [end for end in ends if end > begins][:LEAD_SENTENCES]
        if any(begins <= each.start < end for each in declared for end in lead[-1:]):
            return True
    titled = {match.concept for match in matches if match.where == "title"}.issuperset(each.side for each in declared)
    if is_live and titled and declared:
        return True
    return len(declared) >= 2 and len(declared) >= (_SHARE_WHERE_TITLED if titled else SHARE) * text.sentence_count


@dataclass(frozen=True)
class _Named:
    """Somebody named in a sentence: a watched concept, a target or an opponent (``side`` None), by word numbers."""

    first: int
    after: int
    side: str | None
    target: str | None
    is_person: bool = False


@dataclass
class _Memory:
    """What reading a field from its beginning has shown: who spoke last, in which sentence; the state that a question just
    asked about; and the surnames of those who were introduced as a state's, with the state."""

    last: _Named | None = None
    number: int = -_PRONOUN_REACHES - 1
    asked: _Named | None = None
    titled: _Named | None = None  # the state whose office the headline names
    people: dict[str, str] = field(default_factory=dict)

    def before(self, number: int) -> _Before:
        """What a sentence may go on with."""
        back = number - self.number
        meant = self.last if back <= _PRONOUN_REACHES else None
        return _Before(self.last if back == 1 else None, meant, self.asked, meant or self.titled)


@dataclass(frozen=True)
class _Before:
    """Who spoke in the sentence before, whom a pronoun may stand for, what state the question before was about, and whose an
    official without a state may be."""

    spoke: _Named | None = None
    meant: _Named | None = None
    asked: _Named | None = None
    colleagues: _Named | None = None


@dataclass(frozen=True)
class _Field:
    """The title or the text, with what was found in it."""

    where: str
    text: Text
    hits: Sequence[Hit]
    matches: Sequence[Match]
    words: GenreWords

    def read(self, memory: _Memory) -> Iterator[Declaration]:
        """The declarations of its sentences, in order."""
        by_sentence, spoke, foreign = self._by_sentence(), self._spoke(), self._foreign()
        for number in sorted({*by_sentence, *spoke}):
            named = [*spoke[number], *self._known(number, memory.people, spoke[number])]
            sentence = _Sentence.of(self.text, number, by_sentence[number], named, self.where == "title", foreign[number])
            before = memory.before(number)
            told = sentence.declaration(before)
            if told is not None:
                yield _declaration(self.where, self.text, number, told, self.words, sentence.voice(told))
            self._remember(memory, sentence, before, number)

    def guest(self, until: int | None = None) -> tuple[_Named, str] | None:
        """The official of a watched state of whom the title, or the text up to an offset, speaks, and the name as printed: an
        interview's guest."""
        by_sentence, spoke = self._by_sentence(), self._spoke()
        for number, named in sorted(spoke.items()):
            if until is not None and self.text.sentence(number)[0] >= until:
                break
            who = _Sentence.of(self.text, number, by_sentence[number], named, False).introduced()
            if who is not None:
                return who, self.text.words(who.first, who.after)
        return None

    def answers(self, guest: _Named, name: str, dialogue: Dialogue, known: set[int]) -> Iterator[Declaration]:
        """What an interview's guest declares in answers; ``known`` are starts of sentences that were told already."""
        for number, hits in sorted(self._by_sentence().items()):
            start, end = self.text.sentence(number)
            if start in known or self.text.content[end - 1] == "?" or not any(a <= start < b for a, b in dialogue.spans):
                continue
            sentence = _Sentence.of(self.text, number, hits, (), False)
            against = tuple(dict.fromkeys(str(target.target) for target in sentence.targets))
            if against and (sentence.charges or sentence.complains()):
                told = _Told(guest, None, against, tuple(sentence.charges))
                yield _declaration(self.where, self.text, number, told, self.words, name)

    def _by_sentence(self) -> dict[int, list[Hit]]:
        by_sentence: dict[int, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            if hit.tag in _READ or hit.tag.startswith(_TARGET):
                by_sentence[self.text.numbers[hit.first]].append(hit)
        return by_sentence

    def _spoke(self) -> dict[int, list[_Named]]:
        """By sentence, the names that stand for watched states."""
        spoke: dict[int, list[_Named]] = defaultdict(list)
        starts = self.text.starts
        for match in self.matches:
            if match.where == self.where and match.concept in self.words.speakers:
                at = bisect_left(starts, match.start)
                if at < len(starts):
                    spoke[self.text.numbers[at]].append(_Named(at, bisect_left(starts, match.end), match.concept, None))
        return spoke

    def _foreign(self) -> Mapping[int, frozenset[int]]:
        """By sentence, the words that name other states of the watch-list: their offices are not a watched state's."""
        found: dict[int, frozenset[int]] = defaultdict(frozenset)
        for match in self.matches:
            if match.where == self.where and match.concept not in self.words.speakers and match.kind is not TermKind.TOPIC:
                at = bisect_left(self.text.starts, match.start)
                if at < len(self.text.starts):
                    found[self.text.numbers[at]] |= {at}
        return found

    def _known(self, number: int, people: Mapping[str, str], named: Sequence[_Named]) -> Iterator[_Named]:
        """Those whom an earlier sentence introduced, by their surnames."""
        if not people:
            return
        text = self.text
        for at in range(bisect_left(text.numbers, number), bisect_right(text.numbers, number)):
            side = people.get(text.keys[at])
            if side and text.content[text.starts[at]].isupper() and not any(each.first <= at < each.after for each in named):
                yield _Named(at, at + 1, side, None, is_person=True)

    def _remember(self, memory: _Memory, sentence: _Sentence, before: _Before, number: int) -> None:
        who = sentence.speaker(before) or (None if sentence.acts else sentence.introduced(before))
        if who is not None:
            memory.last, memory.number = who, number
        elif sentence.changes_voice(memory.last):
            memory.last = None
        memory.people |= sentence.people(before)
        memory.asked = sentence.asked(memory.asked)


@dataclass(frozen=True)
class _Told:
    """What a sentence declares, by word numbers."""

    speaker: _Named
    act: Hit | None  # None where no verb says it: a headline's colon, an interview's answer
    against: tuple[str, ...]
    charges: tuple[Hit, ...]


@dataclass(frozen=True)
class _Sentence:
    """One sentence's names and words of speech, in order."""

    text: Text
    first: int
    named: Sequence[_Named]
    targets: Sequence[_Named]
    acts: Sequence[Hit]
    charges: Sequence[Hit]
    offices: Sequence[Hit]
    opponents: Sequence[Hit]
    praises: Sequence[Hit]
    days: frozenset[str]
    foreign: frozenset[int]
    end: int
    is_headline: bool

    @classmethod
    def of(
        cls, text: Text, number: int, hits: Sequence[Hit], spoke: Sequence[_Named], is_headline: bool, foreign: frozenset[int] = frozenset()
    ) -> _Sentence:
        start, end = text.sentence(number)
        others = [hit for hit in hits if hit.tag == "not_target"]
        targets = [
            _Named(hit.first, hit.after, None, hit.tag.removeprefix(_TARGET))
            for hit in hits
            if hit.tag.startswith(_TARGET)
            and not any(other.first <= hit.first < other.after for other in others)
            and _CIVILIANS.isdisjoint((*text.keys[max(0, hit.first - 1) : hit.first], *text.keys[hit.after : hit.after + 1]))
        ]
        outside = [name for name in (*spoke, *targets) if not text.quoted[name.first]]
        return cls(
            text=text,
            first=bisect_left(text.starts, start),
            named=sorted(outside, key=lambda name: name.first),
            targets=targets,
            acts=_verbs(text, hits, targets),
            charges=[hit for hit in hits if hit.tag == "charges"],
            offices=[hit for hit in hits if hit.tag == "offices"],
            opponents=[hit for hit in hits if hit.tag == "opponents"],
            praises=[hit for hit in hits if hit.tag == "praises"],
            end=end,
            foreign=foreign,
            is_headline=is_headline,
            days=frozenset(text.keys[at] for hit in hits if hit.tag == "dated" for at in range(hit.first, hit.after)),
        )

    def voice(self, told: _Told) -> str:
        """The person or body that speaks, as printed: a name of several words near the state or near an office before the verb,
        or behind it after a quotation; else the state with the office beside it; a dateline's city is neither."""
        text, speaker, act = self.text, told.speaker, told.act
        if act is None or speaker.is_person or text.numbers[speaker.first] != text.numbers[act.first]:
            return text.words(speaker.first, speaker.after)
        begin = self._body()
        is_behind = speaker.first >= act.after
        at, until = (act.after, speaker.after + _OFFICE) if is_behind else (max(begin, self._after_opening(act)), act.first)
        runs = [run for run in self._names(at, until) if self._is_near(run, speaker, begin)]
        longer = [run for run in runs if run[1] - run[0] > 1]
        if longer:
            return text.words(*(longer[0] if is_behind else longer[-1]))
        offices = [hit for hit in self.offices if at <= hit.first < until]
        if speaker.first >= begin:
            near = [hit for hit in offices if hit.after == speaker.first or hit.first == speaker.after]
            return text.words(min([speaker.first, *(hit.first for hit in near)]), max([speaker.after, *(hit.after for hit in near)]))
        if runs:
            return text.words(*runs[0])
        return text.words(offices[0].first, offices[0].after) if offices else text.words(speaker.first, speaker.after)

    def _body(self) -> int:
        """The first word behind a dateline of capitals, which names a city and no speaker."""
        found = _DATELINE.match(self.text.content, self.text.starts[self.first])
        return bisect_left(self.text.starts, found.end()) if found else self.first

    def _names(self, first: int, until: int) -> Iterator[tuple[int, int]]:
        """Runs of words with capitals, joined by "of" and its like; days and articles are no names."""
        text, at = self.text, first
        until = min(until, len(text.keys))
        while at < until:
            end, nxt = at, at
            while nxt < until and (nxt == at or text.is_close(nxt - 1, nxt + 1)):
                if self._is_name(nxt):
                    end = nxt + 1
                elif end == at or text.keys[nxt] not in _JOINERS:
                    break
                nxt += 1
                if nxt - end > 2:
                    break
            if end > at:
                yield at, end
            at = max(end, at + 1)

    def _is_name(self, at: int) -> bool:
        key = self.text.keys[at]
        return (
            self.text.content[self.text.starts[at]].isupper() and key not in self.days and key not in _NO_NAMES and not self.text.quoted[at]
        )

    def _is_near(self, run: tuple[int, int], speaker: _Named, begin: int) -> bool:
        """Whether a run of names is the speaker's: it holds the state, stands close to it or to an office, or the state's own
        name was but the dateline; and names no target."""
        if any(run[0] <= target.first < run[1] for target in self.targets):
            return False
        if speaker.first < begin or run[0] - _NEAR <= speaker.first < run[1] + _NEAR:
            return True
        return any(run[0] - _NEAR <= hit.first < run[1] + 2 for hit in self.offices)

    def speaker(self, before: _Before) -> _Named | None:
        """The state's voice that this sentence gives, for the next one that says "he added"; None where it gives none."""
        return next((who for act in self.acts if (who := self._subject(act, before)) is not None and who.side is not None), None)

    def introduced(self, before: _Before | None = None) -> _Named | None:
        """Whom the sentence is about, where the first name in it is a state's with an office beside it."""
        who = self.named[0] if self.named else None
        if who is None or who.side is None:
            return self._colleague(before.colleagues) if before is not None and before.colleagues is not None else None
        if self._is_opponents(who, who.after + 4):
            return None
        near = any(who.first - _OFFICE <= hit.first < who.after + _OFFICE for hit in self.offices)
        return who if near or who.is_person else None

    def _colleague(self, last: _Named) -> _Named | None:
        """Whom an office without a state introduces, where the state spoke just before: "Deputy minister Ivan Orlov". Heads of
        state and government are anybody's."""
        office = next((hit for hit in self.offices if hit.first - self.first <= 1), None)
        if office is None or not _HEADS.isdisjoint(self.text.keys[self.first : office.after + 1]):
            return None
        begin = max(hit.after for hit in self.offices if hit.first <= office.after)
        run = next(self._names(begin, begin + _OFFICE), None)
        if run is None or run[1] - run[0] < 2 or self._holds_others(*run) or any(at < run[1] + 2 for at in self.foreign):
            return None
        return _Named(run[0], run[1], last.side, None, is_person=True)

    def complains(self) -> bool:
        """Whether it says what a target does to "us", and no praise: "Washington nos cierra el puerto"."""
        keys = self.text.keys
        done = any(not _US.isdisjoint(keys[name.after : name.after + 3]) for name in self.targets)
        return done and not self.praises

    def changes_voice(self, last: _Named | None) -> bool:
        """Whether it is about somebody else, so that no pronoun behind it means who spoke before."""
        if self.acts or last is None:
            return True
        if self.named and self.named[0].side == last.side:
            return False
        begins = range(self.first, min(self.first + 3, len(self.text.keys)))
        return bool(self.named) and not any(self.text.keys[at] in _PRONOUNS for at in begins)

    def asked(self, last: _Named | None) -> _Named | None:
        """The one state that a question names; it lasts until the next question."""
        if not self.end or self.text.content[self.end - 1] != "?":
            return last
        return self.named[0] if len(self.named) == 1 and self.named[0].side is not None else None

    def people(self, before: _Before) -> dict[str, str]:
        """Surnames of those whom the sentence introduces by an office of a watched state, with the state: two names or more
        right behind the office or the state."""
        who = self.introduced(before)
        if who is None or who.side is None:
            return {}
        found = {}
        for first, after in self._names(max(self._body(), who.first - _OFFICE), who.after + 2 * _OFFICE):
            inner = [hit.after for hit in self.offices if first <= hit.first < after]
            begin = max([first, *inner, *([who.after] if first <= who.first < after else [])])
            near = any(begin - _OFFICE < hit.after <= begin or after <= hit.first <= after + 1 for hit in self.offices)
            key = self.text.keys[after - 1]
            if near and after - begin >= 2 and len(key) > 3 and not self._holds_others(begin, after):
                found[key] = who.side
        return found

    def _holds_others(self, first: int, after: int) -> bool:
        named = any(first <= name.first < after for name in (*self.named, *self.targets))
        return named or any(self.text.keys[at] in _PORTFOLIOS for at in range(first, after))

    def declaration(self, before: _Before) -> _Told | None:
        """What it declares; ``before`` is who spoke in the sentences before."""
        for act in sorted(self.acts, key=lambda hit: (hit.tag != "attacks", hit.first)):
            speaker = self._subject(act, before)
            if speaker is None or speaker.side is None:
                continue
            against = self._against(act, speaker)
            if against and (act.tag == "attacks" or self.charges):
                return _Told(speaker, act, against, tuple(self.charges))
            called = {target: said for target, said in self._called(act).items() if target in against} if against else {}
            if called:
                return _Told(speaker, act, tuple(target for target in against if target in called), tuple(called.values()))
        return self._headed()

    def _headed(self) -> _Told | None:
        """A headline that names who speaks before a colon, and behind it a charge against somebody."""
        if not self.is_headline or not self.named or not self.charges:
            return None
        who, colon = self.named[0], self.text.content.find(":")
        if who.side is None or not self.text.starts[who.first] < colon or self._is_opponents(who, who.after + 4):
            return None
        body = bisect_left(self.text.starts, colon)
        if who.after < body - _NEAR or body > _OFFICE + _NEAR:
            return None
        against = tuple(dict.fromkeys(str(name.target) for name in self.targets if name.first >= body and not self._stands_within(name)))
        return _Told(who, None, against, tuple(self.charges)) if against else None

    def _called(self, act: Hit) -> Mapping[str, Hit]:
        """The targets that are called something in quotation marks that is neither praise nor diplomacy, with the quoted words:
        "called the US 'a wolf'", "said the United States behaves 'like a wolf'". Other quoted words tell what a target did, which
        may be anything; in a headline they are what struck."""
        called: dict[str, Hit] = {}
        for name in self.targets:
            if not self.text.quoted[name.first] and (said := self._calling(act, name)) is not None:
                called.setdefault(str(name.target), said)
        return called

    def _calling(self, act: Hit, name: _Named) -> Hit | None:
        """The quoted words that call a target something."""
        said = self._staged_by(name)
        if said is None and (at := self._copula(name)) is not None:
            said = self._said_of(at, 1)
        if said is None and act.tag == "names" and act.after <= name.first <= act.after + _NEAR:
            said = self._said_of(name.after, 1)
        if said is None and self.is_headline and len(self.text.keys) <= _LONGEST_HEADLINE and name.first >= act.after:
            said = self._said_of(name.after, 2)
        return said

    def _staged_by(self, name: _Named) -> Hit | None:
        """The quotation that says what was done by a target: "a 'farce staged' by Washington"; praise is none."""
        keys, at = self.text.keys, name.first - 1
        at -= at > self.first and keys[at] in _NO_NAMES
        if at <= self.first + 1 or keys[at] not in _BY or not (self.text.quoted[at - 1] or self._closes_straight(at - 1)):
            return None
        begin = at - 1
        while begin > self.first and at - begin < _QUOTE_BEHIND and self.text.quoted[begin - 1]:
            begin -= 1
        praised = any(hit.first < at and at - hit.after < _QUOTE_BEHIND for hit in self.praises)
        return None if praised else Hit("charges", begin, at)

    def _closes_straight(self, at: int) -> bool:
        """Whether a straight single quotation mark stands right behind a word."""
        return self.text.content[self.text.ends[at] :][:2] == "' "

    def _copula(self, name: _Named) -> int | None:
        """The word behind the "is" that follows a name."""
        return next((at + 1 for at in range(name.after, min(name.after + 3, len(self.text.keys))) if self.text.keys[at] in _COPULAS), None)

    def _said_of(self, at: int, least: int) -> Hit | None:
        """The quotation of so many words that begins shortly behind a place in the sentence and holds no praise."""
        until = min(at + _QUOTE_BEHIND // 2, bisect_right(self.text.numbers, self.text.numbers[self.first]))
        begin = next((each for each in range(at, until) if self._is_marked(each)), None)
        if begin is None:
            return None
        after = self._quotation_ends(begin)
        praised = any(at <= hit.first < after for hit in self.praises)
        return Hit("charges", begin, after) if after - begin >= least and not praised else None

    def _is_marked(self, at: int) -> bool:
        """Whether a word stands in quotation marks, or a straight single one opens right before it, as in headlines."""
        start = self.text.starts[at]
        return self.text.quoted[at] or (start > 1 and self.text.content[start - 2 : start] == " '")

    def _quotation_ends(self, begin: int) -> int:
        """The word behind a quotation's last."""
        text, at = self.text, begin
        if not text.quoted[begin]:
            closing = re.compile(r"'(?!\w)").search(text.content, text.starts[begin])
            return bisect_left(text.starts, closing.start()) if closing else begin
        while at < len(text.keys) and text.quoted[at]:
            at += 1
        return at

    def _subject(self, act: Hit, earlier: _Before) -> _Named | None:
        """Who speaks by this verb: the first named before it, behind it after a quotation, or who spoke before."""
        begin = self._after_opening(act)
        before = [name for name in self.named if begin <= name.first < act.first]
        if self._is_behind_pronoun(act) or (self._is_pronouns(act) and (not before or self._is_put_between(act))):
            return earlier.meant
        if before and (self._leaves_subject_out(act) or (before[0].side is None and self._is_of_whom(act))):
            return earlier.meant
        if before and self._is_joined(act):
            before = self._leading(before, begin) or self._leading(before, self._comma_behind(begin, act))
            if not before:
                return None
        if before and before[0].side is None and (inner := self._put_between(before, act)) is not None:
            return inner
        behind = [name for name in self.named if act.after <= name.first < act.after + _BEHIND]
        if before and not (behind and before[0].side is None and self._closes_quotation(act)):
            return before[0] if self._is_voice(before[0], act) else None
        if behind and (before or self._quotes_before(act)):
            return None if self._is_opponents(behind[0], behind[0].after + 4) else behind[0]
        if (earlier.asked or earlier.meant) is not None and self._is_an_offices(act):
            return earlier.asked or (earlier.meant if self._is_below_heads(act) else None)
        return earlier.spoke if earlier.spoke is not None and self._is_carried_on(act) else None

    def _put_between(self, before: Sequence[_Named], act: Hit) -> _Named | None:
        """Who speaks in a clause put between commas behind a target: "Washington, the Russian minister said, sleeps"."""
        last = before[-1]
        if last.side is None or not self._is_voice(last, act):
            return None
        parted = [
            at for at in range(before[0].after - 1, last.first) if "," in self.text.content[self.text.ends[at] : self.text.starts[at + 1]]
        ]
        return last if len(parted) == 1 and last.first - parted[0] <= 2 and not self.text.quoted[parted[0]] else None

    def _closes_quotation(self, act: Hit) -> bool:
        """Whether a quotation ends right before the verb: "Washington « dort », a dit le ministre"."""
        at = act.first - 1
        while at > self.first and self.text.keys[at] in _HELPERS and not self.text.quoted[at]:
            at -= 1
        return self.text.quoted[at]

    def _is_pronouns(self, act: Hit) -> bool:
        """Whether a pronoun is the verb's subject: "he said", "il a accusé"."""
        at = act.first - 1
        while at > self.first and self.text.keys[at] in _HELPERS:
            at -= 1
        return at >= self.first and self.text.keys[at] in _PRONOUNS and not self.text.quoted[at]

    def _is_put_between(self, act: Hit) -> bool:
        """Whether "he says" or "a-t-il dit" begins behind a comma or a quotation, so that the name before it is not its subject."""
        at = act.first - 1
        while at > self.first and (self.text.keys[at] in _PRONOUNS or self.text.keys[at] in _HELPERS or self.text.keys[at] == "t"):
            at -= 1
        return self._parted_behind(at)

    def _parted_behind(self, at: int) -> bool:
        gap = self.text.content[self.text.ends[at] : self.text.starts[at + 1]]
        return "," in gap or not _CLOSING.isdisjoint(gap)

    def _is_joined(self, act: Hit) -> bool:
        """Whether the verb goes on with an earlier one's subject: "... and condemned", "... y ha condenado"."""
        at = act.first - 1
        while at > self.first and self.text.keys[at] in _HELPERS:
            at -= 1
        return at > self.first and self.text.keys[at] in _AND and not self.text.quoted[at]

    def _leading(self, named: Sequence[_Named], begin: int) -> list[_Named]:
        """Those named from a clause's beginning, where the first of them stands before any verb: "The oil minister of Iran
        thanked", not "The oil minister thanked Iran"; else none."""
        inside = [name for name in named if name.first >= begin]
        return inside if inside and self._leads(inside[0], begin) else []

    def _leads(self, name: _Named, begin: int) -> bool:
        text = self.text
        offices = {at for hit in self.offices for at in range(hit.first, hit.after)}
        before = [at for at in range(begin, name.first) if at not in offices]
        return all(text.keys[at] in _LED_BY | self.days or not text.content[text.starts[at]].islower() for at in before)

    def _is_behind_pronoun(self, act: Hit) -> bool:
        """Whether a pronoun follows: "segundo ele", "according to him"."""
        keys = self.text.keys
        return act.tag == "speaks" and keys[act.first] in _SOURCES and act.after < len(keys) and keys[act.after] in _PRONOUNS | _THEM

    def _is_of_whom(self, act: Hit) -> bool:
        """Whether the name before the verb is whom it speaks of: "la UE, a la que llamó", "Macron, a quem chamou"."""
        keys, at = self.text.keys, act.first - 1
        if keys[at] in ("quien", "quienes", "quem"):
            return keys[at - 1] in ("a", "de", "sobre")
        return keys[at] == "que" and keys[at - 1] in ("la", "el", "al", "las", "los") and (keys[at - 1] == "al" or keys[at - 2] == "a")

    def _leaves_subject_out(self, act: Hit) -> bool:
        """Whether an adverbial ends right before the verb, so that its subject is whoever spoke: "Sobre los barcos de EE.UU., dijo"."""
        if act.first <= self.first or self.text.keys[self.first] not in _OPENERS:
            return False
        return "," in self.text.content[self.text.ends[act.first - 1] : self.text.starts[act.first]]

    def _is_an_offices(self, act: Hit) -> bool:
        """Whether an office, with at most its ministry's and its holder's name, is the verb's subject."""
        begins = self._after_opening(act)
        begins = self._comma_behind(begins, act) if begins == self.first and self.text.keys[begins] in _OPENERS else begins
        offices = [hit for hit in self.offices if 0 <= hit.first - begins <= 1]
        if not offices or any(name.first < act.first for name in self.named) or any(hit.first < act.first for hit in self.opponents):
            return False
        held = {at for hit in self.offices for at in range(hit.first, hit.after)}
        other = [run for run in self._names(offices[0].after, act.first) if not self._is_portfolio(run, held)]
        return len(other) <= 1 and act.first - self.first <= _FAR

    def _comma_behind(self, begin: int, act: Hit) -> int:
        """The word behind the first comma before the verb: where the clause begins that an adverbial opens."""
        for at in range(begin, act.first - 1):
            if "," in self.text.content[self.text.ends[at] : self.text.starts[at + 1]]:
                return at + 1
        return begin

    def _is_below_heads(self, act: Hit) -> bool:
        """Whether the office that leads the sentence is no head of state's or government's, nor another state's."""
        return _HEADS.isdisjoint(self.text.keys[self.first : self.first + 3]) and not any(at < act.first for at in self.foreign)

    def _is_portfolio(self, run: tuple[int, int], held: set[int]) -> bool:
        return all(at in held or self.text.keys[at] in _PORTFOLIOS | _JOINERS for at in range(*run))

    def _is_voice(self, name: _Named, act: Hit) -> bool:
        """Whether a name before the verb is its subject: the state itself right before it, or with an office beside it;
        "those who study North Korean operations say" is neither."""
        if self._is_opponents(name, act.first) or self._is_peoples(name, act):
            return False
        own = [at for at in range(name.after, act.first) if not self.text.quoted[at]]
        if len(own) <= _NEAR or (self._begins(name, act) and len(own) <= _FAR):
            return True
        if (
            self.is_headline
            and name.first == self.first
            and len(own) <= _IN_HEADLINE
            and self.text.content[self.text.ends[name.after - 1]] == " "
        ):
            return True
        offices = [hit for hit in self.offices if name.first - _OFFICE <= hit.first < min(act.first, name.after + _OFFICE)]
        return bool(offices) and len(own) <= _FAR

    def _is_peoples(self, name: _Named, act: Hit) -> bool:
        """Whether it is people of the state, not the state: "Cuban doctors", "migrantes venezolanos"; no office, no body of the
        state and no name of a person beside it."""
        text = self.text
        written = text.content[text.starts[name.first]]
        if not (written.islower() or text.keys[name.after - 1] in _PEOPLES):
            return False
        near = range(max(self.first, name.first - _OFFICE), min(act.first, name.after + _OFFICE))
        return not any(hit.first in near for hit in self.offices) and not any(
            text.is_name(at) for at in near if not name.first <= at < name.after
        )

    def _begins(self, name: _Named, act: Hit) -> bool:
        """Whether the state's own name begins the clause and the rest is about it."""
        following = self.text.keys[name.after] if name.after < len(self.text.keys) else ""
        gap = self.text.content[self.text.ends[name.after - 1] :][:1]
        return name.first - self._after_opening(act) <= 1 and gap != "'" and gap != "’" and (gap == "," or following in _AFTER_STATE)

    def _after_opening(self, act: Hit) -> int:
        """Where the clause with the subject begins: behind the first comma, where the sentence opens with an adverbial."""
        if self.text.keys[self.first] in _OPENERS:
            for at in range(self.first, act.first):
                if "," in self.text.content[self.text.ends[at] : self.text.starts[at + 1]]:
                    later = [name for name in self.named if at < name.first < act.first]
                    return at + 1 if later else self.first
        return self.first

    def _quotes_before(self, act: Hit) -> bool:
        return act.first == self.first or any(self.text.quoted[at] for at in range(self.first, act.first))

    def _is_carried_on(self, act: Hit) -> bool:
        """Whether the sentence goes on with who spoke: nobody is named near the verb, and what stands before it holds no
        name but an office, or nothing but a quotation, a pronoun and their like."""
        if any(name.first < act.after + 3 for name in self.named) or any(hit.first < act.after + 3 for hit in self.opponents):
            return False
        office = {at for hit in self.offices for at in range(hit.first, hit.after)}
        own = [at for at in range(self.first, act.first) if not self.text.quoted[at]]
        names = [at for at in own[1:] if at not in office and self.text.content[self.text.starts[at]].isupper()]
        return not names and (len(own) <= _NEAR or any(at in office for at in own))

    def _is_opponents(self, name: _Named, until: int) -> bool:
        """Whether it is an opponent who is named by the state's name: "the Venezuelan opposition"."""
        return any(name.first - 3 <= hit.first < min(until, name.after + 5) for hit in self.opponents)

    def _against(self, act: Hit, speaker: _Named) -> tuple[str, ...]:
        after = [name for name in self.targets if name.first >= act.after or act.tag != "attacks"]
        meant = [name for name in after if name.first != speaker.first and not self._stands_within(name) and not self._suffers(act, name)]
        meant = [name for name in meant if self.charges or not self._is_aside(act, name)]
        return tuple(dict.fromkeys(str(name.target) for name in meant))

    def _suffers(self, act: Hit, name: _Named) -> bool:
        """Whether a charge is directed at the target and not against it ("no threat to the EU", "crimes contra Estados Unidos"), or
        the target is but where something comes from or goes to ("a flight to the US", "guests from Canada")."""
        at = name.first - 1
        if any(hit.first == act.first and hit.tag in ("attacks", "names") for hit in self.acts):  # "llama vampiros a Canadá"
            return False
        bare = at - 1 if at > self.first and self.text.keys[at] in _NO_NAMES else at
        return any(each > self.first and self._leads_to(each) for each in {at, bare})

    def _leads_to(self, at: int) -> bool:
        """Whether a preposition behind a charge or a journey says whom it is for or where it goes."""
        keys = self.text.keys
        charged = any(hit.after == at for hit in self.charges)
        if keys[at] == "from":
            return not charged
        return keys[at] in _DIRECTED and (charged or keys[at - 1] in _TRAVELS)

    def _stands_within(self, name: _Named) -> bool:
        """Whether a target is a place: "in the United States"."""
        keys = self.text.keys
        at = name.first - 1
        if at > self.first and keys[at] in ("the", "los", "os", "les"):
            at -= 1
        return at >= self.first and keys[at] in _WITHIN

    def _is_aside(self, act: Hit, name: _Named) -> bool:
        """Whether a target is a place, a partner, or named in a clause about something else."""
        return (self._is_place(name) and name.first > act.after) or self._is_backer(name) or self._is_in_relative(act, name)

    def _is_backer(self, name: _Named) -> bool:
        before = self.text.keys[max(0, name.first - 4) : name.first]
        return any(word in _BY and at and before[at - 1] in _BACKED for at, word in enumerate(before))

    def _is_in_relative(self, act: Hit, name: _Named) -> bool:
        """Whether it stands in a relative clause and is not its subject: "a proposal that had been backed by the US"."""
        keys = self.text.keys
        places = range(act.after + 1, name.first - _SUBJECT)
        return any(keys[at] in _RELATIVE and keys[at - 1] not in self.days for at in places)

    def _is_place(self, name: _Named) -> bool:
        keys = self.text.keys
        before = [keys[at] for at in range(max(0, name.first - 2), name.first)]
        return bool(before) and (before[-1] in _PLACE_WORDS or (before[-1] in ("the", "los", "os", "les") and before[0] in _PLACE_WORDS))


def _verbs(text: Text, hits: Sequence[Hit], targets: Sequence[_Named]) -> list[Hit]:
    """Verbs of speech outside quotations and outside the names of targets: "United States" states nothing."""
    verbs = [hit for hit in hits if hit.tag in ("attacks", "speaks", "names") and not text.quoted[hit.first]]
    return [hit for hit in verbs if not any(target.first <= hit.first < target.after for target in targets)]


def _declaration(where: str, text: Text, number: int, told: _Told, words: GenreWords, speaker: str) -> Declaration:
    start, end = text.sentence(number)
    names: Mapping[str, str] = {target.id: target.name for target in words.targets}
    act = text.words(told.act.first, told.act.after) if told.act is not None else ""
    charges = tuple(dict.fromkeys(text.words(hit.first, hit.after) for hit in told.charges))
    against = ", ".join(names[each] for each in told.against)
    said = " with ".join(each for each in (f"“{act}”" if act else "", f"“{'”, “'.join(charges[:3])}”" if charges else "") if each)
    return Declaration(
        speaker=speaker,
        side=str(told.speaker.side),
        against=told.against,
        act=act,
        charges=charges,
        words=text.content[start : min(end, start + LONGEST_WORDS)],
        where=where,
        start=start,
        end=end,
        why=f"“{speaker}” speaks against {against}: {said}",
    )
