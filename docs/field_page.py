"""字段说明.md: what every template may print, from the declarations of the documents."""

from __future__ import annotations

from toolkit.documents.field_guide import HEADERS, HOW, TITLE, about, cells, guide_lines
from toolkit.documents.kinds import KINDS

GENERATED = "本页由 `python -m docs.catalogue` 按文书的声明生成，请不要手改。同样的内容有 Word 版（`字段说明.docx`），与公文模板放在一起。\n"


def field_page() -> str:
    """The page as Markdown."""
    parts = [f"# {TITLE}\n", GENERATED, *(f"{sentence}\n" for sentence in HOW),
             "```text\n{{ 公示.起 }}　　{{ 名单 | 计数 }}　　{%tr for 行 in 名单 %}　　{{ 行.领办人 }}　　{%tr endfor %}\n```\n"]
    for kind in KINDS.values():
        rows = (HEADERS, ("---",) * len(HEADERS), *map(cells, guide_lines(kind)))
        table = "".join(f"| {' | '.join(cell.replace('|', '｜') for cell in line)} |\n" for line in rows)
        parts.append(f"## {kind.name}\n\n{about(kind)}\n\n{table}")
    return "\n".join(parts)
