"""What a button does where Python cannot reach the open workbook: its macro saves a copy, the command's work is done on that file.

WPS may answer in Excel's place, or nobody does. Macro and Python share one folder of the user: `unreached` says
that the file way is asked for; the macro saves `copy/…` and writes the workbook's own path to `origin.txt`; then it finds in `said.txt`
what to tell, and in `open.txt` which workbook of `result/` to open. A result that is still open keeps its name, the next gets another.
"""

from __future__ import annotations

import locale
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from toolkit.errors import UserError
from toolkit.jobs.crash_log import answer, log_folder
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.report import Report

UNREACHED, COPY, ORIGIN, SAID, OPEN, RESULT = "unreached", "copy", "origin.txt", "said.txt", "open.txt", "result"
WHY = "程序没有连上打开着的工作簿（多见于用 WPS 打开），"
ICONS = {"gather": "汇入申报", "forward": "汇入申报", "make": "生成报表", "merge": "合并", "commit": "合并", "docs": "公文",
         "due": "到期提醒", "undo": "撤销",
         "case_options": "个案办理", "case_preview": "个案办理", "case_act": "个案办理"}
"""Button → the icon that does the same on the files."""


def place() -> Path:
    """The folder that macro and Python share."""
    return log_folder() / "handover"


def offer() -> None:
    """Leave word for the macro that the workbook could not be reached, and an empty folder for its copy."""
    shutil.rmtree(place(), ignore_errors=True)
    for folder in (COPY, RESULT):
        (place() / folder).mkdir(parents=True, exist_ok=True)
    _write(OPEN, "")
    (place() / UNREACHED).touch()


def carry_out(action: str) -> None:
    """The work of a button on the copy that the macro saved; what to tell is left in `said.txt`."""
    _write(SAID, answer(lambda: _said(action)))


def _write(name: str, text: str) -> None:
    """The macro reads with the code page of the computer; a character outside it is no reason to say nothing."""
    (place() / name).write_text(text, encoding=locale.getencoding(), errors="replace")


def _said(action: str) -> str:
    if action in FILES:
        copied = next(iter(sorted((place() / COPY).iterdir())), None)
        if copied is None:
            raise UserError(f"{WHY}也没有存成副本。请把工作簿保存、关闭，再双击“校验”等图标。")
        return f"{WHY}改在副本上办理。{FILES[action](copied)}"
    if action in ICONS:
        return f"{WHY}什么都没有做。请保存并关闭这本工作簿，再双击“{ICONS[action]}”图标，做的事一样。"
    return f"{WHY}不能跳到格子上。请先点“校验”，在打开的副本里看“问题清单”表。"


def _origin() -> Path:
    """The workbook itself, as the macro wrote its path."""
    return Path((place() / ORIGIN).read_text(locale.getencoding(), errors="replace").strip())


def _beside() -> Path:
    """The folder of the workbook itself. UserError where it has none on this computer."""
    origin = _origin()
    if not origin.is_absolute() or not origin.parent.is_dir():
        raise UserError("这本工作簿还没有存在本机的文件夹里（或者在网盘、路径里有特殊的字）。请先另存到本机的文件夹，再导出。")
    return origin.parent


# ---- 每个按钮 ----

def _checked(copied: Path) -> str:
    from toolkit.jobs.check import check

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        report = check([copied], date.today(), Path(folder))
        return f"{_counted(report)}{_shown(report, copied)}"


def _rescored(copied: Path) -> str:
    from toolkit.jobs.score import score

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        report = score([copied], date.today(), Path(folder))
        summary = "".join(f"{scored.summary}。" for scored in report.scores or ())
        return f"{summary}{_counted(report)}{_shown(report, copied)}"


def _exported(copied: Path) -> str:
    from toolkit.forms import ASSESSMENT
    from toolkit.jobs.check import check_open
    from toolkit.jobs.export import export, name_of, studio_file
    from toolkit.jobs.score import score
    from toolkit.sheets import read

    today = date.today()
    report, source, _ = check_open(read.workbook(copied), today)
    name = name_of(source)
    if source.form is ASSESSMENT:
        report = score([copied], today)
        name = studio_file(ASSESSMENT, report.scores[0].studio) if report.scores else ""
    if report.errors or not name:
        return f"{_counted(report)}改正之后再导出。"
    target = _beside() / name
    if target.exists():
        raise UserError(f"“{target}”已经有了，没有替换。请先移走或改名，再导出。")
    export(copied.read_bytes(), target)
    return f"已导出“{target.name}”，在“{target.parent}”。{_counted(report)}请报送这一份。"


def _printed(copied: Path) -> str:
    from toolkit.jobs.application_paper import application_papers

    folder = _beside()
    report = application_papers([copied], folder, date.today())
    if not report.outputs:
        return f"{_counted(report)}改正之后再生成申报表。"
    return f"已生成“{report.outputs[0].name}”，在“{folder}”。"


FILES: Mapping[str, Callable[[Path], str]] = {
    "check": _checked, "check_ledger": _checked, "rescore": _rescored, "export": _exported, "print_form": _printed}
"""Button → its work on a file; answers what to tell."""


def _counted(report: Report) -> str:
    if not report.findings:
        return "没有发现问题。"
    return f"错误{report.errors}条，必须修改；提示{sum(found.open for found in report.findings) - report.errors}条，修改或在“备注”说明。"


def _shown(report: Report, copied: Path) -> str:
    """The marked copy goes to where the macro opens it."""
    marked = next((path for path in report.outputs if path.name.startswith(copied.stem) and path.suffix.startswith(".xls")), None)
    if marked is None:
        return ""
    with Outputs(place() / RESULT) as outputs:
        outputs.add(marked.name, marked.read_bytes(), keep=True)  # what is still open could not be cleared away: another name
        (shown,) = outputs.release()
    _write(OPEN, shown.name)
    return f"问题标在打开的副本“{shown.name}”里，请在原来的工作簿上改，改好再点一次。"
