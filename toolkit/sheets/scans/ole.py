"""Compound files, the container of .xls, .et and of encrypted workbooks. Source: [MS-CFB] 2."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from toolkit.sheets import cfb
from toolkit.sheets.cfb import MAGIC
from toolkit.sheets.scans.refusals import Unreadable

if TYPE_CHECKING:
    from olefile import OleFileIO

__all__ = ["MAGIC", "compound_file", "streams"]



def streams(data: bytes) -> dict[str, Callable[[], bytes]]:
    """The top-level streams of a compound file by name, each read when called. Raises Unreadable."""
    import olefile

    try:
        container = olefile.OleFileIO(BytesIO(data))
        names = [path[0] for path in container.listdir() if len(path) == 1]
    except Exception as error:  # olefile lets a damaged file raise nearly anything
        raise Unreadable("damaged") from error
    return {name: partial(_stream, container, name) for name in names}


def _stream(container: OleFileIO[str], name: str) -> bytes:
    try:
        return container.openstream(name).read()
    except Exception as error:  # as above
        raise Unreadable("damaged") from error


def compound_file(stream: bytes) -> bytes:
    """A compound file holding `stream` as "Workbook" and nothing else. Filled up: a reader finds small streams elsewhere."""
    return cfb.compound_file({"Workbook": stream.ljust(cfb.CUTOFF, b"\0")})
