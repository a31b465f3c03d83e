"""What Excel refuses: where the clerk can do something about it, said in Chinese; the rest passes as it came.

Excel's errors are known by their numbers: their texts come in the language of the Office that is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.errors import UserError

# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE: a cell is being edited, a dialog is open.
_BUSY = frozenset((-2147418111, -2147417846, -2146777998))
# RPC_E_DISCONNECTED, RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED, CO_E_OBJNOTCONNECTED: Excel or the workbook was closed.
_GONE = frozenset((-2147417848, -2147023174, -2147023170, -2147220995))
_BY_EXCEL = -2147352567  # DISP_E_EXCEPTION: Excel's own reason follows
_SOURCE_TEXT, _CODE = 2, 5  # positions in the reason


def number(error: BaseException) -> int | None:
    """The number Excel gave; None where the error is not Excel's."""
    outer = getattr(error, "hresult", None)
    if outer == _BY_EXCEL and (reason := getattr(error, "excepinfo", None)):
        return reason[_CODE] or outer
    return outer


def reason(error: BaseException) -> str:
    """Excel's own words, "" if it has none."""
    explained = getattr(error, "excepinfo", None)
    return str(explained[_SOURCE_TEXT] or "").strip() if explained else ""


def is_refusal(error: BaseException) -> bool:
    """Whether Excel, present and idle, will not do what was asked."""
    return (code := number(error)) is not None and code not in _BUSY | _GONE


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Around any work on the open workbook `name`: UserError where Excel is busy with the clerk or was closed."""
    try:
        yield
    except Exception as error:
        if isinstance(error, UserError):
            raise
        code = number(error)
        if code in _BUSY or type(error).__name__ == "ExcelBusyError":
            raise UserError(f"Excel 正在等待输入，“{name}”没有处理。请按 Esc 退出正在编辑的单元格、关闭打开的对话框，再试一次。") from error
        if code in _GONE:
            raise UserError(f"与 Excel 的连接断开了，“{name}”没有处理。请重新打开它，再试一次。") from error
        raise


@contextmanager
def refusable(what: str, remedy: str) -> Iterator[None]:
    """Around one step that Excel may refuse for a reason of its own: UserError with that reason and the remedy."""
    try:
        yield
    except Exception as error:
        if not is_refusal(error):
            raise
        why = f"，Excel 的答复是“{reason(error).rstrip('。.')}”" if reason(error) else ""
        raise UserError(f"{what}{why}。{remedy}") from error
