"""Excel's windows, through which xlwings finds the running Excel: XLMAIN, in it XLDESK, in it EXCEL7, and this answers
WM_GETOBJECT for the native object model with the window's IDispatch. Windows only."""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import Any

import pythoncom
import win32gui

from tests.com.gateway import com

_WM_GETOBJECT = 0x003D
_NATIVE_MODEL = -16 & 0xFFFFFFFF  # OBJID_NATIVEOM
_CLASSES = ("XLMAIN", "XLDESK", "EXCEL7")
_CHILD = 0x40000000
_IDISPATCH = (ctypes.c_byte * 16)(0x00, 0x04, 0x02, 0, 0, 0, 0, 0, 0xC0 - 256, 0, 0, 0, 0, 0, 0, 0x46)


class Desktop:
    """The three windows of one stand-in; `native` gives the object that EXCEL7 answers with."""

    def __init__(self, native: Any) -> None:
        self._native = native
        self.handle = parent = 0
        for name in _CLASSES:
            _register(name, self._answered if name == "EXCEL7" else win32gui.DefWindowProc)
            parent = win32gui.CreateWindow(name, name, _CHILD if parent else 0, 0, 0, 10, 10, parent, 0, 0, None)
            self.handle = self.handle or parent

    def close(self) -> None:
        win32gui.DestroyWindow(self.handle)
        for name in _CLASSES:
            win32gui.UnregisterClass(name, 0)

    def _answered(self, window: int, message: int, first: int, second: int) -> int:
        if message != _WM_GETOBJECT or second & 0xFFFFFFFF != _NATIVE_MODEL:
            return win32gui.DefWindowProc(window, message, first, second)
        return _result(com(self._native()), first)


def _register(name: str, answers: Any) -> None:
    kind = win32gui.WNDCLASS()
    kind.lpszClassName = name
    kind.lpfnWndProc = answers
    win32gui.RegisterClass(kind)


def _result(dispatch: Any, first: int) -> int:
    """What a window gives back for an object: LresultFromObject's number."""
    taken = ctypes.PyDLL(pythoncom.__file__).PyCom_InterfaceFromPyObject
    taken.argtypes = [ctypes.py_object, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), wintypes.BOOL]
    pointer = ctypes.c_void_p()
    if not taken(dispatch, ctypes.byref(_IDISPATCH), ctypes.byref(pointer), False):
        raise OSError("窗口没有交出对象")
    result = ctypes.oledll.oleacc.LresultFromObject
    result.restype = ctypes.c_ssize_t
    result.argtypes = [ctypes.c_void_p, wintypes.WPARAM, ctypes.c_void_p]
    return result(ctypes.byref(_IDISPATCH), first, pointer)
