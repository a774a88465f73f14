"""The five forms an edition is exported in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Form = Literal["md", "html", "docx", "csv", "json"]
FORMS: tuple[Form, ...] = get_args(Form)
MEDIA_TYPES: Mapping[Form, str] = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
}
