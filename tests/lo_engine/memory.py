"""What the engine remembers of an open workbook, because LibreOffice does not say it or says it slowly."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.lo_engine.areas import Area


@dataclass(slots=True)
class Memory:
    """Of one workbook in one office.

    kinds: what a number format is for, by its key. protection: what protected sheets allow, by sheet and flag.
    hidden_names: names set to be invisible. merges: the area looked through and the merged areas in it, by
    sheet; forgotten whenever one may have changed.
    """

    kinds: dict[int, str] = field(default_factory=dict)
    protection: dict[str, dict[str, bool]] = field(default_factory=dict)
    hidden_names: set[str] = field(default_factory=set)
    merges: dict[str, tuple[Area, list[Area]]] = field(default_factory=dict)
