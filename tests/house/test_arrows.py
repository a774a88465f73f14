"""The arrows between the rooms (docs/explanation/house.md): import-linter keeps those between packages, this file the rest."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("newsdesk", "spiders", "crawler", "storage", "config", "review", "edition", "demo", "newsroom")
DOORS = {
    "feedparser": {"spiders/feeds.py"},
    "trafilatura": {"crawler/text.py"},
    "py3langid": {"crawler/languages.py"},
    "warcio": {"crawler/archive.py"},
    "pebble": {"crawler/pool.py"},
    "docx": {"edition/docx_form.py"},
    "argon2": {"review/passwords.py"},
    "apscheduler": {"scheduler.py"},
    "uvicorn": {"scheduler.py"},
    "rich": {"cli.py"},
    "click": {"cli.py"},
}


def modules() -> list[Path]:
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [*found, ROOT / "cli.py", ROOT / "scheduler.py"]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


def test_the_contracts_between_packages_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [p for p in modules() if p.name != "cli.py" or p.parent != ROOT], ids=lambda p: str(p.relative_to(ROOT)))
def test_nobody_imports_the_composition_root(path: Path) -> None:
    assert "cli" not in imported(path)
    if path.name != "cli.py":
        assert "scheduler" not in imported(path)


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_library_has_one_door(library: str) -> None:
    users = {str(path.relative_to(ROOT)) for path in modules() if library in imported(path)}
    assert users == DOORS[library]


def test_the_clock_is_read_in_one_place() -> None:
    """``now`` is an argument; only the composition root and the command ask the clock, and through this one module."""
    readers = {
        str(path.relative_to(ROOT))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("now", "utcnow", "today")
    }
    assert readers == {"newsroom/clock.py", "demo/server.py"}  # the demonstration's web is a program of its own
    askers = {str(path.relative_to(ROOT)) for path in modules() if "newsroom.clock" in path.read_text(encoding="utf-8")}
    assert askers == {"cli.py", "scheduler.py"}
