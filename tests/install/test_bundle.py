"""The offline bundle: complete for Windows, the same bytes each time, and really installed where there is no network."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

from toolkit import resources
from toolkit.errors import UserError
from toolkit.install import bundle as jobs
from toolkit.install import icon_task, wheels
from toolkit.install.bundle import BundleOrder, bundle
from toolkit.install.layout_desk import DESK

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "wheels"
HERE = "{}.{}".format(*sys.version_info[:2])
WINDOWS_SCRIPTS = jobs.windows_scripts(jobs.PYTHONS)


def made(order_for, platform: str) -> Path:
    """A bundle from the wheels kept in .cache; where they do not suffice, from the index, and then they are kept."""
    kept = CACHE / platform
    kept.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / f"{platform}.lock"):
        try:
            return bundle(order_for(kept))
        except UserError:
            path = bundle(order_for(None))
            shutil.rmtree(kept)
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith(".whl") and "skill_master" not in name:
                        (kept / Path(name).name).parent.mkdir(exist_ok=True)
                        (kept / Path(name).name).write_bytes(archive.read(name))
            subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(kept), "setuptools>=68"], check=True)
            return path


def unpack(path: Path, out: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(out)
        top, = {name.split("/")[0] for name in archive.namelist()}
        for entry in archive.infolist():
            (out / entry.filename).chmod(entry.external_attr >> 16 & 0o777)
    return out / top


def test_the_windows_bundle_is_complete_and_always_the_same(tmp_path):
    """Every requirement that holds on Windows is met for each Python by a wheel that Python takes."""
    windows = unpack(made(lambda source: BundleOrder("win_amd64", tmp_path, wheels=source), "win_amd64"), tmp_path)
    check_contents(windows)
    own, = (windows / "wheels").glob("skill_master_toolkit-*.whl")
    assert own_wheel_of_a_copy(tmp_path).read_bytes() == own.read_bytes()
    found = sorted((windows / "wheels").glob("*.whl"))
    assert {"pywin32", "colorama", "tzdata"} <= {parse_wheel_filename(path.name)[0] for path in found}
    for python in jobs.PYTHONS:
        version = tuple(map(int, python.split(".")))
        tags = {*cpython_tags(version, platforms=["win_amd64"]), *compatible_tags(version, f"cp{version[0]}{version[1]}", ["win_amd64"])}
        usable = [wheels.read(path) for path in found if tags & parse_wheel_filename(path.name)[3]]
        target = wheels.Target("win_amd64", python)
        needed, missing = wheels.complete([Requirement("skill-master-toolkit"), Requirement("pip")], usable, target)
        assert not missing and {path.name for path in needed} == {each.path.name for each in usable}


def own_wheel_of_a_copy(tmp_path: Path) -> Path:
    """Built from a checkout with other dates and permissions."""
    copied = tmp_path / "copy"
    copied.mkdir()
    for name in wheels.SOURCES:
        shutil.copyfile(ROOT / name, copied / name)
    for name in ("toolkit", *resources.FOLDERS):
        shutil.copytree(ROOT / name, copied / name, copy_function=shutil.copyfile)
        (copied / name).chmod(0o700)
    return wheels.own_wheel(copied, tmp_path / "again", CACHE / "win_amd64")


def check_contents(windows: Path) -> None:
    shipped = {path.name for path in resources.folder("workbook_templates").iterdir() if path.suffix.startswith(".xls")}
    assert {path.name for path in (windows / "工作簿").iterdir()} == shipped and shipped
    assert {path.name for path in (windows / "公文模板").iterdir()} == {path.name for path in resources.folder("docx_templates").glob("*.docx")}
    icons = {path.stem for path in (windows / "双击运行").iterdir()}
    assert icons == {title for title, _ in icon_task.TASKS.values()} | {"命令行"}
    guide = (windows / "使用说明.txt").read_bytes().decode("utf-8-sig")
    assert all(re.search(rf"^  {icon}\s", guide, re.M) for icon in icons), "每个图标怎样用都写着"
    assert (windows / "使用说明.txt").read_bytes().decode("utf-8-sig").count("\r\n") > 40
    for line in (windows / "清单.txt").read_text("utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((windows / name).read_bytes()).hexdigest() == digest
    assert json.loads((windows / "installer" / "bundle.json").read_text("utf-8"))["python"] == list(jobs.PYTHONS)


def without_network() -> list[str]:
    """A command that gives what follows no network: a namespace with nothing but a loopback that is down."""
    names = [sys.executable, "-c", "import socket; print(*(name for _, name in socket.if_nameindex()))"]
    tried = subprocess.run(["unshare", "-rn", *names], capture_output=True, text=True) if shutil.which("unshare") else None
    return ["unshare", "-rn"] if tried and tried.stdout.split() == ["lo"] else []


def test_the_bundle_installs_and_works_without_a_network(tmp_path):
    path = made(lambda source: BundleOrder("linux_x86_64", tmp_path, (HERE,), source), f"linux_x86_64-{HERE}")
    unpacked = unpack(path, tmp_path / "U 盘")
    home = tmp_path / "用户"
    home.mkdir()
    dead = "http://127.0.0.1:9"  # where namespaces are forbidden, an address that refuses at least stops pip
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "http_proxy": dead, "https_proxy": dead, "PIP_INDEX_URL": dead,
               "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    offline = without_network()

    installed = subprocess.run([*offline, "sh", unpacked / "安装.sh"], env=environ, capture_output=True, encoding="utf-8")
    assert installed.returncode == 0 and "装好了" in installed.stdout, installed.stdout + installed.stderr
    desk = home / DESK
    python = home / ".local" / "share" / "skill-master-toolkit" / "env" / "bin" / "python"

    def run(*arguments):
        return subprocess.run([*offline, python, "-I", "-m", "toolkit", *arguments], env=environ, cwd=desk, capture_output=True, encoding="utf-8")

    examined = run("doctor")
    assert examined.returncode == 0 and "要处理" not in examined.stdout, examined.stdout
    blank = next(desk.glob("区县推荐汇总表.xls*"))
    checked = run("check", blank.name, "--json")
    assert checked.returncode == 1 and json.loads(checked.stdout)["findings"], checked.stderr


def test_a_zip_depends_on_its_parts_alone(tmp_path):
    parts = {"甲/安装.sh": b"x", "甲/乙.txt": "文字".encode()}
    jobs.pack(tmp_path / "1.zip", parts)
    jobs.pack(tmp_path / "2.zip", dict(reversed(parts.items())))
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist()), "资源管理器靠这一位认出中文文件名"


@pytest.mark.parametrize("name, requires, target, missing", [
    ("条件在目标上成立", 'b; sys_platform == "win32"', "win_amd64", {"b"}),
    ("条件在目标上不成立", 'b; sys_platform == "win32"', "linux_x86_64", set()),
    ("按目标的 Python 版本", 'b; python_version < "3.12"', "win_amd64", {"b"}),
    ("版本不够新", "c>=2", "win_amd64", {"c>=2"}),
    ("版本合适", "c>=1", "win_amd64", set()),
    ("可选的部分", "c[more]", "win_amd64", {"d"}),
    ("没有选的部分", "c", "win_amd64", set())])
def test_what_is_missing_is_judged_for_the_target(name, requires, target, missing):
    have = [wheels.Wheel(Path("a"), "a", "1", (Requirement(requires),)),
            wheels.Wheel(Path("c"), "c", "1", (Requirement('d; extra == "more"'),))]
    assert wheels.complete([Requirement("a")], have, wheels.Target(target, "3.11"))[1] == missing, name


@pytest.mark.parametrize("order, said", [
    (BundleOrder("win32", Path()), "win32"), (BundleOrder("win_amd64", Path(), ("三",)), "“三”"), (BundleOrder("win_amd64", Path(), ("3",)), "“3”"),
    (BundleOrder("win_amd64", Path(), wheels=Path("没有")), "没有"), (BundleOrder("linux_x86_64", Path(), embed=Path("x.zip")), "只用于 Windows")])
def test_an_order_that_cannot_be_is_refused(order, said):
    with pytest.raises(UserError, match=rf"{said}.*请"):
        bundle(order)


def wheel(folder: Path, name: str, *requires: str, platform: str = "any") -> Path:
    """A wheel with nothing in it but what it says of itself."""
    path = folder / f"{name}-1-py3-none-{platform}.whl"
    info = f"{name}-1.dist-info"
    said = "".join(f"Requires-Dist: {each}\n" for each in requires)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n{said}")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-{platform}\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def test_a_bundle_is_for_its_target_wherever_it_is_made(tmp_path):
    """Making one for Windows on Linux (or the other way round), what only this computer needs is not asked for: it may not exist there."""
    have, out = tmp_path / "have", tmp_path / "out"
    have.mkdir()
    out.mkdir()
    root = wheel(have, "root", "middle")
    wheel(have, "pip")
    wheel(have, "middle", f'onlyhere; sys_platform == "{sys.platform}"', 'onlythere; sys_platform == "win32"', "both")
    wheel(have, "onlythere", platform="win_amd64")
    wheel(have, "both")
    wheels.gather(root, wheels.Target("win_amd64", HERE), out, have)
    assert {path.name.partition("-")[0] for path in out.iterdir()} == {"pip", "middle", "onlythere", "both"}


def test_an_empty_folder_of_wheels_is_told(tmp_path):
    with pytest.raises(UserError, match=r"没有备齐 win_amd64 的 Python 3\.11 .*请补齐"):
        wheels.download(["openpyxl"], wheels.Target("win_amd64", "3.11"), tmp_path, tmp_path)


def test_away_from_the_sources_no_bundle_is_made(tmp_path):
    with pytest.raises(UserError, match="请在源码文件夹里运行"):
        wheels.own_wheel(tmp_path, tmp_path, None)


@pytest.mark.parametrize("inside, fits", [
    (("python.exe", "python311._pth", "python311.zip"), True), (("python.exe", "python310._pth"), False), (("readme.txt",), False)])
def test_an_embeddable_python_is_carried_along(tmp_path, inside, fits):
    embed = tmp_path / "python-3.11.9-embed-amd64.zip"
    with zipfile.ZipFile(embed, "w") as archive:
        for name in inside:
            archive.writestr(name, name)
    if fits:
        assert jobs.fixed_parts(BundleOrder("win_amd64", tmp_path, embed=embed))["python/python.exe"] == b"python.exe"
    else:
        with pytest.raises(UserError, match=r"不是 3\.11、3\.12 版的"):
            jobs.embedded_python(embed, jobs.PYTHONS)


def test_a_broken_embeddable_python_is_told(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK")
    with pytest.raises(UserError, match="请重新下载"):
        jobs.embedded_python(tmp_path / "x.zip", jobs.PYTHONS)


@pytest.mark.parametrize("name", WINDOWS_SCRIPTS)
def test_a_script_is_what_cmd_reads(name):
    """Rules of cmd.exe that nothing else checks before a clerk double-clicks."""
    data = WINDOWS_SCRIPTS[name]
    text = data.decode("gbk")
    lines = text.split("\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") and not text.startswith("\ufeff") and lines[-1] == ""
    assert lines[:2] == ["@echo off", "setlocal EnableExtensions DisableDelayedExpansion"]
    first = next(number for number, line in enumerate(lines) if not line.isascii())
    assert "chcp 936 >nul" in lines[:first], "中文之前先换代码页"
    assert "@" not in text.replace("@echo off", ""), "占位词都已填好"
    for character in filter(lambda each: not each.isascii(), text):
        assert character.encode("gbk")[1:] not in (b"|", b"\\", b"^"), f"“{character}”在别的代码页里会断开命令"
    check_labels(lines)
    for line in lines:
        check_quotes(line)
    assert "pause" in lines, "窗口留着，看得见结果"


def check_labels(lines: list[str]) -> None:
    labels = [line[1:] for line in lines if line.startswith(":")]
    used = re.findall(r"(?:goto|call) :?([a-z]+)", "\n".join(line for line in lines if not line.startswith("rem")))
    assert len(labels) == len(set(labels)) and set(used) == set(labels) - {"install"} | set(used) & {"install"}
    for number, line in enumerate(lines):
        if line.startswith(":") and number and lines[number - 1] == "":
            before = next(each for each in reversed(lines[:number]) if each and not each.startswith("rem"))
            assert before.startswith(("goto", "exit /b")) or line in (":install", ":end"), f"{line} 之前没有停下"


def check_quotes(line: str) -> None:
    assert line.count('"') % 2 == 0, line
    unquoted = "".join(line.split('"')[::2])
    assert not re.search(r"%~?[0-9]|%%~?[a-z]\b|%(HERE|PY|FOUND|PUBLIC|LOCALAPPDATA|ProgramFiles)%", re.sub(r"%%v|py -%1|%%[a-z] in|%\*", "", unquoted)), \
        f"路径要加引号：{line}"
    assert not re.search(r'%~dp0"|\\"$', line) or line.startswith('set "HERE='), f"引号前的反斜杠会吃掉引号：{line}"
    assert "%*" not in unquoted or not re.search(r"[()]", unquoted), line


def test_scripts_hand_over_to_what_exists():
    for name, data in WINDOWS_SCRIPTS.items():
        text = data.decode("gbk")
        assert '"%PY%" -I ' in text or 'set "PYTHONSAFEPATH=1"' in text, "经办人文件夹里的文件不当作程序"
        for module in re.findall(r"-m (toolkit\.[a-z._]+)", text):
            assert (ROOT / Path(*module.split(".")).with_suffix(".py")).is_file(), name

