"""评分表's right side, which is not printed: what the evidence gives, overrides with their reasons, what is still asked for."""

from __future__ import annotations

from toolkit.forms.score_sheet import AUTO, FACT_ROWS, FACTS_ROW, HINT, OVER, TITLE_ROW, WHY, Block
from toolkit.pages import evidence_formulas, row_formulas
from toolkit.pages.cells import band_format, merge
from toolkit.pages.dropdowns import MESSAGE_LIMIT, TITLE_LIMIT
from toolkit.pages.evidence_formulas import Feed
from toolkit.pages.score_page import Page, label
from toolkit.pages.table import column_range
from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.inputs import Input
from toolkit.sheets import look
from toolkit.sheets.grid import a1

_DATE = "yyyy-mm-dd"
_HOW = "白底格填写，灰底格自动计算。黄色还差内容，红色须改正。有佐证表的输入自动取数；要改的在“改填”填写，并写明理由。"
_UNREASONED = "改填没有写理由，仍按自动取数计。请写明改填理由。"
_NO_PERIOD = "没有取数期间。请先填建设周期起和考核日期。"
_EMPTY = "“{}”表还没有填写。请补填；确实没有的，请改填0并写明理由。"
_KINDS = {"是否": "请选“是”或“否”", "口径": "请选一种口径，不选按默认", "选项": "请从下拉框选", "数": "请填数字", "整数": "请填整数",
          "评分": "请填得分", "扣分": "请填扣去的分数，不扣填0", "裁定": "请填考核组裁定的得分"}


def draw_head(page: Page) -> None:
    """The period evidence counts in, progress, total and grade at a glance."""
    drawn, last = page.drawn, FACTS_ROW + FACT_ROWS - 1
    merge(drawn, TITLE_ROW, (AUTO, HINT), "填报与核对（不打印）", band_format(page.drawing))
    plain_label = page.cell(bg_color=look.SUB, bold=True, align="center", font_color=look.INK)
    wanted = len(page.layout.rubric.items)
    shown = {"取数期间": ("", ""), "评分进度": ("=complete", f'0" / {wanted} 项"'), "总分": ("=score_total", "General"),
             "等次": ("=result", "General")}
    for row, (text, (formula, number_format)) in enumerate(shown.items(), FACTS_ROW):
        drawn.write_string(row, AUTO, text, plain_label)
        if formula:
            drawn.write_formula(row, OVER, formula, page.locked(bold=True, num_format=number_format), "")
    page.formula("period_from", '=IF(OR(N(fact_from)=0,N(fact_date)=0),"",INT(fact_from))', page.locked(num_format=_DATE))
    months = page.drawing.edition.regulation["construction_years"] * evidence_formulas.MONTHS
    end = f"MIN(IF(N(fact_to)>0,INT(fact_to),EDATE(period_from,{months})),INT(fact_date))"
    page.formula("period_to", f'=IF(period_from="","",{end})', page.locked(num_format=f'"至 "{_DATE}'))
    note = page.drawing.cell(text_wrap=True, font_color=look.NOTE, indent=1)
    page.span((FACTS_ROW, HINT, FACTS_ROW, HINT), "两端当日都算，不超过建设周期止", note)
    page.span((FACTS_ROW + 1, WHY, last, HINT), _HOW, note)


def draw_desk(page: Page, block: Block, reason: str) -> None:
    """Right of each input: evidence and its override, or what the evidence holds on it; `reason` is the formula that asks for one."""
    shown = evidence_formulas.references(page.drawing.edition.regulation)
    judged = next((row for row, entry in enumerate(block.inputs, block.row) if entry.judged), None)
    for row, entry in enumerate(block.inputs, block.row):
        if entry.name in page.feeds:
            _draw_fed(page, entry, row)
            continue
        if entry.name in shown:
            formula = f"={_over_columns(shown[entry.name])}"
            page.span((row, AUTO, row, AUTO), formula, page.locked(font_color=look.NOTE, italic=True))
        if reason and row == judged:
            _draw_hint(page, row, reason)


def _draw_fed(page: Page, entry: Input, row: int) -> None:
    feed = page.feeds[entry.name]
    auto, over, why = (f"{part}_{entry.name}" for part in ("auto", "over", "why"))
    number = {"num_format": "#,##0.00" if entry.label.endswith("_元") else "General"}
    page.formula(auto, f"={_over_columns(feed)}", page.locked(**number))
    for name, align in ((over, {"align": "center", **number}), (why, {"align": "left"})):
        page.drawn.write_blank(*page.name(name), None, page.open(**align))
    page.drawn.data_validation(row, OVER, row, OVER, validation(entry, "与佐证不同时才填，并写明改填理由。"))
    page.drawn.data_validation(row, WHY, row, WHY, {
        "validate": "any", "input_title": "改填理由", "input_message": "写明依据；不写理由，仍按自动取数计。"})
    given, unreasoned = f'LEN(TRIM({over}&""))>0', f'LEN(TRIM({why}&""))=0'
    missing = f'IF(period_from="","{_NO_PERIOD}","{_EMPTY.format(feed.sheet.name)}")'
    hint = f'=IF({given},IF({unreasoned},"{_UNREASONED}",""),IF(LEN({auto}&"")=0,{missing},""))'
    _draw_hint(page, row, hint)


def validation(entry: Input, more: str = "") -> dict:
    """What an input cell accepts and says, with its bounds from the rubric."""
    how = f"{_KINDS[entry.kind]}{_bounds(entry)}。{more}"
    options = {"validate": "any", "ignore_blank": True, "input_title": label(entry)[:TITLE_LIMIT],
               "input_message": how[:MESSAGE_LIMIT], "error_title": "请核对", "error_message": f"“{label(entry)}”{_KINDS[entry.kind]}。"}
    if entry.choices:
        return options | {"validate": "list", "source": list(entry.choices), "error_title": "请从下拉框选",
                          "error_message": f"“{label(entry)}”只收下拉框里的内容。请从下拉框选择。"}
    limits: dict[str, str | float] = {"validate": "integer" if entry.kind == "整数" else "decimal"}
    if entry.high is None:
        limits |= {"criteria": ">=", "value": float(entry.low)}
    else:
        limits |= {"criteria": "between", "minimum": float(entry.low), "maximum": float(entry.high)}
    return options | limits | {"error_message": f"“{label(entry)}”只收{_numbers(entry)}。{_KINDS[entry.kind]}{_bounds(entry)}。"}


def _numbers(entry: Input) -> str:
    whole = "整数" if entry.kind == "整数" else "数字"
    return f"0或正{whole}" if entry.high is None else f"{plain(entry.low)}至{plain(entry.high)}的{whole}"


def _bounds(entry: Input) -> str:
    return "" if entry.high is None else f"（{plain(entry.low)}至{plain(entry.high)}分）"


def _draw_hint(page: Page, row: int, formula: str) -> None:
    page.span((row, HINT, row, HINT), formula, page.drawing.cell(text_wrap=True, indent=1))
    page.colour((row, HINT), f"=LEN({a1(row, HINT)})>0", "=FALSE")


def _over_columns(feed: Feed) -> str:
    """The feed's formula with the columns of its sheet put in."""
    return row_formulas.fill(feed.formula, lambda name: f"'{feed.sheet.name}'!{column_range(feed.sheet, name.removesuffix(':'))}")
