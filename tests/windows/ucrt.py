"""Wine's C library with what numpy asks of it and Wine 8 lacks: the parts of a complex number.

Wine exports these functions as stubs that end the process. The stubs' code is replaced in a copy, which the prefix then
prefers to Wine's own. Complex numbers come as the Windows x64 convention has it: eight bytes in RCX, sixteen at the address
in RCX; results go back in XMM0. Source: learn.microsoft.com, x64 calling convention.
"""

from __future__ import annotations

import struct
from pathlib import Path

BUILTIN = b"Wine builtin DLL"
PARTS = {
    "crealf": "66 0F 6E C1 C3",  # movd xmm0, ecx; ret
    "cimagf": "48 C1 E9 20 66 0F 6E C1 C3",  # shr rcx, 32; movd xmm0, ecx; ret
    "creal": "F2 0F 10 01 C3",  # movsd xmm0, [rcx]; ret
    "cimag": "F2 0F 10 41 08 C3",  # movsd xmm0, [rcx + 8]; ret
}


def completed(library: bytes) -> bytes:
    """A copy of ucrtbase.dll that answers for PARTS and no longer says that it is Wine's own. ValueError where it is none."""
    image = bytearray(library)
    at = image.find(BUILTIN)
    if at < 0:
        raise ValueError("not a library of Wine's")
    image[at:at + len(BUILTIN)] = bytes(len(BUILTIN))
    where = exports(library)
    for name, code in PARTS.items():
        body = bytes.fromhex(code)
        image[where[name]:where[name] + len(body)] = body
    return bytes(image)


def exports(library: bytes) -> dict[str, int]:
    """Name of each exported function → where its code begins in the file. Source: Microsoft PE Format, .edata."""
    header = _number(library, 0x3C, 4)
    sections, optional = _number(library, header + 6, 2), _number(library, header + 20, 2)
    table = [struct.unpack_from("<8xIIII", library, header + 24 + optional + 40 * index) for index in range(sections)]

    def offset(address: int) -> int:
        return next(address - start + raw for size, start, _, raw in table if start <= address < start + max(size, 1))

    directory = offset(_number(library, header + 24 + 112, 4))
    count = _number(library, directory + 24, 4)
    functions, names, ordinals = (offset(_number(library, directory + place, 4)) for place in (28, 32, 36))
    found = {}
    for index in range(count):
        start = offset(_number(library, names + 4 * index, 4))
        name = library[start:library.index(b"\0", start)].decode("ascii")
        found[name] = offset(_number(library, functions + 4 * _number(library, ordinals + 2 * index, 2), 4))
    return found


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at:at + size], "little")


def put_in(prefix: Path, wine: Path) -> None:
    """Put the completed library into a prefix. wine: the folder of Wine's own libraries."""
    target = prefix / "drive_c" / "windows" / "system32" / "ucrtbase.dll"
    target.unlink(missing_ok=True)
    target.write_bytes(completed((wine / "ucrtbase.dll").read_bytes()))
