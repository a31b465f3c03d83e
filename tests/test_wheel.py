"""An installed wheel, away from the checkout, finds its templates and works."""

import configparser
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

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


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess:
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from toolkit.cli import main; main()"
    return subprocess.run([sys.executable, "-I", "-c", code, str(site), *arguments], capture_output=True, text=True,
                          cwd=site.parent, env={**os.environ, "PYTHONPATH": ""})


def test_the_wheel_carries_every_template(installed):
    for folder in ("workbook_templates", "docx_templates", "macros"):
        shipped = {path.name for path in (ROOT / folder).iterdir() if path.suffix in (".xlsm", ".docx", ".bas", ".xml")}
        assert shipped and {path.name for path in (installed / "toolkit" / folder).iterdir()} >= shipped


def test_new_and_check_work_from_the_wheel(installed, tmp_path):
    made = run(installed, "new", "区县推荐汇总表", "--district", "天山区", "--year", "2026", "--out", str(tmp_path))
    assert made.returncode == 0, made.stderr
    file, = tmp_path.glob("*.xlsm")
    checked = run(installed, "check", str(file), "--json")
    assert checked.returncode == 1, checked.stderr
    found = json.loads(checked.stdout)
    assert {finding["code"] for finding in found["findings"]} >= {"F-empty"}


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
