"""docs --pdf：有 Word 或 LibreOffice 就再存一份；都没有就先说明，什么也不动；转不成的照样有公文。"""

import subprocess
import sys
from datetime import date

import pytest

from toolkit.errors import UserError
from toolkit.jobs import pdf_copies
from toolkit.jobs.pdf_copies import PdfProgram, add_pdf_copies, pdf_program
from toolkit.jobs.report import Report

NAMED = date(2026, 11, 28)


def test_a_pdf_is_made_beside_the_document(copy, tmp_path):
    out = tmp_path / "出"
    done = subprocess.run([sys.executable, "-m", "toolkit", "docs", "授牌名单", "--ledger", str(copy.ledger), "--out", str(out), "--on", str(NAMED), "--pdf"],
                          capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    made = next(out.glob("*.pdf"))
    assert made.read_bytes().startswith(b"%PDF") and made.stem == next(out.glob("*.docx")).stem and str(made) in done.stdout


def test_without_a_program_nothing_is_done(copy, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_copies.shutil, "which", lambda name: None)
    with pytest.raises(UserError, match=r"没有 Word，也没有 LibreOffice.*台账没有动"):
        pdf_program()
    done = subprocess.run([sys.executable, "-m", "toolkit", "docs", "授牌名单", "--ledger", str(copy.ledger), "--out", str(tmp_path / "出"), "--pdf"],
                          capture_output=True, encoding="utf-8", env={"PATH": "", "HOME": str(tmp_path)})
    assert done.returncode == 2 and "做不了 PDF" in done.stderr and not (tmp_path / "出").exists()


def documents(tmp_path, *names):
    paths = [tmp_path / f"{name}.docx" for name in names]
    for path in paths:
        path.write_bytes(b"docx")
    return Report(outputs=[*paths, tmp_path / "台账.xlsm"])


def writes(papers, out):
    for paper in papers:
        (out / f"{paper.stem}.pdf").write_bytes(b"%PDF new")


def fails(papers, out):
    raise subprocess.TimeoutExpired("soffice", 1)


def breaks(papers, out):
    raise RuntimeError("COM")


def one_only(papers, out):
    writes(papers[:1], out)


@pytest.mark.parametrize("convert, made", [(writes, 2), (one_only, 1), (fails, 0), (breaks, 0)])
def test_what_cannot_be_made_is_told_and_the_documents_stand(tmp_path, convert, made):
    report = documents(tmp_path, "甲", "乙")
    add_pdf_copies(report, PdfProgram("Word", convert))
    assert len(list(tmp_path.glob("*.pdf"))) == made and sum(path.suffix == ".pdf" for path in report.outputs) == made
    assert [found.code for found in report.findings] == ["P-pdf"] * (2 - made)


def test_a_pdf_that_is_open_stays(tmp_path):
    report = documents(tmp_path, "甲")
    (tmp_path / "甲.pdf").write_bytes(b"%PDF old")
    (tmp_path / ".~lock.甲.pdf#").touch()
    add_pdf_copies(report, PdfProgram("Word", writes))
    assert (tmp_path / "甲.pdf").read_bytes() == b"%PDF old" and [found.code for found in report.findings] == ["P-pdf"]


def test_a_report_without_documents_starts_no_program(tmp_path):
    add_pdf_copies(Report(outputs=[tmp_path / "台账.xlsm"]), PdfProgram("Word", breaks))
