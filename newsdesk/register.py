"""Names in a text, and whose voice they are: the outlets of the registry, asked by the name under which they are credited."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from newsdesk.agencies import AGENCIES, NAMES, NEVER_ALONE, Agency, folded
from newsdesk.editions import Policy
from newsdesk.labels import NOBODY_CAN_SAY, Label, Origin, OriginKind, Provenance
from newsdesk.naming import is_name_only, spellings
from newsdesk.outlets import Control, Outlet
from newsdesk.provenance import controller_in_words, label_of

_NO_VOICES = frozenset({Control.GOVERNMENT, Control.THINK_TANK})  # their names stand for offices, not for reports
_NEAR = {"pt": "es", "es": "pt"}  # whose edition is read where there is none in one's own language
_FIRST_WORD = re.compile(r"\w+")
_BEGINNING = re.compile(r"(?<= )\w")
_CAPITAL = re.compile(
    r"(?<![\w@#.&])(?:[A-ZÀ-Þ]|teleS|al(?=-[A-Z])|g1\b|dpa\b|franceinfo\b|19(?=\s?Digital\b)|(?<=[(/])[a-z]{2,7}(?=[)/]))\w*"
)


@dataclass(frozen=True)
class Named:
    """A name found in a text, from ``start`` to ``end``, as it is spelled there. ``agency`` is None where nobody knows it;
    ``country`` is set for state media that the text does not name ("": it says no country either)."""

    start: int
    end: int
    spelled: str
    agency: Agency | None
    shy: bool = False
    country: str | None = None


@dataclass(frozen=True)
class Voice:
    """Whom a name stands for on a day: the outlet of the registry, if any, and what is stated of it."""

    outlet_id: str | None
    provenance: Provenance


class Names:
    """The names under which reports are credited, to be found in a text."""

    def __init__(self, agencies: Sequence[Agency] = AGENCIES) -> None:
        self._by_first = _by_first_word(agencies)
        self._by_folded = {folded(spelling): each for each in agencies for spelling in each.spellings if spelling not in NEVER_ALONE}

    def agency(self, name: str) -> Agency | None:
        """The agency or outlet that a whole name stands for, in any capitals; None where nobody bears it."""
        return self._by_folded.get(folded(name[:120]))

    def names_in(self, text: str, start: int, end: int, language: str | None) -> Iterator[Named]:
        """The names between two offsets, the longest at each place, in order."""
        reached = start
        for word in _CAPITAL.finditer(text, start, end):
            if word.start() < reached:
                continue
            for spelling, agency in self._by_first.get(word.group(), ()):
                stop = word.start() + len(spelling)
                if text[word.start() : stop].replace("’", "'") == spelling and not text[stop : stop + 1].isalnum():
                    yield Named(word.start(), stop, text[word.start() : stop], agency, agency.is_shy(spelling, language))
                    reached = stop
                    break


class Register(Names):
    """The registry's outlets by the names that relayed reports carry, and the policy that labels them."""

    def __init__(self, outlets: Sequence[Outlet], policy: Policy) -> None:
        others = tuple(_unlisted(outlets))
        super().__init__((*others, *AGENCIES))
        self._outlets: Mapping[str, Outlet] = {outlet.id: outlet for outlet in outlets}
        self._policy = policy

    def voice(self, named: Named, language: str | None, on: date | None) -> Voice:
        """What is stated of the bearer for a day; UNKNOWN where the registry has no outlet for it."""
        if named.country is not None:
            return Voice(None, self._of_state(named.spelled, named.country))
        outlet = self._outlet(named.agency, language)
        if outlet is None:
            why = f"{named.spelled} is no outlet of the registry, so nobody has said who controls it."
            return Voice(None, Provenance(Label.UNKNOWN, None, None, why))
        return Voice(outlet.id, label_of(outlet, on, self._policy))

    def again(self, origin: Origin, on: date | None) -> Origin:
        """The origin with what is stated of it now. A copy of which nobody can say that it is one stays unknown."""
        if origin.outlet_id is None and origin.controller is None:
            return origin
        if origin.outlet_id is None:
            stated = self._of_state(origin.name, origin.controller or "")
        else:
            stated = label_of(self._outlets.get(origin.outlet_id), on, self._policy)
        if origin.kind is OriginKind.COPY:
            unsure = origin.unsure or NOBODY_CAN_SAY in origin.why  # stored before it was kept apart from the sentence
            label = Label.UNKNOWN if unsure and stated.label is Label.STATE_MEDIA else stated.label
            return replace(origin, label=label, controller=stated.controller, unsure=unsure)
        return replace(origin, label=stated.label, controller=stated.controller, why=stated.why)

    def is_own(self, named: Named, outlet: Outlet | None) -> bool:
        """Whether a name is the publisher's own, of whichever of its editions."""
        if outlet is None or named.country is not None:
            return False
        if named.agency is not None and outlet.id in named.agency.outlet_ids:
            return True
        own = {folded(name) for name in spellings(outlet)}
        return not own.isdisjoint(map(folded, named.agency.spellings if named.agency else (named.spelled,)))

    def _outlet(self, agency: Agency | None, language: str | None) -> Outlet | None:
        bearers = [self._outlets[each] for each in agency.outlet_ids if each in self._outlets] if agency else []
        wanted = (language, _NEAR.get(language or ""))
        return next((each for tongue in wanted for each in bearers if tongue in each.languages), bearers[0] if bearers else None)

    def _of_state(self, spelled: str, country: str) -> Provenance:
        """What follows from the text's own word that it is a state's media, without a name."""
        if not country:
            return Provenance(Label.UNKNOWN, None, None, f"“{spelled}” names neither the outlet nor the state.")
        labelled = country in self._policy.labelled_states and Control.SC.value in self._policy.labelled_controls
        label = Label.STATE_MEDIA if labelled else Label.NOT_STATE_MEDIA
        said = "labels" if labelled else "does not label"
        state = controller_in_words(country)
        return Provenance(label, country, None, f"By the text itself it is state media of {state}; the policy {said} them.")


def _unlisted(outlets: Sequence[Outlet]) -> Iterator[Agency]:
    """Outlets of the registry that the list of agencies leaves out, under the names that only they bear. A name of one word,
    or one that begins with an article, may be a word of the language: it counts only beside "the daily" and the like."""
    listed = {outlet_id for agency in AGENCIES for outlet_id in agency.outlet_ids}
    bearers = Counter(key for outlet in outlets for key in {folded(name) for name in spellings(outlet)})
    for outlet in outlets:
        if outlet.id in listed or is_name_only(outlet) or any(each.control in _NO_VOICES for each in outlet.control):
            continue
        own = [each for each in spellings(outlet) if folded(each) not in NAMES and bearers[folded(each)] == 1 and "(" not in each]
        if own:
            yield Agency(own[0], (outlet.id,), own, frozenset((each, "*") for each in own if _is_common(each)))


def _is_common(name: str) -> bool:
    words = name.split()
    return (len(words) == 1 and name[1:].islower()) or words[0] in ("El", "La", "Los", "Le", "O", "A", "The")


def _raised(letter: re.Match[str]) -> str:
    return letter.group().upper()


def _by_first_word(agencies: Iterable[Agency]) -> Mapping[str, Sequence[tuple[str, Agency]]]:
    """First word to the spellings that begin with it, the longest first; as listed, all in capitals, each word with a capital."""
    index: dict[str, dict[str, Agency]] = defaultdict(dict)
    for agency in agencies:
        for spelling in agency.spellings:
            shapes = (
                [spelling]
                if (spelling, "*") in agency.shy or len(spelling) < 5
                else [spelling, spelling.upper(), _BEGINNING.sub(_raised, spelling)]
            )
            if spelling.startswith("Al-"):
                shapes = [*shapes, f"a{spelling[1:]}"]
            for shape in shapes:
                first = _FIRST_WORD.match(shape)
                if first:
                    index[first.group()].setdefault(shape.replace("’", "'"), agency)
    return {first: sorted(found.items(), key=lambda pair: -len(pair[0])) for first, found in index.items()}
