"""The ``newsdesk`` command: reads arguments, calls one function, prints.

Results go to standard output, everything else to standard error. Exit code 0: done; 1: newsdesk refused or failed and says
why; 2: the command was not understood; 130: interrupted.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click
from click.core import ParameterSource
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from config.outlets import language_codes
from config.proposals import apply_proposal
from config.workspace import init_workspace, is_workspace, load_workspace
from crawler.describe import describe
from edition.forms import FORMS
from newsdesk.articles import StoredArticle
from newsdesk.control import editions_of
from newsdesk.edition_rules import check
from newsdesk.errors import EditionRefused, NewsdeskError, NotFound, WorkspaceError
from newsdesk.health import Condition
from newsdesk.learned import WATCH_LIST, ModelRecord
from newsdesk.links import LinkEnd, Outcome, PollOutcome
from newsdesk.naming import resolve_name
from newsdesk.outlets import Control, ControlStatement, Evidence, Outlet
from newsdesk.permissions import Permission, permissions
from newsdesk.provenance import label_of
from newsdesk.registry_check import check_outlets
from newsdesk.sources import PollEnd
from newsdesk.storybook import LabelledPair, StoryHint, StoryView
from newsdesk.versions import Change, Piece, ReadingLine, Version, difference
from newsroom.clock import utc_now
from newsroom.lazily import lazily
from review.passwords import hash_password

if TYPE_CHECKING:
    import demo.server as demo_server
    import edition.export as edition_export_room
    import newsroom.by_hand as by_hand
    import newsroom.explaining as explaining
    import newsroom.ranking as ranking_room
    import scheduler
    import spiders.discovery as discovery
else:
    demo_server = lazily("demo.server")
    edition_export_room = lazily("edition.export")
    by_hand = lazily("newsroom.by_hand")
    explaining = lazily("newsroom.explaining")
    ranking_room = lazily("newsroom.ranking")
    scheduler = lazily("scheduler")
    discovery = lazily("spiders.discovery")

P = ParamSpec("P")
R = TypeVar("R")

err = Console(stderr=True, highlight=False)
out = Console(highlight=False)


def say(line: str = "") -> None:
    """A line of result."""
    click.echo(line)


def say_json(value: object) -> None:
    """A result as one line of JSON, in UTF-8 whatever the terminal's language; what no sign stands for (in a file's name) as ?."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace"))


def iso(moment: datetime | None) -> str | None:
    """A moment as RFC 3339, None where there is none."""
    return None if moment is None else moment.isoformat()


def tell(line: str) -> None:
    """A line for the person at the terminal, never broken inside a path."""
    err.print(line, markup=False, soft_wrap=True)


def add_row(table: Table, *cells: str) -> None:
    """A row of plain words: what strangers wrote is not read as markup."""
    table.add_row(*(Text(cell) for cell in cells))


def home_option(command: Callable[P, R]) -> Callable[P, R]:
    """The workspace every command works in."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="NEWSDESK_HOME",
        default=Path(),
        show_default="the current folder",
        help="The workspace (or set NEWSDESK_HOME).",
    )(command)


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f"{value!r} is no day; give it as YYYY-MM-DD, such as 2020-11-03", param, ctx)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
delay_option = click.option(
    "--delay",
    type=click.FloatRange(0, 3600),
    help="Seconds between requests to one domain, instead of the configured ones. Robots' crawl-delay still counts.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="newsdesk")
@click.option("-v", "--verbose", count=True, help="Say more on standard error; twice for everything.")
def newsdesk(verbose: int) -> None:
    """Reads hundreds of outlets for a monthly monitor, names state media as such, and prints the edition."""
    level = [logging.WARNING, logging.INFO, logging.DEBUG][min(verbose, 2)]
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("scrapy", "twisted", "apscheduler", "trafilatura", "htmldate", "uvicorn.access"):
        logging.getLogger(name).setLevel(max(level, logging.ERROR) if verbose < 2 else logging.DEBUG)


def main() -> None:
    """Entry point; a refusal of ours is printed without a traceback."""
    try:
        newsdesk(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as misuse:
        misuse.show()
        sys.exit(misuse.exit_code)
    except (click.exceptions.Abort, KeyboardInterrupt):
        tell("Interrupted.")
        sys.exit(130)
    except NewsdeskError as refusal:
        tell(f"newsdesk: {refusal}")
        sys.exit(1)


# --- workspace


@newsdesk.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--contact", help="Address or web page a host's administrator can write to; goes into the user agent.")
@click.option("--empty", is_flag=True, help="Without the registry of outlets: you add your own.")
def init(folder: Path, contact: str | None, empty: bool) -> None:
    """Make a workspace in FOLDER: configuration, database, archive."""
    init_workspace(folder, contact=contact, with_registry=not empty)
    with scheduler.open_newsroom(folder) as newsroom:
        on = sum(1 for outlet in newsroom.loaded.outlets if outlet.switched_off is None)
        say(f"The workspace {folder} is ready: {len(newsroom.loaded.outlets)} outlets, {on} of them switched on.")
    if contact is None:
        say("Give a contact in newsdesk.yaml (politeness.contact) before you collect: hosts want to know who reads them.")
    say(f"Next: newsdesk users add NAME --home {folder}, then newsdesk run --home {folder}")


# --- outlets


@newsdesk.group()
def outlets() -> None:
    """The outlets, who controls them, and where they announce."""


@outlets.command("list")
@home_option
@json_option
def outlets_list(home: Path, as_json: bool) -> None:
    """List all outlets."""
    loaded = load_workspace(home).outlets
    if as_json:
        for outlet in loaded:
            say_json(outlet_row(outlet))
        return
    table = Table("id", "name", "country", "languages", "control", "sources", "state")
    for outlet in loaded:
        row = outlet_row(outlet)
        add_row(
            table,
            outlet.id,
            outlet.name,
            outlet.country or "?",
            " ".join(outlet.languages),
            row["control"],
            str(row["sources_on"]),
            str(row["off"] or "on"),
        )
    out.print(table)


def outlet_row(outlet: Outlet, today: date | None = None) -> dict[str, Any]:
    """An outlet in one line, with the control that holds today."""
    statement = outlet.control_on(today or utc_now().date())
    return {
        "id": outlet.id,
        "name": outlet.name,
        "names": list(outlet.names),
        "country": outlet.country,
        "languages": list(outlet.languages),
        "domains": list(outlet.domains),
        "control": statement.control.value if statement else "unknown",
        "controller": statement.controller if statement else None,
        "sources": [source.url for source in outlet.sources],
        "sources_on": sum(1 for source in outlet.sources if source.switched_off is None),
        "draft": outlet.draft,
        "off": outlet.switched_off,
    }


@outlets.command("show")
@click.argument("outlet_id")
@home_option
def outlets_show(outlet_id: str, home: Path) -> None:
    """Show one outlet: its file, its statements of control, its sources and how they fare."""
    with scheduler.open_newsroom(home) as newsroom:
        outlet = newsroom.outlet(outlet_id)
        say((home / "config" / "outlets" / f"{outlet.id}.yaml").read_text(encoding="utf-8").rstrip())
        for report in newsroom.book.report():
            if report.outlet_id == outlet.id:
                counts = ", ".join(f"{name} {count}" for name, count in sorted(report.outcomes.items())) or "no links yet"
                say(f"\n# {report.source_id}: last {report.state.last_outcome or 'never polled'}; waiting {report.waiting}; {counts}")
        for one in permissions(outlet, newsroom.robots.answers(), newsroom.robots.denials()):
            say(f"# {one.source_id}: {allowed_words(one)}")


@outlets.command("allowed")
@home_option
@json_option
def outlets_allowed(home: Path, as_json: bool) -> None:
    """Say for every source what robots.txt and the outlet's terms allow, as last asked."""
    with scheduler.open_newsroom(home) as newsroom:
        answers, denials = newsroom.robots.answers(), newsroom.robots.denials()
        table = Table("source", "robots.txt", "asked", "crawl-delay", "links denied", "terms")
        for outlet in newsroom.loaded.outlets:
            for one in permissions(outlet, answers, denials):
                if as_json:
                    say_json(allowed_row(one))
                else:
                    row = allowed_row(one)
                    shown = (row["asked_at"] or "")[:16], str(row["crawl_delay_seconds"] or ""), str(row["links_denied"] or "")
                    add_row(table, one.source_id, one.robots.value, *shown, one.terms or "")
        if not as_json:
            out.print(table)


def allowed_row(one: Permission) -> dict[str, Any]:
    """What we may do at a source, in one line."""
    answer = one.answer
    return {
        "outlet": one.outlet_id,
        "source": one.source_id,
        "address": one.url,
        "origin": one.origin,
        "robots": one.robots.value,
        "sentence": one.robots.sentence,
        "asked_at": iso(answer.asked_at) if answer else None,
        "status": answer.status if answer else None,
        "detail": answer.detail if answer else "",
        "by_name": answer.by_name if answer else None,
        "crawl_delay_seconds": answer.crawl_delay_seconds if answer else None,
        "links_denied": one.denied.count,
        "last_denied_at": iso(one.denied.last_at),
        "terms": one.terms,
    }


def allowed_words(one: Permission) -> str:
    """The same in a sentence or three."""
    words = [one.robots.sentence]
    if one.answer is not None:
        words.append(f"Asked {one.answer.asked_at:%Y-%m-%d %H:%M} UTC, answered {one.answer.status or one.answer.detail or 'nothing'}.")
        if one.answer.crawl_delay_seconds:
            words.append(f"Crawl-delay {one.answer.crawl_delay_seconds:g} s.")
    if one.denied.count:
        words.append(f"Links not fetched because of it: {one.denied.count}.")
    return " ".join([*words, *([f"Terms: {one.terms}."] if one.terms else [])])


@outlets.command("check")
@home_option
@json_option
def outlets_check(home: Path, as_json: bool) -> None:
    """Say what is missing, unverified, overdue, contradictory, switched off, or proposed."""
    findings = check_outlets(load_workspace(home).outlets, utc_now().date())
    for finding in (*findings, *scheduler.proposed(home)):
        if as_json:
            say_json({"outlet": finding.outlet_id, "kind": finding.kind, "sentence": finding.sentence})
        else:
            say(f"{finding.outlet_id}: {finding.sentence}")


@outlets.command("history")
@click.argument("outlet_id")
@home_option
@json_option
def outlets_history(outlet_id: str, home: Path, as_json: bool) -> None:
    """Say who is stated to control OUTLET_ID day by day, with the evidence, and what was corrected."""
    with scheduler.open_newsroom(home) as newsroom:
        outlet = newsroom.control.stated(outlet_id)
        corrections = newsroom.control.corrections(outlet_id)
        if as_json:
            say_json(
                {
                    "outlet": outlet.id,
                    "control": [asdict(one) for one in outlet.control],
                    "corrections": [asdict(one) for one in corrections],
                }
            )
            return
        for statement in outlet.control:
            label = label_of(outlet, statement.valid_from or statement.valid_to, newsroom.loaded.policy)
            say(f"{statement.valid_from or '...'} to {statement.valid_to or '...'}: {label.label.value}. {label.why}")
        if not outlet.control:
            say(f"Nobody has said who controls {outlet.name}; its articles are of unknown control, never independent.")
        for one in corrections:
            say(f"{one.at:%Y-%m-%d} {one.by}: {one.statement.control.value} stated, {one.reason} ({one.relabelled} articles relabelled)")


@outlets.command("correct")
@click.argument("outlet_id")
@click.option("--control", required=True, type=click.Choice([control.value for control in Control]), help="Who decides what it prints.")
@click.option("--controller", help="The state (ISO 3166-1 alpha-2) or group whose voice it is.")
@click.option("--from", "valid_from", type=Day(), help="The first day; left out, from the beginning.")
@click.option("--to", "valid_to", type=Day(), help="The last day; left out, still.")
@click.option("--basis", required=True, help='What it rests on, such as "press source".')
@click.option("--evidence", required=True, multiple=True, help="What was seen and where; may be given again.")
@click.option("--seen-on", type=Day(), help="The day on which the evidence was seen.")
@click.option("--due-on", type=Day(), help="The day on which it is to be looked at again.")
@click.option("--by", required=True, help="Who corrects it.")
@click.option("--reason", required=True, help="Why; the log keeps it.")
@click.option("--dry-run", is_flag=True, help="Only list the articles and editions it touches.")
@home_option
@json_option
def outlets_correct(outlet_id: str, home: Path, as_json: bool, dry_run: bool, **given: Any) -> None:
    """State who controls OUTLET_ID on some days, and list the articles and editions that this touches."""
    statement = ControlStatement(
        control=Control(given["control"]),
        controller=given["controller"],
        basis=given["basis"],
        evidence=tuple(Evidence(text, given["seen_on"]) for text in given["evidence"]),
        valid_from=given["valid_from"],
        valid_to=given["valid_to"],
        reviewed_by=given["by"],
        review_due_on=given["due_on"],
    )
    with scheduler.open_newsroom(home) as newsroom:
        touched = newsroom.control.preview(outlet_id, statement).touched
        if not dry_run:
            seen = newsroom.control.stated(outlet_id).control
            now = utc_now()
            made = newsroom.control.correct(outlet_id, statement, reason=given["reason"], by=given["by"], seen=seen, now=now)
            touched = made.touched
    if as_json:
        say_json(
            {"outlet": outlet_id, "done": not dry_run, "touched": [asdict(one) for one in touched], "editions": list(editions_of(touched))}
        )
        return
    for one in touched:
        cited = f"; cited in {one.edition}" if one.edition else ""
        say(f"article {one.article_id} of {one.published_on or 'an unknown day'}: {one.before.value} -> {one.after.value}{cited}")
    verb = "would change" if dry_run else "changed"
    cited_in = ", ".join(editions_of(touched)) or "none"
    say(f"{outlet_id}: the label of {len(touched)} stored articles {verb}; editions that cite them: {cited_in}.")


@outlets.command("apply")
@click.argument("outlet_id", nargs=-1, required=True)
@home_option
def outlets_apply(outlet_id: Sequence[str], home: Path) -> None:
    """Add the sources that newsdesk found when it looked again to the file of OUTLET_ID."""
    load_workspace(home)
    for one in outlet_id:
        outlet, proposal = apply_proposal(home, one)
        say(f"{outlet.id}: {', '.join(source.url for source in proposal.sources)} added; the sources it had stay as they were.")


@outlets.command("resolve")
@click.argument("name", nargs=-1, required=True)
@home_option
@json_option
def outlets_resolve(name: Sequence[str], home: Path, as_json: bool) -> None:
    """Say which outlet a printed NAME means, or between which it is ambiguous."""
    loaded = load_workspace(home).outlets
    for one in name:
        found = resolve_name(loaded, one)
        ids = list(found.outlet_ids)
        if as_json:
            say_json({"name": one, "outlets": ids, "near": list(found.near)})
        else:
            near = f"; near: {', '.join(found.near)}" if found.near else ""
            say(f"{one}: {' or '.join(ids)}" if ids else f"{one}: no outlet{near}")


@outlets.command("add")
@click.argument("url", nargs=-1)
@click.option(
    "--from",
    "from_file",
    type=click.File(encoding="utf-8"),
    help="A file with an address or host a line (# begins a comment); - reads standard input.",
)
@home_option
@delay_option
@json_option
def outlets_add(url: Sequence[str], from_file: Any, home: Path, delay: float | None, as_json: bool) -> None:
    """Find where the outlet at URL announces its articles, and write a draft whose control is unknown.

    A host that an outlet already covers gets the sources found there added to that outlet.
    """
    stated = [line.partition("#")[0].strip() for line in [*url, *(from_file or ())]]
    homes = tuple(dict.fromkeys(discovery.home_of(line) for line in stated if line))
    if not homes:
        raise click.UsageError("Name an address, or a file of addresses with --from.")
    with scheduler.open_newsroom(home) as newsroom:
        with steps("hosts", len(homes)) as step:
            found = scheduler.run_in_loop(lambda: scheduler.discover_all(newsroom, homes, delay_seconds=delay, step=step))
        additions = scheduler.add_found(newsroom, homes, found, utc_now().date())
    for addition in additions:
        if as_json:
            say_json(asdict(addition))
        else:
            say(addition.sentence)
    if any(addition.outlet_id is None for addition in additions):
        sys.exit(1)


# --- collecting


class Tracker:
    """Shows a round on a terminal, and remembers how polls and links ended."""

    def __init__(self) -> None:
        self.polls: list[PollEnd] = []
        self.outcomes: Counter[str] = Counter()
        self._waiting = 0
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[links]}"),
            TimeElapsedColumn(),
            console=err,
            disable=not err.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("sources polled", total=None, links="")

    def __enter__(self) -> Tracker:
        self._bar.start()
        return self

    def __exit__(self, *trouble: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the display away; what is remembered stays."""
        self._bar.stop()

    def runs(self, polls: int) -> None:
        """How many polls there will be."""
        self._bar.update(self._task, total=polls)

    def doubts(self, waiting: int) -> Callable[[int], None]:
        """How many doubts are to be read again; yields what to tell how many more are read."""
        task = self._bar.add_task("doubts read again", total=waiting, visible=waiting > 0, links="")
        return lambda more: self._bar.advance(task, more)

    def polled(self, end: PollEnd) -> None:
        """A poll ended."""
        self.polls.append(end)
        self._bar.update(self._task, advance=1)

    def link_ended(self, outlet_id: str, outcome: Outcome, waits: bool) -> None:
        """A link ended, or waits for another try."""
        self.outcomes["to be tried again" if waits else outcome.value] += 1
        self._bar.update(self._task, links=f"{self.outcomes[Outcome.STORED.value]} stored, {self.outcomes.total()} links")


@contextlib.contextmanager
def steps(what: str, total: int) -> Iterator[Callable[..., None]]:
    """A progress bar on a terminal; yields what to call at each step, or with how many more are done."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        disable=not err.is_terminal,
        transient=True,
    )
    task = bar.add_task(what, total=total)
    with bar:
        yield lambda advance=1: bar.advance(task, advance)


@newsdesk.command()
@click.option("--once", is_flag=True, required=True, help="One complete round over all due sources.")
@click.option("--outlet", "only", multiple=True, help="Only this outlet (may be given again).")
@click.option("--due", "only_due", is_flag=True, help="Only the sources that the schedule says are due (for cron).")
@click.option(
    "--back-to",
    type=Day(),
    help="Follow the older pages of feeds and section pages back to this day (needs --outlet): the first fill.",
)
@home_option
@delay_option
@json_option
def collect(once: bool, only: Sequence[str], only_due: bool, back_to: date | None, home: Path, delay: float | None, as_json: bool) -> None:
    """Collect one round, and say what became of every link. (The daemon, 'newsdesk run', does this by itself.)

    By hand every source is asked that is switched on and not backed off from; unchanged ones answer 304.
    """
    if back_to is not None and not only:
        raise click.UsageError("Say which outlet to fill: --back-to needs --outlet.")
    with scheduler.open_newsroom(home) as newsroom, scheduler.holding_desk(newsroom, "newsdesk collect --once"):
        warn_without_contact(newsroom)
        for outlet_id in only:
            newsroom.outlet(outlet_id)
        began_at = utc_now()
        with Tracker() as tracker:
            plan = scheduler.Round(delay_seconds=delay, only=frozenset(only) or None, all_sources=not only_due, back_to=back_to)
            complete = scheduler.run_in_loop(lambda: scheduler.collect_once(newsroom, plan, witness=tracker, progress=tracker))
        ends, again = newsroom.ledger.ends(since=began_at), newsroom.pages.readings(since=began_at)
        if as_json:
            for poll in tracker.polls:
                say_json(poll_row(poll))
            for end in ends:
                say_json(link_row(end))
            for line in again:
                say_json(reading_row(line))
            say_json({"record": "summary", "complete": complete, **summary(tracker.polls, ends), "rereads": counted(again)})
        else:
            show_round(tracker.polls, ends)
            show_readings(again)
    if not complete:
        tell("Stopped before the round was complete; the next round goes on from here.")
        sys.exit(130)


def warn_without_contact(newsroom: scheduler.Newsroom) -> None:
    """Hosts want to know who reads them (RFC 9110, 10.1.5)."""
    if not newsroom.loaded.settings.politeness.contact:
        tell("No contact is given in newsdesk.yaml (politeness.contact): hosts cannot tell who reads them.")


def poll_row(poll: PollEnd) -> dict[str, Any]:
    """A poll as a JSON object."""
    return {
        "record": "poll",
        "source": poll.source_id,
        "outcome": poll.outcome.value,
        "sentence": poll.outcome.sentence,
        "detail": poll.detail,
        "status": poll.status,
        "announced": poll.announced,
        "new": poll.new,
        "cut": poll.cut,
        "at": poll.polled_at.isoformat(),
    }


def link_row(end: LinkEnd) -> dict[str, Any]:
    """How a link stands, as a JSON object. ``outcome`` is null while it waits to be fetched the first time."""
    return {
        "record": "link",
        "address": end.address,
        "key": end.key,
        "outlet": end.outlet_id,
        "source": end.source_id,
        "outcome": end.outcome.value if end.outcome else None,
        "final": end.outcome is not None and end.next_try_at is None,
        "sentence": end.outcome.sentence if end.outcome else "Waits to be fetched.",
        "detail": end.detail,
        "attempts": end.attempts,
        "next_try_at": end.next_try_at.isoformat() if end.next_try_at else None,
        "article": end.article_id,
    }


def summary(polls: Sequence[PollEnd], ends: Sequence[LinkEnd]) -> dict[str, Any]:
    """Counts of a round: polls by outcome, links by outcome, links that wait."""
    final = [end for end in ends if end.outcome is not None and end.next_try_at is None]
    return {
        "polls": dict(Counter(poll.outcome.value for poll in polls)),
        "links": dict(Counter(end.outcome.value for end in final if end.outcome)),
        "retry": dict(Counter(end.outcome.value for end in ends if end.outcome and end.next_try_at is not None)),
        "waiting": sum(1 for end in ends if end.outcome is None),
    }


def reading_row(line: ReadingLine) -> dict[str, Any]:
    """A page read again, as a JSON object."""
    return {
        "record": "reread",
        "article": line.article_id,
        "outlet": line.outlet_id,
        "found": line.found.value,
        "sentence": line.found.sentence,
        "detail": line.detail,
        "status": line.status,
        "at": line.read_at.isoformat(),
    }


def counted(again: Sequence[ReadingLine]) -> dict[str, int]:
    """Pages read again, by what was found."""
    return dict(Counter(line.found.value for line in again))


def show_readings(again: Sequence[ReadingLine]) -> None:
    """Pages read again, for people: those that say something new, then the counts."""
    for line in again:
        if not line.found.is_unchanged:
            say(f"article {line.article_id}: {line.found.sentence} {line.detail}")
    if again:
        say(f"Pages read again: {listed(counted(again))}.")


def show_links(ends: Sequence[LinkEnd]) -> None:
    """Links for people: outcome, address, and the reason where there is one."""
    for end in ends:
        if end.outcome is None:
            say(f"waiting            {end.address}")
        else:
            again = f" (again at {end.next_try_at:%Y-%m-%d %H:%M} UTC)" if end.next_try_at else ""
            say(f"{end.outcome.value:<18} {end.address}{again}" + (f"  {end.detail}" if end.detail else ""))


def show_round(polls: Sequence[PollEnd], ends: Sequence[LinkEnd]) -> None:
    """A round for people: what became of every link, the sources in trouble, then the counts."""
    show_links(ends)
    counts = summary(polls, ends)
    troubled = [poll for poll in polls if not isinstance(poll.outcome, PollOutcome) or poll.outcome.is_failure]
    for poll in troubled:
        say(f"source {poll.source_id}: {poll.outcome.sentence} {poll.detail}")
    say(f"Polled {len(polls)} source{'' if len(polls) == 1 else 's'}: {listed(counts['polls'])}.")
    say(f"Links ended: {listed(counts['links'])}. To be tried again: {listed(counts['retry'])}. Waiting: {counts['waiting']}.")


def listed(counts: dict[str, int]) -> str:
    """Counts in words, the largest first."""
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(counts.items(), key=lambda item: -item[1])) or "none"


@newsdesk.command()
@home_option
@json_option
@click.option("--all", "everything", is_flag=True, help="Also sources that were never polled.")
def status(home: Path, as_json: bool, everything: bool) -> None:
    """Show each source: how it fares, and what became of its links, counted."""
    with scheduler.open_newsroom(home) as newsroom:
        reports = [
            report
            for report in newsroom.book.report()
            if everything or as_json or report.state.polled_at or report.outcomes or report.waiting
        ]
    if as_json:
        for report in reports:
            say_json(
                {
                    "source": report.source_id,
                    "outlet": report.outlet_id,
                    "kind": report.kind,
                    "url": report.url,
                    "outcomes": dict(report.outcomes),
                    "waiting": report.waiting,
                    "polled_at": iso(report.state.polled_at),
                    "due_at": iso(report.state.due_at),
                    "last": report.state.last_outcome,
                    "detail": report.state.last_detail,
                    "failing_since": iso(report.state.failing_since),
                    "reason": report.state.reason,
                    "interval_seconds": report.state.interval_seconds,
                    "moved_to": report.state.moved_to,
                    "moved_at": iso(report.state.moved_at),
                    "asks_editor": report.state.asks_editor,
                }
            )
        return
    names = ("source", "last poll", "result", "next poll", "why then", "failing since", "waiting", "links by outcome")
    table = Table(*(Column(name, overflow="fold") for name in names))
    for report in reports:
        state = report.state
        add_row(
            table,
            report.source_id,
            f"{state.polled_at:%Y-%m-%d %H:%M}" if state.polled_at else "never",
            state.last_outcome or "",
            f"{state.due_at:%Y-%m-%d %H:%M}",
            state.reason,
            f"{state.failing_since:%Y-%m-%d %H:%M}" if state.failing_since else "",
            str(report.waiting),
            listed(dict(report.outcomes)),
        )
    out.print(table)
    for report in reports:
        if report.state.asks_editor:
            say(f"{report.source_id}: {report.state.asks_editor}")
    total: Counter[str] = Counter()
    for report in reports:
        total.update(report.outcomes)
    say(f"All sources: {listed(dict(total))}; {sum(report.waiting for report in reports)} links wait. Times are UTC.")


@newsdesk.command()
@home_option
@json_option
def health(home: Path, as_json: bool) -> None:
    """Say what is the matter with sources, languages and sections, since when, and what is fixed; exit code 1 if anything is."""
    with scheduler.open_newsroom(home) as newsroom:
        found, notice = scheduler.check_health(newsroom, utc_now())
        since = {(one.subject, one.trouble): one.since for one in newsroom.health.standings().conditions}
    new = {(one.subject, one.trouble) for one in notice.raised}
    for one in found:
        began = since[one.subject, one.trouble]
        if as_json:
            say_json({**condition_row(one, began), "new": (one.subject, one.trouble) in new})
        else:
            say(f"{one.subject}: {one.trouble.words} since {began:%Y-%m-%d %H:%M} UTC. {one.sentence}")
    for one in notice.fixed:
        if as_json:
            say_json({**condition_row(one, one.since), "new": False, "fixed": True})
        else:
            say(f"{one.subject}: {one.trouble.words} is fixed.")
    if not as_json:
        say(f"{len(found)} to look at." if found else "Nothing is the matter.")
    if found:
        sys.exit(1)


def condition_row(one: Condition, since: datetime) -> dict[str, Any]:
    """What is the matter, as a JSON object."""
    return {
        "subject": one.subject,
        "state": one.trouble.value,
        "since": since.isoformat(),
        "sentence": one.sentence,
        "fixed": False,
    }


# --- reading and listing


@newsdesk.command()
@click.argument("file_or_url", nargs=-1, required=True)
@click.option("--url", "address", help="The address the file was fetched from.")
@click.option("--outlet", "outlet_id", help="Read with what is known of this outlet (needs a workspace).")
@home_option
@json_option
def read(file_or_url: Sequence[str], address: str | None, outlet_id: str | None, home: Path, as_json: bool) -> None:
    """Print what would be stored of pages, and from which hints; store nothing."""
    failed = False
    for one in scheduler.read_without_storing(file_or_url, address=address, outlet_id=outlet_id, home=home):
        row = {"input": one.name, **(describe(one.result) if one.result is not None else {"outcome": one.outcome, "detail": one.detail})}
        failed = failed or one.result is None
        if as_json:
            say_json(row)
        else:
            show_reading(row)
    if failed:
        sys.exit(1)


def show_reading(row: dict[str, Any]) -> None:
    """A reading for people."""
    say(f"== {row['input']}")
    for name, value in row.items():
        if name not in ("input", "text") and value not in (None, "", [], {}):
            say(f"{name:>12}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)}")
    if row.get("text"):
        say(f"{'text':>12}: {row['text']}")
    say()


@newsdesk.command()
@click.option("--outlet", "outlet_id", help="Only of this outlet.")
@click.option("--limit", type=click.IntRange(1), help="At most so many, the newest first.")
@home_option
@json_option
@click.option("--text", "with_text", is_flag=True, help="With the whole text (JSON only).")
def articles(outlet_id: str | None, limit: int | None, home: Path, as_json: bool, with_text: bool) -> None:
    """List what is stored."""
    with scheduler.open_newsroom(home) as newsroom:
        stored = newsroom.shelf.articles(outlet_id, limit)
        versions = newsroom.pages.version_counts()
    if as_json:
        for one in stored:
            say_json({**article_row(one, with_text), "versions": versions.get(one.id, 1)})
        return
    table = Table("id", "published", "outlet", "language", "label", "story", "title")
    for one in stored:
        row = article_row(one, False)
        published = row["published"]
        add_row(
            table,
            str(one.id),
            published["on"] if published else "?",
            one.outlet_id,
            row["language"] or "?",
            one.label,
            str(one.story_id),
            row["title"] or "(untitled)",
        )
    out.print(table)
    say(f"{len(stored)} articles.")


def article_row(one: StoredArticle, with_text: bool) -> dict[str, Any]:
    """A stored article as a JSON object."""
    article = one.article
    published = article.published
    row = {
        "id": one.id,
        "address": article.address,
        "key": one.key,
        "outlet": one.outlet_id,
        "language": article.language.value if article.language else None,
        "title": article.title.value if article.title else None,
        "authors": list(article.authors.value) if article.authors else [],
        "published": {
            "value": published.value.isoformat(),
            "on": published.value.on.isoformat(),
            "at": published.value.at.isoformat(),
            "precision": published.value.precision.value,
            "offset_minutes": published.value.offset_minutes,
            "hint": published.hint.value,
        }
        if published
        else None,
        "label": one.label,
        "label_why": one.label_why,
        "story": one.story_id,
        "snapshot": {"file": one.snapshot_file, "offset": one.snapshot_offset, "record_id": one.snapshot_record_id},
        "stored_at": one.stored_at.isoformat(),
    }
    return {**row, "text": article.text} if with_text else row


@newsdesk.command("versions")
@click.argument("article_id", type=int)
@home_option
@json_option
def versions_of(article_id: int, home: Path, as_json: bool) -> None:
    """Show what an article's page said each time it had changed, and every look at it."""
    with scheduler.open_newsroom(home) as newsroom:
        newsroom.shelf.article(article_id)
        history = newsroom.pages.histories([article_id])[article_id]
    if as_json:
        for version in history.versions:
            say_json(version_row(history.article_id, version))
        for line in history.readings:
            say_json(reading_row(line))
        return
    for before, version in zip((None, *history.versions), history.versions, strict=False):
        say(f"== version {version.number}, read {version.read_at:%Y-%m-%d %H:%M} UTC: {version.title or '(untitled)'}")
        if before is not None and version.changes is not None:
            say(version.changes.summary)
            for sentence in version.news:
                say(f"Judged anew: {sentence}")
            say(difference_in_signs(difference(before.text, version.text)))
    for line in history.readings:
        say(f"{line.read_at:%Y-%m-%d %H:%M} UTC  {line.found.sentence} {line.detail}".rstrip())
    then = f"{history.due_at:%Y-%m-%d %H:%M} UTC, if its story still stands before the editors" if history.due_at else "never"
    say(f"Read again: {then}.")


def version_row(article_id: int, version: Version) -> dict[str, Any]:
    """A version as a JSON object; ``summary`` and what follows compare it with the one before."""
    changes = version.changes
    return {
        "record": "version",
        "article": article_id,
        "number": version.number,
        "title": version.title,
        "text": version.text,
        "read_at": version.read_at.isoformat(),
        "summary": changes.summary if changes else None,
        "material": changes.material if changes else None,
        "words_added": changes.words_added if changes else None,
        "words_removed": changes.words_removed if changes else None,
        "judged_at": iso(version.judged_at),
        "news": list(version.news),
        "snapshot": {"file": version.snapshot.file, "offset": version.snapshot.offset, "record_id": version.snapshot.record_id},
    }


def difference_in_signs(pieces: Sequence[Piece]) -> str:
    """A difference for a terminal: [-removed-] {+added+}; paragraphs that were kept are left out."""
    signs = {Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}", Change.KEPT: "{}"}
    parts = ((signs[piece.change], piece.text.split("\n")) for piece in pieces)
    lines = "".join("\n".join(sign.format(line) if line else "" for line in told) for sign, told in parts).split("\n")
    return "\n".join(f"  {line}" for line in lines if "[-" in line or "{+" in line)


@newsdesk.command()
@click.option("--source", "source_id", help="Only of this source.")
@home_option
@json_option
def links(source_id: str | None, home: Path, as_json: bool) -> None:
    """List every announced address and what became of it."""
    with scheduler.open_newsroom(home) as newsroom:
        ends = newsroom.ledger.ends(source_id)
    if as_json:
        for end in ends:
            say_json(link_row(end))
        return
    show_links(ends)
    say(f"{len(ends)} links.")


@newsdesk.command()
@click.argument("article_id", type=int)
@home_option
@click.option("--check", is_flag=True, help="Read the snapshot again and compare with what is stored.")
@click.option("--headers", is_flag=True, help="Only status and headers.")
def snapshot(article_id: int, home: Path, check: bool, headers: bool) -> None:
    """Print the page an article was read from, as it was received."""
    with scheduler.open_newsroom(home) as newsroom:
        if check:
            same, sentence = scheduler.check_snapshot(newsroom, article_id)
            say(sentence)
            sys.exit(0 if same else 1)
        exchange = scheduler.exchange_of(newsroom, article_id)
    if headers:
        say(f"{exchange.status}")
        for name, value in exchange.headers:
            say(f"{name}: {value}")
        return
    sys.stdout.buffer.write(exchange.decoded_body(newsroom.loaded.settings.limits.page_bytes))


# --- asked by hand


class CodeOfLanguage(click.ParamType[str]):
    """An ISO 639-1 code such as es; of a tag such as pt-BR its first part."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        code = re.split("[-_]", value.strip().lower(), maxsplit=1)[0]
        if code not in language_codes():
            self.fail(f"{value!r} is no ISO 639-1 code; give two letters, such as es", param, ctx)
        return code


def tell_whose_rules(home: Path) -> None:
    """Say that a folder which was named is no workspace, so that nobody takes the shipped rules for their own."""
    named = click.get_current_context().get_parameter_source("home") is not ParameterSource.DEFAULT
    if named and not is_workspace(home):
        tell(f"newsdesk: {home} is no workspace; the rules newsdesk comes with hold.")


@newsdesk.command()
@click.argument("file", nargs=-1, required=True)
@click.option("--outlet", "outlet_id", help="Who published it.")
@click.option("--published", type=Day(), help="The day of publication, as YYYY-MM-DD.")
@click.option("--language", type=CodeOfLanguage(), help="ISO 639-1; without it the language is detected.")
@home_option
def explain(file: Sequence[str], outlet_id: str | None, published: date | None, language: str | None, home: Path) -> None:
    """Say what the desk would think of texts: whose voice, opinion, score, sections, with reasons. JSON; stores nothing."""
    given = by_hand.Given(outlet_id, published, language)
    tell_whose_rules(home)
    refused = 0
    with explaining.open_explainer(home) as explainer:
        by_hand.publisher_of(explainer.loaded, given, by_hand.NO_ADDRESS)  # an unknown outlet is refused before anything is read
        found = by_hand.articles_by_hand(file, [given] * len(file), explainer.loaded, utc_now, sys.stdin.buffer)
        for name, article in zip(file, found, strict=True):
            if isinstance(article, by_hand.UnreadableInput):
                tell(f"newsdesk: {article}")
                refused += 1
            else:
                say_json({"file": name, **explaining.explanation(explainer.judged(article, given), given)})
    if refused:
        sys.exit(1)


@newsdesk.command()
@click.argument("two", nargs=2, metavar="A B")
@click.option("--published-a", type=Day(), help="The day on which A was published.")
@click.option("--published-b", type=Day(), help="The day on which B was published.")
@click.option("--language-a", type=CodeOfLanguage(), help="The language of A; without it, detected.")
@click.option("--language-b", type=CodeOfLanguage(), help="The language of B; without it, detected.")
@home_option
def compare(
    two: tuple[str, str],
    published_a: date | None,
    published_b: date | None,
    language_a: str | None,
    language_b: str | None,
    home: Path,
) -> None:
    """Say whether the texts A and B tell one story or are copies, and why. JSON; stores nothing."""
    given = [by_hand.Given(None, *known) for known in ((published_a, language_a), (published_b, language_b))]
    tell_whose_rules(home)
    with explaining.workspace_or_shipped(home) as rules:
        found = list(by_hand.articles_by_hand(two, given, load_workspace(rules), utc_now, sys.stdin.buffer))
    one, other = (by_hand.readable(each) for each in found)
    say_json({"files": list(two), **explaining.comparison(one, other, explaining.readers_of(home))})


# --- stories


@newsdesk.group()
def stories() -> None:
    """Stories: the articles that tell one event, and what editors said of them."""


@stories.command("show")
@click.argument("story_id", type=int)
@home_option
@json_option
def show_story(story_id: int, home: Path, as_json: bool) -> None:
    """Show a story's articles, why each is there, and what is perhaps the same."""
    with scheduler.open_newsroom(home) as newsroom:
        story = newsroom.stories.story(story_id)
    if as_json:
        say_json(story_row(story))
        return
    for member in story.members:
        say(f"{story_line(member.article)}\n   {member.kind}: {member.reason}")
    for hint in story.hints:
        say(f"Perhaps the same, story {hint.story_id}: {story_line(hint.article)}\n   {hint.score:.0%}: {hint.reason}")
    for hint in story.told_apart:
        say(f"Told apart, story {hint.story_id}: {story_line(hint.article)}\n   {hint.score:.0%}: {hint.reason}")


def story_line(one: StoredArticle) -> str:
    """``12  2026-11-16  es  El Faro: Un sismo sacude Managua``."""
    article = one.article
    day = article.published.value.on.isoformat() if article.published else "no day"
    language = article.language.value if article.language else "??"
    return f"{one.id:6d}  {day}  {language}  {one.outlet_id}: {scheduler.titled(article) or '(untitled)'}"


def story_row(story: StoryView) -> dict[str, Any]:
    """A story as a JSON object."""
    return {
        "story": story.story_id,
        "articles": [
            {"id": member.article.id, "outlet": member.article.outlet_id, "joined_as": member.kind, "with": member.other_article_id}
            | {"why": member.reason}
            for member in story.members
        ],
        "perhaps": [hint_row(hint) for hint in story.hints],
        "told_apart": [hint_row(hint) for hint in story.told_apart],
        "said": [asdict(verdict) | {"at": verdict.at.isoformat()} for verdict in story.verdicts],
    }


def hint_row(hint: StoryHint) -> dict[str, Any]:
    """A suggestion as a JSON object."""
    return {"story": hint.story_id, "article": hint.article.id, "likelihood": round(hint.score, 4), "why": hint.reason}


@stories.command("labels")
@home_option
@json_option
def story_labels(home: Path, as_json: bool) -> None:
    """List the pairs of articles that editors merged or parted: the labelled set of the next measurement."""
    with scheduler.open_newsroom(home) as newsroom:
        pairs = newsroom.stories.labels()
    for pair in pairs:
        if as_json:
            say_json(label_row(pair))
        else:
            told = "same " if pair.same else "other"
            say(f"{told}  {pair.one.article_id} {pair.one.title}  |  {pair.other.article_id} {pair.other.title}")
    if not as_json:
        say(f"{len(pairs)} pairs, {sum(pair.same for pair in pairs)} of them of one event.")


def label_row(pair: LabelledPair) -> dict[str, Any]:
    """A labelled pair as a JSON object."""
    return {
        "same": pair.same,
        "articles": [asdict(one) | {"published_on": one.published_on and one.published_on.isoformat()} for one in (pair.one, pair.other)],
        "verdict": pair.verdict_id,
        "by": pair.by,
        "at": pair.at.isoformat(),
        "why": pair.reason,
    }


@stories.command("retell")
@click.option("--all", "everything", is_flag=True, help="Every stored article, not only those new reports are compared with.")
@home_option
@json_option
def retell(everything: bool, home: Path, as_json: bool) -> None:
    """Tell stored articles anew after the rules changed, the newest first. (The daemon does this by itself.)"""
    with scheduler.open_newsroom(home) as newsroom, scheduler.holding_desk(newsroom, "newsdesk stories retell"):
        room = newsroom.retelling
        untold = room.untold(utc_now(), everything=everything)
        with steps("articles told anew", len(untold)) as step:
            retold = room.tell(untold, step=step)
    if as_json:
        say_json(asdict(retold))
    else:
        say(retold.sentence)


@stories.command("reread")
@home_option
@json_option
def reread(home: Path, as_json: bool) -> None:
    """Read again what is in doubt of the stories in the queue, by the stronger comparison. (The daemon does this by itself.)"""
    with scheduler.open_newsroom(home) as newsroom, scheduler.holding_desk(newsroom, "newsdesk stories reread"):
        room = newsroom.second_reading
        with steps("doubts read again", room.waiting()) as step:
            found = room.read_doubts(step=step)
    if as_json:
        say_json(asdict(found))
    else:
        say(found.sentence)


# --- the ranking


@newsdesk.group()
def ranking() -> None:
    """The queue's order, learned from what the editors decide."""


@ranking.command("status")
@home_option
@json_option
def ranking_status(home: Path, as_json: bool) -> None:
    """Say which version ranks the queue, what it was learned from, and what is new since."""
    with scheduler.open_newsroom(home) as newsroom:
        book = newsroom.ranking.book
        choices, records, counts = book.choices(), book.records(), book.counts()
        lessons, past = book.lessons(), len(book.past())
    if as_json:
        for choice in choices:
            say_json(
                {"record": "choice", "version": choice.version, "by": choice.chosen_by, "why": choice.why, "at": iso(choice.chosen_at)}
            )
        for record in records:
            say_json({"record": "version", **version_of_ranking(record), "open_candidates": counts.get(record.version, 0)})
        say_json({"record": "lessons", "decisions": lessons, "past_entries": past})
        return
    current = choices[0].version if choices else WATCH_LIST
    say(f"The queue is ranked by {ranking_version(current)}." + (f" {choices[0].chosen_by}: {choices[0].why}" if choices else ""))
    say(f"There are {lessons} decisions to learn from, and {past} entries of past editions.")
    for record in records:
        passed = "passed its check" if record.adopted else "did not pass its check"
        trained = f"{record.trained_at:%Y-%m-%d %H:%M} UTC by {record.trained_by}"
        say(f"Version {record.version}, {trained}, {record.lessons} decisions: {passed}.")


@ranking.command("train")
@home_option
def ranking_train(home: Path) -> None:
    """Learn from everything decided so far, at once; the new version ranks if it passes its check."""
    with scheduler.open_newsroom(home) as newsroom:
        learned, record = newsroom.ranking.train(getpass.getuser(), utc_now())
        if record is None:
            raise NothingToLearn(learned.why)
        say(f"Version {record.version}: {record.why}")
        if record.adopted:
            say(f"{newsroom.ranking.rank_all()} candidates ranked anew.")


@ranking.command("show")
@click.argument("version", type=click.IntRange(1))
@home_option
@json_option
def ranking_show(version: int, home: Path, as_json: bool) -> None:
    """Show what VERSION gets right and wrong, by language, with its calibration and worst mistakes."""
    with scheduler.open_newsroom(home) as newsroom:
        record = next((one for one in newsroom.ranking.book.records(10_000) if one.version == version), None)
    if record is None:
        raise NotFound(f"There is no version {version} of the ranking; see: newsdesk ranking status")
    if as_json:
        say_json({**version_of_ranking(record), "report": asdict(record.report)})
        return
    say(record.why)
    table = Table("language", "accepted", "rejected", "pairs in order", "by the watch-list", "missed", "false alarms")
    for row in record.report.languages:
        shares = [("-" if share is None else f"{share:.1%}") for share in (row.order, row.watch_list_order)]
        add_row(table, row.language, str(row.accepted), str(row.rejected), *shares, str(row.missed), str(row.false_alarms))
    out.print(table)
    for each in record.report.bins:
        say(f"Of {each.count} stories given {each.said:.0f} of 100, {each.seen:.0f} of 100 were accepted.")
    for mistake in record.report.mistakes:
        say(f"{'Missed' if mistake.wanted else 'False alarm'} ({mistake.language}, given {mistake.said:.0f}): {mistake.name}")


@ranking.command("use")
@click.argument("version", type=click.IntRange(0))
@click.option("--because", metavar="REASON", required=True, help="Why; it is kept with the choice.")
@home_option
def ranking_use(version: int, because: str, home: Path) -> None:
    """Let VERSION rank the queue from now on; 0 is the watch-list alone."""
    with scheduler.open_newsroom(home) as newsroom:
        newsroom.ranking.use(version, getpass.getuser(), because, utc_now())
        say(f"The queue is ranked by {ranking_version(version)}; {newsroom.ranking.rank_all()} candidates ranked anew.")


@ranking.command("learn")
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@home_option
def ranking_learn(file: Sequence[Path], home: Path) -> None:
    """Take in the entries of past editions from FILE, as examples of what the desk wants."""
    entries = [entry for one in file for entry in ranking_room.read_past(one)]
    with scheduler.open_newsroom(home) as newsroom:
        new = newsroom.ranking.book.add_past(entries, utc_now())
    say(f"{len(entries)} entries read, {new} of them new. They count at the next training: newsdesk ranking train")


class NothingToLearn(NewsdeskError):
    """There are too few decisions to learn anything."""


def ranking_version(version: int) -> str:
    """A version in words."""
    return "the watch-list alone" if version == WATCH_LIST else f"version {version}"


def version_of_ranking(record: ModelRecord) -> dict[str, Any]:
    """A training run in one line."""
    return {
        "version": record.version,
        "trained_at": iso(record.trained_at),
        "trained_by": record.trained_by,
        "decisions": record.lessons,
        "passed": record.adopted,
        "why": record.why,
        "average_precision": record.report.learned.average_precision,
        "watch_list_average_precision": record.report.watch_list.average_precision,
    }


# --- editors


@newsdesk.group()
def users() -> None:
    """The editors' accounts."""


@users.command("add")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@home_option
def users_add(name: str, password_stdin: bool, home: Path) -> None:
    """Make an account."""
    with scheduler.open_newsroom(home) as newsroom:
        newsroom.accounts.add_user(checked_name(name), hash_password(ask_password(password_stdin)), utc_now())
    say(f"{name} can sign in.")


@users.command("password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@home_option
def users_password(name: str, password_stdin: bool, home: Path) -> None:
    """Give an account a new password."""
    with scheduler.open_newsroom(home) as newsroom:
        newsroom.accounts.set_password(name, hash_password(ask_password(password_stdin)))
    say(f"{name} has a new password.")


@users.command("off")
@click.argument("name")
@home_option
def users_off(name: str, home: Path) -> None:
    """Switch an account off; what it decided stays."""
    with scheduler.open_newsroom(home) as newsroom:
        newsroom.accounts.switch_user(name, off=True)
    say(f"{name} cannot sign in any more.")


@users.command("on")
@click.argument("name")
@home_option
def users_on(name: str, home: Path) -> None:
    """Switch an account on again."""
    with scheduler.open_newsroom(home) as newsroom:
        newsroom.accounts.switch_user(name, off=False)
    say(f"{name} can sign in.")


@users.command("list")
@home_option
def users_list(home: Path) -> None:
    """List the accounts."""
    with scheduler.open_newsroom(home) as newsroom:
        for user in newsroom.accounts.users():
            say(f"{user.name}  since {user.created_at:%Y-%m-%d}" + ("  (off)" if user.switched_off else ""))


def checked_name(name: str) -> str:
    """An account name that can be read in a log."""
    if not name.strip() or name != name.strip() or len(name) > 64 or not name.isprintable():
        raise WorkspaceError(f"{name!r} is no account name: 1 to 64 printable characters without spaces around them.")
    return name


def ask_password(from_stdin: bool) -> str:
    """A password, asked twice on a terminal; ``hash_password`` says whether it is good enough."""
    if from_stdin or not sys.stdin.isatty():
        first = sys.stdin.readline().rstrip("\n")
    else:
        first = getpass.getpass("Password: ")
        if first != getpass.getpass("Again: "):
            raise WorkspaceError("The two passwords differ; nothing was changed.")
    return first


# --- edition


@newsdesk.group()
def edition() -> None:
    """The monthly product."""


@edition.command("export")
@click.argument("month")
@click.option("--format", "form", type=click.Choice(FORMS), default="md", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of standard output.")
@click.option("--waive", metavar="REASON", help="Export although a rule is broken; the reason is logged.")
@home_option
def edition_export(month: str, form: str, output: Path | None, waive: str | None, home: Path) -> None:
    """Check the edition of MONTH (YYYY-MM) against the rules and export it."""
    with scheduler.open_newsroom(home) as newsroom:
        exported = scheduler.export_edition(newsroom, checked_month(month), form, by=getpass.getuser(), waiver=waive)
    for finding in exported.findings:
        tell(f"{'waived' if finding.refuses else 'note'}: {finding.sentence}")
    if output is None:
        sys.stdout.buffer.write(exported.content)
    else:
        edition_export_room.write_atomically(output, exported.content)
        tell(f"Wrote {output}.")


@edition.command("check")
@click.argument("month")
@home_option
def edition_check(month: str, home: Path) -> None:
    """Check the edition of MONTH against the rules; exit code 1 when it would be refused."""
    with scheduler.open_newsroom(home) as newsroom:
        draft = newsroom.edition(checked_month(month))
        findings = check(draft, newsroom.loaded.policy)
    for finding in findings:
        say(f"{'refused' if finding.refuses else 'note'}: {finding.sentence}")
    if any(finding.refuses for finding in findings):
        raise EditionRefused(f"The edition of {month} would be refused.")
    say("Nothing stands against the export." if draft.entries else "There is nothing to export yet.")


def checked_month(month: str) -> str:
    """A month as YYYY-MM."""
    try:
        return date.fromisoformat(f"{month}-01").strftime("%Y-%m")
    except ValueError:
        raise WorkspaceError(f"{month!r} is no month; write it as 2026-11.") from None


# --- daemon and demonstration


@newsdesk.command()
@click.option("--host", help="Where the page listens, instead of page.host.")
@click.option("--port", type=click.IntRange(0, 65535), help="The page's port, instead of page.port.")
@home_option
@delay_option
def run(host: str | None, port: int | None, home: Path, delay: float | None) -> None:
    """Run the daemon: collect on schedule and serve the editors' page, until SIGTERM or Ctrl-C."""
    with scheduler.open_newsroom(home) as newsroom, scheduler.holding_desk(newsroom, "newsdesk run") as held:
        warn_without_contact(newsroom)
        page = scheduler.page_server(newsroom, host=host, port=port)
        if not newsroom.accounts.users():
            tell("Nobody can sign in yet: newsdesk users add NAME")
        scheduler.run_in_loop(
            lambda: scheduler.serve_daemon(
                newsroom,
                held,
                page,
                delay_seconds=delay,
                started=lambda: tell(f"newsdesk runs; the page is at {page.address}"),
            )
        )
    tell("newsdesk has stopped.")


@newsdesk.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".demo"),
    show_default=True,
    help="The demonstration's workspace; replaced each time.",
)
@click.option("--port", type=click.IntRange(0, 65535), help="The page's port; without it 8765, or a free one when that is taken.")
@click.option("--no-page", is_flag=True, help="Collect and end, without the page.")
def demo(home: Path, port: int | None, no_page: bool) -> None:
    """Show everything on a small web of our own, served on this machine only."""
    with demo_server.DemoWeb(utc_now().date()) as web:
        password = scheduler.prepare_demo(home, web)
        with scheduler.open_newsroom(home) as newsroom, scheduler.holding_desk(newsroom, "newsdesk demo") as held, Tracker() as tracker:
            newsroom.accounts.add_user(scheduler.DEMO_EDITOR, hash_password(password), utc_now())
            page = (
                None
                if no_page
                else scheduler.page_server(newsroom, host="127.0.0.1", port=scheduler.port_or_free(8765) if port is None else port)
            )
            began_at = utc_now()

            def collected() -> None:
                tracker.stop()
                counts = summary(tracker.polls, newsroom.ledger.ends(since=began_at))
                say(f"Read {len(newsroom.loaded.outlets)} invented outlets: {listed(counts['links'])}.")
                say(f"The queue holds {newsroom.waiting()} candidates, ranked and explained.")

            def started() -> None:
                say(f"\nOpen  {page.address if page else ''}")
                say(f"and sign in as  {scheduler.DEMO_EDITOR}  with the password  {password}")
                say("\nCtrl-C ends the demonstration.")

            scheduler.run_in_loop(
                lambda: scheduler.run_demo(newsroom, held, page, witness=tracker, progress=tracker, collected=collected, started=started)
            )


if __name__ == "__main__":
    main()
