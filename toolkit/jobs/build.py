"""`build`: the templates users open, made anew from what the code declares."""

from __future__ import annotations

from pathlib import Path

from toolkit import resources


def build(out_root: Path | None = None) -> list[Path]:
    """Write the macros' sources and every workbook and document template; returns the paths.

    out_root: where the folders workbook_templates and docx_templates go; None: where this installation keeps them, its macros brought in line first.
    """
    from toolkit.documents import template_files as documents
    from toolkit.pages import macro_sources
    from toolkit.pages import templates as workbooks

    written = [] if out_root else macro_sources.write(resources.folder("macros"))
    for name, module in (("workbook_templates", workbooks), ("docx_templates", documents)):
        written += module.build_templates(out_root / name if out_root else resources.folder(name))
    return [*written, documents.build_guide(written[-1].parent)]
