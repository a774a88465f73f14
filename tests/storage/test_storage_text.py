"""What is looked through quickly is cleaned as if it had been looked through slowly."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.columns import CleanJson
from storage.text import clean, is_fit

TEXTS = st.text(st.sampled_from('ab\\u0dfé\x00\x08\x0c\x1f\n\t\ud800\udc00\U0001f600\ufffe\uffff"/'), max_size=8)
VALUES = st.recursive(TEXTS | st.integers() | st.none() | st.booleans(), lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner))


def cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(name): cleaned(part) for name, part in value.items()}
    return [cleaned(part) for part in value] if isinstance(value, list) else value


@given(VALUES)
def test_what_is_kept_as_json_is_clean(value: Any) -> None:
    kept = CleanJson().process_bind_param(value, sqlite.dialect())
    assert kept == cleaned(value)
    assert not is_fit(json.dumps(value)) or kept == value
    written = CleanJson().bind_processor(sqlite.dialect())(value)
    assert written is None if value is None else json.loads(written) == kept


def test_ordinary_text_takes_the_quick_way() -> None:
    assert is_fit(json.dumps({"título": ['«Señal» — «ñandú»\n\t"x"', 1, None]}))
