"""评分表: 附件2 as the regulation prints it with the points beside it, and right of it the drawing where inputs are overridden."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from toolkit.forms import score_sheet
from toolkit.forms.assessment import FACTS
from toolkit.forms.score_sheet import (
    BUTTON_ROW,
    CRITERIA,
    DETAIL,
    FACT_CELLS,
    FIRST_ROW,
    GAP,
    HEADER_ROW,
    HEADERS,
    HINT,
    INPUT,
    INPUT_LABEL,
    LAST_PRINTED,
    POINTS,
    PROJECT,
    PROOF,
    REASON,
    SCORE,
    TITLE_ROW,
    Block,
    ScoreSheet,
)
from toolkit.pages import assessment_desk, assessment_foot, button_row, dropdowns, evidence_formulas, table
from toolkit.pages.cells import title_format, write
from toolkit.pages.layout import Drawing
from toolkit.pages.score_page import Page, label
from toolkit.regulation import rubric
from toolkit.regulation.rubric.inputs import Input
from toolkit.regulation.rubric.structure import BASE, Item, Section
from toolkit.sheets import look

_WIDTHS = {PROJECT: 10, DETAIL: 25, POINTS: 6, CRITERIA: 20, INPUT_LABEL: 19, INPUT: 11, SCORE: 8, REASON: 14, PROOF: 10, GAP: 2,
           score_sheet.AUTO: 12, score_sheet.OVER: 13, score_sheet.WHY: 24, HINT: 40}
_SCALE = 68  # percent: the nine printed columns on A4 portrait
_ROW_POINTS = 36
_TEXT_SIZE = 11
_LINE_POINTS = 16
_MARGINS = {"left": 0.45, "right": 0.4, "top": 0.6, "bottom": 0.6}
_UNFILLED, _UNJUDGED = ("待填",), ("待评", "待裁定")


def draw_cover(drawing: Drawing) -> None:
    """Draw 评分表, its inputs open and everything else protected without a password."""
    law = drawing.edition.regulation
    scored, feeds = rubric.of(law), evidence_formulas.feeds(law)
    figures = evidence_formulas.figures(law)
    page = Page(drawing, drawing.book.add_worksheet(drawing.form.cover), ScoreSheet(scored, tuple(feeds), tuple(figures)), feeds)
    for column, width in _WIDTHS.items():
        page.drawn.set_column(column, column, width)
    _draw_top(page)
    button_row.draw_row(drawing, page.drawn, (BUTTON_ROW, PROJECT), look.BUTTONS_HEIGHT)
    for section in scored.sections:
        _draw_section(page, section)
    formulas, reasons = scored.formulas(), scored.reason_formulas()
    for block in page.layout.blocks:
        _draw_item(page, block, formulas[block.item.id])
        assessment_desk.draw_desk(page, block, reasons.get(block.item.id, ""))
    _draw_sums(page)
    assessment_foot.draw_foot(page, figures)
    assessment_desk.draw_head(page)
    _set_up(page)


def _set_up(page: Page) -> None:
    drawn, last = page.drawn, page.layout.signature_row + 1
    drawn.hide_gridlines(2)
    drawn.set_portrait()
    drawn.set_paper(look.PAPER_A4)
    drawn.set_margins(**_MARGINS)
    drawn.set_footer(look.FOOTER)
    drawn.set_print_scale(_SCALE)
    drawn.center_horizontally()
    drawn.repeat_rows(HEADER_ROW)
    drawn.print_area(0, 0, last, LAST_PRINTED)
    drawn.set_h_pagebreaks([_middle(page.layout)])
    drawn.freeze_panes(FIRST_ROW, DETAIL)
    start = page.layout.cells[FACTS[0].name]
    drawn.set_selection(*start, *start)
    drawn.protect("", table.PROTECTION)


def _middle(layout: ScoreSheet) -> int:
    """The first row of the section that begins the second page: the one nearest to the middle."""
    middle = (FIRST_ROW + layout.signature_row) / 2
    return min((first for first, _ in map(layout.rows_of, layout.rubric.sections)), key=lambda first: abs(first - middle))


def _draw_top(page: Page) -> None:
    drawn, drawing = page.drawn, page.drawing
    drawn.set_row(TITLE_ROW, look.TITLE_HEIGHT)
    drawn.set_row(BUTTON_ROW, look.BUTTONS_HEIGHT)
    drawn.write_string(TITLE_ROW, PROJECT, page.layout.rubric.clause, drawing.cell(bold=True, font_color=look.INK))
    drawn.merge_range(TITLE_ROW, DETAIL, TITLE_ROW, LAST_PRINTED, page.layout.rubric.title, title_format(drawing))
    known = {"fact_district": drawing.edition.district}
    months = f"{drawing.edition.regulation['construction_years'] * evidence_formulas.MONTHS}"
    for fact in FACTS:
        row, column = page.name(fact.name)
        label, value = FACT_CELLS[FACTS.index(fact) % 2]
        drawn.set_row(row, look.FACTS_HEIGHT)
        drawn.write_string(row, label, fact.label, page.cell(bg_color=look.SUB, bold=True, align="center", font_color=look.INK))
        end = POINTS if value == DETAIL else LAST_PRINTED
        shown = page.open(num_format=fact.kind.number_format, align="left", indent=1)
        default = f'=IF(N(fact_from)=0,"",EDATE(fact_from,{months}))' if fact.name == "fact_to" else known.get(fact.name)
        page.span((row, column, row, end), default, shown)
        drawn.data_validation(row, column, row, column, dropdowns.validation(fact))
    drawn.set_row(HEADER_ROW, look.GROUP_HEIGHT + 6)
    for column, header in HEADERS.items():
        fill = look.BAND if column <= CRITERIA else look.SUB
        font = {"font_color": "white"} if column <= CRITERIA else {"font_color": look.INK}
        drawn.write_string(HEADER_ROW, column, header, page.cell(bold=True, bg_color=fill, align="center", **font))


def _draw_section(page: Page, section: Section) -> None:
    first, last = page.layout.rows_of(section)
    title = f"{section.title}\n（{section.points}分）" if section.kind == BASE else section.title
    page.span((first, PROJECT, last, PROJECT), title, page.cell(bold=True, align="center", font_color=look.INK, font_size=_TEXT_SIZE))


def _draw_item(page: Page, block: Block, formula: str) -> None:
    item, first, last = block.item, block.row, block.last
    _set_heights(page, block)
    for column, text, align in ((DETAIL, item.text, "left"), (CRITERIA, item.criteria, "left")):
        page.span((first, column, last, column), text, page.cell(align=align, font_size=_TEXT_SIZE))
    page.span((first, POINTS, last, POINTS), item.points, page.cell(align="center", font_size=_TEXT_SIZE))
    page.formula(item.name, formula, page.locked(bold=True, font_size=_TEXT_SIZE), (last, SCORE))
    _draw_words(page, item, first, last)
    for row, entry in enumerate(block.inputs, first):
        page.drawn.write_string(row, INPUT_LABEL, label(entry), page.cell(font_color=look.NOTE, text_wrap=False, shrink=True))
        _draw_input(page, entry, row)
    _colour_score(page, block)


def _set_heights(page: Page, block: Block) -> None:
    rows = block.last - block.row + 1
    narrower = look.SIZE / _TEXT_SIZE
    lines = max(look.lines(text, _WIDTHS[column] * narrower) for text, column in ((block.item.text, DETAIL), (block.item.criteria, CRITERIA)))
    height = max(_ROW_POINTS - 8 * (rows > 1), (_LINE_POINTS * lines + 8) / rows)
    for row in range(block.row, block.last + 1):
        page.drawn.set_row(row, height)


def _draw_words(page: Page, item: Item, first: int, last: int) -> None:
    """The reason for points taken off, and where the proof lies."""
    for name, column, help_text in ((item.reason_name, REASON, "凭判断扣分的写明理由。"),
                                    ("proof_" + item.name.removeprefix("score_"), PROOF, "写材料名称、页码或存放处。")):
        page.name(name)
        page.span((first, column, last, column), None, page.open(font_size=9))
        page.drawn.data_validation(first, column, first, column, {
            "validate": "any", "input_title": HEADERS[column], "input_message": help_text})


def _draw_input(page: Page, entry: Input, row: int) -> None:
    name = f"in_{entry.name}"
    number = {"num_format": "#,##0.00" if entry.label.endswith("_元") else "General"}
    if entry.name in page.feeds:
        auto, over, why = (f"{part}_{entry.name}" for part in ("auto", "over", "why"))
        given = f'AND(LEN(TRIM({over}&""))>0,LEN(TRIM({why}&""))>0)'
        page.formula(name, f"=IF({given},{over},{auto})", page.locked(**number))
        return
    page.name(name)
    page.drawn.write_blank(row, INPUT, None, page.open(align="center", **number))
    page.drawn.data_validation(row, INPUT, row, INPUT, assessment_desk.validation(entry))


def _colour_score(page: Page, block: Block) -> None:
    """待… amber and 错误 red in the score; amber in the open inputs it waits for."""
    score = xl_rowcol_to_cell(block.row, SCORE, row_abs=True, col_abs=True)
    page.colour((block.row, SCORE), f'=LEFT({score},1)="待"', f'=LEFT({score},2)="错误"')
    for row, entry in enumerate(block.inputs, block.row):
        if entry.name in page.feeds:
            continue
        cell = xl_rowcol_to_cell(row, INPUT)
        waits = ",".join(f'{score}="{state}"' for state in (_UNJUDGED if entry.judged else _UNFILLED))
        blank = f'LEN(TRIM({cell}&""))=0'
        wanted = page.drawing.book.add_format({"bg_color": look.WANTED})
        page.drawn.conditional_format(row, INPUT, row, INPUT, {
            "type": "formula", "criteria": f"=AND({blank},OR({waits}))", "format": wanted})


def _draw_sums(page: Page) -> None:
    """基础分 and 总分, as 附件2 prints them."""
    layout, scored = page.layout, page.layout.rubric
    plain = page.cell(bold=True, align="center", font_color=look.INK, bg_color=look.SUB)
    for row, name, points, text in ((layout.base_row, "score_base", scored.base, f"{scored.base}分"),
                                    (layout.total_row, "score_total", scored.total, "")):
        page.drawn.set_row(row, look.FACTS_HEIGHT)
        if text:
            page.drawn.write_string(row, PROJECT, "基础分", plain)
            page.drawn.write_string(row, DETAIL, text, plain)
        else:
            page.span((row, PROJECT, row, DETAIL), "总分", plain)
        write(page.drawn, row, POINTS, points, plain)
        for column in (CRITERIA, INPUT_LABEL, INPUT, REASON, PROOF):
            page.drawn.write_blank(row, column, None, plain)
        page.formula(name, page.totals[name], page.cell(bold=True, align="center", bg_color=look.SUB, font_size=12))
