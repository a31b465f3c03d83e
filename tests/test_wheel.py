"""An installed wheel, away from the checkout and without extras, finds its templates and does everything the demonstration does."""

import configparser
import importlib.metadata
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from toolkit import resources

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the wheel's content, as pip lays it out; the dependencies are those of the test run."""
    out = tmp_path_factory.mktemp("wheel")
    source = out / "source"
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True,
                           capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        target = source / name
        if (ROOT / name).is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(out), str(source)], check=True)
    wheel, = out.glob("*.whl")
    site = out / "site"
    zipfile.ZipFile(wheel).extractall(site)
    return site


@pytest.fixture(scope="module")
def plain(installed):
    """Beside it a folder with the packages of a plain installation: what the wheel requires and what that requires, nothing else."""
    folder = installed.parent / "plain"
    folder.mkdir()
    metadata, = installed.glob("*.dist-info")
    wanted = list(importlib.metadata.PathDistribution(metadata).requires)
    seen: set[str] = set()
    while wanted:
        requirement = Requirement(wanted.pop())
        if requirement.name.lower() in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(requirement.name.lower())
        distribution = importlib.metadata.distribution(requirement.name)
        wanted += distribution.requires or ()
        for top in {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}:
            if not (folder / top).exists():
                (folder / top).symlink_to(Path(str(distribution.locate_file(top))).resolve())
    return folder


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess:
    """The command in a Python that has the standard library, the wheel and, beside it, the packages of a plain installation."""
    code = "import sys; sys.path += [sys.argv.pop(1), sys.argv.pop(1)]; from toolkit.cli import main; main()"
    return subprocess.run([sys.executable, "-I", "-S", "-c", code, str(site), str(site.parent / "plain"), *arguments], capture_output=True,
                          text=True, cwd=site.parent, env={**os.environ, "PYTHONPATH": ""})


def test_the_wheel_carries_every_template(installed):
    for folder in ("workbook_templates", "docx_templates", "macros"):
        shipped = {path.name for path in (ROOT / folder).iterdir() if path.suffix in (".xlsm", ".docx", ".bas", ".xml")}
        assert shipped and {path.name for path in (installed / "toolkit" / folder).iterdir()} >= shipped


def test_new_and_check_work_from_the_wheel(installed, plain, tmp_path):
    made = run(installed, "new", "区县推荐汇总表", "--district", "天山区", "--year", "2026", "--out", str(tmp_path))
    assert made.returncode == 0, made.stderr
    file, = tmp_path.glob("*.xlsm")
    checked = run(installed, "check", str(file), "--json")
    assert checked.returncode == 1, checked.stderr
    found = json.loads(checked.stdout)
    assert {finding["code"] for finding in found["findings"]} >= {"F-empty"}


def test_the_whole_demonstration_runs_without_extras(installed, plain, tmp_path):
    """Merging, documents, assessments filled in and scored, and the health check: nothing needs what only tests have."""
    for package in ("pytest", "xlwt", "hypothesis"):
        assert not (plain / package).exists()
    done = run(installed, "demo", str(tmp_path / "演示"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.suffix for path in (tmp_path / "演示").rglob("*.*")} >= {".xlsx", ".xlsm", ".xls", ".docx"}
    assert list((tmp_path / "演示").glob("期满考核/考核结果/*考核汇总表*.xlsx"))
    health = run(installed, "doctor")
    assert "程序包 ironcalc：" in health.stdout and "没有安装" not in health.stdout and "没有查成" not in health.stdout, health.stdout + health.stderr


def test_a_missing_folder_is_told(monkeypatch):
    monkeypatch.setattr(resources, "__file__", "/nowhere/toolkit/resources.py")
    with pytest.raises(resources.UserError, match="重新安装"):
        resources.folder("docx_templates")


def test_every_package_is_listed():
    """A wheel carries only what setup.cfg names."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", "utf-8")
    listed = set(settings["options"]["packages"].split())
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "toolkit").rglob("__init__.py")}
    assert found <= listed
