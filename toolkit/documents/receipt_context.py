"""What 回执 says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.documents.context_parts import BLANK, issued
from toolkit.documents.wording import chinese_date, masked
from toolkit.regulation import Regulation
from toolkit.returns.findings import Finding


class Received(NamedTuple):
    """What came from a district and became of it: the verdict, rows in all, taken in, to be explained and sent back, the last code of
    操作日志, the hash and handling of each file, what is to be mended, what to do next."""

    verdict: str
    rows: int
    accepted: int
    queried: int
    refused: int
    code: str
    files: Mapping[str, tuple[str, str]]
    problems: Sequence[Finding]
    next_step: str


def receipt_context(law: Regulation, on: date, about: tuple[int, str, str], received: Received, deadline: date) -> dict:
    """回执. about: year, form, district; deadline: the last day to mend."""
    (year, form, district), problems = about, received.problems
    return {
        "年度": str(year), "表名": form,
        "区县": {"简称": district, "全称": f"{district}人力资源和社会保障局"},
        "接收": {"日期": chinese_date(on), "结论": received.verdict, "行数": str(received.rows), "受理": str(received.accepted),
               "待说明": str(received.queried), "退回": str(received.refused), "台账校验码": _grouped(received.code)},
        "来件": [{"文件名": file, "校验码": _grouped(sha256), "处理": handling} for file, (sha256, handling) in received.files.items()],
        "问题": [{"序号": str(number), "级别": each.level, "单元格": f"{each.place.sheet} {each.place.cell}".strip(),
                "项目": each.place.field, "问题": masked(each.message), "条款": each.clause}
               for number, each in enumerate(problems, 1)],
        "补正": {"期限": chinese_date(deadline) if problems else "",
               "天数": f"{law['mend_days']}{law.parameters['mend_days'].unit}" if problems else ""},
        "下一步": received.next_step,
        "发文": {**issued(law, on), "联系": {"科室": law["contact_office"] or BLANK, "电话": law["contact_phone"] or BLANK}},
    }


def _grouped(sha256: str) -> str:
    """The first 16 hex digits in groups of four, easy to read out on the telephone."""
    head = sha256[:16].upper()
    return "-".join(head[start:start + 4] for start in range(0, 16, 4))
