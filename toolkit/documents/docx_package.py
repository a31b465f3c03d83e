"""Word files as zip members: reading them, and writing them so that the same content gives the same bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from html import escape

# zip 格式能记的最早时间；文件内容以外的时间不进入文件。
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
APPLICATION = "docProps/app.xml"
MAIN_PART = "word/document.xml"
LARGEST = 64 * 1024 * 1024  # 解开后的字节；再大的是解压炸弹


def unpack(docx: bytes) -> dict[str, bytes]:
    """Member name → content. zipfile.BadZipFile when the bytes are no zip that can be read whole: torn, encrypted, or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if sum(info.file_size for info in infos) > LARGEST:
                raise zipfile.BadZipFile("too large")
            return {info.filename: archive.read(info) for info in infos}
    except (RuntimeError, zlib.error, EOFError, OSError, ValueError, struct.error) as error:  # NotImplementedError 是 RuntimeError 的一种
        raise zipfile.BadZipFile(str(error)) from error


def pack(members: Mapping[str, bytes]) -> bytes:
    """A zip of `members`: content types first, the rest by name, no dates of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members, key=lambda name: (name != CONTENT_TYPES, name)):
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, members[name])
    return out.getvalue()


def core_properties(title: str, creator: str, day: str) -> bytes:
    """docProps/core.xml. `day` is an ISO date: created and modified say when the document is dated, not when it ran."""
    stamp = f'xsi:type="dcterms:W3CDTF">{day}T00:00:00Z'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title, quote=False)}</dc:title><dc:creator>{escape(creator, quote=False)}</dc:creator>"
        f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified>"
        "</cp:coreProperties>").encode()


def application_properties() -> bytes:
    """docProps/app.xml without company, manager, template or editing times."""
    return (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
            b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"></Properties>')
