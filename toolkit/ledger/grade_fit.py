"""Whether a grade is that of its total, as the registers say them.

Source: 乌人社规〔2023〕1号 第十九条（二）、附件2 (R19-3)
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.forms.register_rows import AssessmentRow, StudioRow
from toolkit.regulation import Regulation, rubric
from toolkit.regulation.consequences import grade_of
from toolkit.regulation.rubric.cell_values import plain
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding


def contradicts(row: AssessmentRow | StudioRow, law: Regulation) -> Iterator[Finding]:
    """R19-3: the grade follows from the total and from nothing else. Raises UnreadableCell where either cannot be read."""
    total, grade = (row.total, row.grade) if isinstance(row, AssessmentRow) else (row.points, row.grade)
    if total is None or grade is None:
        return
    points = Decimal(str(total))
    wanted, place = grade_of(points, rubric.of(law)), row.record.place(StudioRow.grade.header)
    if grade != wanted:
        yield finding("R19-3.grade", place, grade, law.clause("R19-3"), actual=plain(points), wanted=wanted)
