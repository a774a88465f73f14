"""Making a workspace: complete, never over another, and to be repeated after an interruption."""

import stat
import threading
from pathlib import Path

import pytest

import config.workspace
from config.outlets import load_outlets
from config.workspace import DEFAULTS, init_workspace, is_workspace, load_workspace
from newsdesk.errors import ConfigurationError, WorkspaceError


def contents(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


def test_a_workspace_is_complete_and_loads(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "a" / "desk", contact="https://desk.example/about")
    loaded = load_workspace(workspace.home, {})
    assert loaded.settings.politeness.contact == "https://desk.example/about"
    assert len(loaded.outlets) == 271 and len(loaded.sections) == 11
    assert workspace.archive.is_dir() and workspace.policy_file.is_file() and workspace.sections_file.is_file()
    shipped = sorted(path.name for path in (DEFAULTS / "watchlist").glob("*.yaml"))
    assert sorted(path.name for path in workspace.watchlist.iterdir()) == shipped
    assert {path.name for path in workspace.genre.iterdir()} == {path.name for path in (DEFAULTS / "genre").glob("*.yaml")}
    assert stat.S_IMODE(workspace.secret_file.stat().st_mode) == 0o600
    assert not [name for name in contents(workspace.home) if name.endswith(".tmp")]


def test_without_a_registry_and_without_a_contact(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path, contact=None, with_registry=False)
    loaded = load_workspace(workspace.home, {})
    assert loaded.outlets == () and loaded.settings.politeness.contact == ""


def test_each_workspace_has_its_own_secret(tmp_path: Path) -> None:
    made = [init_workspace(tmp_path / name, contact=None, with_registry=False) for name in "ab"]
    assert len({workspace.secret_file.read_text() for workspace in made}) == 2


def test_an_existing_workspace_is_refused_and_untouched(tmp_path: Path) -> None:
    home = init_workspace(tmp_path, contact=None, with_registry=False).home
    (home / "config" / "policy.yaml").write_text("mine: true\n", encoding="utf-8")
    before = contents(home)
    with pytest.raises(WorkspaceError, match="a workspace already"):
        init_workspace(home, contact="other@example.org")
    assert contents(home) == before


def test_a_file_in_its_place_and_a_bad_contact_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="is a file"):
        init_workspace(tmp_path / "file", contact=None)
    with pytest.raises(WorkspaceError, match="could not be made"):
        init_workspace(tmp_path / "file" / "below", contact=None)
    with pytest.raises(WorkspaceError, match="e-mail"):
        init_workspace(tmp_path / "new", contact="nobody")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("written", [0, 1, 2, 5, 50, 197])
def test_an_interrupted_init_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int) -> None:
    calls = 0
    real = config.workspace.write_new

    def cut(path: Path, content: bytes, mode: int = 0o644) -> bool:
        nonlocal calls
        if calls == written:
            raise KeyboardInterrupt
        calls += 1
        return real(path, content, mode)

    with monkeypatch.context() as patched:
        patched.setattr(config.workspace, "write_new", cut)
        with pytest.raises(KeyboardInterrupt):
            init_workspace(tmp_path, contact=None)
    assert not is_workspace(tmp_path)
    half = contents(tmp_path)
    init_workspace(tmp_path, contact=None)
    assert len(load_workspace(tmp_path, {}).outlets) == 271
    whole = contents(tmp_path)
    assert half == {name: whole[name] for name in half}


def test_files_that_were_there_before_stay(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("ours", encoding="utf-8")
    init_workspace(tmp_path, contact=None, with_registry=False)
    assert (tmp_path / "README").read_text("utf-8") == "ours"


def test_of_two_at_once_one_makes_it(tmp_path: Path) -> None:
    made: list[bool] = []

    def attempt() -> None:
        try:
            init_workspace(tmp_path / "desk", contact=None, with_registry=False)
            made.append(True)
        except WorkspaceError:
            made.append(False)

    threads = [threading.Thread(target=attempt) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [False] * 5 + [True]
    load_workspace(tmp_path / "desk", {})


def test_the_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    home = init_workspace(tmp_path, contact=None).home
    for name, line in (
        ("newsdesk.yaml", "reeders: 3\n"), ("config/policy.yaml", "tilte: x\n"), ("config/sections.yaml", "x: 1\n"),
        ("config/outlets/tass.yaml", "nots: x\n"), ("config/outlets/granma_es.yaml", "county: CU\n"),
    ):  # fmt: skip
        with (home / name).open("a", encoding="utf-8") as file:
            file.write(line)
    with pytest.raises(ConfigurationError) as caught:
        load_workspace(home, {})
    assert [(problem.file, problem.key) for problem in caught.value.problems] == [
        ("config/outlets/granma_es.yaml", "county"), ("config/outlets/tass.yaml", "nots"), ("config/policy.yaml", "tilte"),
        ("config/sections.yaml", "x"), ("newsdesk.yaml", "reeders"),
    ]  # fmt: skip
    assert all(problem.line and problem.line > 1 for problem in caught.value.problems)


def test_the_messages_of_outlets_name_the_file_alone_when_read_alone(tmp_path: Path) -> None:
    home = init_workspace(tmp_path, contact=None).home
    (home / "config" / "outlets" / "tass.yaml").write_text("id: tass\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"outlets/tass\.yaml:1: name is missing"):
        load_outlets(home / "config" / "outlets")
