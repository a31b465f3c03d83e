"""个案档案：文件夹里有档案、公文、原件、目录；改动过的、不在的写明；重做不盖掉别人改过的。"""

from datetime import date

import pytest
from docx import Document
from typer.testing import CliRunner

from tests.jobs.test_due import book  # noqa: F401 - fixture
from tests.ledger.moving import NAME, NUMBER, applied, studio
from toolkit.cli import app
from toolkit.documents.case_context import unnumbered
from toolkit.errors import UserError
from toolkit.forms.register_rows import ApplicationRow
from toolkit.jobs.case_file import CASE, CONTENTS, DOCUMENTS, ORIGINALS, case
from toolkit.jobs.keeping import ARCHIVE
from toolkit.sheets import read

ON = date(2026, 12, 8)
CALLED = "2026-01"


def entered(**changes):
    """An application in the columns of 申报批次."""
    headers = {field.header for field in ApplicationRow.fields.values()}
    return {header: value for header, value in applied(**changes).items() if header in headers}


def folder_of(ledger):
    (found,) = (ledger.parent / CASE).iterdir()
    return found


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def words(folder, name="*_个案档案.docx"):
    document = Document(str(next(folder.glob(name))))
    return "\n".join([*(each.text for each in document.paragraphs),
                      *(cell.text for table in document.tables for row in table.rows for cell in row.cells)])


def codes(report):
    return [found.code for found in report.findings]


def test_the_folder_holds_case_documents_originals_and_contents(copy):
    report = case(copy.ledger, CALLED, ON)
    folder = folder_of(copy.ledger)
    assert codes(report) == [] and folder.name.startswith(CALLED) and all(path.is_file() for path in report.outputs)
    names = files(folder)
    assert CONTENTS in names and sum(name.startswith(f"{DOCUMENTS}/") for name in names) == 3
    originals = [name.removeprefix(f"{ORIGINALS}/") for name in names if name.startswith(f"{ORIGINALS}/")]
    assert len(originals) == 2 and all((folder / ORIGINALS / name).read_bytes() == (copy.folder / ARCHIVE / name).read_bytes() for name in originals)
    said = words(folder)
    assert "命名授牌" in said and "第十二条" in said and "校验相符" in said and "没有改动" in said
    grids = {grid.name: grid for grid in read.workbook(folder / CONTENTS).grids}
    assert set(grids) == {"经过", "文件"} and len(grids["文件"].rows) == 3 + 5


def test_the_leaders_id_number_is_masked(copy, finished_demo):
    case(copy.ledger, CALLED, ON)
    assert "********" in words(folder_of(copy.ledger))
    assert unnumbered("原值650121197805013010，手机") == "原值650121********3010，手机"


def test_making_it_again_changes_nothing_and_what_somebody_changed_stays(copy):
    case(copy.ledger, CALLED, ON)
    folder = folder_of(copy.ledger)
    before = {name: (folder / name).read_bytes() for name in files(folder)}
    assert codes(case(copy.ledger, CALLED, ON)) == [] and sorted(before) == files(folder)
    changed = next(folder.glob("*_个案档案.docx"))
    document = Document(str(changed))
    document.add_paragraph("手工补记")
    document.save(str(changed))
    report = case(copy.ledger, CALLED, ON)
    assert codes(report) == ["M-kept"] and "手工补记" in words(folder, changed.name) and len(files(folder)) == len(before) + 1


def test_a_missing_and_an_altered_original_are_named(copy):
    kept = sorted((copy.folder / ARCHIVE).glob("*乌鲁木齐县*")) + sorted((copy.folder / ARCHIVE).glob("*评审表决*"))
    kept[0].unlink()
    kept[1].write_bytes(kept[1].read_bytes() + b" ")
    report = case(copy.ledger, CALLED, ON)
    assert sorted(codes(report)) == ["P-original-altered", "P-original-missing"]
    assert all(found.place.sheet and found.place.cell for found in report.findings)
    said = words(folder_of(copy.ledger))
    assert "没有" in said and "入账以后改动过" in said


def test_a_document_that_is_gone_or_was_changed_is_named(copy):
    gone, changed = sorted(copy.documents.glob("*公示.docx"))[0], sorted(copy.documents.glob("*授牌名单.docx"))[0]
    gone.unlink()
    changed.write_bytes(changed.read_bytes() + b" ")
    assert codes(case(copy.ledger, CALLED, ON)) == ["P-document-missing"]
    said = words(folder_of(copy.ledger))
    assert "文件不在了" in said and "生成以后改过" in said


def test_an_index_that_cannot_be_read_stops_nothing(copy):
    next(copy.documents.glob("公文索引*.xlsx")).write_bytes(b"no workbook")
    assert codes(case(copy.ledger, CALLED, ON)) == ["P-index-unread"]
    assert "命名授牌" in words(folder_of(copy.ledger)) and "发文登记里有" in words(folder_of(copy.ledger))


@pytest.mark.parametrize("count", [0, 40])
def test_few_and_many_events(book, tmp_path, count):  # noqa: F811
    path = book(工作室=[studio()], 经费=[{"工作室编号": NUMBER, "工作室名称": NAME, "日期": date(2025, 6, 1), "类别": "支出", "用途类别": "设施设备",
                                    "金额(元)": 1000 + turn} for turn in range(count)])
    case(path, NUMBER, ON, tmp_path / "档案")
    (folder,) = (tmp_path / "档案").iterdir()
    assert f"共{count + 2}项" in words(folder).replace(" ", "")


def test_an_application_that_was_not_named(book, tmp_path):  # noqa: F811
    path = book(申报批次=[entered(评审日期=date(2026, 11, 10), 评审结论="不通过")])
    case(path, NAME, ON, tmp_path / "档案")
    (folder,) = (tmp_path / "档案").iterdir()
    assert folder.name == f"{NAME}（天山区）" and "评审未通过" in words(folder)


def test_the_command_says_what_it_wrote_and_whom_it_does_not_know(copy, tmp_path):
    done = CliRunner().invoke(app, ["case", CALLED, "--ledger", str(copy.ledger), "--on", str(ON), "--out", str(tmp_path / "出")])
    assert done.exit_code == 0 and CONTENTS in done.stdout
    with pytest.raises(UserError, match="里没有“没有这个”"):
        case(copy.ledger, "没有这个", ON)
