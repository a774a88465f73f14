"""A workspace: the folder that holds one desk's configuration, database and archive."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.files import write_new
from config.genre import GENRE_FOLDER
from config.outlets import read_outlets
from config.policy import POLICY_FILE, SECTIONS_FILE, read_policy, read_sections
from config.rules import READING_FOLDER, with_rules
from config.settings import SECRET_FILE, SETTINGS_FILE, read_settings
from config.settings import contact as usable_contact
from config.strict import Book, Refused
from newsdesk.editions import Policy, Section
from newsdesk.errors import WorkspaceError
from newsdesk.outlets import Outlet
from newsdesk.settings import Settings

DEFAULTS = Path(__file__).parent / "defaults"


@dataclass(frozen=True)
class Workspace:
    """Where things are in a workspace."""

    home: Path

    @property
    def settings_file(self) -> Path:
        return self.home / SETTINGS_FILE

    @property
    def secret_file(self) -> Path:
        return self.home / SECRET_FILE

    @property
    def archive(self) -> Path:
        return self.home / "archive"

    @property
    def outlets(self) -> Path:
        return self.home / "config" / "outlets"

    @property
    def watchlist(self) -> Path:
        return self.home / "config" / "watchlist"

    @property
    def genre(self) -> Path:
        return self.home / GENRE_FOLDER

    @property
    def policy_file(self) -> Path:
        return self.home / POLICY_FILE

    @property
    def sections_file(self) -> Path:
        return self.home / SECTIONS_FILE


@dataclass(frozen=True)
class LoadedWorkspace:
    """A workspace's configuration, read and checked. The watch-list has its own loader (config.watchlist)."""

    settings: Settings
    outlets: Sequence[Outlet]
    policy: Policy
    sections: Sequence[Section]


def is_workspace(home: Path) -> bool:
    return (home / SETTINGS_FILE).is_file()


def load_workspace(home: Path, environment: Mapping[str, str] | None = None) -> LoadedWorkspace:
    """Read a workspace's configuration.

    Raises WorkspaceError where there is none or its secret key will not do, ConfigurationError with the problems of all
    files at once.
    """
    book = Book(home)
    loaded = LoadedWorkspace(
        settings=read_settings(book, home, environment),
        outlets=with_rules(book, home / READING_FOLDER, read_outlets(book, home / "config" / "outlets")),
        policy=read_policy(book, home / POLICY_FILE),
        sections=read_sections(book, home / SECTIONS_FILE),
    )
    book.settle()
    return loaded


def init_workspace(home: Path, *, contact: str | None, with_registry: bool = True) -> Workspace:
    """Make a workspace from the files that newsdesk ships; with ``with_registry`` False it has no outlets.

    No file that is there already is touched, and newsdesk.yaml is written last: an interrupted call can be repeated, and a
    finished workspace is refused. Raises WorkspaceError.
    """
    workspace = Workspace(home)
    _refuse_unfit(workspace, contact)
    try:
        for folder in (workspace.archive, workspace.outlets, workspace.watchlist):
            folder.mkdir(parents=True, exist_ok=True)
        for source, target in _copies(workspace, with_registry):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_new(target, source.read_bytes())
        write_new(workspace.secret_file, (secrets.token_urlsafe(48) + "\n").encode(), 0o600)
        made = write_new(workspace.settings_file, _settings_text(contact).encode(), 0o600)
    except OSError as error:
        raise WorkspaceError(f"the workspace {home} could not be made: {error}") from error
    if not made:
        raise WorkspaceError(f"{home} has just become a workspace by another call; nothing of it was changed")
    return workspace


def _refuse_unfit(workspace: Workspace, given: str | None) -> None:
    home = workspace.home
    if home.exists() and not home.is_dir():
        raise WorkspaceError(f"{home} is a file; give a folder for the workspace")
    if is_workspace(home):
        raise WorkspaceError(f"{home} is a workspace already; newsdesk init changes none. Edit its files, or give another folder")
    if given is not None:
        try:
            usable_contact(given)
        except Refused as refused:
            raise WorkspaceError(f"the contact {given!r} will not do; expected {refused}") from None


def _copies(workspace: Workspace, with_registry: bool) -> Iterator[tuple[Path, Path]]:
    yield DEFAULTS / "sections.yaml", workspace.sections_file
    yield DEFAULTS / "policy.yaml", workspace.policy_file
    for source in sorted((DEFAULTS / "watchlist").glob("*.yaml")):
        yield source, workspace.watchlist / source.name
    for source in sorted((DEFAULTS / "genre").glob("*.yaml")):
        yield source, workspace.genre / source.name
    for source in sorted((DEFAULTS / "outlets").glob("*.yaml")) if with_registry else ():
        yield source, workspace.outlets / source.name


def _settings_text(given: str | None) -> str:
    template = (DEFAULTS / SETTINGS_FILE).read_text("utf-8")
    return template.replace("{contact}", "" if given is None else json.dumps(given, ensure_ascii=False)).replace(
        "contact: \n", "contact:\n"
    )
