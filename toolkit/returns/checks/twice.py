"""One studio that two districts report on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from toolkit.returns.checks.case import Case
from toolkit.returns.findings import Finding


def by_two_districts(cases: Sequence[Case], code: str) -> Iterator[Finding]:
    """A finding of `code` at each row of a studio that stands in the returns of several districts."""
    groups: dict[tuple[int | None, str | None], list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.source.year, case["工作室名称"]].append(case)
    for (_, name), group in groups.items():
        districts = {case.source.district for case in group}
        if name and len(districts) > 1:
            for case in group:
                yield case.finding(code, "工作室名称", other="、".join(sorted(districts - {case.source.district})))
