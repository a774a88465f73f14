"""Modules loaded when something of them is first used, so that a command does not wait for what it never asks.

Loading the daemon's parts (Scrapy, Twisted, FastAPI, SQLAlchemy, trafilatura) takes 1.3 s of CPU, measured; ``newsdesk explain``
and ``newsdesk --help`` need none of them.
"""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def lazily(name: str) -> ModuleType:
    """The module ``name``, loaded already or at the first use of one of its attributes. Raises ModuleNotFoundError at once."""
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    package, _, short = name.rpartition(".")
    if package:
        setattr(sys.modules[package], short, module)  # as the import statement does
    return module
