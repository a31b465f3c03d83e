"""What a plan changes in rows that stand in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Change:
    """Fields of an existing ledger row (zero-based `row`): header → (old, new)."""

    sheet: str
    row: int
    label: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Withdrawn:
    """A row that becomes 待核撤回: its register, what it is about, its row (None: it enters the ledger so)."""

    sheet: str
    label: str
    row: int | None
