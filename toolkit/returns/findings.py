"""A finding is a value: which rule, where, what stands there, what to do.

The wording of every code lives in `messages.py`; clauses come from the regulation's data.
"""

from __future__ import annotations

from dataclasses import dataclass

ERROR = "错误"  # must be mended
QUERY = "提示"  # must be mended or explained in 备注


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stood. `cell` is an A1 address or "" (whole sheet), `sheet` may be "" (whole file)."""

    file: str
    sheet: str = ""
    cell: str = ""
    field: str = ""

    def __str__(self) -> str:
        sheet = f" “{self.sheet}”表" if self.sheet else ""
        cell = f" {self.cell}" if self.cell else ""
        header = f" “{self.field}”" if self.field else ""
        return f"{self.file}{sheet}{cell}{header}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `message` is complete Chinese text without the place; `explained` quotes the clerk's 备注."""

    code: str
    level: str
    clause: str
    place: Place
    value: str
    message: str
    explained: str = ""

    @property
    def open(self) -> bool:
        """Whether someone still has to act: every error, and every query without an explanation."""
        return self.level == ERROR or not self.explained

    def __str__(self) -> str:
        clause = f"（{self.clause}）" if self.clause else ""
        return f"{self.place}：{self.message}{clause}"
