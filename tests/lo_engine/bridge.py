"""The way to LibreOffice: the `uno` package, a connection over loopback, and the small things UNO wants spelled out."""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path
from typing import Any

from tests.lo_engine.refused import ComError  # noqa: F401 - the rest of the engine takes it from here

DEBIAN = "/usr/lib/python3/dist-packages"
MISSING = "测试需要 python3-uno（与 Debian 的 Python 3.11 同版本的解释器）：请运行 make office"


def load_uno() -> Any:
    """The `uno` module, from the environment or else from Debian's python3-uno; ImportError says what to install."""
    try:
        return importlib.import_module("uno")
    except ImportError:
        sys.path.append(DEBIAN)
    try:
        return importlib.import_module("uno")
    except ImportError as gone:
        raise ImportError(MISSING) from gone


uno = load_uno()
UnoError = uno.getClass("com.sun.star.uno.Exception")
IllegalArgument = uno.getClass("com.sun.star.lang.IllegalArgumentException")


def connect(port: int, seconds: float = 90) -> Any:
    """The desktop of the LibreOffice that listens on a loopback port; waits for it. TimeoutError where none comes."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    address = f"uno:socket,host=127.0.0.1,port={port},tcpNoDelay=1;urp;StarOffice.ComponentContext"
    deadline = time.monotonic() + seconds
    while True:
        try:
            context = resolver.resolve(address)
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except UnoError:
            if time.monotonic() > deadline:
                raise TimeoutError(f"LibreOffice 未在端口 {port} 上应答") from None
            time.sleep(0.1)


def settings(**values: Any) -> tuple:
    """Keyword arguments as UNO property values."""
    return tuple(uno.createUnoStruct("com.sun.star.beans.PropertyValue", Name=name, Value=value)
                 for name, value in values.items())


def url(path: str | Path) -> str:
    """The file URL of a path."""
    return uno.systemPathToFileUrl(str(Path(path).absolute()))


def local_path(address: str) -> str:
    """The path of a file URL."""
    return uno.fileUrlToSystemPath(address)


def swapped(colour: int) -> int:
    """Red and blue exchanged: COM has blue first, UNO red."""
    return (colour & 0xFF) << 16 | colour & 0xFF00 | colour >> 16 & 0xFF
