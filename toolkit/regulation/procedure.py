"""From the application to the end of a studio: the states there are, and what may be done in each, as the law's file says.

Source: 乌人社规〔2023〕1号 第三条、第七条、第十条至第二十条
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

APPLICATION, STUDIO = "申报", "工作室"
BY_HAND, BY_TIME = "办理", "时间"
REQUIRED = "*"


@dataclass(frozen=True)
class Stage:
    """A state of an application or of a studio (`of`): what it means, by which clause. ends: nothing follows."""

    name: str
    of: str
    clause: str
    meaning: str
    ends: bool = False


@dataclass(frozen=True)
class Move:
    """Something that may be done with an application or a studio (`of`).

    origins: the states in which it may be done; to: those it can lead to, none where the state stays. by: 办理 (by hand, see `adds`),
    时间 (a day passes), else the button or document that does it; who: whose it is to do. needs, checks: names of decisions, asked before
    and after the cells are filled in. Registers are named 表, cells 表.列: adds gets a row, fills are filled in by people (`required`: not
    left empty), sets are written as they stand here, derives names what works out the rest. then: what is to be done next.
    """

    name: str
    of: str
    origins: tuple[str, ...]
    clause: str
    by: str
    who: str
    to: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    adds: str = ""
    fills: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    sets: Mapping[str, str] = field(default_factory=dict)
    derives: tuple[str, ...] = ()
    then: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether the page 个案办理 and the command `act` do it."""
        return self.by == BY_HAND


@dataclass(frozen=True)
class Procedure:
    """Every state and every move, by name, in the order of the law's file. any_day: the cells whose day may lie ahead, or before the naming."""

    stages: Mapping[str, Stage]
    moves: Mapping[str, Move]
    any_day: frozenset[str] = frozenset()

    def of(self, kind: str) -> list[Move]:
        """The moves of applications (申报), or of studios (工作室)."""
        return [move for move in self.moves.values() if move.of == kind]


def of(table: Mapping[str, Any]) -> Procedure:
    """The procedure that a table of the law's file says."""
    stages = {row["name"]: Stage(**row) for row in table["stages"]}
    return Procedure(MappingProxyType(stages), MappingProxyType({row["name"]: _move(row) for row in table["moves"]}),
                     frozenset(table.get("any_day", ())))


def _move(row: Mapping[str, Any]) -> Move:
    given = {"origins": row["from"], "then": row.get("next", ""), **row}
    given |= {name: tuple(given.get(name, ())) for name in ("origins", "to", "needs", "checks", "derives")}
    fills = row.get("fills", ())
    given["fills"] = tuple(path.removesuffix(REQUIRED) for path in fills)
    given["required"] = frozenset(path.removesuffix(REQUIRED) for path in fills if path.endswith(REQUIRED))
    return Move(**{name: value for name, value in given.items() if name not in ("from", "next")})
