"""An edition's bytes in one of five forms. The same edition, policy and moment give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from edition.csv_form import render_csv
from edition.docx_form import render_docx
from edition.forms import FORMS, Form
from edition.html_form import render_html
from edition.json_form import render_json
from edition.markdown_form import render_markdown
from newsdesk.editions import Edition, Policy
from newsdesk.errors import NewsdeskError

_RENDER: Mapping[Form, Callable[[Edition, Policy, datetime], bytes]] = {
    "md": render_markdown,
    "html": render_html,
    "docx": render_docx,
    "csv": render_csv,
    "json": render_json,
}


class UnknownForm(NewsdeskError, ValueError):
    """A form that an edition is not exported in."""


def form_named(name: str) -> Form:
    """The form of that name. Raises UnknownForm."""
    if name not in FORMS:
        raise UnknownForm(f"{name!r} is no form of an edition; choose one of {', '.join(FORMS)}")
    return name


def render(edition: Edition, policy: Policy, form: Form, *, exported_at: datetime) -> bytes:
    """The edition in that form. Raises UnreadableLine when its month is none, ValueError when the moment is not aware."""
    if exported_at.tzinfo is None:
        raise ValueError(f"an export happens at an aware moment, not {exported_at!r}")
    return _RENDER[form_named(form)](edition, policy, exported_at.astimezone(UTC))
