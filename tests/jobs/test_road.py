"""The whole road on real files: marked copies, ledger, receipts, notices; twice changes nothing; undo; dry run."""

import hashlib
import re
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from docx import Document

from tests.conftest import NOW, without_ledger
from toolkit.demo.demo import demo
from toolkit.demo.demo_review import YearArranged, arrange, review
from toolkit.errors import UserError
from toolkit.jobs import merge as merging
from toolkit.jobs.check import check
from toolkit.jobs.documents import documents
from toolkit.jobs.due import due
from toolkit.ledger import oplog
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.resources import template
from toolkit.sheets import edit, read

LAW = in_force(date(2026, 11, 20))
LATER = NOW + timedelta(hours=1)


def fingerprint(folder):
    return {path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(".lock")}


def rows(path, sheet):
    return register.load(path, LAW).standing.records(sheet)


def merge(place, now=LATER, **given):
    return merging.merge(merging.order_for(place.returns, 2026, ledger=place.ledger, out=place.out, **given), now)


def words(path):
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_everything_the_demonstration_promises_is_there(finished_demo):
    names = {path.name for path in finished_demo.folder.rglob("*")}
    assert {"工作室管理台账.xlsm", "标记副本", "回执", "归档", "备份", "公文"} <= names
    assert len(list((finished_demo.out / "标记副本").iterdir())) == 8
    assert len(list((finished_demo.out / "回执").glob("*.docx"))) == 7
    assert {path.suffix for path in finished_demo.documents.iterdir()} == {".docx", ".xlsx"}


def test_a_second_run_changes_nothing_in_the_ledger(copy):
    before = copy.ledger.read_bytes()
    returns = fingerprint(copy.returns)
    assert list(demo(copy.folder, LATER))
    assert copy.ledger.read_bytes() == before and fingerprint(copy.returns) == returns


def test_every_file_and_every_district_is_accounted_for(copy):
    report = merge(copy)
    assert {line.status for line in report.files} == {"已读", "忽略"} and len(report.files) == 9
    assert report.districts == {
        "天山区": "已报", "沙依巴克区": "已报", "新市区": "已报", "水磨沟区": "无推荐", "头屯河区": "未报", "达坂城区": "已报",
        "米东区": "已报", "乌鲁木齐县": "已报"}
    assert (len(report.plan.added), len(report.plan.changed), len(report.plan.conflicts)) == (0, 0, 0)


def test_the_ledger_says_where_each_row_came_from(finished_demo):
    applications = rows(finished_demo.ledger, "申报批次")
    assert {row["来源文件"] for row in applications} == {
        path.name for path in finished_demo.returns.iterdir() if "水磨沟" not in path.name and path.suffix != ".txt"} - {"达坂城区_2026.xlsx"}
    for row in applications:
        grid = next(grid for grid in read.workbook(finished_demo.returns / row["来源文件"]).grids if grid.name == row["来源表"])
        assert row["领办人"] in grid.rows[row["来源行"] - 1]


def test_the_dirty_return_is_read_where_it_can_be_and_refused_where_not(finished_demo):
    new_city = [row for row in rows(finished_demo.ledger, "申报批次") if row["推荐区县"] == "新市区"]
    assert sorted(row["申报状态"] for row in new_city) == ["已受理", "待核准", "挂起"]
    accepted = next(row for row in new_city if row["申报状态"] == "已受理")
    assert (accepted["承诺配套资金(元)"], accepted["面积(㎡)"], accepted["在职在聘"]) == (120000, 60, "是")


def test_resubmitted_returns_count_once_with_the_later_values(finished_demo):
    dabancheng = [row for row in rows(finished_demo.ledger, "申报批次") if row["推荐区县"] == "达坂城区"]
    assert len(dabancheng) == 2 and 200000 in {row["承诺配套资金(元)"] for row in dabancheng}


def test_marked_copies_carry_the_findings_and_originals_are_untouched(finished_demo):
    marked = next((finished_demo.out / "标记副本").glob("新市区*"))
    book = openpyxl.load_workbook(marked)
    assert "问题清单" in book.sheetnames and book["推荐汇总"]["N7"].comment.author == "校验"
    original = openpyxl.load_workbook(next(finished_demo.returns.glob("新市区*")))
    assert "问题清单" not in original.sheetnames and original["推荐汇总"]["N7"].comment is None


def test_a_dry_run_writes_nothing_and_plans_the_same(copy, tmp_path):
    without_ledger(copy)
    before = fingerprint(copy.folder)
    planned = merge(copy, dry_run=True)
    assert fingerprint(copy.folder) == before and not planned.outputs
    done = merge(copy)
    assert [row.key for row in done.plan.added] == [row.key for row in planned.plan.added]


BEFORE_NAMING = ("合并区县报表", "生成催报函", "合并区县报表", "合并区县报表", "生成公示", "办理：登记异议", "办理：异议不成立", "办理：登记异议", "办理：异议成立")


def test_undo_goes_back_and_says_so_in_the_log(copy):
    assert any(row["命名日期"] for row in rows(copy.ledger, "公示命名")) and rows(copy.ledger, "工作室")
    report = merging.undo(copy.ledger, LATER)
    assert report.outputs == [copy.ledger] and rows(copy.ledger, "公示命名")
    assert not any(row["命名日期"] for row in rows(copy.ledger, "公示命名")) and not rows(copy.ledger, "工作室")
    log = register.log_rows(register.load(copy.ledger, LAW))
    assert [line[2] for line in log] == [*BEFORE_NAMING, "撤销上一步"] and "生成命名授牌通知" in log[-1][5]
    assert oplog.verify(log) == []
    for _ in range(5):  # 两件异议的登记和处理、公示
        merging.undo(copy.ledger, LATER)
    assert not rows(copy.ledger, "公示命名") and rows(copy.ledger, "评审")
    for _ in range(4):  # 评审入账、补报、催报函、年度安排
        merging.undo(copy.ledger, LATER)
    assert rows(copy.ledger, "申报批次") and not any(row["评审结论"] for row in rows(copy.ledger, "申报批次"))
    merging.undo(copy.ledger, LATER)
    assert not rows(copy.ledger, "申报批次")
    assert [line[2] for line in register.log_rows(register.load(copy.ledger, LAW))] == ["撤销上一步"]
    with pytest.raises(UserError, match="没有可以撤销"):
        merging.undo(copy.ledger, LATER)


def change(path, sheet, number, **cells):
    opened = register.load(path, LAW)
    record = opened.standing.records(sheet)[number]
    columns = opened.standing.tables[sheet].layout.columns
    path.write_bytes(edit.apply(opened.data, [edit.SetCell(sheet, record.row, columns[header], value)
                                              for header, value in cells.items()]))


def append(path, sheet, **cells):
    """One more row below what the sheet holds."""
    opened = register.load(path, LAW)
    table = opened.standing.tables[sheet]
    last = max([record.row for record in table.records], default=table.layout.row)
    path.write_bytes(edit.apply(opened.data, [edit.AppendRows(sheet, last + 1, [{table.layout.columns[header]: value
                                                                                 for header, value in cells.items()}])]))


def test_people_s_columns_and_their_changes_stand(copy):
    change(copy.ledger, "申报批次", 1, 工作室地点="市局核定地址", 市局备注="已电话核实")
    report = merge(copy)
    conflict, = report.plan.conflicts
    assert (conflict.header, conflict.recorded) == ("工作室地点", "市局核定地址")
    row = rows(copy.ledger, "申报批次")[1]
    assert (row["工作室地点"], row["市局备注"], row["评审结论"]) == ("市局核定地址", "已电话核实", "通过")
    assert rows(copy.ledger, "冲突")[0]["来件值"] == conflict.incoming
    change(copy.ledger, "冲突", 0, 采用="来件")
    again = merge(copy, LATER + timedelta(minutes=1))
    assert not again.plan.conflicts and rows(copy.ledger, "申报批次")[1]["工作室地点"] == conflict.incoming
    assert merge(copy, LATER + timedelta(minutes=2)).plan.empty


def test_a_changed_log_line_is_noticed(copy):
    change(copy.ledger, "操作日志", 0, 摘要="别的")
    assert [found.value for found in merge(copy).findings if found.code == "M-log"] == ["1"]


@pytest.mark.rule("R11", "R12-1")
def test_the_notice_prints_both_dates_and_the_list_of_those_who_passed(finished_demo):
    text = words(next(finished_demo.documents.glob("*公示.docx")))
    assert "2026年11月21日" in text and "2026年11月27日" in text
    passed = [row["工作室名称"] for row in rows(finished_demo.ledger, "申报批次") if row["评审结论"] == "通过"]
    assert len(passed) == 14 and all(name in text for name in passed)


def test_notice_naming_and_plaques_name_the_same_studios(finished_demo):
    published = {row["工作室名称"]: row["异议处理结果"] for row in rows(finished_demo.ledger, "公示命名")}
    assert sorted(filter(None, published.values())) == ["不成立", "成立"]
    refused = {name for name, result in published.items() if result == "成立"}
    for path in finished_demo.documents.glob("*.docx"):
        text, is_notice = words(path), "公示" in path.name
        assert {name for name in published if name in text} == (set(published) if is_notice else set(published) - refused), path.name
    sheet = openpyxl.load_workbook(next(finished_demo.documents.glob("*授牌名单.xlsx"))).active
    assert {row[1] for row in sheet.iter_rows(min_row=4, values_only=True)} == set(published) - refused
    naming = words(next(finished_demo.documents.glob("*通知.docx")))
    assert "130万元" in naming and "壹佰叁拾万元整" in naming


@pytest.mark.rule("R12-1")
@pytest.mark.parametrize("on, message", [(date(2026, 11, 27), "公示期还没有满"), (date(2026, 11, 28), None)])
def test_naming_waits_until_the_day_after_publicity(copy, tmp_path, on, message):
    if message:
        with pytest.raises(UserError, match=message):
            documents("授牌名单", copy.ledger, tmp_path, on, LATER)
    else:
        assert len(documents("授牌名单", copy.ledger, tmp_path, on, LATER).outputs) == 2


@pytest.mark.rule("R12-2")
def test_an_objection_keeps_a_studio_back_until_it_is_dealt_with(copy, tmp_path):
    change(copy.ledger, "公示命名", 0, 异议="是")
    held = rows(copy.ledger, "公示命名")[0]["工作室名称"]
    report = documents("授牌名单", copy.ledger, tmp_path, date(2026, 12, 1), LATER)
    assert sorted(found.code for found in report.findings) == ["R12-2", "R12-2.upheld"] and held not in words(report.outputs[0])
    change(copy.ledger, "公示命名", 0, 异议处理结果="经核查不成立")
    assert held in words(documents("授牌名单", copy.ledger, tmp_path, date(2026, 12, 1), LATER).outputs[0])


def test_a_notice_of_another_day_is_refused_once_registered(copy, tmp_path):
    with pytest.raises(UserError, match="已于2026-11-20公示"):
        documents("公示", copy.ledger, tmp_path, date(2026, 11, 23), LATER)


@pytest.mark.rule("R12-1")
def test_what_passes_later_is_made_public_again_in_a_round_of_its_own(copy, tmp_path):
    first = rows(copy.ledger, "公示命名")[0]
    application = next(record for record in rows(copy.ledger, "申报批次") if record["工作室名称"] == first["工作室名称"])
    change(copy.ledger, "公示命名", 0, 命名日期=None, 命名文号=None, 工作室编号=None)
    change(copy.ledger, "申报批次", application.row - rows(copy.ledger, "申报批次")[0].row, 评审日期=date(2026, 12, 1))
    report = documents("公示", copy.ledger, tmp_path, date(2026, 12, 7), LATER)
    again = [record for record in rows(copy.ledger, "公示命名") if record["工作室名称"] == first["工作室名称"]]
    assert [(record["公示轮次"], record["公示发布日"]) for record in again] == [(None, date(2026, 11, 20)), (2, date(2026, 12, 7))]
    assert len(report.plan.added) == 1 and first["工作室名称"] in words(report.outputs[0])
    others = {record["工作室名称"] for record in rows(copy.ledger, "公示命名")} - {first["工作室名称"]}
    assert {found.value for found in report.findings if found.code == "R12-1.published"} == others and others


@pytest.mark.rule("R12-2")
def test_what_was_named_keeps_its_number(copy, tmp_path):
    day, number, other = date(2026, 11, 28), "乌人社发〔2026〕999号", "乌人社发〔2026〕1000号"
    before = copy.ledger.read_bytes()
    for given, why in ((other, "已经用文号“乌人社发〔2026〕999号”办过，没有要另给文号的，“乌人社发〔2026〕1000号”没有用上"), ("1000号", "只有序号")):
        if given != other:
            change(copy.ledger, "公示命名", 0, 命名日期=None, 命名文号=None)
            before = copy.ledger.read_bytes()
        with pytest.raises(UserError, match=why):
            documents("命名授牌通知", copy.ledger, tmp_path, day, LATER, number=given)
        assert copy.ledger.read_bytes() == before
    report = documents("命名授牌通知", copy.ledger, tmp_path, day, LATER, number=other)
    numbers = [row["命名文号"] for row in rows(copy.ledger, "公示命名") if row["命名文号"]]
    assert numbers.count(other) == 1 and numbers.count(number) == len(numbers) - 1 > 0, "同一天后命名的另成一份，先命名的不改文号"
    assert {found.code for found in report.findings} >= {"R12-2.other"}


@pytest.mark.rule("R12-1")
def test_publicity_waits_for_the_days_off_of_the_year_it_ends_in(copy, tmp_path):
    change(copy.ledger, "公示命名", 0, 公示发布日=None, 公示止日=None, 命名日期=None, 命名文号=None)
    publish = lambda: documents("公示", copy.ledger, tmp_path / "公文", date(2026, 12, 28), LATER)  # noqa: E731
    before = copy.ledger.read_bytes()
    with pytest.raises(UserError, match="没有2027年的放假安排"):
        publish()
    assert copy.ledger.read_bytes() == before and not (tmp_path / "公文").exists()
    append(copy.ledger, "年度安排", 年度=2027, 放假安排已核对="是")
    assert publish().plan.changed


@pytest.mark.rule("R22")
@pytest.mark.parametrize("kind, on, refused", [
    ("公示", date(2023, 8, 27), True), ("公示", date(2028, 8, 28), True), ("命名授牌通知", date(2029, 1, 5), True),
    ("授牌名单", date(2020, 1, 6), True), ("授牌名单", date(2028, 8, 28), False)])
def test_no_document_is_issued_outside_the_term(copy, tmp_path, kind, on, refused):
    if refused:
        with pytest.raises(UserError, match="不在《办法》施行期内（2023-08-28至2028-08-27）"):
            documents(kind, copy.ledger, tmp_path / "公文", on, LATER, year=2026)
    else:
        assert "R22.continued" in [found.code for found in documents(kind, copy.ledger, tmp_path / "公文", on, LATER, year=2026).findings]


@pytest.mark.rule("R10")
def test_receipt_and_reminder_tell_the_same_last_day_for_mending(copy):
    place = copy.folder / "新台账.xlsx"
    merging.merge(merging.order_for(copy.returns, 2026, ledger=place, out=copy.out), LATER)
    parameter = next(index for index, record in enumerate(rows(place, "参数")) if record["参数"] == "extra_days_off")
    change(place, "参数", parameter, 取值="2026-11-24、2026-11-25")
    merging.merge(merging.order_for(copy.returns, 2026, ledger=place, out=copy.out), LATER)
    change(place, "申报批次", 9, 申报状态="待说明")
    receipts = "".join(words(path) for path in (copy.out / "回执").glob("*.docx"))
    told = {date(*map(int, each)) for each in re.findall(r"请于(\d+)年(\d+)月(\d+)日前", receipts)}
    assert told == {each.date for each in due(place, LATER.date()).dues if each.place.field == "未了问题"} == {date(2026, 12, 1)}


@pytest.mark.rule("R11")
def test_a_notice_needs_review_results_and_the_contact(copy, tmp_path):
    place = copy.folder / "新台账.xlsx"
    merging.merge(merging.order_for(copy.returns, 2026, ledger=place, out=copy.out), LATER)
    with pytest.raises(UserError, match="还没有评审"):
        documents("公示", place, tmp_path, date(2026, 11, 20), LATER)
    change(place, "申报批次", 1, 评审结论="通过")
    with pytest.raises(UserError, match="“评审”表里没有它的评审"):
        documents("公示", place, tmp_path, date(2026, 11, 20), LATER)
    change(place, "申报批次", 1, 评审结论=None)
    arrange(place, LAW, YearArranged(2026, {}), NOW)
    assert list(review(tmp_path / "评审", place, LAW, 2026, NOW))
    with pytest.raises(UserError, match="参数"):
        documents("公示", place, tmp_path, date(2026, 11, 20), LATER)
    assert not rows(place, "公示命名")


@pytest.mark.rule("R10", "R03-2")
def test_held_and_pending_applications_are_not_published(copy, tmp_path):
    held = next(number for number, row in enumerate(rows(copy.ledger, "申报批次")) if row["申报状态"] == "挂起")
    change(copy.ledger, "申报批次", held, 评审结论="通过")
    with pytest.raises(UserError, match="挂起"):
        documents("公示", copy.ledger, tmp_path, date(2026, 11, 20), LATER)


@pytest.mark.parametrize("order, how", [("姓氏笔画", "按领办人姓氏笔画为序"), ("区县", "按区（县）为序")])
def test_the_bureau_chooses_the_order_of_the_list(copy, tmp_path, order, how):
    number = next(n for n, row in enumerate(rows(copy.ledger, "参数")) if row["参数"] == "list_order")
    change(copy.ledger, "参数", number, 取值=order)
    path = documents("授牌名单", copy.ledger, tmp_path, date(2026, 12, 1), LATER).outputs[0]
    assert how in words(path)
    districts = [row.cells[5].text for row in Document(path).tables[0].rows[1:]]
    assert (districts == sorted(districts, key=LAW.lists["districts"].names.index)) is (order == "区县")


@pytest.mark.rule("R21")
def test_parameters_set_in_the_ledger_decide(copy):
    number = next(n for n, row in enumerate(rows(copy.ledger, "参数")) if row["参数"] == "venue_area_sqm")
    change(copy.ledger, "参数", number, 取值=20)
    assert "R07-5.area" not in {found.code for found in merge(copy).findings}


def test_paths_that_stand_in_the_way(copy, tmp_path):
    for call, message in (
            (lambda: merging.merge(merging.order_for(tmp_path / "没有", 2026), LATER), "不是文件夹"),
            (lambda: merging.merge(merging.order_for(copy.returns, 2026, form="工作室管理台账"), LATER), "不能汇总入账"),
            (lambda: merging.merge(merging.order_for(tmp_path, 2026), LATER), "没有找到报表"),
            (lambda: documents("公示", tmp_path / "没有.xlsx", tmp_path, date(2026, 1, 1), LATER), "找不到台账"),
            (lambda: documents("公告", copy.ledger, tmp_path, date(2026, 1, 1), LATER), "没有“公告”这种文书"),
            (lambda: merging.undo(tmp_path / "没有.xlsx", LATER), "找不到台账")):
        with pytest.raises(UserError, match=message):
            call()
    (copy.folder / "~$工作室管理台账.xlsm").write_bytes(b"")
    with pytest.raises(UserError, match="Excel"):
        merge(copy)


def test_a_ledger_without_a_sheet_or_a_column_is_told(copy):
    book = openpyxl.load_workbook(copy.ledger)
    del book["冲突"]
    book.save(copy.ledger)
    with pytest.raises(UserError, match="冲突"):
        merge(copy)


@pytest.mark.parametrize("sheet, header, kind", [("公示命名", "异议", "授牌名单"), ("公示命名", "处理理由", None), ("申报批次", "评审结论", "公示"),
                                                 ("申报批次", "申报状态", "公示")])
def test_a_column_that_was_renamed_is_not_taken_for_empty(copy, tmp_path, sheet, header, kind):
    book = openpyxl.load_workbook(copy.ledger, keep_vba=True)
    next(cell for cell in book[sheet][5] if cell.value == header).value = header + "（旧）"
    book.save(copy.ledger)
    assert [(each.code, each.level) for each in check([copy.ledger], NOW.date()).findings if each.place.sheet == sheet and each.value == header] \
        == [("D-gone", "错误")]
    assert ("D-gone", header) in [(each.code, each.value) for each in due(copy.ledger, NOW.date()).findings]
    if kind:
        with pytest.raises(UserError, match=f"缺少“{header}”列"):
            documents(kind, copy.ledger, tmp_path, date(2026, 12, 6), LATER)


def test_returns_of_another_year_are_refused(copy):
    report = merging.merge(merging.order_for(copy.returns, 2025, ledger=copy.folder / "x.xlsx", out=copy.out), LATER)
    assert {found.code for found in report.findings} >= {"F-year-other", "M-district-missing"}
    assert report.plan.empty and set(report.districts.values()) == {"拒收", "未报"}
    assert datetime(2026, 11, 20) < LATER


def test_a_marked_copy_sent_back_is_read_as_the_return_it_is(finished_demo, tmp_path):
    """Districts mend on the marked copy: the 问题 column and 问题清单 are not data, and what is mended loses its mark."""
    original = next(finished_demo.returns.glob("新市区*"))
    marked = next((finished_demo.out / "标记副本").glob("新市区*"))
    codes = [(found.code, found.place.cell) for found in check([marked], NOW.date()).findings]
    assert codes == [(found.code, found.place.cell) for found in check([original], NOW.date()).findings]

    book = openpyxl.load_workbook(marked)
    book["推荐汇总"]["N7"] = "技师"
    mended = tmp_path / "新市区改正.xlsx"
    book.save(mended)
    again = check([mended], NOW.date(), marked=tmp_path / "再校验")
    cells = {found.place.cell for found in again.findings}
    assert "N7" not in cells and "AN7" in cells
    sheet = openpyxl.load_workbook(again.outputs[0])["推荐汇总"]
    assert sheet["N7"].comment is None and sheet["AN7"].comment is not None
    issues = [row[3] for row in openpyxl.load_workbook(again.outputs[0])["问题清单"].iter_rows(min_row=5, values_only=True)]
    assert "N7" not in issues and "AN7" in issues


def test_the_bureaus_own_template_beside_the_ledger_is_used(copy, tmp_path):
    own = copy.folder / "公文模板"
    own.mkdir()
    wording = Document(template("docx_templates", "授牌名单.docx"))
    wording.add_paragraph("本局自己加的一句")
    wording.save(own / "授牌名单.docx")
    path = documents("授牌名单", copy.ledger, tmp_path, date(2026, 12, 1), LATER).outputs[0]
    assert "本局自己加的一句" in words(path)
    (own / "授牌名单.docx").unlink()
    again = documents("授牌名单", copy.ledger, tmp_path / "又", date(2026, 12, 1), LATER).outputs[0]
    assert "本局自己加的一句" not in words(again)
