"""表头只在 forms/ 里写一次：台账层、任务层一个也不写，别处写的都是某张表声明过的；公文的内容只写文书声明过的字段。"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.documents.declared import Field, Text
from toolkit.documents.kinds import KINDS
from toolkit.forms import FORMS, LEDGER
from toolkit.forms.papers import PAPERS
from toolkit.jobs.report import NIL
from toolkit.ledger.dues.charges import BUTTON, MOVE, PAPER, PARTIES, WORKBOOK
from toolkit.regulation import FILES, load

PACKAGE = Path(__file__).resolve().parent.parent / "toolkit"
SHEETS = [sheet for form in {form.id: form for form in (*FORMS, LEDGER)}.values() for sheet in form.sheets]
HEADERS = {column.header for sheet in SHEETS for column in sheet.columns}
LABELS = {name for sheet in SHEETS for fact in sheet.facts for name in (fact.label, fact.name)}
ANSWERS = {item.name for law in map(load, FILES) for item in law.lists["conflict_answers"].items}
"""来件 is an answer to a conflict, and a column."""
CHARGES = {*PARTIES, PAPER, WORKBOOK, MOVE, BUTTON}
"""Who acts, and by what: 区县 is a party of the law, and a column."""
NAMES = {*(each.name for each in PAPERS), NIL}
"""申报表 is a kind of paper, 无推荐 what a district may report; both are columns too."""
ROWS = ("case", "record", "row", "member", "expert", "entry")


def modules(*layers: str) -> list[Path]:
    return [path for layer in layers for path in sorted((PACKAGE / layer).rglob("*.py"))]


def shown(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def documented(module: ast.Module) -> set[int]:
    """The docstrings, and the words inside sentences."""
    texts = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    return texts | {id(part) for node in ast.walk(module) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}


def literals(module: ast.Module) -> set[str]:
    """The texts a module writes, docstrings and sentences left out."""
    prose = documented(module)
    return {node.value for node in ast.walk(module) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose}


def asked_for(module: ast.Module) -> Iterator[str]:
    """case["领办人"]: the names by which rows are asked."""
    for node in ast.walk(module):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) \
                and isinstance(node.value, ast.Name) and node.value.id in ROWS:
            yield node.slice.value


@pytest.mark.parametrize("path", modules("ledger"), ids=shown)
def test_the_ledger_s_model_writes_no_header_of_its_own(path):
    assert literals(tree(path)) & HEADERS <= ANSWERS | CHARGES, "用 typed row 的字段：ApplicationRow.studio.header"


@pytest.mark.parametrize("path", modules("jobs"), ids=shown)
def test_a_task_writes_no_header_either(path):
    assert literals(tree(path)) & HEADERS <= NAMES, "行用 typed row 的字段，公文的内容在 documents，表的表头在 pages"


def declared(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        yield field.key
        if not isinstance(field, Text):
            yield from declared(field.fields)


KEYS = {key for kind in KINDS.values() for key in declared(kind.fields)}


@pytest.mark.parametrize("path", [path for path in modules("documents") if "context" in path.stem], ids=shown)
def test_a_context_has_only_fields_that_a_document_declares(path):
    keys = {key.value for node in ast.walk(tree(path)) if isinstance(node, ast.Dict) for key in node.keys if isinstance(key, ast.Constant)}
    assert keys <= KEYS


@pytest.mark.parametrize("path", modules("returns", "ledger"), ids=shown)
def test_rows_are_asked_only_for_what_a_form_declares(path):
    assert set(asked_for(tree(path))) <= HEADERS | LABELS


def test_the_test_sees_a_header():
    assert list(asked_for(ast.parse('case["领办人"]'))) == ["领办人"] and {"领办人", "工作室名称"} <= HEADERS - ANSWERS
