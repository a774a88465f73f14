"""Documentation is a tested contract: what the program knows has its sentence, and what the documents name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from cli import newsdesk
from config import genre, outlets, policy, rules, settings, watchlist
from config.outlets import load_outlets
from newsdesk.decisions import LEGAL, Move, State
from newsdesk.genre_words import DECLARATION_LISTS, MARKS, SIGNS
from newsdesk.health import Trouble
from newsdesk.judging import Label
from newsdesk.links import Fate, Outcome, PollOutcome
from newsdesk.registry_check import FindingKind
from newsdesk.versions import Found
from storage.schema import metadata

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
OWN = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
PAGES = sorted([*(ROOT / name for name in OWN), *DOCS.rglob("*.md")])
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)>\s]+)>?\)")
_CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def commands(group: click.Group = newsdesk, before: tuple[str, ...] = ("newsdesk",)) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its full name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


COMMANDS = dict(commands())


def sections_of(page: str) -> dict[str, str]:
    """The second-level sections of a page by heading."""
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def section_of(name: str) -> str:
    """The section of commands.md whose heading names the command."""
    page = text_of(REFERENCE / "commands.md")
    found = [body for heading, body in sections_of(page).items() if re.search(rf"`{re.escape(name)}[ `]", heading)]
    assert len(found) == 1, f"docs/reference/commands.md has {len(found)} sections for {name}; one is wanted"
    return found[0]


@pytest.mark.parametrize("option", ["--home", "--json", "--delay", "-h", "--help"])
def test_what_commands_share_is_explained_at_the_head(option: str) -> None:
    head = text_of(REFERENCE / "commands.md").partition("\n## ")[0]
    assert in_code(option, head)


def in_code(option: str, page: str) -> bool:
    return re.search(rf"`{re.escape(option)}[ `=]", page) is not None


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = section_of(name)
    options = [option for parameter in COMMANDS[name].params if isinstance(parameter, click.Option) for option in parameter.opts]
    assert [option for option in options if not in_code(option, section)] == []


def test_the_options_before_the_command_are_documented() -> None:
    section = sections_of(text_of(REFERENCE / "commands.md"))["`newsdesk`"]
    options = [option for parameter in newsdesk.params if isinstance(parameter, click.Option) for option in parameter.opts]
    assert [option for option in options if not in_code(option, section)] == []


def test_the_arguments_stand_in_the_headings() -> None:
    headings = " ".join(sections_of(text_of(REFERENCE / "commands.md")))
    for name, command in COMMANDS.items():
        for parameter in command.params:
            if isinstance(parameter, click.Argument):
                assert f"`{name} {parameter.make_metavar(click.Context(command))}`" in headings, f"{name}: {parameter.name}"


def command_lines() -> Iterator[tuple[str, str]]:
    """What pages tell the reader to type: lines of code blocks and code in sentences that begin with ``newsdesk``."""
    for page in PAGES:
        text = text_of(page)
        lines = [line.strip() for block in _CODE_BLOCK.findall(text) for line in block.splitlines()[1:-1]]
        lines += re.findall(r"`([^`\n]+)`", _CODE_BLOCK.sub("", text))
        for line in lines:
            for part in re.split(r"\s\|\s|&&|;", line):
                found = re.match(r"(?:\S*=\S* |sudo (?:-\S+ (?:newsdesk )?)*|\$ |ExecStart=|(?:\S*/)?)*newsdesk(?= )(.*)", part.strip())
                if found:
                    yield page.relative_to(ROOT).as_posix(), found[1].partition(" # ")[0].strip()


def resolved(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words name, and the words after it. Raises KeyError where there is none."""
    command: click.Command = newsdesk
    rest = [word for word in words if word not in ("-v", "-vv", "--verbose")]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        command, rest = command.commands[rest[0]], rest[1:]
    return command, rest


@pytest.mark.parametrize(("page", "line"), sorted(set(command_lines())))
def test_what_is_told_to_be_typed_exists(page: str, line: str) -> None:
    if line.split()[0] in ("COMMAND", "newsdesk"):
        return
    try:
        command, rest = resolved(line.split())
    except KeyError as missing:
        pytest.fail(f"{page} tells to type “newsdesk {line}”, but there is no command {missing}")
    known = {option for parameter in command.params for option in parameter.opts} | {"-h", "--help"}
    unknown = [word for word in rest if re.match(r"--?[a-z]", word) and word.partition("=")[0] not in known]
    assert unknown == [], f"{page} tells to type “newsdesk {line}”"


def test_the_pages_tell_to_type_something() -> None:
    """Guards the test above against a pattern that finds nothing."""
    typed = [" ".join(line.split()[:2]) for _, line in command_lines()]
    assert {"init ~/desk", "collect --once", "users add", "edition export", "outlets add"} <= set(typed)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_stands_under_its_fate_with_its_sentence(outcome: Outcome) -> None:
    heading = {Fate.KEPT: "Kept", Fate.ENDED: "Ended", Fate.RETRY: "Tried again"}[outcome.fate]
    parts = re.split(r"^##+ (.+)$", text_of(REFERENCE / "outcomes.md"), flags=re.MULTILINE)
    body = next(body for name, body in zip(parts[1::2], parts[2::2], strict=True) if name.startswith(heading))
    row = re.search(rf"^\| `{outcome.value}` \| {re.escape(outcome.sentence)} \| (.+) \|$", body, re.MULTILINE)
    assert row and len(row[1]) > 10


@pytest.mark.parametrize("outcome", PollOutcome)
def test_every_end_of_a_poll_has_its_sentence(outcome: PollOutcome) -> None:
    failure = "yes" if outcome.is_failure else "no"
    row = rf"^\| `{outcome.value}` \| {failure} \| {re.escape(outcome.sentence)} \| .{{10,}} \|$"
    assert re.search(row, text_of(REFERENCE / "outcomes.md"), re.MULTILINE)


@pytest.mark.parametrize("found", Found)
def test_everything_a_page_read_again_comes_to_is_explained(found: Found) -> None:
    row = rf"^\| `{found.value}` \| {re.escape(found.sentence)} \| .{{10,}} \|$"
    assert re.search(row, text_of(REFERENCE / "outcomes.md"), re.MULTILINE)


@pytest.mark.parametrize("trouble", Trouble)
def test_every_state_of_the_health_is_explained(trouble: Trouble) -> None:
    row = rf"^\| `{trouble.value}` \| {re.escape(trouble.sentence)} \| .{{10,}} \|$"
    assert re.search(row, text_of(REFERENCE / "outcomes.md"), re.MULTILINE)


def test_every_state_and_label_is_explained() -> None:
    page = text_of(REFERENCE / "outcomes.md")
    assert [word for word in (*State, *Label) if not re.search(rf"^\| `{word.value}` \| .{{10,}} \|$", page, re.MULTILINE)] == []


@pytest.mark.parametrize("move", Move)
def test_every_move_is_explained_with_the_states_it_may_follow(move: Move) -> None:
    row = re.search(rf"^\| `{move.value}` \| ([a-z, ]+) \| .+ \| .+ \|$", text_of(REFERENCE / "outcomes.md"), re.MULTILINE)
    assert row and set(row[1].split(", ")) == {state.value for state, moves in LEGAL.items() if move in moves}


def test_every_kind_of_finding_in_the_registry_is_named() -> None:
    section = section_of("newsdesk outlets check")
    assert [kind for kind in FindingKind if f"`{kind.value}`" not in section] == []


SETTING_KEYS = [
    *settings.KEYS,
    *(f"politeness.{key}" for key in settings.POLITENESS_KEYS),
    *(f"limits.{key}" for key in settings.LIMIT_KEYS),
    *(f"page.{key}" for key in settings.PAGE_KEYS),
]
OTHER_KEYS = [*policy.POLICY_KEYS, *policy.SECTION_KEYS, *outlets.OUTLET_KEYS, *outlets.STATEMENT_KEYS, *outlets.SOURCE_KEYS]
WATCHLIST_KEYS = [*watchlist._CONCEPT_KEYS, *watchlist._FORM_KEYS]
GENRE_KEYS = [*genre.LANGUAGE_KEYS, *genre.MARK_KEYS, *genre.TARGET_KEYS, *SIGNS, *DECLARATION_LISTS, *MARKS]


@pytest.mark.parametrize("key", sorted({*SETTING_KEYS, *OTHER_KEYS, *WATCHLIST_KEYS, *GENRE_KEYS, *rules.RULE_KEYS}))
def test_every_key_of_the_configuration_is_documented(key: str) -> None:
    page = text_of(REFERENCE / "configuration.md")
    assert re.search(rf"^\| [^|]*`{re.escape(key)}`[^|]* \| .{{10,}} \|$", page, re.MULTILINE), f"configuration.md has no row for {key}"


@pytest.mark.parametrize("variable", ["NEWSDESK_HOME", "NEWSDESK_DATABASE_URL", "http_proxy", "https_proxy", "no_proxy"])
def test_what_the_environment_may_say_is_documented(variable: str) -> None:
    assert f"`{variable}`" in text_of(REFERENCE / "configuration.md")


def test_every_table_of_the_database_is_documented() -> None:
    page = text_of(REFERENCE / "storage.md")
    assert [name for name in metadata.tables if not re.search(rf"^\| `{name}` \| .{{10,}} \|$", page, re.MULTILINE)] == []


def test_every_page_can_be_reached_from_the_index() -> None:
    index = {(DOCS / target.partition("#")[0]).resolve() for target in _LINK.findall(text_of(DOCS / "README.md"))}
    assert [page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md") if page != DOCS / "README.md" and page not in index] == []


def slug(heading: str) -> str:
    """How a heading is addressed after ``#``: small letters, blanks as hyphens, no punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for target in _LINK.findall(_CODE_BLOCK.sub("", text_of(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        aim = (page.parent / path).resolve() if path else page
        anchors = (
            [slug(line) for line in re.findall(r"^#+ (.+)$", text_of(aim), re.MULTILINE)] if aim.suffix == ".md" and aim.exists() else []
        )
        if not aim.exists() or not aim.is_relative_to(ROOT) or (anchor and anchor not in anchors):
            dead.append(target)
    assert dead == []


def test_decisions_are_numbered_dated_and_decided() -> None:
    files = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    for file in files:
        assert re.match(rf"# {int(file.name[:4])}\. .+\n\n\d{{4}}-\d{{2}}-\d{{2}}\. (Accepted|Replaced)", text_of(file)), file.name


def test_the_two_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    targets = re.findall(r"^([a-z-]+):(?!=)", text_of(ROOT / "Makefile"), re.MULTILINE)
    named = re.findall(r"^make ([a-z-]+)", text_of(ROOT / "README.md"), re.MULTILINE)
    assert named == ["demo", "test"]
    told = {name for page in PAGES for name in re.findall(r"(?:^|`)make (?:-C \S+ )?([a-z][a-z-]*)", text_of(page), re.MULTILINE)}
    assert told <= set(targets)


def test_the_modules_that_the_journey_names_exist() -> None:
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", text_of(DOCS / "explanation" / "journey.md"))
    assert len(named) > 15
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_key_of_the_page_stands_in_the_editors_guide() -> None:
    shown = re.search(r"macro keys\(\).*?endmacro", text_of(ROOT / "review" / "templates" / "parts.html"), re.DOTALL)
    assert shown
    keys = {key for row in re.findall(r'<th scope="row">(.+?)</th>', shown[0]) for key in re.findall(r"<kbd>(.+?)</kbd>", row)}
    assert len(keys) > 8
    guide = sections_of(text_of(DOCS / "how-to" / "edit-a-month.md"))["Keys"]
    assert [key for key in keys if f"`{key}`" not in guide] == []


def test_the_numbers_of_the_registry_are_true() -> None:
    shipped = load_outlets(ROOT / "config" / "defaults" / "outlets")
    on = sum(1 for outlet in shipped if outlet.switched_off is None)
    assert f"registry of {len(shipped)} outlets, of which {on} are switched on" in text_of(ROOT / "README.md")
    assert f"registry of {len(shipped)} outlets" in text_of(ROOT / "CHANGELOG.md")


def test_pictures_are_small_and_used() -> None:
    shown = {(page.parent / target).resolve() for page in PAGES for target in _LINK.findall(text_of(page)) if target.endswith(".png")}
    pictures = set((DOCS / "images").glob("*.png"))
    assert shown == pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 300_000] == []
