"""What the law says: dated values with their clause, and small pure functions.

Every number, list and line stands in `<regulation>.toml` beside this module; a new regulation is a new file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.regulation.procedure import Procedure

FILES = ("wrsg_2023_1.toml",)
_PROCEDURE = "\n[procedure]\n"  # stands behind the rules; read when someone asks what may be done
_RUBRIC = "\n[rubric]\n"  # the rubric stands last in a file; its tables are read when someone asks for points


@dataclass(frozen=True)
class Parameter:
    """One number or choice of the regulation. `origin` is 原文 (written) or 默认 (our reading, see `why`).

    follows: the parameter whose value it takes where only that one is set.
    """

    name: str
    label: str
    value: int | str | date
    unit: str
    clause: str
    rule: str
    origin: str
    why: str = ""
    follows: str = ""


@dataclass(frozen=True)
class ListItem:
    """One entry of a list: its standard name, spellings seen in the field, and flags or codes."""

    name: str
    also: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.data.get(key)


@dataclass(frozen=True)
class Choices:
    """A list of the regulation with its clause and source."""

    name: str
    label: str
    clause: str
    items: tuple[ListItem, ...]
    source: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.items)

    @cached_property
    def by_spelling(self) -> Mapping[str, ListItem]:
        """Folded spelling → item; standard names win over aliases."""
        found = {fold(spelling): item for item in reversed(self.items) for spelling in item.also}
        return MappingProxyType(found | {fold(item.name): item for item in self.items})

    def find(self, text: str) -> ListItem | None:
        """The item a clerk's spelling means, or None."""
        return self.by_spelling.get(fold(text))

    @cached_property
    def _by_flag(self) -> dict[str, frozenset[str]]:
        return {}

    def where(self, flag: str) -> frozenset[str]:
        """Names of the items that carry `flag`."""
        if flag not in self._by_flag:
            self._by_flag[flag] = frozenset(item.name for item in self.items if item[flag])
        return self._by_flag[flag]


@dataclass(frozen=True)
class Rule:
    """One rule: id, clause, what it asks.

    kind: 执行 (the software decides or stops), 支持 (it computes, reminds, prints for people), 记录 (it records what an authority
    concluded); "" groups findings that no clause brings. default: our reading where the text is silent. missing: what is there and
    what is not yet, "" when it is whole.
    """

    id: str
    clause: str
    title: str
    kind: str = ""
    default: str = ""
    missing: str = ""


_FOLD = str.maketrans("（）：，；／　", "():,;/ ")


def fold(text: str) -> str:
    """Spelling without spaces, full-width punctuation and letter case, for comparing what people wrote."""
    return "".join(text.translate(_FOLD).split()).casefold()


@dataclass(frozen=True)
class Regulation:
    """A regulation as data. `regulation["subsidy_yuan"]` is a parameter's value."""

    id: str
    title: str
    number: str
    issuer: str
    in_force_from: date
    in_force_to: date
    parameters: Mapping[str, Parameter]
    lists: Mapping[str, Choices]
    rules: Mapping[str, Rule]
    facts: Mapping[str, Any]
    annex: str = field(default="", repr=False)
    steps: str = field(default="", repr=False)

    def __getitem__(self, name: str) -> Any:
        return self.parameters[name].value

    @cached_property
    def rubric(self) -> Mapping[str, Any]:
        """附件2 as its tables stand in the file (`annex`)."""
        return MappingProxyType(_tables(_RUBRIC + self.annex)["rubric"])

    @cached_property
    def procedure(self) -> Procedure:
        """The states of applications and studios, and the moves between them, as they stand in the file (`steps`)."""
        from toolkit.regulation import procedure

        return procedure.of(_tables(_PROCEDURE + self.steps)["procedure"])

    def yes(self, name: str) -> bool:
        """A 是/否 parameter as a truth value."""
        return self[name] == "是"

    def __reduce__(self) -> tuple:
        """Pickled as its file and its parameter values, so that another process works under the same law."""
        file = next(file for file in FILES if load(file).id == self.id)
        return _restored, (file, {name: parameter.value for name, parameter in self.parameters.items()})

    def clause(self, code: str) -> str:
        """The clause behind a rule id or a finding code built on one (`R07-1a.missing` → 第七条（一）)."""
        rule = self.rules.get(code.partition(".")[0])
        return rule.clause if rule else ""

    def overridden(self, values: Mapping[str, int | str | date]) -> Regulation:
        """The same regulation with parameter values (by name) the bureau has set."""
        following = {name: values[parameter.follows] for name, parameter in self.parameters.items() if parameter.follows in values}
        changed = {name: replace(self.parameters[name], value=value) for name, value in {**following, **values}.items()}
        return replace(self, parameters=MappingProxyType({**self.parameters, **changed}))


def _restored(file: str, values: Mapping[str, int | str | date]) -> Regulation:
    return load(file).overridden(values)


def _choices(name: str, table: dict) -> Choices:
    rows = [{"name": row} if isinstance(row, str) else row for row in table.pop("rows")]
    items = tuple(ListItem(row["name"], tuple(row.get("also", ())), MappingProxyType(row)) for row in rows)
    known = {key: table.pop(key, "") for key in ("label", "clause", "source")}
    return Choices(name, items=items, data=MappingProxyType(table), **known)


@cache
def load(file: str) -> Regulation:
    """Read one regulation file of this folder (or an absolute path)."""
    text, _, annex = (Path(__file__).parent / file).read_text("utf-8").partition(_RUBRIC)
    text, _, steps = text.partition(_PROCEDURE)
    table = _tables(text)
    parameters = {name: Parameter(name, **row) for name, row in table.pop("parameters").items()}
    lists = {name: _choices(name, row) for name, row in table.pop("lists").items()}
    rules = {name: Rule(name, **row) for name, row in table.pop("rules").items()}
    named = {key: table.pop(key) for key in ("id", "title", "number", "issuer", "in_force_from", "in_force_to")}
    return Regulation(**named, parameters=MappingProxyType(parameters), lists=MappingProxyType(lists),
                      rules=MappingProxyType(rules), facts=MappingProxyType(table), annex=annex, steps=steps)


def _tables(text: str) -> dict:
    return tomllib.loads(text, parse_float=Decimal)


def in_force(on: date) -> Regulation:
    """The regulation in force on a day. Before the first or after the last, the nearest one is returned:
    `covers` tells, and rule R22 warns."""
    regulations = [load(file) for file in FILES]
    for regulation in regulations:
        if covers(regulation, on):
            return regulation
    return regulations[0] if on < regulations[0].in_force_from else regulations[-1]


def first_day() -> date:
    """The day from which there is a regulation."""
    return min(load(file).in_force_from for file in FILES)


def covers(regulation: Regulation, on: date) -> bool:
    """R22: whether the regulation is in force on `on` (both ends count)."""
    return regulation.in_force_from <= on <= regulation.in_force_to
