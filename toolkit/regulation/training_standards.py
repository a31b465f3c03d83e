"""The bureau's standard of 职业技能培训补贴, a text in 参数, as 元 by level. Source: 乌人社规〔2023〕1号 第十四条 (R14)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from toolkit.errors import UserError
from toolkit.regulation import Regulation

PARAMETER = "training_standards"
_ONE = re.compile(r"(?P<level>\D+?)[:：]?(?P<amount>\d[\d,，]*(?:\.\d{1,2})?)元?")
_BETWEEN = re.compile(r"[、;；\s]+")


def standards(law: Regulation) -> Mapping[str, Decimal]:
    """Level → 元 for each person; empty while the bureau has set none. UserError names what cannot be read."""
    found: dict[str, Decimal] = {}
    for part in filter(None, _BETWEEN.split(str(law[PARAMETER] or ""))):
        read = _ONE.fullmatch(part)
        level = law.lists["skill_levels"].find(read["level"]) if read else None
        if read is None or level is None or level.name in found:
            raise UserError(f"“参数”表“{law.parameters[PARAMETER].label}”里的“{part}”读不懂。"
                            "请写成“高级工1500元、技师2500元”，每个等级一次，用顿号隔开。")
        found[level.name] = Decimal(re.sub("[,，]", "", read["amount"]))
    return found
