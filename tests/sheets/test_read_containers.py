"""容器的各种写法：关系里另起的名字、宏表和模块表、别的编码、流名大小写、多出来的字节；Excel 打得开的照样读。"""

import struct

import pytest
import xlwt

from tests.sheets import files
from toolkit.errors import UserError
from toolkit.sheets import read
from toolkit.sheets.scans import containers, ole

ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>天山区</t></is></c><c r="B1"><v>5</v></c></row>'
GOOD = files.xlsx_parts(files.sheet(ROW))
EXPECTED = (("天山区", 5.0),)


def first(data: bytes, name: str = "天山区.xlsx"):
    return read.from_bytes(data, name).grids[0]


def renamed(old: str, new: str) -> bytes:
    """主部件改名，关系跟着改。"""
    parts = dict(GOOD)
    parts[new] = parts.pop(old)
    folder, _, base = new.rpartition("/")
    parts[f"{folder}/_rels/{base}.rels"] = str(parts.pop("xl/_rels/workbook.xml.rels")).replace(
        'Target="worksheets', 'Target="/xl/worksheets')
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("xl/workbook.xml", new)
    return files.zipped(parts)


def changed(part: str, *replacements: tuple[str, str], **more: str | bytes) -> bytes:
    text = str(GOOD[part])
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return files.zipped(GOOD | {part: text} | more)


def sheets(*extra: str) -> bytes:
    return changed("xl/workbook.xml", ("</sheets>", "".join(extra) + "</sheets>"))


def related(kind: str, target: str, sheet: str) -> bytes:
    """再加一张别的种类的表，放在最前面。"""
    base = "http://schemas.microsoft.com/office/2006/relationships"
    parts = GOOD | {"xl/workbook.xml": str(GOOD["xl/workbook.xml"]).replace("<sheets>", f"<sheets>{sheet}")}
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>", f'<Relationship Id="rId9" Type="{base}/{kind}" Target="{target}"/></Relationships>')
    return files.zipped(parts | {f"xl/{target}": f'<xm:macrosheet xmlns:xm="x"><sheetData>{ROW}</sheetData></xm:macrosheet>'})


def gbk(text: str | bytes, said: str = "GBK") -> bytes:
    body = str(text).partition("?>")[2] if str(text).startswith("<?xml") else str(text)
    return f'<?xml version="1.0" encoding="{said}" standalone="yes"?>{body}'.encode("gb18030")


def absolute() -> bytes:
    return changed("_rels/.rels", ('Target="xl/workbook.xml"', 'Target="/xl/workbook.xml"'))


@pytest.mark.parametrize("data, why", [
    (renamed("xl/workbook.xml", "xl/workbook2.xml"), "主部件另名"),
    (renamed("xl/workbook.xml", "book/main.xml"), "主部件在别的文件夹"),
    (absolute(), "绝对路径"),
    (files.zipped({name: part for name, part in GOOD.items() if name != "_rels/.rels"}), "没有总关系"),
    (files.zipped(GOOD | {"_rels/.rels": "<Relationships"}), "总关系坏了"),
    (changed("_rels/.rels", ("xl/workbook.xml", "XL\\Workbook.XML")), "反斜杠和大小写"),
    (related("xlMacrosheet", "macrosheets/sheet1.xml", '<sheet name="Macro1" sheetId="9" state="veryHidden" r:id="rId9"/>'), "宏表"),
    (related("xlIntlMacrosheet", "macrosheets/i.xml", '<sheet name="M" sheetId="9" r:id="rId9"/>'), "国际宏表"),
    (related("dialogsheet", "dialogsheets/sheet1.xml", '<sheet name="对话框" sheetId="9" r:id="rId9"/>'), "对话框"),
    (related("chartsheet", "chartsheets/sheet1.xml", '<sheet name="图" sheetId="9" r:id="rId9"/>'), "图表"),
    (sheets('<sheet name="Module1" sheetId="9" state="veryHidden" r:id=""/>'), "模块表没有关系"),
    (sheets('<sheet name="Module1" sheetId="9"/>'), "模块表连属性也没有"),
    (changed("xl/workbook.xml", ('r:id="rId1"', 'state="show" r:id="rId1"')), "状态写成 show"),
    (changed("xl/workbook.xml", ('r:id="rId1"', 'state="" r:id="rId1"')), "状态是空的"),
    (files.zipped(GOOD | {"xl/worksheets/sheet1.xml": gbk(GOOD["xl/worksheets/sheet1.xml"])}), "GBK 的工作表"),
    (files.zipped(GOOD | {"xl/workbook.xml": gbk(GOOD["xl/workbook.xml"], "gb2312")}), "GB2312 的工作簿"),
    (files.zipped(GOOD | {name: gbk(part, "GB18030") for name, part in GOOD.items() if name != "[Content_Types].xml"}), "全是 GB18030"),
    (files.zipped(GOOD | {name: str(part).replace('<?xml version="1.0"?>', "").encode("utf-16") for name, part in GOOD.items()}), "全是 UTF-16"),
    (files.zipped(GOOD | {"xl/workbook.xml": ('<?xml version="1.0" encoding="UTF-16LE"?>' + str(GOOD["xl/workbook.xml"])).encode("utf-16-le")}),
     "没有标记的 UTF-16"),
    (files.zipped(GOOD | {name: b"\xef\xbb\xbf" + str(part).encode() for name, part in GOOD.items()}), "UTF-8 带标记"),
    (b"\r\n" + files.zipped(GOOD), "前面多了换行"),
    (b"\xef\xbb\xbf" + files.zipped(GOOD), "前面多了 BOM"),
    (b"\x00\x01junk" * 20 + files.zipped(GOOD), "前面多了字节"),
    (files.zipped(GOOD) + b"\0" * 100, "后面多了零"),
    (files.zipped(GOOD) + b"\0" * 200_000, "后面多了很多零"),
])
def test_read_all_the_same(data, why):
    grid = first(data)
    assert (grid.name, grid.rows, grid.visible) == ("推荐汇总", EXPECTED, True), why


def test_hidden_states_count_as_before():
    for state in ("hidden", "veryHidden"):
        assert not first(changed("xl/workbook.xml", ('r:id="rId1"', f'state="{state}" r:id="rId1"'))).visible


@pytest.mark.parametrize("relation", ["worksheet", "chartsheet"])
def test_a_sheet_whose_relation_is_lost_is_damage(relation):
    with pytest.raises(UserError, match="损坏"):
        first(changed("xl/workbook.xml", ("</sheets>", '<sheet name="丢了" sheetId="9" r:id="rId77"/></sheets>')))


# ---- 旧格式 ----

def xls_text() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("推荐汇总")
    sheet.write(0, 0, "天山区")
    sheet.write(0, 1, 5)
    return files.xls_bytes(book)


def with_code_page(data: bytes, page: int) -> bytes:
    stream = bytearray(files.xls_stream(data))
    at = 0
    while struct.unpack_from("<H", stream, at)[0] != 0x42:
        at += 4 + struct.unpack_from("<H", stream, at + 2)[0]
    struct.pack_into("<H", stream, at + 4, page)
    return ole.compound_file(bytes(stream))


@pytest.mark.parametrize("page", [1252, 936, 1200, 437, 65001, 0])
def test_biff8_is_utf16_whatever_the_code_page_says(page):
    grid = first(with_code_page(xls_text(), page), "天山区.xls")
    assert (grid.name, grid.rows) == ("推荐汇总", EXPECTED)


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook", "WorkBook"])
def test_stream_names_in_any_case(name):
    data = xls_text()
    data = data.replace("Workbook".encode("utf-16-le").ljust(64, b"\0"), name.encode("utf-16-le").ljust(64, b"\0"))
    assert first(data, "天山区.xls").rows == EXPECTED


@pytest.mark.parametrize("tail", [b"PK\x05\x06" + bytes(18), files.zipped({"xl/workbook.xml": "<a/>"}), b"PK\x03\x04"])
def test_a_compound_file_is_one_though_its_tail_looks_like_a_zip(tail):
    assert first(xls_text() + tail, "天山区.xls").rows == EXPECTED


# ---- ODF 及国产格式 ----

TABLE = ('<table:table table:name="推荐汇总"><table:table-row><table:table-cell office:value-type="string"><text:p>天山区</text:p>'
         '</table:table-cell><table:table-cell office:value-type="float" office:value="5"/></table:table-row></table:table>')


def ods_without_mimetype() -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(files.ods(TABLE))) as package:
        return files.zipped({name: package.read(name) for name in package.namelist() if name != "mimetype"})


def test_ods_without_mimetype():
    assert first(ods_without_mimetype(), "天山区.ods").rows == EXPECTED


@pytest.mark.parametrize("data, fact", [
    (b'<?xml version="1.0"?><office:document xmlns:office="urn:x" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">', ".fods"),
    (b'<?xml version="1.0" encoding="UTF-8"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof">', "标文通（UOF）"),
    (files.zipped({"uof.xml": "<a/>", "content.xml2": ""}), "标文通（UOF）"),
    (files.zipped({"Index/Document.iwa": "x"}), "Numbers 表格"),
    (files.zipped(GOOD | {"word/document2.xml": "<a/>", "_rels/.rels": str(GOOD["_rels/.rels"]).replace(
        "xl/workbook.xml", "word/document2.xml")}), "Word 文档"),
    (files.zipped({"content.xml": "<office:text/>"}), "别的办公文档"),
])
def test_other_formats_are_called_by_their_name(data, fact):
    with pytest.raises(UserError, match=r"请.*另存为|请改用") as refused:
        first(data)
    assert fact in str(refused.value)


def test_unlocked_gives_the_package_and_leaves_the_rest():
    from tests.sheets import test_read_refusals as sealed

    data = sealed.GOOD
    assert containers.unlocked(sealed.encrypted(data), sealed.PASSWORD) == data
    assert containers.unlocked(data, None) == data and containers.unlocked(xls_text(), None) == xls_text()
