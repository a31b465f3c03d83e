"""Each thing 体检 looks at, sound and not; what is not sound says what to do."""

import importlib.metadata
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath

import pytest
from openpyxl import Workbook

from toolkit import resources
from toolkit.install import doctor, installed_files, layout_desk, module_loading, office, template_health
from toolkit.install.office import EXCEL, LIBREOFFICE, NONE, OTHER, WPS, Office
from toolkit.jobs import streams

EXCEL_EXE = '"C:\\Program Files\\Microsoft Office\\Root\\Office16\\EXCEL.EXE" /automation'
WPS_EXE = '"C:\\Users\\wang\\AppData\\Local\\Kingsoft\\WPS Office\\office6\\et.exe" /automation'


def test_this_computer_is_sound(tmp_path):
    lines = list(doctor.doctor(tmp_path))
    assert [line for line in lines if not line.sound] == []
    assert {"Python", "程序包 xlwings", "模板 工作室管理台账", "Word 模板", "表格软件", "工作文件夹", "日志文件夹"} <= {line.subject for line in lines}


@pytest.mark.parametrize("version, widest, windows, sound, said", [
    ((3, 11, 0), 2**63 - 1, True, True, "3.11.0（64位）"), ((3, 10, 12), 2**63 - 1, True, False, "请安装 3.11"),
    ((3, 12, 1), 2**31 - 1, True, False, "请安装64位"), ((3, 12, 1), 2**31 - 1, False, True, "32位")])
def test_python(monkeypatch, version, widest, windows, sound, said):
    monkeypatch.setattr(doctor, "WINDOWS", windows)
    line = doctor.python(version, widest)
    assert line.sound is sound and said in line.state


def test_a_missing_package_is_told():
    assert doctor.package("openpyxl").sound and doctor.package("XlsxWriter").sound
    line = doctor.package("meiyou-zhege-bao")
    assert not line.sound and "请重新安装" in line.state and "pip install meiyou-zhege-bao" in line.state


@pytest.mark.parametrize("content, said", [
    ("import meiyou_zhege_bao", "缺少它要用的 meiyou_zhege_bao"), ("raise ImportError('DLL load failed')", "载入不了（DLL load failed）"),
    ("raise OSError('坏了')", "载入不了（坏了）")])
def test_a_package_that_is_there_and_does_not_load_is_told(monkeypatch, tmp_path, content, said):
    """Being found is not enough: a library that Windows will not load stands in its folder too."""
    (tmp_path / "huai_bao.py").write_text(content)
    monkeypatch.syspath_prepend(tmp_path)
    line = doctor.package("huai-bao")
    assert not line.sound and said in line.state and "请重新安装" in line.state


def test_the_packages_are_those_the_installation_requires(monkeypatch):
    needed = ["openpyxl>=3.1", "pywin32>=300; sys_platform == 'win32' and extra == 'x'", "xlwt>=1.3; extra == 'test'", "huai.bao[a]==1"]
    assert doctor.required(needed) == ["openpyxl>=3.1", "huai.bao[a]==1"]
    monkeypatch.setattr("importlib.metadata.requires", lambda name: needed)
    assert [line.subject for line in doctor.packages()] == ["程序包 openpyxl", "程序包 huai.bao"]
    assert {line.subject for line in doctor.packages() if not line.sound} == {"程序包 huai.bao"}


def test_a_checkout_that_was_never_installed_is_told(monkeypatch):
    monkeypatch.setattr(doctor, "DISTRIBUTION", "meiyou-zhege-bao")
    line, = doctor.packages()
    assert not line.sound and "pip install ." in line.state


@pytest.mark.parametrize("name", ["python", "packages", "templates", "_program", "writable", "_folder"])
def test_a_look_that_breaks_off_is_told_and_the_others_go_on(monkeypatch, tmp_path, name):
    def broken(*_):
        raise RuntimeError("磁盘坏了")

    monkeypatch.setattr(doctor, name, broken)
    lines = list(doctor.doctor(tmp_path))
    told = [line for line in lines if not line.sound]
    assert told and all("没有查成（RuntimeError：磁盘坏了）" in line.state and "请" in line.state for line in told) and len(lines) > 5


def test_missing_templates_are_told(monkeypatch, tmp_path):
    for name in resources.FOLDERS:
        (tmp_path / name).mkdir()
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "toolkit" / "resources.py"))
    lines = list(template_health.templates())
    assert len(lines) >= 5 and not any(line.sound for line in lines) and all("请" in line.state for line in lines)


def test_buttons_of_another_xlwings_are_told(monkeypatch):
    shipped = resources.workbook_template("工作室管理台账").read_bytes()
    assert template_health.macros("模板", "第1版", shipped).sound
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.1")
    line = template_health.macros("模板", "第1版", shipped)
    assert not line.sound and "装的是 0.1。请" in line.state


def test_a_template_without_buttons_is_told():
    plain = BytesIO()
    Workbook().save(plain)
    assert not template_health.macros("模板", "第1版", plain.getvalue()).sound


@pytest.mark.parametrize("registry, kind, wps, why", [
    ({"Excel.Application\\CLSID": "{e}", "CLSID\\{e}\\LocalServer32": EXCEL_EXE}, EXCEL, False, "只有 Excel"),
    ({"Excel.Application\\CLSID": "{e}", "WOW6432Node\\CLSID\\{e}\\LocalServer32": EXCEL_EXE}, EXCEL, False, "32位 Excel 登记在另一处"),
    ({"Excel.Application\\CLSID": "{e}", "CLSID\\{e}\\LocalServer32": EXCEL_EXE, "KET.Application\\CLSID": "{k}"}, EXCEL, True, "两样都有"),
    ({"Excel.Application\\CLSID": "{e}", "CLSID\\{e}\\LocalServer32": WPS_EXE}, WPS, True, "WPS 占用了 Excel 的名字"),
    ({"Excel.Application\\CLSID": "{e}", "CLSID\\{e}\\LocalServer32": WPS_EXE.replace('"', "")}, WPS, True, "路径没有引号"),
    ({"Excel.Application\\CLSID": "{e}", "CLSID\\{e}\\LocalServer32": "C:\\MyOffice\\budget.exe -auto"}, OTHER, False, "名字里有 et.exe，不是 WPS"),
    ({"Excel.Application\\CLSID": "{e}", "CLSID\\{e}\\LocalServer32": "C:\\PROGRA~2\\MICROS~1\\EXCEL.EXE /automation"}, EXCEL, False, "短路径"),
    ({"KET.Application\\CLSID": "{k}"}, WPS, True, "只有 WPS"),
    ({"Excel.Application\\CLSID": "{e}"}, NONE, False, "Excel 卸载后的残留"),
    ({}, NONE, False, "都没有")])
def test_which_office_there_is(registry, kind, wps, why):
    found = office.find(lambda key: registry.get(key, ""))
    assert (found.kind, found.wps) == (kind, wps), why


@pytest.mark.parametrize("found, said", [
    (Office(EXCEL, "x"), "Excel（x）"), (Office(EXCEL, "x", True), "请用 Excel 打开"), (Office(WPS, "x", True), "应答的是 WPS（x）"),
    (Office(WPS, "x", True), "请在 WPS 的“配置工具”里"), (Office(WPS, "", True), "只有 WPS"), (Office(OTHER, "x"), "应答的是“x”，不是 Excel"),
    (Office(WPS, "x", True), "请双击"), (Office(WPS, "", True), "请双击"), (Office(OTHER, "x"), "请双击"),
    (Office(LIBREOFFICE, "x"), "请用命令"), (Office(NONE, ""), "请双击")])
def test_without_excel_the_other_way_is_told(found, said):
    line = doctor.spreadsheet(found)
    assert line.sound and said in line.state


@pytest.mark.parametrize("command, program, why", [
    (EXCEL_EXE, "C:\\Program Files\\Microsoft Office\\Root\\Office16\\EXCEL.EXE", "有引号"),
    ("C:\\Program Files\\a\\EXCEL.EXE /automation", "C:\\Program Files\\a\\EXCEL.EXE", "没有引号，路径有空格"),
    ("C:\\a.exe.old\\et.exe", "C:\\a.exe.old\\et.exe", "文件夹名里有 .exe"), ("  ", "", "空的"), ("服务", "服务", "不是程序")])
def test_the_program_of_a_registered_command(command, program, why):
    assert office.executable(command) == program, why


@pytest.mark.parametrize("names, strange, why", [
    (("王伟", "王伟"), "", "都在 GBK 里"), (("wang", "wang"), "", "英文名"), (("艾力·买买提", "艾力·买买提"), "", "间隔点在 GBK 里"),
    (("陈㛃", "陈㛃"), "“㛃”", "GBK 没有的字，只说一次"), (("𠮷田", "𠮷田"), "“𠮷”", "基本平面以外的字"),
    (("陈㛃", "陈𠮷"), "“㛃”“𠮷”", "两处各有一个"), (("wang", "陈㛃"), "“㛃”", "只有一处不能拼")])
def test_user_names_outside_the_macros_code_page_are_told(names, strange, why):
    profile, local = names
    environ = {"USERPROFILE": f"C:\\Users\\{profile}", "LOCALAPPDATA": f"D:\\{local}\\Local"}
    line = doctor.user_names(environ, needed=True)
    assert line.sound is not bool(strange), why
    if strange:
        assert f"里的{strange}不在 GBK 字库里" in line.state and "请双击" in line.state and "请信息科" in line.state, why
    assert doctor.user_names(environ, needed=False).sound, "没有 Excel 的用图标，不受影响"


def test_a_computer_that_names_no_folders_is_not_told_of_names():
    assert doctor.user_names({}, needed=True).sound


def test_on_windows_the_check_up_says_who_answers_and_whether_names_can_be_read(monkeypatch):
    registry = {"Excel.Application\\CLSID": "{e}", "CLSID\\{e}\\LocalServer32": WPS_EXE}
    monkeypatch.setattr(doctor, "WINDOWS", True)
    monkeypatch.setattr(office, "WINDOWS", True)
    monkeypatch.setattr(office, "default_value", lambda key: registry.get(key, ""))
    monkeypatch.setenv("USERPROFILE", "C:\\Users\\陈㛃")
    told = {line.subject: line.state for line in doctor._program()}
    assert set(told) == {"表格软件", "Excel 按钮的设置", "用户名"}
    assert WPS_EXE.split('"')[1] in told["表格软件"] and "㛃" in told["用户名"]
    monkeypatch.setattr(doctor, "WINDOWS", False)
    monkeypatch.setattr(office, "WINDOWS", False)
    (line,) = doctor._program()
    assert "应答" not in line.state, "不是 Windows，没有谁应答"


@pytest.fixture
def config(tmp_path):
    """xlwings' settings naming a Python; and that Python."""
    def write(named: str) -> Path:
        (tmp_path / "xlwings.conf").write_bytes(f'"PYTHONPATH",""\r\n"INTERPRETER_WIN","{named}"\r\n'.encode("gbk"))
        return tmp_path / "xlwings.conf"
    return write


def test_settings_that_name_this_python_are_sound(config):
    assert doctor.settings(config(sys.executable), Path(sys.executable), needed=True).sound


def test_settings_that_name_another_python_are_told(config, tmp_path):
    other = tmp_path / "python.exe"
    other.touch()
    line = doctor.settings(config(str(other)), Path(sys.executable), needed=True)
    assert not line.sound and str(other) in line.state and "请" in line.state


def test_settings_that_name_a_python_that_is_gone_are_told(config):
    line = doctor.settings(config("C:\\没有\\python.exe"), Path(sys.executable), needed=True)
    assert not line.sound and "不在了。请" in line.state


def test_settings_the_macro_cannot_read_are_told(config, tmp_path):
    chinese = tmp_path / "张三"
    chinese.mkdir()
    (chinese / "python").symlink_to(sys.executable)
    line = doctor.settings(config(str(chinese / "python")), Path(sys.executable), needed=True)
    assert not line.sound and "有中文" in line.state


@pytest.mark.parametrize("needed", [True, False])
def test_settings_matter_where_there_is_an_excel(tmp_path, needed):
    assert doctor.settings(tmp_path / "xlwings.conf", Path(sys.executable), needed).sound is not needed


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "文件").touch()
    line = doctor.writable("工作文件夹", tmp_path / "文件")
    assert not line.sound and "请取消只读" in line.state
    assert doctor.writable("日志文件夹", tmp_path / "新" / "文件夹").sound


def test_files_from_the_internet_and_cloud_folders_are_told(tmp_path, monkeypatch):
    (tmp_path / "台账.xlsm").touch()
    Path(f"{tmp_path / '台账.xlsm'}{layout_desk.MARK_OF_THE_WEB}").touch()
    monkeypatch.setenv("OneDrive", str(tmp_path.parent))
    told = {line.subject: line for line in doctor.doctor(tmp_path) if not line.sound}
    assert set(told) == {"OneDrive", "来自网络的文件"} and "台账.xlsm" in told["来自网络的文件"].state


BROKEN = {"ends": "import os; os._exit(7)", "panics": "class Panic(BaseException): pass\nraise Panic('index')",
          "prints": "print('[\"noise\"]')", "lacks": "import lacks.inner", "late": "import time; time.sleep(60)"}


def test_a_library_that_ends_its_process_does_not_end_the_check_up(monkeypatch, tmp_path):
    """Each is tried, and those behind it too; what modules print is no answer."""
    for name, content in BROKEN.items():
        (tmp_path / f"{name}.py").write_text(content)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(module_loading, "_PATIENCE", 3)
    found = module_loading.load(["ends", "panics", "prints", "lacks", "late", "json"])
    assert {name: (each.how, each.said) for name, each in found.items()} == {
        "ends": (module_loading.ENDED, "代码7"), "panics": (module_loading.REFUSED, "index"), "prints": ("", ""), "json": ("", ""),
        "lacks": (module_loading.MISSING, "lacks.inner"), "late": (module_loading.ENDED, "3秒没有载入")}
    assert "一载入程序就中断（代码7）。请重新安装" in doctor.package("ends").state


def test_the_compiled_part_of_a_package_is_loaded(monkeypatch, tmp_path):
    """lxml without its library still imports as `lxml`."""
    (tmp_path / "lxml").mkdir()
    (tmp_path / "lxml" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    line = doctor.package("lxml")
    assert not line.sound and "不完整，少了 lxml.etree。请重新安装" in line.state


def test_a_file_that_is_gone_is_told(monkeypatch):
    """Of the package itself, or of one that it needs."""
    files = {"mine": ["mine/a.py", "mine/a.pyd", "../../Scripts/mine.exe", "mine/a.cpython-311.pyc"], "needed.one": ["one/b.pyd"]}
    there = {"mine/a.py"}

    class File(PurePosixPath):
        def locate(self):
            return sys.executable if str(self) in there else "/没有"

    def requires(name):
        if name not in files:
            raise importlib.metadata.PackageNotFoundError(name)
        return {"mine": ["needed.one>=1", "other; extra == 'test'", "absent"]}.get(name)

    monkeypatch.setattr("importlib.metadata.requires", requires)
    monkeypatch.setattr("importlib.metadata.files", lambda name: [File(each) for each in files[name]])
    assert sorted(installed_files.lacking(["mine"])) == ["mine/a.pyd", "one/b.pyd"]
    monkeypatch.setattr(installed_files, "lacking", lambda names: ["1.pyd", "2.pyd", "3.pyd", "4.pyd"])
    line = doctor.program_files()
    assert not line.sound and "少了 1.pyd、2.pyd、3.pyd 等4个" in line.state and "请" in line.state


@pytest.mark.parametrize("arguments, status, said", [
    (("doctor",), 1, "要处理　程序包 typer：没有安装"), (("check", "x.xlsx"), 2, "程序不完整，缺少 typer，没有做任何事。请双击“体检”")])
def test_without_what_the_command_line_stands_on_the_check_up_still_runs(tmp_path, arguments, status, said):
    code = "import sys; sys.modules['typer'] = None; from toolkit.__main__ import start; start()"
    (tmp_path / "typer.py").write_text("raise ModuleNotFoundError(name='typer')")
    done = subprocess.run([sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}", *arguments],
                          capture_output=True, encoding="utf-8")
    assert done.returncode == status and said in done.stdout + done.stderr and "Traceback" not in done.stderr, done.stderr


@pytest.mark.parametrize("tty, page, environ, encoding, why", [
    (True, 936, {}, "utf-8", "窗口里，Python 自己会写中文"), (False, 936, {}, "cp936", "存成文件，用 type 看"),
    (False, 65001, {}, "cp65001", "窗口是 UTF-8 的"), (False, 0, {}, "utf-8", "没有窗口，或不是 Windows"),
    (False, 936, {"PYTHONUTF8": "1"}, "utf-8", "读它的程序说了要 UTF-8"), (False, 936, {"PYTHONIOENCODING": "utf-8"}, "utf-8", "同上")])
def test_what_is_redirected_can_be_read_in_the_window(monkeypatch, tty, page, environ, encoding, why):
    stream = StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: tty)
    assert streams.encoding_of(stream, environ, page) == encoding, why
