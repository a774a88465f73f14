"""Declarations: an official or organ of a watched state says something against the United States, the West or their allies.

Who speaks is the first of those named before the verb (or right behind it, after a quotation); against whom is a name that
follows. A verb of attack (condemns, accuses, rejects) is enough; an ordinary one (says, calls) needs a charge beside it
(imperialism, interference, blockade). Decision 18.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsdesk.genre_words import DECLARATION_LISTS, GenreWords, LanguageWords
from newsdesk.judging import Match
from newsdesk.kinds import Declaration
from newsdesk.wording import Hit, Text

LEAD_SENTENCES = 3  # a declaration in these, or in the title, is what the article is about
SHARE = 0.25  # or this part of its sentences, at least two
LONGEST_WORDS = 300  # code points of the sentence that are kept
_BEHIND = 7  # words behind a verb within which its subject is looked for
_NEAR, _FAR = 4, 25  # words between a name and its verb: without an office beside the name, and with one
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ' ]{2,}(?:,[^\n.–—]{0,40}?|\s?\([^)\n]{0,30}\))?(?:\s?\.\s?[-–—]+|\s[-–—]+)\s?")
_OFFICE = 6  # words beside a name within which its office stands
_TARGET = "target:"
_READ = frozenset({*DECLARATION_LISTS, "not_target", "dated"})
# Words that begin an adverbial before the subject: "During a visit to the US, Iran's president condemned ..."
_OPENERS = frozenset(
    "after in with on during at as following amid while when tras en con durante ante después al luego após em com diante après dans avec "
    "lors face au depuis pendant depois nesta neste no na".split()
)
# Words right behind a state that begins its sentence and is what the sentence is about, not an adjective of somebody else:
# "Venezuela on Thursday recalled its ambassadors and rejected ..."
_AFTER_STATE = frozenset(
    "on has have had also will is again said este esta ha también en sigue nesta neste na no também a ont s est vient".split()
)
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
_NO_NAMES = frozenset("the a an el la los las o a os as le la les l un una uno um uma une".split())


def phrases_of(words: GenreWords, language: LanguageWords) -> Iterator[tuple[str, str]]:
    """The phrases of declarations with their tags, for the language's book."""
    for name in DECLARATION_LISTS:
        yield from ((phrase, name) for phrase in language.declarations.get(name, ()))
    for target in words.targets:
        yield from ((phrase, _TARGET + target.id) for phrase in target.words)
    yield from ((phrase, "not_target") for phrase in words.not_targets)


def declarations_in(
    title: Text, in_title: Sequence[Hit], text: Text, in_text: Sequence[Hit], matches: Sequence[Match], words: GenreWords
) -> tuple[Declaration, ...]:
    """Every declaration, the title's first; a sentence yields one at most."""
    found: list[Declaration] = []
    for where, content, hits in (("title", title, in_title), ("text", text, in_text)):
        speakers = [match for match in matches if match.where == where and match.concept in words.speakers]
        found += _of_field(where, content, hits, speakers, words)
    return tuple(found)


def makes_the_article(declared: Sequence[Declaration], text: Text) -> bool:
    """Whether declarations are what the article is about."""
    lead = text.sentence(min(LEAD_SENTENCES, text.sentence_count) - 1)[1]
    if any(each.where == "title" or each.start < lead for each in declared):
        return True
    return len(declared) >= 2 and len(declared) >= SHARE * text.sentence_count


@dataclass(frozen=True)
class _Named:
    """Somebody named in a sentence: a watched concept, a target or an opponent (``side`` None), by word numbers."""

    first: int
    after: int
    side: str | None
    target: str | None


def _of_field(where: str, text: Text, hits: Sequence[Hit], speakers: Sequence[Match], words: GenreWords) -> Iterator[Declaration]:
    by_sentence: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.tag in _READ or hit.tag.startswith(_TARGET):
            by_sentence[text.numbers[hit.first]].append(hit)
    spoke: dict[int, list[_Named]] = defaultdict(list)
    for match in speakers:
        at = bisect_left(text.starts, match.start)
        if at < len(text.starts):
            spoke[text.numbers[at]].append(_Named(at, bisect_left(text.starts, match.end), match.concept, None))
    before: tuple[int, _Named | None] = (-1, None)
    for number in sorted({*by_sentence, *spoke}):
        sentence = _Sentence.of(text, number, by_sentence[number], spoke[number])
        last = before[1] if before[0] == number - 1 else None
        told = sentence.declaration(last)
        before = number, sentence.speaker(last)
        if told is not None:
            yield _declaration(where, text, number, told, words, sentence.voice(told))


@dataclass(frozen=True)
class _Told:
    """What a sentence declares, by word numbers."""

    speaker: _Named
    act: Hit
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
    days: frozenset[str]

    @classmethod
    def of(cls, text: Text, number: int, hits: Sequence[Hit], spoke: Sequence[_Named]) -> _Sentence:
        start, _ = text.sentence(number)
        others = [hit for hit in hits if hit.tag == "not_target"]
        targets = [
            _Named(hit.first, hit.after, None, hit.tag.removeprefix(_TARGET))
            for hit in hits
            if hit.tag.startswith(_TARGET) and not any(other.first <= hit.first < other.after for other in others)
        ]
        outside = [name for name in (*spoke, *targets) if not text.quoted[name.first]]
        return cls(
            text=text,
            first=bisect_left(text.starts, start),
            named=sorted(outside, key=lambda name: name.first),
            targets=targets,
            acts=[hit for hit in hits if hit.tag in ("attacks", "speaks") and not text.quoted[hit.first]],
            charges=[hit for hit in hits if hit.tag == "charges"],
            offices=[hit for hit in hits if hit.tag == "offices"],
            opponents=[hit for hit in hits if hit.tag == "opponents"],
            days=frozenset(text.keys[at] for hit in hits if hit.tag == "dated" for at in range(hit.first, hit.after)),
        )

    def voice(self, told: _Told) -> str:
        """The person or body that speaks, as printed: a name of several words near the state or near an office before the verb,
        or behind it after a quotation; else the state with the office beside it; a dateline's city is neither."""
        text, speaker = self.text, told.speaker
        if text.numbers[speaker.first] != text.numbers[told.act.first]:
            return text.words(speaker.first, speaker.after)
        begin = self._body()
        is_behind = speaker.first >= told.act.after
        at, until = (told.act.after, speaker.after + _OFFICE) if is_behind else (max(begin, self._after_opening(told.act)), told.act.first)
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

    def speaker(self, last: _Named | None) -> _Named | None:
        """The state's voice that this sentence gives, for the next one that says "he added"; None where it gives none."""
        return next((who for act in self.acts if (who := self._subject(act, last)) is not None and who.side is not None), None)

    def declaration(self, last: _Named | None) -> _Told | None:
        """What it declares; ``last`` is who spoke in the sentence before."""
        for act in sorted(self.acts, key=lambda hit: (hit.tag != "attacks", hit.first)):
            speaker = self._subject(act, last)
            if speaker is None or speaker.side is None:
                continue
            against = self._against(act, speaker)
            if against and (act.tag == "attacks" or self.charges):
                return _Told(speaker, act, against, tuple(self.charges))
        return None

    def _subject(self, act: Hit, last: _Named | None) -> _Named | None:
        """Who speaks by this verb: the first named before it, behind it after a quotation, or who spoke before."""
        begin = self._after_opening(act)
        before = [name for name in self.named if begin <= name.first < act.first]
        if before:
            return before[0] if self._is_voice(before[0], act) else None
        if self._quotes_before(act):
            behind = [name for name in self.named if act.after <= name.first < act.after + _BEHIND]
            if behind:
                return None if self._is_opponents(behind[0], behind[0].after + 4) else behind[0]
        return last if last is not None and self._is_carried_on(act) else None

    def _is_voice(self, name: _Named, act: Hit) -> bool:
        """Whether a name before the verb is its subject: the state itself right before it, or with an office beside it;
        "those who study North Korean operations say" is neither."""
        if self._is_opponents(name, act.first):
            return False
        own = [at for at in range(name.after, act.first) if not self.text.quoted[at]]
        if len(own) <= _NEAR or (self._begins(name, act) and len(own) <= _FAR):
            return True
        offices = [hit for hit in self.offices if name.first - _OFFICE <= hit.first < min(act.first, name.after + _OFFICE)]
        return bool(offices) and len(own) <= _FAR

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
        after = [name for name in self.targets if name.first >= act.after or act.tag == "speaks"]
        meant = [name for name in after if name.first != speaker.first and (self.charges or not self._is_aside(act, name))]
        return tuple(dict.fromkeys(str(name.target) for name in meant))

    def _is_aside(self, act: Hit, name: _Named) -> bool:
        """Whether a target is a place, a partner, or named in a clause about something else."""
        return self._is_place(name) or self._is_backer(name) or self._is_in_relative(act, name)

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


def _declaration(where: str, text: Text, number: int, told: _Told, words: GenreWords, speaker: str) -> Declaration:
    start, end = text.sentence(number)
    names: Mapping[str, str] = {target.id: target.name for target in words.targets}
    act = text.words(told.act.first, told.act.after)
    charges = tuple(dict.fromkeys(text.words(hit.first, hit.after) for hit in told.charges))
    against = ", ".join(names[each] for each in told.against)
    said = f" with “{'”, “'.join(charges[:3])}”" if charges else ""
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
        why=f"“{speaker}” speaks against {against}: “{act}”{said}",
    )
