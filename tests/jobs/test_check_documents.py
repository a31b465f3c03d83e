"""check 公文：改过的公文与台账、与自身、与别的公文核对；指出段落、单元格、台账的格和条款；坏文件不崩溃。"""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from toolkit.documents.docx_package import MAIN_PART, pack, unpack
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.render import render
from toolkit.jobs.check import check
from toolkit.jobs.check_documents import check_documents
from toolkit.resources import template

TODAY = NOW.date()


def changed(copy, glob, *changes, count=1):
    """The demonstration's document with texts changed; its path."""
    path = next(copy.documents.glob(glob))
    members = unpack(path.read_bytes())
    text = members[MAIN_PART].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, count)
    path.write_bytes(pack(members | {MAIN_PART: text.encode()}))
    return path


def found(paths, ledger=None):
    return [(each.code, each.place.cell, each.place.field) for each in check(paths, TODAY, ledger=ledger).findings]


def test_the_documents_of_the_demonstration_agree_with_the_ledger(copy):
    before = {path: path.read_bytes() for path in copy.documents.iterdir()}
    report = check([copy.documents], TODAY, ledger=copy.ledger)
    assert report.findings == [] and report.exit_status == 0
    assert [(status.form, status.year, status.rows) for status in report.files] == [("公示", 2026, 14), ("授牌名单", 2026, 13), ("命名授牌通知", 2026, 13)]
    assert {path: path.read_bytes() for path in copy.documents.iterdir()} == before


@pytest.mark.parametrize("glob, old, new, code, field", [
    ("*公示.docx", ">孙虚构<", ">孙虚购<", "P-value", "姓名"),
    ("*公示.docx", "孙虚构焊工技能大师工作室", "孙虚构车工技能大师工作室", "P-extra", "工作室全称"),
    ("*公示.docx", ">天山区<", ">米东区<", "P-value", "推荐区（县）"),
    ("*公示.docx", "0991-7000001", "0991-7000009", "P-value", "监督电话"),
    ("*公示.docx", "拟命名14个", "拟命名13个", "P-value", "拟命名工作室"),
    ("*999*.docx", "130万元", "150万元", "P-value", "金额，小写"),
    ("*999*.docx", "壹佰叁拾万元整", "壹佰伍拾万元整", "P-words", "金额，小写"),
    ("*999*.docx", "第十三条", "第十四条", "P-value", "经费支持的条款"),
    ("*授牌名单.docx", ">电工<", ">钳工<", "P-value", "职业（工种）")])
def test_what_was_changed_is_told_with_its_place(copy, glob, old, new, code, field):
    path = changed(copy, glob, (old, new))
    told = found([path], copy.ledger)
    assert any(each[0] == code and each[2] == field and each[1] for each in told), told


def test_a_departure_names_the_cell_of_the_ledger_the_return_and_the_clause(copy):
    path = changed(copy, "*公示.docx", (">孙虚构<", ">孙虚购<"))
    one, = check([path], TODAY, ledger=copy.ledger).findings
    assert "公文写的是“孙虚购”，台账是“孙虚构”（“公示命名”表 D" in one.message and "来自天山区_区县推荐汇总表_2026.xlsx“推荐汇总”表第" in one.message
    assert one.clause == "第十二条" and one.place.cell.startswith("表1第")


def test_a_row_that_was_deleted_is_told(copy):
    path = next(copy.documents.glob("*授牌名单.docx"))
    members = unpack(path.read_bytes())
    text = members[MAIN_PART].decode()
    end = text.rindex("<w:tr>") if "<w:tr>" in text else text.rindex("<w:tr ")
    text = text[:end] + text[text.index("</w:tr>", end) + 7:]
    path.write_bytes(pack(members | {MAIN_PART: text.encode()}))
    codes = [code for code, _, _ in found([path], copy.ledger)]
    assert "P-missing" in codes and "P-count" in codes


def test_words_may_be_changed_freely(copy):
    path = changed(copy, "*公示.docx", ("现予公示，接受社会监督", "现将名单予以公示，欢迎监督"), ("公示期7天", "公示期间为7天"), ("我们对反映人的信息严格保密。", ""))
    assert found([path], copy.ledger) == []


def test_without_a_ledger_a_document_is_held_against_itself(copy):
    path = changed(copy, "*999*.docx", ("130万元", "150万元"))
    assert [code for code, _, _ in found([path])] == ["P-words", "P-sum"]


def test_a_sentence_that_is_gone_is_told(copy):
    path = changed(copy, "*公示.docx", ("联系电话：", "拨打"))
    assert found([path], copy.ledger) == []  # 短句认不出，不算丢失
    path = changed(copy, "*公示.docx", ("公示期", "按规定"), ("天（", "，"), ("），自", "，"), ("起至", "，"), ("止。", "。"))
    one, = [each for each in check([path], TODAY, ledger=copy.ledger).findings if each.code == "P-lost"]
    assert "公示期…天（…），自…起至…止。" in one.message


def test_lists_that_should_be_one_are_compared(copy):
    path = changed(copy, "*授牌名单.docx", ("孙虚构焊工技能大师工作室", "孙虚构焊接技能大师工作室"))
    told = [each for each in check([copy.documents], TODAY).findings if each.code == "P-lists"]
    assert {each.value for each in told} == {"孙虚构焊工技能大师工作室", "孙虚构焊接技能大师工作室"} and path.name in {each.place.file for each in told}


def test_a_document_the_ledger_can_no_longer_make_is_held_against_itself(copy):
    copy.ledger.write_bytes(template("workbook_templates", "工作室管理台账.xlsm").read_bytes())
    assert [code for code, _, _ in found([next(copy.documents.glob("*公示.docx"))], copy.ledger)] == ["P-ledger"]


def test_a_receipt_says_that_it_does_not_come_from_the_ledger(copy):
    receipt = next((copy.out / "回执").glob("*.docx"))
    assert [code for code, _, _ in found([receipt], copy.ledger)] == ["P-ledger"] and found([receipt]) == []


def test_returns_and_documents_may_be_given_together(copy):
    report = check([next(copy.returns.glob("米东区*")), next(copy.documents.glob("*公示.docx"))], TODAY)
    assert sorted(status.form for status in report.files) == ["公示", "区县推荐汇总表"]


# ---- 不是好文件 ----

def refused(tmp_path, content, name="公文.docx"):
    path = tmp_path / name
    path.write_bytes(content)
    report = check_documents([path], TODAY)
    status, = report.files
    assert status.status == "拒收" and "请" in status.reason and report.exit_status == 1
    return status.reason


def test_what_is_no_document_of_ours_is_refused(tmp_path):
    assert "不是能读的Word文档" in refused(tmp_path, b"PK\x03\x04")
    assert "是模板" in refused(tmp_path, template("docx_templates", "公示.docx").read_bytes())
    members = unpack(render("公示", sample(KINDS["公示"])))
    body = members[MAIN_PART].decode()
    empty = body[:body.index("<w:body>") + 8] + "<w:p/>" + body[body.index("<w:sectPr"):]
    assert "认不出是哪种文书" in refused(tmp_path, pack(members | {MAIN_PART: empty.encode(), "docProps/core.xml": b"<a/>"}))


def test_one_bad_file_stops_no_other(copy):
    (copy.documents / "坏.docx").write_bytes(b"")
    report = check([copy.documents], TODAY, ledger=copy.ledger)
    assert sorted(status.status for status in report.files) == ["已读", "已读", "已读", "拒收"]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["", "<w:p>", "</w:p>", "<w:tr/>", "<w:tc/>", "7", "元", "&amp;", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "\ue010名单\ue011"]),
                          st.integers(0, 200)), min_size=1, max_size=4))
def test_whatever_is_done_to_a_document_it_is_read_or_refused(tmp_path_factory, edits):
    members = unpack(render("命名授牌通知", sample(KINDS["命名授牌通知"])))
    text = members[MAIN_PART].decode()
    for where, snippet, cut in edits:
        place = int(where * len(text))
        text = text[:place] + snippet + text[place + cut:]
    path = tmp_path_factory.mktemp("乱") / "乱.docx"
    path.write_bytes(pack(members | {MAIN_PART: text.encode()}))
    report = check_documents([path], TODAY)
    assert all("程序" not in status.reason and "日志" not in status.reason for status in report.files)


def test_a_huge_paragraph_takes_no_time(tmp_path):
    members = unpack(render("公示", sample(KINDS["公示"])))
    text = members[MAIN_PART].decode().replace("公示期", "公示期" + "（自起至" * 100_000, 1)
    path = tmp_path / "长.docx"
    path.write_bytes(pack(members | {MAIN_PART: text.encode()}))
    done = subprocess.run([sys.executable, "-m", "toolkit", "check", str(path), "--json"], capture_output=True, encoding="utf-8", timeout=60)
    assert json.loads(done.stdout)["files"][0]["form"] == "公示"
