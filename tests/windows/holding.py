"""Runs on Windows: keeps a file open as another program would, and runs a command of the toolkit meanwhile.

`python -I holding.py MODE FILE COMMAND…`. Source of the modes: learn.microsoft.com, CreateFileW, dwShareMode.
"""

import ctypes
import subprocess
import sys
from ctypes import wintypes

READ, WRITE = 0x80000000, 0x40000000
SHARE_READ, SHARE_WRITE = 1, 2
MODES = {
    "Excel": (READ | WRITE, SHARE_READ),  # an open workbook: others may look
    "独占": (READ | WRITE, 0),  # a program that lets nobody in
    "杀毒软件": (READ, SHARE_READ | SHARE_WRITE),  # a scan: may be read and written, not be replaced
}
_OPEN_EXISTING, _NORMAL = 3, 0x80


def main(mode: str, file: str, command: list[str]) -> int:
    kernel = ctypes.windll.kernel32
    kernel.CreateFileW.restype = wintypes.HANDLE
    kernel.CreateFileW.argtypes = [wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID, wintypes.DWORD, wintypes.DWORD,
                                   wintypes.HANDLE]
    access, share = MODES[mode]
    handle = kernel.CreateFileW(file, access, share, None, _OPEN_EXISTING, _NORMAL, None)
    if handle == wintypes.HANDLE(-1).value:
        return 99
    print("HELD", flush=True)
    return subprocess.run([sys.executable, "-I", "-m", *command]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
