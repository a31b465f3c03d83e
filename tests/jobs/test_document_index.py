"""公文索引：每个数字、姓名、日期追得到台账的格、来件的行和条款；逐批追加；漏了的、多了的，校验台账指得出。"""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from tests.conftest import NOW
from toolkit.documents.index_rows import SHEETS
from toolkit.errors import UserError
from toolkit.jobs.check import check
from toolkit.jobs.document_index import read_index
from toolkit.jobs.documents import documents
from toolkit.jobs.merge import undo
from toolkit.jobs.outputs import INDEX
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.sheets import edit

LATER = NOW + timedelta(hours=1)
NAMED = date(2026, 11, 28)


def rows(folder, sheet):
    return read_index(folder).rows[sheet]


def papers(copy):
    return [path.name for path in sorted(copy.documents.glob("*.docx"))]


def test_the_demonstration_has_a_row_for_each_document(copy):
    found = rows(copy.documents, "公文")
    assert sorted(row["文件"] for row in found) == papers(copy)
    assert {row["文书"]: row["办理"] for row in found if row["办理"]} == {"公示": "公示", "命名授牌通知": "命名"}
    assert all(row["校验码"] and row["生成时间"] and row["台账"] == "../工作室管理台账.xlsm" and row["涉及"] == ("14个" if row["文书"] == "公示" else "13个") for row in found)


def test_every_value_has_a_source_and_names_lead_to_ledger_and_return(copy):
    found = rows(copy.documents, "取值")
    assert found and [row for row in found if row["依据"] == "没有找到出处"] == []
    names = [row for row in found if row["字段"].endswith(".领办人")]
    assert len(names) == 40 and all(row["台账表"] == "公示命名" and row["来源文件"] and row["来源行"] and row["条款"] for row in names)
    ledger = openpyxl.load_workbook(copy.ledger, data_only=True)
    for row in names:
        assert ledger[row["台账表"]][row["台账单元格"]].value == row["内容"]
        source = next(copy.returns.glob(row["来源文件"]))
        if source.suffix == ".xlsx":
            line = [cell.value for cell in openpyxl.load_workbook(source, data_only=True)[row["来源表"]][int(row["来源行"])]]
            assert row["内容"] in line


@pytest.mark.parametrize("field, sheet, header, clause", [
    ("公示.天数", "参数", "默认值", "第十二条"), ("公示.止", "公示命名", "公示止日", "第十二条"), ("经费.单项.大写", "参数", "默认值", "第十三条"),
    ("发文.字号", "公示命名", "命名文号", "第十二条"), ("发文.联系.电话", "参数", "取值", "第十二条"), ("周期.止", "公示命名", "建设周期止", "第十九条")])
def test_dates_numbers_and_figures_lead_to_their_cell(copy, field, sheet, header, clause):
    row = next(row for row in rows(copy.documents, "取值") if row["字段"] == field)
    assert (row["台账表"], row["台账栏目"], row["条款"]) == (sheet, header, clause)


def test_links_lead_to_the_document_and_the_cell(copy):
    book = openpyxl.load_workbook(copy.documents / INDEX)
    links = {cell.value: cell.hyperlink for row in book["取值"].iter_rows(min_row=4) for cell in row if cell.hyperlink}
    assert "公示" in links["2026年度技能大师工作室拟命名名单公示.docx"].target
    cell = next(link for value, link in links.items() if value.startswith("D") and value[1:].isdigit())
    assert cell.target.replace("\\", "/") == "../工作室管理台账.xlsm" and cell.location.endswith(next(v for v in links if links[v] is cell))


def test_who_was_left_out_stands_there_with_the_reason(copy):
    found = rows(copy.documents, "未列入")
    assert found and all(row["原因"] and row["条款"] and row["台账单元格"] for row in found)
    assert {row["文件"] for row in found} == set(papers(copy))
    refused = [row for row in found if "异议成立" in row["原因"]]
    assert {row["文件"] for row in refused} == set(papers(copy)) - {"2026年度技能大师工作室拟命名名单公示.docx"}


def test_a_batch_is_added_and_a_document_made_again_takes_its_place(copy, tmp_path):
    out = tmp_path / "出"
    documents("授牌名单", copy.ledger, out, NAMED, LATER)
    once = len(rows(out, "取值"))
    documents("公示", copy.ledger, out, NOW.date(), LATER)
    assert [row["文书"] for row in rows(out, "公文")] == ["授牌名单", "公示"] and len(rows(out, "取值")) > once
    documents("授牌名单", copy.ledger, out, NAMED, LATER + timedelta(hours=1))
    assert [row["文书"] for row in rows(out, "公文")] == ["公示", "授牌名单"]
    assert sum(row["文件"].endswith("授牌名单.docx") for row in rows(out, "取值")) == once


def test_an_index_that_is_open_or_damaged_stops_no_document(copy, tmp_path):
    out = tmp_path / "出"
    documents("授牌名单", copy.ledger, out, NAMED, LATER)
    (out / f"~${INDEX}").touch()
    report = documents("公示", copy.ledger, out, NOW.date(), LATER)
    assert "M-beside" in [found.code for found in report.findings] and {row["文书"] for row in rows(out, "公文")} == {"授牌名单", "公示"}
    (out / f"~${INDEX}").unlink()
    (out / INDEX).write_bytes(b"PK\x03\x04")
    report = documents("公示", copy.ledger, out, NOW.date(), LATER, replace=True)
    assert "P-index" in [found.code for found in report.findings] and report.outputs[0].is_file()


def test_what_people_did_to_the_index_does_not_matter(copy):
    path = copy.documents / INDEX
    book = openpyxl.load_workbook(path)
    book["公文"].insert_cols(1)
    book["公文"].append(["说明：这一行不是公文"])
    del book["未列入"]
    out = BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    index = read_index(copy.documents)
    assert sorted(row["文件"] for row in index.documents) == papers(copy) and set(index.rows) == set(SHEETS)


# ---- 台账与公文相互核对 ----

def against(copy):
    return sorted({found.code for found in check([copy.ledger], NOW.date()).findings if found.code.startswith("P-")})


def test_every_act_has_its_paper_and_every_paper_its_act(copy):
    assert against(copy) == []


def test_a_paper_whose_act_was_undone_is_told(copy):
    undo(copy.ledger, LATER)
    found = [each for each in check([copy.ledger], NOW.date()).findings if each.code == "P-unregistered"]
    assert len(found) == 1 and "命名" in found[0].message and found[0].place.file == f"公文/{INDEX}"


def test_an_act_whose_paper_was_never_made_is_told(copy):
    index = copy.documents / INDEX
    index.unlink()
    for path in copy.documents.glob("*.docx"):
        path.unlink()
    found = [each for each in check([copy.ledger], NOW.date()).findings if each.code == "P-unwritten"]
    assert sorted(each.value.partition(" ")[0] for each in found) == ["公示", "命名"] and all(each.place.cell for each in found)


@pytest.mark.parametrize("harm, code", [
    (lambda folder: next(folder.glob("*公示.docx")).unlink(), "P-gone"),
    (lambda folder: next(folder.glob("*公示.docx")).rename(folder / "改名.docx"), "P-unindexed"),
    (lambda folder: (folder / "别的.docx").write_bytes(b""), "P-unindexed"),
    (lambda folder: (folder / INDEX).write_bytes(b"PK\x03\x04"), "F-unreadable")], ids=["删除", "改名", "多出", "索引损坏"])
def test_a_paper_that_was_moved_is_told(copy, harm, code):
    harm(copy.documents)
    assert code in [found.code for found in check([copy.ledger], NOW.date()).findings]


def test_a_number_that_was_typed_over_is_told_on_both_sides(copy):
    law = in_force(NOW.date())
    opened = register.load(copy.ledger, law)
    column = opened.standing.tables["公示命名"].layout.columns["命名文号"]
    copy.ledger.write_bytes(edit.apply(opened.data, [edit.SetCell("公示命名", row.row, column, "乌人社发〔2026〕998号")
                                                     for row in opened.standing.records("公示命名")]))
    assert against(copy) == ["P-unregistered", "P-unwritten"]


def test_a_paper_made_otherwise_counts_by_its_number(copy):
    (copy.documents / INDEX).unlink()
    index = {path.name for path in copy.documents.glob("*999*.docx")}
    assert index
    documents("授牌名单", copy.ledger, copy.documents, NAMED, LATER)
    found = [each.value for each in check([copy.ledger], NOW.date()).findings if each.code == "P-unwritten"]
    assert len(found) == 1 and found[0].startswith("公示")


def test_nothing_is_indexed_where_the_document_is_refused(copy, tmp_path):
    with pytest.raises(UserError):
        documents("授牌名单", copy.ledger, tmp_path / "出", NOW.date(), LATER)
    assert not (tmp_path / "出" / INDEX).exists()
