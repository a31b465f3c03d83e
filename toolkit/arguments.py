"""What is typed behind a command, made into values. What cannot be meant is a UserError before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms.papers import APPLICATION_FORM
from toolkit.sheets.disk import refuse_too_long

YEARS = range(2000, 2101)
LEDGER_SUFFIXES = (".xlsm", ".xlsx")


def as_typed(words: Sequence[str], windows: bool) -> list[str]:
    """The words of a command line. cmd.exe leaves `*.xlsx` to the program; nothing else in a word stands for anything but
    itself: files are called 100%PATH%.xlsx, ~草稿.xlsx and 报表[1].xlsx."""
    if not windows:
        return list(words)
    return [found for word in words for found in _meant(word)]


def _meant(word: str) -> list[str]:
    from glob import glob  # seldom needed

    pattern = word.replace("[", "[[]")
    return (sorted(glob(pattern)) if {"*", "?"} & set(word) else []) or [word]


def year(text: str) -> int:
    """A year with four digits."""
    digits = text.strip()
    if not (digits.isdecimal() and int(digits) in YEARS):
        raise UserError(f"年度（--year）“{text}”不对。请写 {YEARS[0]} 至 {YEARS[-1]} 之间的四位年份，如 2026。")
    return int(digits)


def day(text: str) -> date:
    """A day as 2026-11-20, within the years there can be."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError as cause:
        raise UserError(f"“{text}”看不出是哪一天。日期请写成 2026-11-20 这样。") from cause
    if found.year not in YEARS:
        raise UserError(f"日期“{text}”不对。请写 {YEARS[0]} 至 {YEARS[-1]} 年之间的日期。")
    return found


def business_day(text: str) -> date:
    """A day on which the law may be applied: from the first day of the first regulation."""
    from toolkit.regulation import first_day

    found, first = day(text), first_day()
    if found < first:
        raise UserError(f"业务日期“{text}”早于《办法》施行之日（{first}）。请核对日期。")
    return found


def cells(texts: Sequence[str]) -> dict[str, str]:
    """Column → what was typed for it, from 字段=值. UserError where one has no equals sign, or stands twice."""
    found: dict[str, str] = {}
    for text in texts:
        header, equals, value = (part.strip() for part in text.partition("="))
        if not (header and equals and value):
            raise UserError(f"“{text}”看不出填的是哪一项。请写成 备案日期=2026-12-01 这样，值里有空格的加引号。")
        if header in found:
            raise UserError(f"“{header}”写了两次。请只留一个。")
        found[header] = value
    return found


def password(text: str) -> str:
    if not text:
        raise UserError("--password 后面的密码是空的。请写上打开密码；没有加密的，不用写 --password。")
    return text


def folder(text: str | Path) -> Path:
    """A folder to write into; it need not be there yet."""
    return _not(str(text), "文件夹", lambda path: not next(each for each in (path, *path.absolute().parents) if each.exists()).is_dir(),
                "“{text}”或它上面的一级是文件，不是文件夹。请另给一个文件夹。")


def given(text: str) -> Path:
    """A file or folder to be read. Whether it is there is the job's to say."""
    return _not(text, "文件或文件夹", lambda path: False, "")


def existing_file(text: str) -> Path:
    """A file that is there."""
    return _not(text, "文件", lambda path: not path.is_file(), "找不到文件“{text}”。请核对路径和文件名。")


def word_template(text: str) -> Path:
    """A Word document that is there."""
    path = existing_file(text)
    if path.suffix.lower() != ".docx":
        raise UserError(f"模板“{text}”不是 .docx。请在 Word 里另存为 .docx，再指定它。")
    return path


def ledger(text: str) -> Path:
    """Where a ledger lies or is to lie: a workbook in a folder that is there."""
    path = _not(text, "台账文件", Path.is_dir, "“{text}”是文件夹。请写台账文件，如 {text}/工作室管理台账.xlsm。")
    if path.suffix.lower() not in LEDGER_SUFFIXES:
        raise UserError(f"台账“{text}”的扩展名不对。台账请用 {' 或 '.join(LEDGER_SUFFIXES)} 文件；其他格式的，请在 Excel 里另存一份。")
    if not path.parent.is_dir():
        raise UserError(f"台账所在的文件夹“{path.parent}”不存在。请核对路径，或先建好这个文件夹。")
    return path


def _not(text: str, what: str, wrong: Callable[[Path], bool], said: str) -> Path:
    """The path, unless it is blank or `wrong`."""
    if not text.strip():
        raise UserError(f"{what}的名称是空的。请写上{what}的路径。")
    path = Path(text)
    refuse_too_long(path)
    try:
        refused = wrong(path)
        path.exists()
    except (OSError, ValueError) as cause:
        raise UserError(f"“{text[:60]}”打不开：路径太长，或者没有权限。请核对路径。") from cause
    if refused:
        raise UserError(said.format(text=text))
    return path


def one_source(kind: str, ledger: Path | None, sources: Sequence[Path] | None, **of_ledger: object) -> None:
    """UserError where a document has nothing to be made from, or two things, or what it cannot be made from. of_ledger: what was given that
    only a ledger answers, by option."""
    if ledger is None and not sources:
        raise UserError("没有给出台账。请加上 --ledger 台账文件；申报表也可以用 --from 申报工作簿。")
    if sources and ledger is not None:
        raise UserError("--ledger 与 --from 只能用一个。按台账生成用 --ledger，按申报工作簿生成申报表用 --from。")
    if sources and kind != APPLICATION_FORM:
        raise UserError(f"“{kind}”不能按申报工作簿生成。请用 --ledger 台账文件。")
    meant_otherwise = [f"--{option.replace('_', '-')}" for option, value in of_ledger.items() if value]
    if sources and meant_otherwise:
        raise UserError(f"{'、'.join(meant_otherwise)} 只用于按台账生成；按申报工作簿生成申报表不登记什么，写给几份就是几份。请去掉。")
