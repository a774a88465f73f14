"""How well newsdesk/origins.py finds whose report a lead gives: precision and recall by language and by kind.

    python -m bench.origins [--half develop|report|later|blind] [--wrong]

The leads are ours (bench/labels/origins-*.txt): made-up events, real names, half of them relays. The rules were developed on
the half "develop"; "report" was written before they were finished and no rule is tuned on it; "later" is another hand's, who
measured first and then mended what it showed; "blind" is by four more hands who knew nothing of the rules (bench/README.md has
the first figures). ``--wrong`` shows what was decided otherwise than labelled.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from bench.provenance import default_policy
from config.outlets import load_outlets
from config.workspace import DEFAULTS
from newsdesk import relaying
from newsdesk.articles import Article
from newsdesk.judging import Label, Origin, Provenance
from newsdesk.moments import Hint, Hinted, Moment
from newsdesk.naming import spellings
from newsdesk.origins import Earlier, copied_origin, find_origins
from newsdesk.outlets import Outlet
from newsdesk.provenance import label_of
from newsdesk.register import Register
from newsdesk.voices import voice_of

LABELS = Path(__file__).resolve().parent / "labels"
HALVES = ("develop", "report", "later", "blind")
DAY = date(2020, 11, 6)
AT = Moment.of_instant(datetime(2020, 11, 6, 12, tzinfo=UTC))
_HEAD = re.compile(r"^(en|es|pt|fr) ([a-z-]+) ([a-z0-9_]+) (\S+) (state_media|not_state_media|unknown)$")


@dataclass(frozen=True)
class Lead:
    """A labelled lead: ``names`` are the origins it has ("?IR": state media of Iran without a name), ``label`` what is to be
    printed; ``earlier`` is the outlet and the text of an earlier article."""

    language: str
    kind: str
    outlet_id: str
    names: frozenset[str]
    label: Label
    title: str
    text: str
    earlier: tuple[str, str] | None = None


@dataclass(frozen=True)
class Judged:
    """A lead, and what newsdesk says of it."""

    lead: Lead
    origins: Sequence[Origin]
    printed: Provenance

    @property
    def names(self) -> frozenset[str]:
        return frozenset(_name(each) for each in self.origins)


def _name(origin: Origin) -> str:
    return f"?{origin.controller or ''}" if relaying.UNNAMED.fullmatch(origin.name) else origin.name


def leads_of(half: str) -> Sequence[Lead]:
    """The labelled leads of a half, or of what was written later. Raises ValueError for a block that cannot be read."""
    blocks = (LABELS / f"origins-{half}.txt").read_text("utf-8").split("\n\n")
    return [_lead([line for line in block.splitlines() if not line.startswith("#")]) for block in blocks if _has_lead(block)]


def _has_lead(block: str) -> bool:
    return any(line.strip() and not line.startswith("#") for line in block.splitlines())


def _lead(lines: Sequence[str]) -> Lead:
    head = _HEAD.match(lines[0])
    if head is None:
        raise ValueError(f"no head of a labelled lead: {lines[0]!r}")
    language, kind, outlet_id, names, label = head.groups()
    own, _, other = "\n".join(lines[2:]).partition("\n<<< ")
    earlier = (other.split("\n")[0], other.split("\n", 2)[2]) if other else None
    said = frozenset() if names == "-" else frozenset(name.replace("_", " ") for name in names.split(","))
    return Lead(language, kind, outlet_id, said, Label(label), lines[1], own, earlier)


@lru_cache(maxsize=1)
def shipped() -> tuple[Mapping[str, Outlet], Register]:
    """The registry and policy that newsdesk ships."""
    outlets = load_outlets(DEFAULTS / "outlets")
    return {outlet.id: outlet for outlet in outlets}, Register(outlets, default_policy())


def article_of(title: str, text: str, language: str) -> Article:
    """An article of the day of which nothing else is known."""
    return Article(
        "https://example.org/a", Hinted(title, Hint.HEADING), text, None, Hinted(AT, Hint.META), None, Hinted(language, Hint.DETECTOR),
        None, None, None, None, None, None, None, "bench",
    )  # fmt: skip


def judged(lead: Lead) -> Judged:
    """What newsdesk says of a lead, copies included."""
    outlets, register = shipped()
    origins = find_origins(article_of(lead.title, lead.text, lead.language), outlets[lead.outlet_id], register, DAY)
    if lead.earlier is not None:
        copied = copied_origin(lead.text, AT, lead.outlet_id, origins, _earlier(lead))
        origins = (*origins, *((copied,) if copied else ()))
    return Judged(lead, origins, voice_of(label_of(outlets[lead.outlet_id], DAY, default_policy()), origins))


def _earlier(lead: Lead) -> Earlier:
    outlets, register = shipped()
    outlet_id, text = lead.earlier or ("", "")
    own = label_of(outlets[outlet_id], DAY, default_policy())
    origins = find_origins(article_of("", text, lead.language), outlets[outlet_id], register, DAY)
    published = replace(AT, at=AT.at - timedelta(hours=3))
    return Earlier(7, outlet_id, spellings(outlets[outlet_id])[0], text, published, own.label, own.controller, own.why, origins)


@dataclass(frozen=True)
class Score:
    """Decisions right among those made (precision) and among those to be made (recall)."""

    right: int
    made: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    def __str__(self) -> str:
        return f"precision {self.precision:.3f} ({self.right}/{self.made})  recall {self.recall:.3f} ({self.right}/{self.wanted})"


def relays(found: Iterable[Judged]) -> Score:
    """The decision that matters: which private outlets' reports are printed as state media's."""
    private = [each for each in found if each.lead.kind != "self"]
    made = [each for each in private if each.printed.label is Label.STATE_MEDIA]
    return Score(
        sum(each.lead.label is Label.STATE_MEDIA for each in made), len(made), sum(each.lead.label is Label.STATE_MEDIA for each in private)
    )


def naming(found: Iterable[Judged]) -> Score:
    """Whether each origin is found under its right name, agencies that no labelled state controls included."""
    found = list(found)
    right = sum(len(each.names & each.lead.names) for each in found)
    return Score(right, sum(len(each.names) for each in found), sum(len(each.lead.names) for each in found))


def report(half: str, wrong: bool) -> tuple[Score, Score]:
    """Print the scores of a half, by language and kind."""
    found = [judged(lead) for lead in leads_of(half)]
    print(f"{half.capitalize()}: {len(found)} leads, {sum(bool(each.lead.names) for each in found)} of them with an origin")
    print(f"  printed label    {relays(found)}")
    print(f"  origins by name  {naming(found)}")
    for part in ("language", "kind"):
        groups: dict[str, list[Judged]] = defaultdict(list)
        for each in found:
            groups[str(getattr(each.lead, part))].append(each)
        for name, members in groups.items():
            exact = sum(each.names == each.lead.names and each.printed.label is each.lead.label for each in members)
            print(f"    {name:18} all right {exact:3} of {len(members):3}   label {relays(members)}")
    for each in found if wrong else ():
        lead = each.lead
        if each.names != lead.names or each.printed.label is not lead.label:
            print(f"  {lead.language} {lead.kind} {lead.outlet_id}: wanted {sorted(lead.names)} {lead.label.value}")
            print(f"      found {sorted(each.names)} {each.printed.label.value} {[origin.words for origin in each.origins]}")
            print(f"      {lead.title} / {lead.text[:160]!r}")
    return relays(found), naming(found)


def milliseconds() -> float:
    """CPU per article of finding origins, over the leads lengthened to the size of an article."""
    outlets, register = shipped()
    filler = "\n".join(["The council met again and heard what the engineers had to say of the road and of its price."] * 30)
    made = [(article_of(lead.title, f"{lead.text}\n{filler}", lead.language), outlets[lead.outlet_id]) for lead in leads_of("develop")]
    find_origins(*made[0], register, DAY)
    began = time.process_time()
    for article, outlet in made:
        find_origins(article, outlet, register, DAY)
    return 1000 * (time.process_time() - began) / len(made)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args(arguments)
    for half in HALVES if asked.half is None else (asked.half,):
        report(half, asked.wrong)
    print(f"{milliseconds():.2f} ms CPU an article")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
