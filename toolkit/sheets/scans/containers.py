"""What kind of file some bytes are, judged by the bytes and never by the name; and decryption.

Clerks rename: half of the .xls files that a web system exports are HTML, and WPS's .et is an .xls inside.
"""

from __future__ import annotations

from io import BytesIO

from toolkit.sheets.scans import ole, xlsx
from toolkit.sheets.scans.archive import Archive
from toolkit.sheets.scans.extents import Scanned
from toolkit.sheets.scans.refusals import Unreadable

# Excel itself opens files under this password without asking ([MS-OFFCRYPTO] 2.4.2.3): "read-only recommended" sets it.
_SILENT_PASSWORD = "VelvetSweatshop"
_BIFF, _OLD_BIFF = b"\x09\x08", (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_OTHERS = {"PDF 文件": (b"%PDF",), "Word 文档": (b"{\\rtf",), "程序": (b"MZ",),
           "压缩包": (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"),
           "图片": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00")}
_IN_ZIP = (("word/document.xml", "Word 文档"), ("ppt/presentation.xml", "演示文稿"))
_IN_OLE = (("WordDocument", "Word 文档"), ("PowerPoint Document", "演示文稿"))
_HTML = ("<html", "<!doctype html", "<table", "<head", "<meta", "<body", "<div", "<style", "mime-version:")
_HEAD = 4096


def scan(data: bytes, password: str | None, skip: frozenset[str] = frozenset()) -> Scanned:
    """Recognise, decrypt and scan a file's bytes; sheets named in `skip` need no scan. Raises Unreadable."""
    if not data:
        raise Unreadable("empty")
    if data.startswith(b"PK"):
        return _scan_zip(Archive(data), skip)
    if data.startswith(ole.MAGIC):
        return _scan_compound(data, password)
    if data.startswith(_BIFF):
        from toolkit.sheets.scans import xls

        return xls.scan(data)
    if data.startswith(_OLD_BIFF):
        raise Unreadable("old")
    raise _refusal(data)


def unlocked(data: bytes, password: str | None) -> bytes:
    """The package of an encrypted .xlsx, .xlsm or .xlsb; any other bytes as they are. Raises Unreadable like `scan`."""
    if data.startswith(ole.MAGIC) and "EncryptedPackage" in ole.streams(data):
        return _decrypted(data, password, verify_password=True)
    return data


def _scan_zip(archive: Archive, skip: frozenset[str] = frozenset()) -> Scanned:
    # Nearly every file is .xlsx; the other formats are loaded when one is met.
    if "xl/workbook.xml" in archive:
        return xlsx.scan(archive, skip)
    if "xl/workbook.bin" in archive:
        from toolkit.sheets.scans import xlsb

        return xlsb.scan(archive)
    if "content.xml" in archive and b"spreadsheet" in archive.read("mimetype"):
        from toolkit.sheets.scans import ods

        return ods.scan(archive)
    if "content.xml" in archive:
        raise Unreadable("other", what="别的办公文档")
    for part, what in _IN_ZIP:
        if part in archive:
            raise Unreadable("other", what=what)
    if "[Content_Types].xml" in archive:
        raise Unreadable("damaged")
    raise Unreadable("other", what="压缩包")


def _scan_compound(data: bytes, password: str | None) -> Scanned:
    from toolkit.sheets.scans import xls

    streams = ole.streams(data)
    if "EncryptedPackage" in streams:
        package = _decrypted(data, password, verify_password=True)
        if not package.startswith(b"PK"):
            raise Unreadable("damaged")
        return _scan_zip(Archive(package))
    for name in ("Workbook", "Book"):
        if name in streams:
            stream = streams[name]()
            if xls.is_encrypted(stream):
                stream = ole.streams(_decrypted(data, password))[name]()
            return xls.scan(stream)
    for name, what in _IN_OLE:
        if name in streams:
            raise Unreadable("other", what=what)
    raise Unreadable("unknown")


def _decrypted(data: bytes, password: str | None, **options: bool) -> bytes:
    """The file without its password. Raises Unreadable: encrypted, wrong_password, sealed, damaged."""
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    out = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(data))
        file.load_key(password=password or _SILENT_PASSWORD, **options)
    except InvalidKeyError as error:
        raise Unreadable("wrong_password" if password else "encrypted") from error
    except Exception as error:  # a damaged header, or a scheme msoffcrypto does not know
        raise Unreadable("sealed") from error
    try:
        file.decrypt(out)
    except Exception as error:  # the key is right, what it opens is not
        raise Unreadable("damaged") from error
    return out.getvalue()


def _refusal(data: bytes) -> Unreadable:
    for what, beginnings in _OTHERS.items():
        if data.startswith(beginnings):
            return Unreadable("other", what=what)
    text = _text(data[:_HEAD])
    head = text.lstrip("\ufeff \t\r\n").lower()
    if head.startswith(_HTML) or (head.startswith("<") and "<html" in head):
        return Unreadable("html")
    if head.startswith("<?xml") and ("office:spreadsheet" in head or 'progid="excel.sheet"' in head):
        return Unreadable("xml2003")
    if not head.startswith("<") and "\0" not in text and ("," in text or "\t" in text):
        return Unreadable("text")
    return Unreadable("unknown")


def _text(head: bytes) -> str:
    """The beginning of a text file in whichever encoding a Chinese office uses; "\\0" for what is no text."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "ignore")
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the last character may be cut in half
            try:
                return head[:len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return "\0"
