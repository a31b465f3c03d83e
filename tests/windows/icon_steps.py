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
    """文件名里有 % 的：拖到图标上，cmd 传不完整的说明怎么办，照办就成"""
    folder = computer.desktop / PLACE
    source = next((computer.demo / "区县报表_2026").glob("天山区*.xlsx"))
    plain, variable = folder / "100% 天山区 (1).xlsx", folder / "%PATH% 天山区.xlsx"
    for odd in (plain, variable):
        shutil.copyfile(source, odd)
    for odd in (plain, variable):
        dropped = told(computer.icon("校验", odd))
        assert odd.name in dropped.text or "请双击图标，再把它拖进窗口" in dropped.text, dropped.text
        told(computer.icon("校验", typed=f'"{computer.windows.path(odd)}"'), odd.name)
    told(computer.icon("校验", variable), "名字里有 %、&、^ 的", status=2)


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


def gather(computer: Computer) -> None:
    """把申报工作簿拖到“汇入申报”上，再把推荐汇总表拖进窗口：空白的说缺什么，汇总表不动"""
    folder = computer.desktop / "申 报"
    told(computer.toolkit("new", "申报工作簿", "--district", "天山区", "--out", folder), status=0)
    told(computer.toolkit("new", "区县推荐汇总表", "--district", "天山区", "--out", folder), status=0)
    (book,), (into,) = folder.glob("*申报工作簿*"), folder.glob("*推荐汇总表*")
    before = into.read_bytes()
    told(computer.icon("汇入申报", book, typed=f'"{computer.windows.path(into)}"'), "没有汇入1件", "必填项是空的", status=1)
    assert into.read_bytes() == before


def make(computer: Computer) -> None:
    """把演示的台账拖到“生成报表”上：按台账做出各区（县）的目标任务书"""
    told(computer.icon("生成报表", computer.ledger, typed="\n2\n\n"), "已生成", "天山区_目标任务书", status=0)
    assert list((computer.demo / "待填报表").glob("*目标任务书*.xlsm"))


def case(computer: Computer) -> None:
    """把演示的台账拖到“个案办理”上：看能办什么，预演，登记牌匾；再拖到“个案档案”上，经过里有这一件"""
    answers = ("", "2026-01", "登记牌匾", "2026-甲1", "是")
    told(computer.icon("个案办理", computer.ledger, typed="\n".join(answers)), "可以办　登记牌匾", "不能办　收回牌匾", "牌匾编号（必填", status=0)
    told(computer.icon("个案档案", computer.ledger, typed="\n2026-01\n"), "_个案档案.docx", "目录.xlsx")


def statistics(computer: Computer) -> None:
    """把演示的台账拖到“综合统计”上"""
    told(computer.icon("综合统计", computer.ledger, typed="\n"), "已写出", status=0)
    assert list((computer.demo / "综合统计").glob("综合统计_*.xlsx"))


STEPS = (merge, one_ledger, check, check_odd_names, score, documents, dropped_returns, gather, make, case, statistics)
