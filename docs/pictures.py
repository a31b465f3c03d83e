"""Draws the manual's pictures from the demonstration: LibreOffice → PDF → PNG, cropped. `make pictures` runs it.

What the buttons do is photographed from a screen.
A wide sheet is shown in part: the columns named stay, the others are hidden, row numbers and column letters are printed.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from PIL import Image, ImageChops, ImageOps

from tests.clicks.desk import Desk
from tests.clicks.display import Display
from tests.clicks.workbooks import with_buttons
from tests.office import convert, pictures
from toolkit.demo.demo import demo
from toolkit.forms import RECOMMENDATION
from toolkit.forms.model import DESK_SHEET
from toolkit.jobs.new import new

OUT = Path(__file__).resolve().parent / "图"
NOW = datetime(2026, 11, 22, 9, 30)
SHARP = 300  # dots per inch of the drawing, before it is scaled down
COLOURS = 64
MARGIN = 16  # white pixels left around a crop
GAP = 48  # pixels between two pages side by side
EDGE = 4  # pixels of the line around a page


@dataclass(frozen=True)
class Picture:
    """A picture of a document's `pages`, or of one `sheet` of a workbook: rows first to last, columns by header."""

    name: str
    source: str
    width: int
    pages: tuple[int, ...] = (1,)
    sheet: str = ""
    rows: tuple[int, int] = (1, 1)
    columns: tuple[str, ...] = ()
    header_row: int = 5


PICTURES = (
    Picture("空白表", "空白表/*.xlsm", 1400, sheet="推荐汇总", rows=(1, 12),
            columns=("序号", "推荐区县", "工作室名称", "领办人", "性别", "民族", "出生日期", "身份证号", "职业(工种)", "技能等级")),
    Picture("标记副本", "合并结果/标记副本/新市区*.xlsx", 1400, sheet="推荐汇总", rows=(4, 13),
            columns=("序号", "领办人", "身份证号", "技能等级", "面积(㎡)", "承诺配套资金(元)", "问题")),
    Picture("问题清单", "合并结果/标记副本/新市区*.xlsx", 1400, sheet="问题清单", rows=(1, 14)),
    Picture("合并结果", "合并结果/合并结果_*.xlsx", 1200, sheet="概况", rows=(1, 11)),
    Picture("台账", "工作室管理台账.xlsm", 1400, sheet="申报批次", rows=(4, 18),
            columns=("年度", "推荐区县", "领办人", "职业(工种)", "技能等级", "申报状态", "裁定", "评审结论", "评审日期", "来源文件", "来源行")),
    Picture("评分表", "期满考核/评分表/赵*.xlsm", 1400, sheet="评分表", rows=(1, 20), header_row=7,
            columns=("考核项目", "考核细则及分值", "分值", "评分标准", "输入项", "输入", "得分", "扣分理由", "佐证")),
    Picture("公示", "公文/*公示.docx", 1200, pages=(1, 3)),
    Picture("回执", "合并结果/回执/新市区*.docx", 1200, pages=(1, 2)),
)
PRESSED, DESK_PAGE = "按钮_校验", "按钮_办理"
SCREENS = (PRESSED, DESK_PAGE)  # photographed from a screen on which buttons are pressed
WINDOW = (0, 136, 1540, 985)  # pixels of the screen: the sheet and its tabs, without the program's own bars


def draw(wanted: Sequence[Picture], out: Path) -> None:
    """Run the demonstration in a temporary folder and draw its pictures into `out`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        list(demo(folder, NOW))
        new("区县推荐汇总表", "天山区", NOW.year, folder / "空白表")
        for number, picture in enumerate(wanted):
            place = folder / f"图{number}"
            place.mkdir()
            _save(_image(picture, next(folder.glob(picture.source)), place), picture.name, out)
        _photograph(folder, out)


def _save(image: Image.Image, name: str, out: Path) -> None:
    image.quantize(COLOURS).save(out / f"{name}.png", optimize=True)
    print(f"已生成 {out.name}/{name}.png")


def _photograph(folder: Path, out: Path) -> None:
    """The screens: a return after 校验, and the ledger's page 办理 after 到期提醒."""
    source = next(folder.glob("区县报表_*/新市区*.xlsx"))
    pressed = with_buttons(RECOMMENDATION, source, folder / "新市区.xlsm", "新市区", NOW.year)
    shared = folder / "屏幕"
    shared.mkdir()
    with Display() as display:
        desk = Desk(display, shared)
        try:
            desk.open(pressed)
            desk.click(desk.button("推荐汇总", "check"))
            desk.click(desk.button("推荐汇总", "next_problem"))
            _save(_window(desk.photograph(PRESSED)), PRESSED, out)
            desk.open(folder / "工作室管理台账.xlsm")
            desk.book.names["task_date"].refers_to_range.value = NOW
            desk.click(desk.button(DESK_SHEET, "due"))
            desk.book.sheets[DESK_SHEET].activate()
            _save(_window(desk.photograph(DESK_PAGE)), DESK_PAGE, out)
        finally:
            desk.close()


def _window(photograph: Path) -> Image.Image:
    return Image.open(photograph).convert("RGB").crop(WINDOW)


def _image(picture: Picture, source: Path, place: Path) -> Image.Image:
    shown = place / f"shown{source.suffix}"
    if picture.sheet:
        _only_what_is_shown(picture, source, shown)
    else:
        shown.write_bytes(source.read_bytes())
    pages = pictures(convert(shown, "pdf", place), place, SHARP)
    frame = _cropped if picture.sheet else _framed
    image = _beside([frame(Image.open(pages[page - 1]).convert("RGB")) for page in picture.pages])
    return image.resize((picture.width, round(image.height * picture.width / image.width)), Image.LANCZOS)


def _only_what_is_shown(picture: Picture, source: Path, target: Path) -> None:
    """A copy of the workbook that prints nothing but the picture's rows and columns, on one page."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what openpyxl does not carry over is not in the picture
        book = openpyxl.load_workbook(source)
    sheet = book[picture.sheet]
    for other in book:
        other.sheet_state = "visible" if other is sheet else "hidden"
    book.active = sheet
    if picture.columns:
        _hide_other_columns(sheet, picture)
    sheet.print_title_rows = sheet.print_title_cols = None
    sheet.row_breaks.brk, sheet.col_breaks.brk = [], []
    first, last = picture.rows
    sheet.print_area = f"A{first}:{get_column_letter(sheet.max_column)}{last}"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.print_options.headings = True
    sheet.oddFooter.center.text = sheet.oddHeader.center.text = None
    book.save(target)


def _hide_other_columns(sheet, picture: Picture) -> None:
    grouped = list(sheet.column_dimensions.values())  # neighbours of one width share an entry
    each = {number: group for group in grouped for number in range(group.min, group.max + 1)}
    sheet.column_dimensions.clear()
    for number, group in each.items():
        header = "".join(str(sheet.cell(picture.header_row, number).value or "").split()).rstrip("*")
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column._style, column.hidden = group.width, group._style, header not in picture.columns


def _cropped(page: Image.Image) -> Image.Image:
    """The page without its white margins."""
    left, top, right, bottom = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    return page.crop((max(left - MARGIN, 0), max(top - MARGIN, 0), min(right + MARGIN, page.width),
                      min(bottom + MARGIN, page.height)))


def _framed(page: Image.Image) -> Image.Image:
    """The whole page with a thin edge, as it lies on the table."""
    return ImageOps.expand(page.crop((EDGE, EDGE, page.width - EDGE, page.height - EDGE)), EDGE, "silver")


def _beside(pages: Sequence[Image.Image]) -> Image.Image:
    whole = Image.new("RGB", (sum(page.width for page in pages) + GAP * (len(pages) - 1), max(page.height for page in pages)), "white")
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width + GAP
    return whole


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    draw(PICTURES, OUT)
