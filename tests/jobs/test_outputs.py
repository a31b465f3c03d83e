"""What a job hands out: tried first, made aside, put in place last; nothing lost, nothing half, nothing of others replaced."""

import ctypes
import errno
import io
import os
import zipfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import NOW
from toolkit import arguments
from toolkit.errors import UserError
from toolkit.jobs.documents import documents
from toolkit.jobs.outputs import Outputs
from toolkit.sheets import disk


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def hand_out(folder, *files, done="", within=""):
    with Outputs(folder) as outputs:
        place = outputs.below(within) if within else outputs
        for name, content in files:
            place.add(name, content)
        return outputs.release(done), outputs.findings


def test_files_get_their_places_only_when_they_are_released(tmp_path):
    with Outputs(tmp_path / "出") as outputs:
        path = outputs.below("回执").add("天山区.docx", b"1")
        assert not path.exists()
        assert outputs.release() == [path] and path.read_bytes() == b"1"
    assert names(tmp_path) == ["出/回执/天山区.docx"]
    assert not list((tmp_path / "出").glob(".*"))


@pytest.mark.parametrize("leave", [UserError("停"), KeyboardInterrupt(), ZeroDivisionError(), None])
def test_leaving_without_release_leaves_nothing_not_even_the_folders(tmp_path, leave):
    try:
        with Outputs(tmp_path / "新" / "出") as outputs:
            outputs.add("甲.xlsx", b"1")
            if leave:
                raise leave
    except BaseException as error:
        assert error is leave
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_there_stays(tmp_path):
    (tmp_path / "出").mkdir()
    with pytest.raises(UserError), Outputs(tmp_path / "出"):
        raise UserError("停")
    assert (tmp_path / "出").is_dir()


@pytest.mark.parametrize("where", ["文件", "文件/下级", "文件/下级/再下级"])
def test_a_file_in_the_way_is_told_before_anything_is_made(tmp_path, where):
    (tmp_path / "文件").write_bytes(b"1")
    with pytest.raises(UserError, match="是一个文件。请另给"):
        Outputs(tmp_path / where).__enter__()
    assert names(tmp_path) == ["文件"]


def test_a_folder_that_takes_no_files_is_told_before_anything_is_made(tmp_path, monkeypatch):
    def refused(self, *_, **__):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(UserError, match="请确认有写入权限"):
        Outputs(tmp_path / "出").__enter__()


# ---- 落位 ----

def open_in_excel(target):
    target.with_name(f"~${target.name}").write_bytes(b"")


def open_in_wps(target):
    target.with_name(f".~{target.name}").write_bytes(b"")


def a_folder(target):
    target.unlink()
    target.mkdir()


@pytest.mark.parametrize("hinder", [open_in_excel, open_in_wps, lambda target: target.chmod(0o444), a_folder],
                         ids=["Excel 打开着", "WPS 打开着", "只读", "是文件夹"])
def test_a_target_that_cannot_be_replaced_is_left_and_the_new_one_stands_beside(tmp_path, hinder):
    target = tmp_path / "结果.xlsx"
    target.write_bytes(b"old")
    hinder(target)
    paths, found = hand_out(tmp_path, ("结果.xlsx", b"new"), ("另.xlsx", b"2"))
    assert [path.name for path in paths] == ["结果(2).xlsx", "另.xlsx"]
    assert [each.code for each in found] == ["M-beside"] and "结果(2).xlsx" in found[0].message
    assert (tmp_path / "结果(2).xlsx").read_bytes() == b"new" and (target.is_dir() or target.read_bytes() == b"old")
    again, _ = hand_out(tmp_path, ("结果.xlsx", b"newer"))
    assert again[0].name == "结果(3).xlsx"


def test_what_windows_will_not_replace_stands_beside_too(tmp_path, monkeypatch):
    target = tmp_path / "结果.xlsx"
    target.write_bytes(b"old")
    replace = os.replace

    def windows(source, to):
        if Path(to) == target:
            raise PermissionError(errno.EACCES, "open elsewhere")
        replace(source, to)

    monkeypatch.setattr(os, "replace", windows)
    assert [path.name for path in hand_out(tmp_path, ("结果.xlsx", b"new"))[0]] == ["结果(2).xlsx"]


def test_what_could_not_be_put_in_place_is_named_with_what_is_done_already(tmp_path, monkeypatch):
    replace = os.replace

    def full(source, to):
        if Path(to).name == "乙.xlsx":
            raise OSError(errno.ENOSPC, "full")
        replace(source, to)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UserError, match=r"^已入账。但是没有写出“乙.xlsx”。请检查"):
        hand_out(tmp_path, ("甲.xlsx", b"1"), ("乙.xlsx", b"2"), ("丙.xlsx", b"3"), done="已入账。但是")
    assert names(tmp_path) == ["丙.xlsx", "甲.xlsx"]


def test_originals_and_files_of_this_run_are_never_written_over(tmp_path):
    original = tmp_path / "甲_校验.xlsx"
    original.write_bytes(b"original")
    with Outputs(tmp_path) as outputs:
        outputs.spare([original])
        made = [outputs.add(name, name.encode()).name for name in ("甲_校验.xlsx", "甲_校验.xlsx", "甲_校验.XLSX", "乙.xlsx")]
        outputs.release()
    assert made == ["甲_校验(2).xlsx", "甲_校验(3).xlsx", "甲_校验(4).XLSX", "乙.xlsx"]
    assert original.read_bytes() == b"original"


@pytest.mark.parametrize("name, wanted", [
    ("a/b\\c:d*e?f\"g<h>i|j.xlsx", "a_b_c_d_e_f_g_h_i_j.xlsx"), ("CON.xlsx", "_CON.xlsx"), ("名字. .xlsx", "名字.xlsx"), (".xlsx", "_.xlsx"),
    ("第\n一\t行.docx", "第_一_行.docx"), (os.fsdecode("天山区.xls".encode("gbk")), "天山区.xls")])
def test_names_are_as_every_system_takes_them(tmp_path, name, wanted):
    if name == ".xlsx":
        wanted = "xlsx"
    assert hand_out(tmp_path, (name, b"1"))[0][0].name == wanted


@pytest.mark.parametrize("letter", ["长", "a", "𠮷"])
def test_a_long_name_is_cut_and_keeps_its_suffix(tmp_path, letter):
    paths, _ = hand_out(tmp_path, (f"{letter * 300}_校验.xlsx", b"1"), (f"{letter * 299}_校验.xlsx", b"2"))
    assert len(set(paths)) == 2 and all(path.is_file() and len(path.name.encode()) <= 210 and path.suffix == ".xlsx" for path in paths)


# ---- 残留 ----

def test_what_killed_runs_left_is_swept_and_what_a_living_one_writes_is_not(tmp_path):
    dead, living = 2**22 - 7, os.getppid()
    for folder in (tmp_path, tmp_path / "回执", tmp_path / "标记副本"):
        folder.mkdir(exist_ok=True)
        (folder / f".结果.xlsx.{dead}{disk.UNFINISHED}").write_bytes(b"half")
        (folder / f".别人的.xlsx.{living}{disk.UNFINISHED}").write_bytes(b"half")
        (folder / f".{dead}{disk.UNFINISHED}").mkdir()
        (folder / f".{dead}{disk.UNFINISHED}" / "00000_").write_bytes(b"half")
    (tmp_path / "回执" / f".结果.xlsx.{dead}{disk.UNFINISHED}").chmod(0o444)
    hand_out(tmp_path, ("甲.xlsx", b"1"))
    assert {path.name for path in tmp_path.rglob("*") if disk.UNFINISHED in path.name} == {f".别人的.xlsx.{living}{disk.UNFINISHED}"}


def office(text, made="2026"):
    """A file such as Word writes: what it says, and when it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", text)
        package.writestr("docProps/core.xml", made)
    return target.getvalue()


@pytest.mark.parametrize("there, replaced", [(office("同样", "2025"), True), (office("改过措辞"), False), (b"no package", False)])
def test_a_document_that_says_something_else_is_kept(tmp_path, there, replaced):
    (tmp_path / "公示.docx").write_bytes(there)
    for _ in range(2):  # 再生成一次，不会再多一份
        with Outputs(tmp_path, keeps=True) as outputs:
            wanted = outputs.add("公示.docx", office("同样"))
            outputs.release()
            path, = outputs.where([wanted])
    assert path.name == ("公示.docx" if replaced else "公示(2).docx") and len(names(tmp_path)) == (1 if replaced else 2)
    assert path.read_bytes() == office("同样") and (replaced or (tmp_path / "公示.docx").read_bytes() == there)
    assert [found.code for found in outputs.findings] == ([] if replaced else ["M-kept"])


@pytest.mark.parametrize("replace", [False, True])
def test_a_notice_that_was_reworded_is_not_written_over(copy, replace):
    notice = next(copy.documents.glob("*授牌名单.docx"))
    reworded = replaced_text(notice.read_bytes())
    notice.write_bytes(reworded)
    report = documents("授牌名单", copy.ledger, copy.documents, date(2026, 12, 4), NOW, replace=replace)
    assert (notice.read_bytes() == reworded) is not replace
    assert [found.code for found in report.findings if found.code == "M-kept"] == ([] if replace else ["M-kept"])


def replaced_text(docx):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("名单".encode(), "一览".encode()))
    return target.getvalue()


@pytest.mark.parametrize("over, told", [(0, False), (1, True)])
def test_a_path_that_is_too_long_is_told_before_anything_is_put_in_place(tmp_path, monkeypatch, over, told):
    """Windows takes 259 characters, where nobody allowed it more, and says of a longer path only that it is not there."""
    name = "回执.docx"
    monkeypatch.setattr(disk, "longest_path", lambda: len(str(tmp_path / name)) - over)
    with Outputs(tmp_path) as out:
        if told:
            with pytest.raises(UserError, match=r"“回执\.docx”的完整路径有\d+个字.*请把文件夹移到浅一些的位置"):
                out.add(name, b"x")
        else:
            out.add(name, b"x")
            out.release()
    assert (tmp_path / name).exists() is not told
    if told:
        with pytest.raises(UserError, match="完整路径"):
            arguments.given(str(tmp_path / name))


@pytest.mark.parametrize("ntdll, longest", [({}, 259), ({"RtlAreLongPathsEnabled": lambda: 0}, 259), ({"RtlAreLongPathsEnabled": lambda: 1}, 32767)])
def test_a_windows_that_cannot_be_asked_takes_no_long_path(monkeypatch, ntdll, longest):
    monkeypatch.setattr(disk.sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(ntdll=SimpleNamespace(**ntdll)), raising=False)
    assert disk.longest_path() == longest
