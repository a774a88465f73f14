"""Whose voice an article is, as values: its label, the statement it rests on, and the origins its text names. The rules stand
in provenance.py, origins.py and voices.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from newsdesk.outlets import ControlStatement

NOBODY_CAN_SAY = "Nobody can say which of the two was first."


class Label(StrEnum):
    """Whether an entry must begin with "State media reports". UNKNOWN is never independent."""

    STATE_MEDIA = "state_media"
    NOT_STATE_MEDIA = "not_state_media"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Provenance:
    """Whose voice an article is on its day. ``why`` is a sentence for the editor that names the statement and its
    evidence; ``controller`` is the state or group that controls the publisher, None where none does or nobody knows."""

    label: Label
    controller: str | None
    statement: ControlStatement | None
    why: str


class OriginKind(StrEnum):
    """How it shows that somebody else wrote the report."""

    DATELINE = "dateline"  # "MOSCOW, Nov 3 (TASS) -"
    BYLINE = "byline"  # a line of its own, or what page and markup name as the author
    CREDIT = "credit"  # "Source: Xinhua" at the end
    STATED = "stated"  # schema.org provider, sourceOrganization
    FEED = "feed"  # RSS source
    ATTRIBUTION = "attribution"  # "according to Sputnik" in headline or lead
    COPY = "copy"  # the text of an earlier article of another outlet


@dataclass(frozen=True)
class Origin:
    """Whose report an article gives, besides its publisher's, and what shows it.

    ``name`` is as printed, ``outlet_id`` the outlet of the register it stands for, ``controller`` and ``label`` what is
    stated of that outlet for the day of publication (UNKNOWN where nobody has said). ``words`` stand in the field
    ``where`` ("title", "text", or the hint that gave them) from ``start`` to ``end``, offsets in code points; for a copy
    ``article_id`` is the earlier article. ``counts`` says whether the printed label follows from it, ``why`` in a sentence.
    ``unsure``: nobody can say whether the copy or what it seems to copy was first, so it makes nobody state media.
    """

    kind: OriginKind
    name: str
    outlet_id: str | None
    controller: str | None
    label: Label
    words: str
    where: str
    start: int
    end: int
    article_id: int | None
    why: str
    counts: bool = True
    unsure: bool = False
