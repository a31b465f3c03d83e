"""What a clerk never sees: the traceback of an unforeseen fault goes to a log file."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from toolkit.errors import UserError


def log_folder() -> Path:
    """Where logs lie: %LOCALAPPDATA% on Windows, the user's state folder elsewhere."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "skill-master-toolkit"


def record(error: BaseException) -> Path:
    """Append the traceback to the log; returns the log file."""
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "toolkit.log"
    with path.open("a", encoding="utf-8") as log:
        log.write(f"\n{datetime.now():%Y-%m-%d %H:%M:%S}\n{''.join(traceback.format_exception(error))}")
    return path


def answer(work: Callable[[], str]) -> str:
    """What the work of a button says, or why it could not go on; a fault that nobody foresaw is logged."""
    try:
        return work()
    except UserError as error:
        return str(error)
    except Exception as error:
        return f"程序出了问题，没有完成。请把日志“{record(error)}”发给维护人员。"


def sentence(error: BaseException) -> str:
    """For a fault in one file among others: logged, and said without English."""
    return f"这份文件没有处理完，详情记入日志“{record(error)}”。请用 Excel 打开它另存一份再试；仍不行的，把日志发给维护人员。"
