"""The label that is printed: the publisher's own, unless its report is somebody else's.

As the monitor's editors do it: a private outlet that relays a state agency carries the label (MercoPress for TASS, ANI for
IRNA). A relay of a voice nobody has classified is unknown, never independent; a state outlet that relays an independent
agency stays a state outlet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsdesk.labels import Label, Origin, OriginKind, Provenance
from newsdesk.provenance import IN_WORDS

_OF_PUBLISHER = "The publisher"  # how a sentence on the publisher begins
_WEIGHT = {Label.NOT_STATE_MEDIA: 0, Label.UNKNOWN: 1, Label.STATE_MEDIA: 2}
_PLACE = {
    OriginKind.DATELINE: "in the dateline",
    OriginKind.BYLINE: "in the byline",
    OriginKind.CREDIT: "in the credits",
    OriginKind.STATED: "in the page's structured data",
    OriginKind.FEED: "in the feed",
}


@dataclass(frozen=True)
class Voices:
    """The label that is printed, the publisher's own (None: origins were not looked for), and the origins between the two."""

    printed: Provenance
    publisher: Provenance | None = None
    origins: Sequence[Origin] = ()


def voice_of(publisher: Provenance, origins: Sequence[Origin]) -> Provenance:
    """The provenance to print: of the publisher and the origins that count, the one that must be shown most.

    ``why`` begins with who relays whom and the words or the article that show it; ``controller`` is the origin's.
    """
    relayed = decisive(publisher, origins)
    if relayed is None:
        return replace(publisher, why=publisher.why + _set_aside(origins)) if origins else publisher
    own = publisher.why if publisher.why.startswith(_OF_PUBLISHER) else f"{_OF_PUBLISHER}: {publisher.why}"
    why = f"{relayed_by(publisher, origins)}. {relayed.why} {own}"
    return Provenance(relayed.label, relayed.controller, None, why)


def relayed_by(publisher: Provenance, origins: Sequence[Origin]) -> str:
    """``Private media; relays TASS: “(TASS)” in the dateline``; empty where the label is the publisher's own."""
    relayed = decisive(publisher, origins)
    return "" if relayed is None else f"{_publisher(publisher)}; {relay_in_words(relayed)}"


def decisive(publisher: Provenance, origins: Sequence[Origin]) -> Origin | None:
    """The origin from which the printed label follows, None where it is the publisher's own."""
    counting = [each for each in origins if each.counts]
    heaviest = max(counting, key=lambda each: _WEIGHT[each.label], default=None)
    if heaviest is None or _WEIGHT[heaviest.label] <= _WEIGHT[publisher.label]:
        return None
    return heaviest


def relay_in_words(origin: Origin) -> str:
    """``relays TASS: “(TASS)” in the dateline``, for the editor to check."""
    if origin.kind is OriginKind.COPY:
        return f"relays {origin.name}: the text of article {origin.article_id}"
    place = _PLACE.get(origin.kind, "in the headline" if origin.where == "title" else "in the text")
    return f"relays {origin.name}: “{' '.join(origin.words.split())}” {place}"


def _publisher(publisher: Provenance) -> str:
    if publisher.label is Label.UNKNOWN:
        return "Outlet of unknown control"
    control = IN_WORDS[publisher.statement.control] if publisher.statement else "not state media"
    return f"{control[:1].upper()}{control[1:]}"


def _set_aside(origins: Sequence[Origin]) -> str:
    """What is to be known of the origins from which no label follows."""
    named = [f" It {relay_in_words(each)}." for each in origins if each.counts]
    beside = [f" It names {each.name} ({each.why})" for each in origins if not each.counts]
    return "".join((*named, *beside))
