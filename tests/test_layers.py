"""Imports run down the drawing only, and the pure layers know no file, no clock, no Excel."""

import ast
import sys
from collections import Counter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "toolkit"
ALLOWED = {
    "sheets": set(), "regulation": set(), "forms": {"regulation"}, "returns": {"forms", "regulation"},
    "ledger": {"returns", "forms", "regulation"},
    "pages": {"ledger", "returns", "forms", "regulation", "sheets"},
    "documents": {"ledger", "returns", "forms", "regulation"},
    "jobs": {"pages", "documents", "ledger", "returns", "forms", "regulation", "sheets"},
    "install": {"jobs", "pages", "documents", "forms", "regulation", "sheets"},
    "demo": {"install", "jobs", "pages", "documents", "ledger", "returns", "forms", "regulation", "sheets"},
}
ANYWHERE = {"errors", "resources"}
HOSTS = {"cli", "terminal", "arguments", "chinese_help", "buttons", "__main__"}
PURE = ("regulation", "forms", "returns", "ledger")
# 引擎里的普通值，各层都可以用：一张表、地址。
PLAIN_VALUES = {"toolkit.sheets.grid"}
# 纯净层只用标准库里不碰文件、时钟、系统的部分；办法数据文件的读取只在 regulation 内。
IMPURE = {"os", "sys", "io", "time", "shutil", "tempfile", "subprocess", "glob", "pathlib", "socket", "random", "getpass"}
ONLY_IN = {
    "openpyxl": {"sheets"}, "python_calamine": {"sheets"}, "xlsxwriter": {"sheets", "pages"}, "lxml": {"sheets", "documents"},
    "msoffcrypto": {"sheets"}, "filelock": {"sheets"}, "docxtpl": {"documents"}, "docx": {"documents"},
    "jinja2": {"documents"}, "cn2an": {"documents"}, "xlwings": {"sheets", "buttons"}, "typer": {"cli", "chinese_help"}, "rich": {"terminal"},
    "xlwt": set(), "ironcalc": {"sheets"}, "olefile": {"sheets"}, "pandas": {"jobs", "__init__"}}
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imported(path: Path) -> set[str]:
    """Dotted names a module imports, `from toolkit import x` as toolkit.x, relative imports refused."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_down_only(path):
    own = layer(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "toolkit" and len(parts) > 1:
            target = parts[1]
            allowed = own in HOSTS or own == "__init__" or target == own or target in ANYWHERE | ALLOWED.get(own, set()) \
                or target.startswith("__") or any(name.startswith(f"{plain}.") for plain in PLAIN_VALUES)
            assert allowed, f"{own} imports {name}"
            assert target not in HOSTS or own in HOSTS, f"{own} imports {name}"
        elif parts[0] in ONLY_IN:
            assert own in ONLY_IN[parts[0]], f"{own} imports {name}"


@pytest.mark.parametrize("path", [path for path in MODULES if layer(path) in PURE], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_pure_layers_use_the_standard_library_without_files_or_clock(path):
    tops = {name.split(".")[0] for name in imported(path)} - {"toolkit"}
    assert tops <= sys.stdlib_module_names
    if layer(path) == "regulation":
        tops -= {"pathlib"}
    assert not tops & IMPURE
    called = {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)}
    assert not called & {"open", "date.today", "datetime.now", "datetime.today", "datetime.datetime.now"}


def test_the_test_sees_both_ways_of_importing(tmp_path):
    module = tmp_path / "x.py"
    module.write_text("import toolkit.jobs.merge\nfrom toolkit import cli\nfrom toolkit.sheets import read\n")
    assert imported(module) == {"toolkit.jobs.merge", "toolkit.cli", "toolkit.sheets.read"}


def test_no_module_name_occurs_twice():
    names = Counter(path.stem for path in MODULES if path.stem != "__init__")
    assert [name for name, count in names.items() if count > 1] == []


def named_types(module: ast.Module) -> set[str]:
    """Classes, and the type aliases at the top: names that begin with a capital and are no constant."""
    classes = {node.name for node in ast.walk(module) if isinstance(node, ast.ClassDef)}
    assigned = {target.id for node in module.body if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)}
    return classes | {name for name in assigned if name[0].isupper() and not name.isupper()}


def test_no_type_name_means_two_things():
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for name in named_types(ast.parse(path.read_text("utf-8"))):
            homes.setdefault(name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_classes_and_aliases_are_told_from_constants():
    module = ast.parse("WIDTHS = (1, 2)\n_Kept = dict\nCell = tuple[int, int]\ncell = 1\nclass Row:\n    class Mark: ...\n")
    assert named_types(module) == {"Cell", "Row", "Mark"}
