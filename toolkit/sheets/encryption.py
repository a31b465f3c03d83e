"""Workbooks under a password: what is made of them stays under the same one."""

from __future__ import annotations

from io import BytesIO

from toolkit.sheets import cfb

_SILENT_PASSWORD = "VelvetSweatshop"  # what Excel uses where nobody gave one, [MS-OFFCRYPTO] 2.4.2.3


def password_of(data: bytes, password: str | None) -> str:
    """The password that protects the workbook `data`, which `password` opens; `` where none does."""
    if not data.startswith(cfb.MAGIC):
        return ""
    import msoffcrypto

    try:
        is_encrypted = msoffcrypto.OfficeFile(BytesIO(data)).is_encrypted()
    except Exception:  # what it cannot make out it cannot have opened either
        return ""
    return (password or _SILENT_PASSWORD) if is_encrypted else ""


def encrypted(data: bytes, password: str) -> bytes:
    """The .xlsx or .xlsm under a password (agile encryption, [MS-OFFCRYPTO] 2.3.4.10)."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()
