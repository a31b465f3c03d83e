"""A file held as Excel holds the workbook it has open: others may read it, nobody may write, replace or delete it."""

from __future__ import annotations

import sys
from pathlib import Path

_READ_WRITE, _SHARE_READ, _OPEN_EXISTING, _NORMAL = 0xC0000000, 1, 3, 0x80
_OWNER_BYTES = 165


class Held:
    """Holds the file until it is released; beside it lies the hidden file that names who has it open."""

    def __init__(self, path: Path) -> None:
        self._owner = path.with_name(f"~${path.name}")
        self._owner.write_bytes(b"\x06stand-in".ljust(_OWNER_BYTES))
        self._handle = _open(path) if sys.platform == "win32" else None

    def release(self) -> None:
        if self._handle is not None:
            import ctypes

            ctypes.windll.kernel32.CloseHandle(self._handle)
            self._handle = None
        self._owner.unlink(missing_ok=True)


def _open(path: Path) -> object:
    import ctypes
    from ctypes import wintypes

    create = ctypes.windll.kernel32.CreateFileW
    create.restype = wintypes.HANDLE
    create.argtypes = [wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID, wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE]
    handle = create(str(path), _READ_WRITE, _SHARE_READ, None, _OPEN_EXISTING, _NORMAL, None)
    if handle == wintypes.HANDLE(-1).value:
        raise PermissionError(f"文件正被占用：{path}")
    return wintypes.HANDLE(handle)
