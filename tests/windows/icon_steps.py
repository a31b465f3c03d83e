"""Every icon, as a clerk with WPS uses them; all of them on one ledger."""

from __future__ import annotations

import shutil

from tests.windows.computer import Computer, told
from toolkit.forms.papers import OFFERED

PLACE = "新 账"


def merge(computer: Computer) -> None:
    """双击“合并”：先预演，答“是”才入账；用安装时放好的空台账"""
    folder = computer.desktop / PLACE / "区县报表_2026"
    shutil.copytree(computer.demo / "区县报表_2026", folder)
    ledger = computer.desk / "工作室管理台账.xlsm"
    before = ledger.read_bytes()
    told(computer.icon("合并", folder, typed="\n\n"), "新增118行", f"台账：{computer.windows.path(ledger)}", "预演：没有写任何文件")
    assert ledger.read_bytes() == before, "没有答“是”"
    told(computer.icon("合并", folder, typed="\n\n是"), "新增118行", status=1)
    assert ledger.read_bytes() != before and (computer.desktop / PLACE / "区县报表_2026_合并结果" / "回执").is_dir()


def one_ledger(computer: Computer) -> None:
    """到期提醒、撤销用的是合并过的那一本"""
    ledger = computer.windows.path(computer.desk / "工作室管理台账.xlsm")
    done = told(computer.icon("到期提醒"), f"台账：{ledger}", status=0)
    assert "没有到期的事项" not in done.text, done.text
    told(computer.icon("撤销", typed="是"), f"台账：{ledger}", "没有发现问题")


def check(computer: Computer) -> None:
    """把文件夹拖到“校验”上：标记副本写在旁边，原件不动"""
    folder = computer.desktop / PLACE / "区县报表_2026"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    told(computer.icon("校验", folder), "错误13条", status=1)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert list((folder.parent / "标记副本").rglob("*_校验.xlsx"))


def check_odd_names(computer: Computer) -> None:
    """文件名里有 % 的：拖到图标上认得；正好是变量名的，cmd 先换掉了，说明怎么办，照办就成"""
    folder = computer.desktop / PLACE
    source = next((computer.demo / "区县报表_2026").glob("天山区*.xlsx"))
    plain, variable = folder / "100% 天山区 (1).xlsx", folder / "%PATH% 天山区.xlsx"
    for odd in (plain, variable):
        shutil.copyfile(source, odd)
    told(computer.icon("校验", plain), plain.name)
    told(computer.icon("校验", variable), "名字里有 %、&、^ 的", "请双击图标，再把它拖进窗口", status=2)
    told(computer.icon("校验", typed=f'"{computer.windows.path(variable)}"'), variable.name)


def score(computer: Computer) -> None:
    """把评分表的文件夹拖到“复算”上"""
    told(computer.icon("复算", computer.demo / "期满考核" / "评分表"), "错误1条", "区县考核汇总表", status=1)


def documents(computer: Computer) -> None:
    """把演示的台账拖到“公文”上：列出的每一种都能办，或一句话说明为什么还不能"""
    for number, kind in enumerate(OFFERED, 1):
        done = told(computer.icon("公文", computer.ledger, typed=f"\n{number}\n\n\n"), f"　{number}　{kind}")
        assert f"没有“{kind}”这种文书" not in done.text and ("已写出" in done.text or "请" in done.text), done.text


def dropped_returns(computer: Computer) -> None:
    """双击“校验”，再把文件拖进窗口"""
    one = computer.windows.path(next((computer.demo / "区县报表_2026").glob("米东区*.xlsx")))
    told(computer.icon("校验", typed=f'"{one}"'), "米东区")


STEPS = (merge, one_ledger, check, check_odd_names, score, documents, dropped_returns)
