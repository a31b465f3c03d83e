"""What is written is true: commands, messages, parameters and pictures are all there, and quoted output is really printed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs import catalogue
from docs.pictures import PICTURES, SCREENS
from toolkit.cli import app
from toolkit.demo.demo import demo
from toolkit.returns.checks import ACCEPTED, HELD, QUERIED, REFUSED
from toolkit.returns.messages import MESSAGES

ROOT = Path(__file__).resolve().parent.parent
README, MANUAL, CHANGES = ROOT / "README.md", ROOT / "docs" / "手册.md", ROOT / "CHANGELOG.md"
INSTALLING = ROOT / "docs" / "安装.md"
PAGES = (README, MANUAL, INSTALLING, CHANGES, catalogue.RULES_FILE, catalogue.PARAMETERS_FILE)
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands]
LARGEST_PICTURE = 200_000
FOR_DEVELOPERS = {"build"}
MACHINE_PATHS = re.compile(r"/(work|tmp|home|root|usr|var|opt)/|[A-Z]:\\|localhost|127\.0\.0\.1")


def text(path):
    return path.read_text("utf-8")


def blocks(path, language):
    return re.findall(rf"```{language}\n(.*?)```", text(path), re.S)


def quoted(command):
    """The lines README shows under a command, without those that only say something was left out."""
    block = next(block for block in blocks(README, "console") if f"$ {command}" in block)
    shown = block.partition(f"$ {command}")[2].partition("\n")[2].split("\n$ ")[0]
    return [line for line in shown.splitlines() if line and line != "…"]


@pytest.mark.parametrize("page, without", [(README, set()), (MANUAL, FOR_DEVELOPERS)], ids=["README", "手册"])
def test_every_command_is_named(page, without):
    shown = text(page)
    missing = [name for name in COMMANDS if name not in without and not re.search(rf"(`|toolkit ){name}\b", shown)]
    assert COMMANDS and not missing


def test_the_command_table_names_every_option():
    for command in app.registered_commands:
        row = next(line for line in text(README).splitlines() if line.startswith(f"| `{command.name or command.callback.__name__}"))
        helped = subprocess.run([sys.executable, "-m", "toolkit", command.callback.__name__, "--help"], capture_output=True,
                                encoding="utf-8", env={"COLUMNS": "200", "PATH": ""}, check=True).stdout
        options = set(re.findall(r"--[a-z-]+", helped)) - {"--help"}
        assert options == set(re.findall(r"--[a-z-]+", row.split("|")[1])), command.callback.__name__


def test_generated_pages_are_as_generated():
    for path, content in catalogue.pages().items():
        assert text(path) == content, f"{path.name}：请运行 python -m docs.catalogue"


def test_every_message_is_catalogued_with_its_level_and_where_it_is_judged():
    rows = {cells[1].strip(): cells for line in text(catalogue.RULES_FILE).splitlines() if (cells := line.split("|"))[1:]}
    for code, (level, _) in MESSAGES.items():
        assert rows[code][2].strip() == level and rows[code][4].strip(), code


def test_every_parameter_is_described_with_its_clause_and_origin():
    rows = {cells[1].strip(" `"): cells for line in text(catalogue.PARAMETERS_FILE).splitlines() if (cells := line.split("|"))[1:]}
    for name, parameter in catalogue.law().parameters.items():
        assert [cell.strip() for cell in rows[name][2:6:2]] == [parameter.label, parameter.clause]
        assert rows[name][5].strip() == parameter.origin and parameter.origin in catalogue.ORIGINS


def test_parameters_the_manual_tells_people_to_fill_in_exist():
    table = text(MANUAL).partition("| 想做什么 |")[2].partition("\n\n")[0]
    labels = {parameter.label for parameter in catalogue.law().parameters.values()}
    named = [row.split("|")[2].strip() for row in table.splitlines()[2:]]
    for cell in named:
        assert any(cell.startswith(label) for label in labels), cell


def test_every_status_is_explained():
    shown = text(MANUAL)
    for word in ("已读", "拒收", "忽略", "已报", "未报", "无推荐", ACCEPTED, QUERIED, HELD, REFUSED):
        assert f"| {word} |" in shown, word


def test_pictures_exist_are_small_and_are_all_used():
    used = {(page.parent / link).resolve() for page in (README, MANUAL) for link in re.findall(r"!\[[^]]*\]\(([^)]+)\)", text(page))}
    made = {ROOT / "docs" / "图" / f"{name}.png" for name in (*(picture.name for picture in PICTURES), *SCREENS)}
    assert used == made == set((ROOT / "docs" / "图").iterdir()) and len(made) <= 10
    for path in made:
        assert path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size <= LARGEST_PICTURE, path.name


def test_links_lead_somewhere():
    for page in PAGES:
        for link in re.findall(r"(?<!!)\[[^]]*\]\(([^)#]+)\)", text(page)):
            assert (page.parent / link).exists(), f"{page.name} → {link}"


def test_the_drawing_names_exactly_the_packages_there_are():
    drawing = next(block for block in blocks(README, "text") if "regulation" in block and "jobs" in block)
    layers = {path.name for path in (ROOT / "toolkit").iterdir() if (path / "__init__.py").exists()}
    hosts = {path.stem for path in (ROOT / "toolkit").glob("*.py")} - {"__init__", "__main__", "errors", "resources"}
    assert set(re.findall(r"(?<![A-Za-z])[a-z_]{2,}", drawing)) == layers | hosts


def test_the_demonstration_prints_what_the_readme_shows(finished):
    shown = quoted("make demo")
    assert shown == [line for line in finished.lines if line in shown] and shown[-1] == finished.lines[-1]


def test_checking_prints_what_the_readme_shows(finished):
    command = "python -m toolkit check 演示/区县报表_2026/新市区（高新区）报送.xlsx"
    done = subprocess.run([sys.executable, *command.split()[1:]], cwd=finished.folder, capture_output=True, encoding="utf-8")
    printed, lines = done.stdout.splitlines(), quoted(command)
    assert done.returncode == 1 and len(lines) > 5
    assert [line for line in printed if line in lines] == lines


def test_the_code_readme_shows_runs():
    for code in blocks(README, "python"):
        exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_speaks_of_a_machine(page):
    assert not MACHINE_PATHS.search(text(page))


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The demonstration on the day README shows, run where `演示` is a plain relative path."""
    from contextlib import chdir
    from datetime import datetime
    from types import SimpleNamespace

    folder = tmp_path_factory.mktemp("readme")
    with chdir(folder):
        return SimpleNamespace(folder=folder, lines=list(demo(Path("演示"), datetime(2026, 11, 22, 9, 30))))
