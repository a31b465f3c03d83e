"""As printed: every header is there in full, and no cell shows ####."""

import re
import subprocess
from datetime import date

import pytest

from tests.office import convert, pictures
from tests.recalculated import without_values
from toolkit.forms import FORMS, RECOMMENDATION
from toolkit.pages import fresh
from toolkit.pages.layout import FIRST_ROW
from toolkit.sheets.edit import SetCell, apply

LONG = {"person": "买买提江·阿不都热依木", "id_number": "650102197609120011", "credit_code": "91650100MA77XXXX0X",
        "phone": "0991-12345678", "code": "6501002023000012345", "money": 123456789.12, "area": 1234.5, "count": 12,
        "date": date(2026, 11, 20), "year": 2026, "yes_no": "是", "choice": "高技能人才培训(培养)基地", "exact": "乌人社发〔2026〕1号",
        "text": "新疆天山南北××(集团)有限责任公司"}


def printed(data: bytes, folder) -> str:
    """What a workbook prints, without white space."""
    (folder / "表.xlsx").write_bytes(without_values(data))
    pdf = convert(folder / "表.xlsx", "pdf", folder)
    assert pictures(pdf, folder, dpi=20)
    text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_header_prints_in_full(form, tmp_path):
    text = printed(fresh.workbook(form, "乌鲁木齐县" if form is RECOMMENDATION else "", 2026), tmp_path)
    missing = [column.header for sheet in form.sheets for column in sheet.columns if column.header not in text]
    assert not missing and "###" not in text


def test_long_contents_stay_within_their_cells(tmp_path):
    edits = [SetCell(sheet.name, FIRST_ROW + row, index, LONG[column.kind.name])
             for sheet in RECOMMENDATION.sheets for index, column in enumerate(sheet.columns) if not column.formula
             for row in range(2)]
    text = printed(apply(fresh.workbook(RECOMMENDATION, "天山区", 2026, date(2026, 11, 30)), edits), tmp_path)
    assert "###" not in text
    for value in ("123,456,789.12", "650102197609120011", "91650100MA77XXXX0X", "2026-11-20", LONG["text"]):
        assert value in text
