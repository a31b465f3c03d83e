"""Building docx_templates/ from the document definitions."""

from __future__ import annotations

import io
from pathlib import Path

from toolkit.documents.definitions import DEFINITIONS
from toolkit.documents.docx_package import APPLICATION, CORE, application_properties, core_properties, pack, unpack
from toolkit.documents.gongwen import new_document
from toolkit.documents.kinds import KINDS

# 模板没有成文日期；属性里写一个固定的日子，重建才逐字节相同。
TEMPLATE_DAY = "2023-08-28"


def build_templates(out: Path) -> list[Path]:
    """Write every kind's template into `out`; the same code gives the same bytes. Returns the paths."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, kind in KINDS.items():
        document, buffer = new_document(), io.BytesIO()
        DEFINITIONS[name](document)
        document.save(buffer)
        members = unpack(buffer.getvalue())
        members[CORE] = core_properties(f"{name}模板", "", TEMPLATE_DAY)
        members[APPLICATION] = application_properties()
        path = out / kind.template
        path.write_bytes(pack(members))
        written.append(path)
    return written
