"""What the definitions of the program and of its tests say: their docstrings, the codes and parameters they name.

From this follows where a finding is made, where a rule stands, and which tests hold it; nothing of it is kept by hand.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import toolkit
from toolkit.regulation import Regulation
from toolkit.returns.messages import MESSAGES

PACKAGE = Path(toolkit.__file__).parent
ROOT = PACKAGE.parent
INVENTED = "demo"  # plays the law, does not apply it
ENGINE_TESTS = ("sheets", "lo_engine")  # know cells and no rules: “R10” is an address there
RULE_ID = re.compile(r"(?<![\w-])(?:R\d\d(?:-\d[a-d]?)?|A1-\d|X0\d)(?![\w-]|\.\w)")
_FIRST_PART = re.compile(r"[A-Z]-[a-z]+-")


@dataclass(frozen=True)
class Definition:
    """A function, a class or a constant with a docstring. place: `module:name`; of a test, its node id.

    strings: what it quotes, with the private tables it looks into, of a test the codes alone; cited: the ids it looks a clause up
    by, of a test those it is marked with.
    """

    place: str
    doc: str = ""
    strings: Sequence[str] = ()
    cited: Sequence[str] = ()

    @property
    def codes(self) -> Sequence[str]:
        """The finding codes it names."""
        return [text for text in dict.fromkeys(self.strings) if text in MESSAGES]

    @property
    def begun(self) -> Sequence[str]:
        """The codes that begin with what it names: it puts them together, as "F-id-" and what is wrong with the number."""
        starts = tuple(filter(_FIRST_PART.fullmatch, self.strings))
        return [code for code in MESSAGES if code.startswith(starts)] if starts else []

    def rules(self, law: Regulation) -> set[str]:
        """The rules it names: in its docstring, by a code, a clause, or a parameter that belongs to one."""
        parameters = (law.parameters[text].rule for text in self.strings if text in law.parameters)
        return {*RULE_ID.findall(self.doc), *self.cited, *parameters, *(code.partition(".")[0] for code in self.codes)}


@cache
def of_program() -> Sequence[Definition]:
    """Every definition of the package but the invented city's."""
    return [found for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] != INVENTED for found in _of_module(path)]


@cache
def of_tests() -> Sequence[Definition]:
    """Every test, with the tables it draws on."""
    folder = ROOT / "tests"
    return [found for path in sorted(folder.rglob("test_*.py")) if path.relative_to(folder).parts[0] not in ENGINE_TESTS
            for found in _tests_of(path)]


def by_rule(found: Iterable[Definition], law: Regulation) -> Mapping[str, list[str]]:
    """Rule id → the places of those definitions that name it."""
    places: dict[str, list[str]] = defaultdict(list)
    for definition in found:
        for rule in definition.rules(law):
            places[rule].append(definition.place)
    return places


def _of_module(path: Path) -> Iterator[Definition]:
    body = ast.parse(path.read_text("utf-8")).body
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    constants = dict(map(_constant, body))
    tables = {name: value for name, value in constants.items() if name.startswith("_") and isinstance(value, ast.Dict)}
    for name, node in _defined(body):
        doc = ast.get_docstring(node) or ""
        if isinstance(node, ast.ClassDef):
            yield Definition(f"{module}:{name}", doc)
        else:
            cited = _given(node, ".clause")
            yield Definition(f"{module}:{name}", doc, _strings(node, tables, cited), _texts(cited))
    for statement, after in pairwise(body):
        if (name := _constant(statement)[0]) and isinstance(after, ast.Expr):
            yield Definition(f"{module}:{name}", "".join(_texts([after.value])))


def _tests_of(path: Path) -> Iterator[Definition]:
    body = ast.parse(path.read_text("utf-8")).body
    file, tables = path.relative_to(ROOT).as_posix(), dict(map(_constant, body))
    whole = [mark for table in [tables.get("pytestmark")] if table is not None for mark in _given(table, "mark.rule")]
    for name, node in _defined(body):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            marks = [*whole, *_given(node, "mark.rule")]
            codes = [text for text in _strings(node, tables, marks) if text in MESSAGES]
            yield Definition(f"{file}::{name.replace('.', '::')}", "", codes, _texts(marks))


def _defined(body: Iterable[ast.stmt], within: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Functions and classes by their qualified names."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield within + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from _defined(node.body, f"{within}{node.name}.")


def _constant(node: ast.stmt) -> tuple[str, ast.expr | None]:
    """Name and value of an assignment; ("", None) for any other statement."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) else None
    return (target.id, node.value) if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(target, ast.Name) else ("", None)


def _given(node: ast.AST, function: str) -> list[ast.expr]:
    """The arguments of every call of a function by its name's end."""
    return [given for call in ast.walk(node) if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(function) for given in call.args]


def _strings(node: ast.AST, tables: Mapping[str, ast.expr | None], without: Sequence[ast.expr]) -> list[str]:
    """What is quoted in a function and in the tables it uses."""
    inner = list(ast.walk(node))
    used = {name.id for name in inner if isinstance(name, ast.Name)}
    drawn_on = (each for name, table in tables.items() if table is not None and name in used for each in ast.walk(table))
    return _texts([*(each for each in inner if each not in without), *drawn_on])


def _texts(nodes: Iterable[ast.AST]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
