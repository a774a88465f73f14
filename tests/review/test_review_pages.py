"""Every page answers, in words."""

from __future__ import annotations

import pytest

from tests.review.conftest import Editor, House


@pytest.mark.parametrize("path", ["/", "/candidates/1", "/candidates/2", "/edition/2026-11", "/sources", "/help"])
def test_pages_answer(ana: Editor, path: str) -> None:
    answer = ana.get(path)
    assert answer.status_code == 200
    assert "<h1" in answer.text and 'id="main"' in answer.text and 'href="#main"' in answer.text


def test_smoke_accept(ana: Editor, house: House) -> None:
    answer = ana.accept(1)
    assert answer.status_code == 303 and answer.headers["location"] == "/candidates/2?done=1"
    after = ana.get(answer.headers["location"])
    assert "You accepted it into Iran of November 2026" in after.text
