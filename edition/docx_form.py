"""The edition as a Word document: the one door to python-docx."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as OpenDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from edition.layout import Block, Heading, Paragraph, Report, blocks, title_of
from newsdesk.editions import Edition, Policy
from newsdesk.printing import month_title

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say; the document's own moment stands in its properties


def _style(document: OpenDocument) -> None:
    """A4 with 2.5 cm margins; the default template's styles, so that the reader's own theme can be applied."""
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(4)


def _properties(document: OpenDocument, edition: Edition, policy: Policy, exported_at: datetime) -> None:
    properties = document.core_properties
    naive = exported_at.replace(tzinfo=None)  # python-docx writes it as UTC
    properties.title, properties.subject = title_of(edition, policy)[:255], month_title(edition.month)
    properties.author, properties.comments, properties.language = "newsdesk", f"Edition {edition.month}, revision {edition.revision}", "en"
    properties.created, properties.modified, properties.revision = naive, naive, max(1, edition.revision)


def _hyperlink(paragraph: WordParagraph, text: str, address: str) -> None:
    """A run with a link; python-docx has no call of its own for it (ECMA-376, 17.16.22)."""
    link: Any = OxmlElement("w:hyperlink")  # the stubs of lxml and python-docx disagree on what an element is
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.underline = RGBColor(0x05, 0x4D, 0x9E), True
    run._r.addprevious(link)
    link.append(run._r)


def _report(document: OpenDocument, report: Report) -> None:
    paragraph = document.add_paragraph(report.line.before, style="List Bullet")
    if report.address and report.line.linked:
        _hyperlink(paragraph, report.line.linked, report.address)
    else:
        paragraph.add_run(report.line.linked)
    paragraph.add_run(report.line.after)


def _add(document: OpenDocument, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(block.text, level=block.level - 1)  # level 0 is the style Title
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph(style="Normal")
        paragraph.add_run(block.text).italic = block.kind == "disclaimer"
    else:
        _report(document, block)


def _settled(packed: bytes) -> bytes:
    """The same package with fixed times, so that the same edition gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()


def render_docx(edition: Edition, policy: Policy, exported_at: datetime) -> bytes:
    """An Office Open XML document with the styles Title, Heading 1 and 2, List Bullet and Normal."""
    document = Document()
    _style(document)
    _properties(document, edition, policy, exported_at)
    for block in blocks(edition, policy):
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())
