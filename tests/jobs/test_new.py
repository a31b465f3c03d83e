"""`new` writes empty workbooks for whom they are asked, and never over a file."""

from datetime import date

import pytest

from toolkit import regulation
from toolkit.errors import UserError
from toolkit.jobs.new import new
from toolkit.returns.recognise import marks
from toolkit.sheets import read

DISTRICTS = regulation.load(regulation.FILES[-1]).lists["districts"].names


def test_every_district_gets_its_own(tmp_path):
    paths = new("区县推荐汇总表", None, 2026, tmp_path / "下发")
    assert [path.name for path in paths] == [f"{name}_区县推荐汇总表_2026.xlsm" for name in DISTRICTS]
    found = [marks(read.workbook(path)) for path in paths]
    assert [(mark.form, mark.district, mark.year) for mark in found] == [
        ("recommendation", name, "2026") for name in DISTRICTS]


@pytest.mark.parametrize("asked, district", [
    ("天山区", "天山区"), ("经开区", "头屯河区"), ("高新区（新市区）", "新市区"), ("高新区(新市区)", "新市区"), ("乌县", "乌鲁木齐县")])
def test_aliases_of_a_district(tmp_path, asked, district):
    assert [path.name for path in new("recommendation", asked, 2026, tmp_path)] == [f"{district}_区县推荐汇总表_2026.xlsm"]


def test_unknown_district_lists_the_known(tmp_path):
    with pytest.raises(UserError) as error:
        new("区县推荐汇总表", "吐鲁番市", 2026, tmp_path)
    assert "“吐鲁番市”" in str(error.value) and "请" in str(error.value)
    assert all(name in str(error.value) for name in DISTRICTS)


def test_no_file_is_overwritten_and_none_written_beside_it(tmp_path):
    kept = tmp_path / "米东区_区县推荐汇总表_2026.xlsm"
    kept.write_text("已填写")
    with pytest.raises(UserError, match="已经存在"):
        new("区县推荐汇总表", None, 2026, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [kept.name] and kept.read_text() == "已填写"


def test_year_follows_the_deadline(tmp_path):
    (path,) = new("区县推荐汇总表", "天山区", None, tmp_path, date(2027, 3, 31))
    assert path.name == "天山区_区县推荐汇总表_2027.xlsm"


def test_ledger_is_one_for_the_city(tmp_path):
    (path,) = new("工作室管理台账", out=tmp_path)
    assert path.name == "工作室管理台账.xlsm" and marks(read.workbook(path)).year == ""
    with pytest.raises(UserError, match="全市只有一份"):
        new("工作室管理台账", "天山区", out=tmp_path / "另存")


def test_unknown_form_lists_the_known(tmp_path):
    with pytest.raises(UserError, match="区县推荐汇总表、区县考核汇总表、工作室管理台账"):
        new("推荐表", out=tmp_path)
