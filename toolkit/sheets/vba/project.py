"""A VBA project of source modules, as Excel keeps it in `xl/vbaProject.bin`.

Source: [MS-OVBA] 2.2 Project Storage, 2.3.1 PROJECT stream, 2.3.4 VBA storage
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from toolkit.sheets.cfb import compound_file
from toolkit.sheets.vba.compression import compress
from toolkit.sheets.vba.module import CODE_PAGE, Module, encoded
from toolkit.sheets.vba.unprotected import NO_PASSWORD, UNPROTECTED, VISIBLE, encrypt

PROJECT_ID = "{2BC6C2C5-02C5-4E1F-8BB7-518C8136AA08}"  # the toolkit's own, in every workbook the same
PROJECT_NAME = "VBAProject"
_REFERENCES = (  # name, type library (2.1.1.8)
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    ("Office", r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared"
               r"\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library"))
_SEEDS = {"CMG": 0x8D, "DPB": 0x8B, "GC": 0x89}
_WINDOWS, _ENGLISH = 1, 0x409  # 2.3.4.2.1.1, 2.3.4.2.1.3: no other language is allowed here
_VERSION = (0x68FBFAC5, 4)
_NEVER_COMPILED = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)  # 2.3.4.1


def vba_project(modules: Sequence[Module]) -> bytes:
    """The bytes of `vbaProject.bin`; the same modules give the same bytes.

    UserError names the module, the line and the character that code page 936 does not have.
    """
    storage = {"_VBA_PROJECT": _NEVER_COMPILED, "dir": compress(_dir(modules))}
    storage |= {module.name: compress(module.stored()) for module in modules}
    return compound_file({"VBA": storage, "PROJECT": _project(modules), "PROJECTwm": _names(modules)})


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(content)) + content


def _short(value: int) -> bytes:
    return struct.pack("<H", value)


def _long(value: int) -> bytes:
    return struct.pack("<I", value)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _dir(modules: Sequence[Module]) -> bytes:
    """The dir stream before compression (2.3.4.2)."""
    information = (
        _record(0x01, _long(_WINDOWS)), _record(0x02, _long(_ENGLISH)), _record(0x14, _long(_ENGLISH)),
        _record(0x03, _short(CODE_PAGE)), _record(0x04, encoded(PROJECT_NAME)),
        _record(0x05), _record(0x40), _record(0x06), _record(0x3D),  # no description, no help file
        _record(0x07, _long(0)), _record(0x08, _long(0)), struct.pack("<HIIH", 0x09, 4, *_VERSION),
        _record(0x0C), _record(0x3C))  # no conditional compilation constants
    references = (_record(0x16, encoded(name)) + _record(0x3E, _wide(name))
                  + _record(0x0D, _long(len(library)) + encoded(library) + bytes(6)) for name, library in _REFERENCES)
    count = _record(0x0F, _short(len(modules))) + _record(0x13, b"\xff\xff")
    return b"".join((*information, *references, count, *map(_module, modules), _record(0x10)))


def _module(module: Module) -> bytes:
    """A MODULE record (2.3.4.2.3.2)."""
    narrow, wide = encoded(module.name), _wide(module.name)
    return b"".join((
        _record(0x19, narrow), _record(0x47, wide), _record(0x1A, narrow), _record(0x32, wide),
        _record(0x1C), _record(0x48), _record(0x31, _long(0)), _record(0x1E, _long(0)), _record(0x2C, b"\xff\xff"),
        _record(0x22 if module.document else 0x21), _record(0x2B)))


def _project(modules: Sequence[Module]) -> bytes:
    """The PROJECT stream (2.3.1): nothing protected, windows closed."""
    protected = {"CMG": UNPROTECTED, "DPB": NO_PASSWORD, "GC": VISIBLE}
    lines = [
        f'ID="{PROJECT_ID}"',
        *(f"Document={module.name}/&H00000000" if module.document else f"Module={module.name}" for module in modules),
        f'Name="{PROJECT_NAME}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"',
        *(f'{name}="{encrypt(state, PROJECT_ID, _SEEDS[name])}"' for name, state in protected.items()),
        "", "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "", "[Workspace]", *(f"{module.name}=0, 0, 0, 0, C" for module in modules), ""]
    return encoded("\r\n".join(lines))


def _names(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream (2.3.3): each name in both encodings."""
    pairs = (encoded(module.name) + b"\0" + _wide(module.name) + b"\0\0" for module in modules)
    return b"".join(pairs) + b"\0\0"
