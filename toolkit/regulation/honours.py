"""R07-1d: which honours give priority, and of which the level must be said first. Priority waives no condition and gives no points.

Source: 乌人社规〔2023〕1号 第七条（一）第2款
"""

from __future__ import annotations

import re

from toolkit.regulation import Regulation, fold

PRIORITY, TO_ESTABLISH = "优先", "待认定"
_PARTS = re.compile(r"[、，,；;\n]+|\s{2,}")


def priority(said: str | None, on_the_line: str | None, law: Regulation, recognised: str | None = None) -> str:
    """优先 | 待认定 | "": an honour of the list, or one that the bureau is to find equivalent, held by someone 在技术技能一线.

    recognised: 是 | 否, as the bureau found it; None while it has not.
    """
    if said is None or on_the_line != "是":
        return ""
    honours = law.lists["honours"]
    found = [item for part in _parts(said) if (item := honours.find(part)) is not None and not item["none"]]
    if any(not item["equivalent"] for item in found):
        return PRIORITY
    if not found or recognised == "否":
        return ""
    return PRIORITY if recognised == "是" else TO_ESTABLISH


def without_level(said: str, law: Regulation) -> list[str]:
    """The honours in the text that the list knows at certain levels and that say none."""
    bare = {fold(name) for item in law.lists["honours"].items for name in item["level_asked"] or ()}
    return [part for part in _parts(said) if fold(part) in bare]


def _parts(said: str) -> list[str]:
    return [part.strip() for part in _PARTS.split(said) if part.strip()]
