"""What the contexts of several kinds share: heading, issuer, contact, the regulation as it is named, order of lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from toolkit.documents.strokes import by_strokes
from toolkit.documents.wording import chinese_date
from toolkit.regulation import Regulation
from toolkit.returns.values import shown


class Listed(Protocol):
    """What stands in a list of studios."""

    @property
    def leader(self) -> str | None: ...

    @property
    def district(self) -> str | None: ...


InList = TypeVar("InList", bound=Listed)

BLANK = "＿＿＿＿＿＿"  # to be filled in by hand
TO_FILL = "（待填）"


def heading(law: Regulation, year: int) -> dict[str, str]:
    """年度, 城市, 牌匾, 排序 as every list's context carries them."""
    order = "按领办人姓氏笔画为序" if law["list_order"] == "姓氏笔画" else "按区（县）为序"
    return {"年度": str(year), "城市": law.facts["city"], "牌匾": law.facts["studio_title"], "排序": order}


def issued(law: Regulation, on: date) -> dict[str, str]:
    """机关 and 日期 of 发文."""
    return {"机关": law.issuer, "日期": chinese_date(on)}


def contact(law: Regulation, *keys: str) -> dict[str, str]:
    """The bureau's 科室, 电话, 地址, 邮箱, 监督电话 from 参数, those asked for."""
    names = {"科室": "contact_office", "电话": "contact_phone", "地址": "contact_address", "邮箱": "contact_email",
             "监督电话": "supervision_phone"}
    return {key: shown(law[names[key]]) for key in keys}


def ordered(law: Regulation, rows: Sequence[InList]) -> list[InList]:
    """Studios in the bureau's order for public lists."""
    districts = law.lists["districts"].names
    found = by_strokes(rows, lambda row: shown(row.leader))
    return found if law["list_order"] == "姓氏笔画" else sorted(found, key=lambda row: districts.index(shown(row.district)))


def law_named(law: Regulation, **clauses: str) -> dict[str, str]:
    """R01: 办法 as a document names its basis: the two superior documents, title, number, and the clauses it applies."""
    return {"上位依据": "、".join(law.facts["basis"]), "名称": law.title, "文号": law.number, **clauses}


def red_head(law: Regulation, on: date, number: str) -> dict:
    """发文 of a document with a red head and a 版记, and its 发文字号."""
    said = issued(law, on)
    return {**said, "字号": number, "主送": law.facts["addressees"], "抄送": law.facts["copies_to"],
            "印发机关": law.facts["printer"], "印发日期": said["日期"], "联系": contact(law, "科室", "电话")}


def letter_head(law: Regulation, on: date, number: str, addressee: str) -> dict:
    """发文 of a letter of the bureau."""
    return {**issued(law, on), "字号": number, "主送": addressee, "联系": contact(law, "科室", "电话")}


def upward_head(law: Regulation, on: date, number: str) -> dict:
    """发文 of the bureau's report to the office that keeps the files."""
    said = issued(law, on)
    return {**said, "字号": number, "签发人": law["signer"], "主送": law.facts["filing_office"], "抄送": law.facts["filing_copies_to"],
            "印发机关": law.facts["printer"], "印发日期": said["日期"], "联系": contact(law, "科室", "电话")}
