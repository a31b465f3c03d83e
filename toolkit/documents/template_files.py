"""Building docx_templates/ from the document definitions."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.documents.definitions import DEFINITIONS
from toolkit.documents.docx_package import APPLICATION, CORE, application_properties, core_properties, pack, unpack
from toolkit.documents.field_guide import TITLE, guide_document
from toolkit.documents.gongwen import new_document
from toolkit.documents.kinds import KINDS

if TYPE_CHECKING:
    from docx.document import Document

# 模板没有成文日期；属性里写一个固定的日子，重建才逐字节相同。
TEMPLATE_DAY = "2023-08-28"
GUIDE = "字段说明.docx"


def build_templates(out: Path) -> list[Path]:
    """Write every kind's template into `out`; the same code gives the same bytes. Returns the paths."""
    out.mkdir(parents=True, exist_ok=True)
    return [_written(out / kind.template, DEFINITIONS[name], f"{name}模板") for name, kind in KINDS.items()]


def build_guide(out: Path) -> Path:
    """Write 字段说明.docx, which tells people what the templates beside it may print, into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    return _written(out / GUIDE, guide_document, TITLE)


def _written(path: Path, define: Callable[[Document], None], title: str) -> Path:
    document, buffer = new_document(), io.BytesIO()
    define(document)
    document.save(buffer)
    members = unpack(buffer.getvalue())
    members[CORE] = core_properties(title, "", TEMPLATE_DAY)
    members[APPLICATION] = application_properties()
    path.write_bytes(pack(members))
    return path
