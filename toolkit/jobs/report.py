"""What a job tells its host: files, findings, districts, plan, outputs: one shape for terminal, Excel and --json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.returns.findings import ERROR, Finding
from toolkit.sheets.disk import legible

if TYPE_CHECKING:
    from toolkit.ledger.dues import Due
    from toolkit.ledger.plan import Plan
    from toolkit.regulation.rubric import State
    from toolkit.returns.rescoring import Assessment

READ, REFUSED, IGNORED = "已读", "拒收", "忽略"
REPORTED, UNREPORTED, NIL = "已报", "未报", "无推荐"


@dataclass(frozen=True)
class FileStatus:
    """One file of the input. `status` is 已读 | 拒收 | 忽略; `reason` says why, or what reading left out."""

    path: str
    status: str
    reason: str = ""
    form: str = ""
    district: str = ""
    year: int | None = None
    rows: int = 0

    @property
    def name(self) -> str:
        """The file's name as people can read it."""
        return legible(Path(self.path).name)


@dataclass
class Report:
    """The outcome of a job. `plan` is None where the job plans nothing, `scores` where it scores nothing, `dues` where
    it tells no dues. `planned`: names of the files that a preview would have written."""

    files: list[FileStatus] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    districts: Mapping[str, str] = field(default_factory=dict)
    plan: Plan | None = None
    outputs: list[Path] = field(default_factory=list)
    scores: list[Assessment] | None = None
    dues: list[Due] | None = None
    planned: list[str] = field(default_factory=list)

    @property
    def errors(self) -> int:
        return sum(found.level == ERROR for found in self.findings)

    @property
    def exit_status(self) -> int:
        """0 clean, 1 findings of level 错误."""
        return 1 if self.errors else 0

    def as_json(self) -> dict:
        """The object `--json` prints."""
        result: dict = {"files": [asdict(each) | {"path": legible(each.path)} for each in self.files],
                        "findings": [_finding(each) for each in self.findings]}
        if self.districts:
            result["districts"] = dict(self.districts)
        if self.plan is not None:
            result["plan"] = {"added": len(self.plan.added), "changed": len(self.plan.changed),
                              "unchanged": self.plan.unchanged, "conflicts": len(self.plan.conflicts)}
        if self.scores is not None:
            result["scores"] = [_score(each) for each in self.scores]
        if self.dues is not None:
            result["due"] = [_due(each) for each in self.dues]
        if self.planned:
            result["planned"] = list(self.planned)
        return result | {"outputs": [legible(str(path)) for path in self.outputs]}


def _finding(found: Finding) -> dict:
    place = found.place
    return {"code": found.code, "level": found.level, "clause": found.clause, "file": place.file, "sheet": place.sheet,
            "cell": place.cell, "field": place.field, "value": found.value, "message": found.message}


def _score(assessment: Assessment) -> dict:
    """One assessment as `--json` prints it: points that count; an item without points by what it waits for."""
    score = assessment.score
    return {"file": assessment.filed.file, "studio": assessment.studio, "items": {name: _number(points) for name, points in score.items.items()},
            "base": _number(score.base), "bonus": _number(score.bonus), "total": _number(score.total), "grade": score.result,
            "sensitive": bool(score.sensitive), "tampered": list(assessment.tampered)}


def _due(due: Due) -> dict:
    """One due as `--json` prints it; date and days are null where the law gives no term."""
    return {"date": due.date and due.date.isoformat(), "days": due.days, "studio": due.studio, "what": due.what, "clause": due.clause,
            "who": due.who, "state": due.state, "district": due.district, "sheet": due.place.sheet, "cell": due.place.cell,
            "means": [{"kind": means.kind, "name": means.name} for means in due.means]}


def _number(points: Decimal | State) -> int | float | str:
    if not isinstance(points, Decimal):
        return str(points)
    return int(points) if points == points.to_integral_value() else float(points)
