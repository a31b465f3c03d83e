"""What 个案档案 says: one studio or application, what happened to it, its documents and originals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.documents.context_parts import issued
from toolkit.documents.personal_numbers import numbers_in
from toolkit.documents.wording import mask_id
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger.subjects import Subject
from toolkit.ledger.timeline import TimelineEvent
from toolkit.regulation import Regulation
from toolkit.returns.values import shown

UNREADABLE = "读不懂"


@dataclass(frozen=True)
class CasePart:
    """A document or an original: its name, the hash that is recorded, what is to be said of it; `content` None where it is not there."""

    name: str
    sha256: str
    said: str
    content: bytes | None = None


def case_context(law: Regulation, on: date, subject: Subject, events: Sequence[TimelineEvent],
                 parts: tuple[Sequence[CasePart], Sequence[CasePart]]) -> dict:
    """个案档案. parts: its documents and its originals."""
    documents, originals = parts
    studio, row = subject.studio, subject.application
    here = studio or row
    number = _told(lambda: shown(here.leader_id if here else ""))

    def days(*found: Callable[[], object]) -> str:
        return "至".join(filter(None, map(_told, found)))

    facts = {
        "名称": subject.name, "状态": _told(lambda: subject.stage), "编号": subject.number, "区县": subject.district,
        "申办单位": _told(lambda: here.unit if here else ""), "领办人": _told(lambda: here.leader if here else ""),
        "身份证号": number if number == UNREADABLE else mask_id(number), "职业": _told(lambda: here.occupation if here else ""),
        "曾用名": "、".join(studio.names[1:]) if studio else "",
        "建设周期": days(lambda: studio.begins, lambda: studio.ends) if studio else "",
        "四年期止": days(lambda: studio.liable_until) if studio else ""}
    return {"工作室": facts, "经过": [
        {"序号": str(turn), "日期": event.when, "事项": unnumbered(event.what), "条款": event.clause,
         "出处": "\n".join(filter(None, (f"{event.place.sheet} {event.place.cell}", str(event.source or ""))))}
        for turn, event in enumerate(events, 1)],
        "公文": _parts(documents), "原件": _parts(originals), "发文": issued(law, on)}


def _told(ask: Callable[[], object]) -> str:
    """What a row says, or that it cannot be read."""
    try:
        return shown(ask())
    except UnreadableCell:
        return UNREADABLE


def _parts(parts: Sequence[CasePart]) -> list[dict[str, str]]:
    return [{"序号": str(turn), "文件": part.name, "校验码": part.sha256, "情况": part.said} for turn, part in enumerate(parts, 1)]


def unnumbered(text: str) -> str:
    """The text with the personal numbers in it masked; where they cannot be cut out, without the text."""
    for number in numbers_in(text):
        text = text.replace(number.digits, mask_id(number.digits))
    return text if not numbers_in(text) else f"{text.partition('（')[0]}（含个人号码，见台账）"
