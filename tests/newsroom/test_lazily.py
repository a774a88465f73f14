"""Modules that wait until something of them is used."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newsroom.lazily import lazily


@pytest.fixture
def idle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "idle_rooms").mkdir()
    (tmp_path / "idle_rooms" / "__init__.py").write_text("")
    (tmp_path / "idle_rooms" / "one.py").write_text("import sys\nsys.modules['idle_rooms'].loaded = True\nANSWER = 42\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("idle_rooms", "idle_rooms.one"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return "idle_rooms.one"


def test_a_module_is_loaded_when_it_is_used(idle: str) -> None:
    module = lazily(idle)
    package = sys.modules["idle_rooms"]
    assert not hasattr(package, "loaded")
    assert (module.ANSWER, package.loaded) == (42, True)


def test_it_is_the_module_that_everybody_imports(idle: str) -> None:
    module = lazily(idle)
    assert lazily(idle) is module is sys.modules[idle] is sys.modules["idle_rooms"].one


def test_a_module_that_is_not_there_is_missed_at_once() -> None:
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        lazily("newsroom.nowhere")
