"""One calculation with two faces: `value` for Python, `formula` for a worksheet.

A scoring method writes its calculation once, as an expression; both faces are read off it, so they cannot part. Only functions that
Excel 2016, WPS, LibreOffice and ironcalc compute alike are offered here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.regulation.rubric import cell_values
from toolkit.regulation.rubric.cell_values import FormulaValue

Ref = Callable[[str], str]
NOISE_PLACES = 9
"""Worksheets add in binary: 0.1+0.2. Sums are cleaned at this place, finer than any input, before they are compared."""


@dataclass(frozen=True)
class Expr:
    """An operation on expressions; `ref` holds a cell's name, `const` a Decimal or a text."""

    op: str
    args: tuple

    def value(self, cells: Mapping[str, FormulaValue]) -> FormulaValue:
        """The result for `cells` (cell name → value); a name that is absent is a blank cell."""
        if self.op == "ref":
            return cells.get(self.args[0])
        if self.op == "const":
            return self.args[0]
        if self.op == "if":
            test, then, otherwise = self.args
            return (then if test.value(cells) else otherwise).value(cells)
        return OPERATIONS[self.op].compute(*(arg.value(cells) for arg in self.args))

    def formula(self, ref: Ref = str) -> str:
        """The worksheet formula without its “=”; `ref` turns a cell's name into what stands in the formula."""
        if self.op == "ref":
            return ref(self.args[0])
        if self.op == "const":
            constant = self.args[0]
            return cell_values.plain(constant) if isinstance(constant, Decimal) else '"' + constant.replace('"', '""') + '"'
        operation = OPERATIONS[self.op]
        parts = [arg.formula(ref) for arg in self.args]
        if operation.infix:
            parts = [f"({part})" if arg.level < operation.level + (index > 0) else part
                     for index, (arg, part) in enumerate(zip(self.args, parts, strict=True))]
        return operation.written.format(*parts, all=",".join(parts))

    @property
    def level(self) -> int:
        """How tightly the formula binds: 1 comparison, 2 sum, 3 product, 9 all else."""
        return OPERATIONS[self.op].level if self.op in OPERATIONS else 9

    def replaced(self, name: str, other: Expr) -> Expr:
        """The same calculation with `other` in place of the cell `name`; branches that this decides are dropped."""
        if self.op == "ref":
            return other if self.args[0] == name else self
        if self.op == "const":
            return self
        args = tuple(arg.replaced(name, other) for arg in self.args)
        if self.op == "if" and args[0].constant:
            return args[1] if args[0].value({}) else args[2]
        return Expr(self.op, args)

    @property
    def constant(self) -> bool:
        """Whether it depends on no cell."""
        return self.op == "const" or (self.op != "ref" and all(arg.constant for arg in self.args))

    def __add__(self, other: Operand) -> Expr:
        return Expr("+", (self, expr(other)))

    def __sub__(self, other: Operand) -> Expr:
        return Expr("-", (self, expr(other)))

    def __mul__(self, other: Operand) -> Expr:
        return Expr("*", (self, expr(other)))

    def __truediv__(self, other: Operand) -> Expr:
        return Expr("/", (self, expr(other)))

    def __lt__(self, other: Operand) -> Expr:
        return Expr("<", (self, expr(other)))

    def __le__(self, other: Operand) -> Expr:
        return Expr("<=", (self, expr(other)))

    def __gt__(self, other: Operand) -> Expr:
        return Expr(">", (self, expr(other)))

    def __ge__(self, other: Operand) -> Expr:
        return Expr(">=", (self, expr(other)))


Operand = Expr | Decimal | int | str


@dataclass(frozen=True)
class Operation:
    """How an operation is computed and how a worksheet writes it ({0}, {1} its arguments, {all} all of them)."""

    compute: Callable[..., FormulaValue]
    written: str
    level: int = 9
    infix: bool = False


def _equal(one: FormulaValue, other: FormulaValue) -> bool:
    return one.casefold() == other.casefold() if isinstance(one, str) and isinstance(other, str) else one == other


def _sum(*parts: FormulaValue) -> Decimal:
    return sum((part for part in parts if cell_values.is_number(part)), Decimal(0))


OPERATIONS: Mapping[str, Operation] = {
    "+": Operation(lambda a, b: a + b, "{0}+{1}", 2, True),
    "-": Operation(lambda a, b: a - b, "{0}-{1}", 2, True),
    "*": Operation(lambda a, b: a * b, "{0}*{1}", 3, True),
    "/": Operation(lambda a, b: a / b, "{0}/{1}", 3, True),
    "<": Operation(lambda a, b: a < b, "{0}<{1}", 1, True),
    "<=": Operation(lambda a, b: a <= b, "{0}<={1}", 1, True),
    ">": Operation(lambda a, b: a > b, "{0}>{1}", 1, True),
    ">=": Operation(lambda a, b: a >= b, "{0}>={1}", 1, True),
    "equal": Operation(_equal, "{0}={1}", 1, True),
    "differ": Operation(lambda a, b: not _equal(a, b), "{0}<>{1}", 1, True),
    "if": Operation(lambda test, then, otherwise: then if test else otherwise, "IF({all})"),
    "and": Operation(lambda *tests: all(tests), "AND({all})"),
    "or": Operation(lambda *tests: any(tests), "OR({all})"),
    "not": Operation(lambda test: not test, "NOT({0})"),
    "blank": Operation(lambda a: not cell_values.trimmed(a), 'LEN(TRIM({0}&""))=0', 1),
    "trim": Operation(cell_values.trimmed, "TRIM({0})"),
    "number": Operation(cell_values.is_number, "ISNUMBER({0})"),
    "n": Operation(cell_values.number, "N({0})"),
    "int": Operation(cell_values.floor, "INT({0})"),
    "min": Operation(lambda *parts: min(parts), "MIN({all})"),
    "max": Operation(lambda *parts: max(parts), "MAX({all})"),
    "sum": Operation(_sum, "SUM({all})"),
    "count": Operation(lambda *parts: Decimal(sum(map(cell_values.is_number, parts))), "COUNT({all})"),
    "四舍五入": Operation(lambda a, places: cell_values.rounded(a, places, "四舍五入"), "ROUND({all})"),
    "进一": Operation(lambda a, places: cell_values.rounded(a, places, "进一"), "ROUNDUP({all})"),
    "舍去": Operation(lambda a, places: cell_values.rounded(a, places, "舍去"), "ROUNDDOWN({all})"),
    "join": Operation(lambda *parts: "".join(map(cell_values.text, parts)), "CONCATENATE({all})"),
}


def expr(operand: Operand) -> Expr:
    """A number or a text as an expression; an expression as it is."""
    if isinstance(operand, Expr):
        return operand
    return Expr("const", (Decimal(operand) if isinstance(operand, int) else operand,))


def call(op: str, *args: Operand) -> Expr:
    """An operation of OPERATIONS on `args`."""
    return Expr(op, tuple(map(expr, args)))


def ref(name: str) -> Expr:
    """The cell called `name`."""
    return Expr("ref", (name,))


def choose(*steps: tuple[Expr, Operand], otherwise: Operand) -> Expr:
    """The result of the first step whose test holds, else `otherwise`."""
    result = expr(otherwise)
    for test, then in reversed(steps):
        result = call("if", test, then, result)
    return result


def any_of(*tests: Expr) -> Expr:
    """OR, written only where there is more than one test."""
    return tests[0] if len(tests) == 1 else call("or", *tests)


def all_of(*tests: Expr) -> Expr:
    """AND, written only where there is more than one test."""
    return tests[0] if len(tests) == 1 else call("and", *tests)


def negated(test: Expr) -> Expr:
    """NOT."""
    return call("not", test)


def reads(cell: Expr, label: str) -> Expr:
    """Whether the cell's text, spaces around it aside, is `label`."""
    return call("equal", call("trim", cell), label)


def total(parts: list[Expr] | tuple[Expr, ...]) -> Expr:
    """parts[0] + parts[1] + …"""
    result = parts[0]
    for part in parts[1:]:
        result = result + part
    return result


def clean(value: Expr) -> Expr:
    """The value without binary noise (see NOISE_PLACES)."""
    return call("四舍五入", value, NOISE_PLACES)
