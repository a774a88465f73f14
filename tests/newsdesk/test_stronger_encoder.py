"""The stronger encoder: the same function tells stories apart by it; where it cannot run, the error says why."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import numpy as np
import pytest

from newsdesk import meaning
from newsdesk.meaning import E5Encoder, Encoder, EncoderMissing, open_encoder
from newsdesk.settings import STRONGER_ENCODER
from newsdesk.telling import Verdict, same_story, tell

EVENT = (
    ("es", "Rosneft cesa sus operaciones en Venezuela", "La petrolera rusa traspasa todos sus activos a una empresa del Estado ruso."),
    ("en", "Russian oil giant Rosneft pulls out of Venezuela", "It sold its ventures there to a company wholly owned by Moscow."),
    ("fr", "Le géant russe Rosneft se retire du Venezuela", "Ses actifs sont cédés à une société détenue par l'État russe."),
)
SIBLING = ("pt", "EUA impõem sanções a braço comercial da Rosneft", "Washington acusa a subsidiária suíça de vender o petróleo de Maduro.")


@pytest.fixture(scope="module")
def stronger() -> Encoder:
    try:
        return open_encoder(STRONGER_ENCODER)
    except EncoderMissing as missing:  # a processor without AVX2
        if os.environ.get("NEWSDESK_REQUIRE_ALL") == "1":
            raise
        pytest.skip(str(missing))


def test_rows_are_of_unit_length_and_nothing_is_a_row_of_zeros(stronger: Encoder) -> None:
    rows = stronger.encode(["Maduro viaja a Teherán", " "])
    assert rows.shape == (2, stronger.width)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0], abs=1e-5)


def test_one_event_is_the_same_and_its_sibling_is_not(stronger: Encoder) -> None:
    told = [tell(title, None, text, language, None, stronger) for language, title, text in EVENT]
    assert {same_story(told[0], other).verdict for other in told[1:]} == {Verdict.SAME}
    language, title, text = SIBLING
    assert same_story(told[0], tell(title, None, text, language, None, stronger)).verdict is not Verdict.SAME


def test_without_its_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "find_spec", lambda _: None)
    with pytest.raises(EncoderMissing, match="make setup"):
        E5Encoder()


@pytest.mark.parametrize(("flags", "lacks"), [("fpu sse avx avx2 bmi", False), ("fpu sse avx avx512", True), (None, False)])
def test_a_processor_that_would_end_the_process_is_refused(
    flags: str | None, lacks: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    (tmp_path / "cpuinfo").write_text("processor\t: 0\n" + (f"flags\t\t: {flags}\n" if flags else ""))
    assert meaning._lacks_avx2(tmp_path / "cpuinfo") is lacks
    assert meaning._lacks_avx2(tmp_path / "none") is False
    monkeypatch.setattr(meaning, "_lacks_avx2", lambda: lacks)
    if lacks:
        with pytest.raises(EncoderMissing, match="AVX2"):
            E5Encoder()
