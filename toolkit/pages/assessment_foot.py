"""评分表 below 总分: sums by section, the grade and what it hangs on, signatures; beside them other readings and the money."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.format import Format

from toolkit.forms.score_sheet import (
    AUTO,
    CRITERIA,
    DETAIL,
    HINT,
    INPUT_LABEL,
    LAST_PRINTED,
    OVER,
    POINTS,
    PROJECT,
    WHY,
)
from toolkit.pages.cells import band_format, merge, write
from toolkit.pages.row_formulas import fill
from toolkit.pages.score_page import Page
from toolkit.pages.table import column_range
from toolkit.sheets import look

_SIGNATURES = ("考核组（签字）：", "区（县）人力资源和社会保障局（盖章）：", "　　　　年　　月　　日")
_LABELS = {"result": "考核等次", "grade": "按总分的等次", "complete": "评分进度", "sensitive_bonus": "是否计入加分"}
_AMBER = {"sensitive": '={0}<>"一致"', "duty": '={0}<>""'}
_LINE_POINTS = 24


def draw_foot(page: Page, figures: Mapping[str, tuple[str, str]]) -> None:
    """`figures`: cell name → (label, formula over `{sheet!header:}`)."""
    foot = page.layout.foot_row
    page.drawn.set_row(page.layout.total_row + 1, look.LINE_HEIGHT / 2)
    for row in range(foot, page.layout.signature_row):
        page.drawn.set_row(row, _LINE_POINTS)
    merge(page.drawn, foot, (PROJECT, CRITERIA), "分项得分", band_format(page.drawing))
    merge(page.drawn, foot, (INPUT_LABEL, LAST_PRINTED), "考核结果", band_format(page.drawing))
    _draw_sums(page)
    _draw_results(page)
    _draw_signatures(page)
    _draw_readings(page)
    _draw_figures(page, figures)


def _label(page: Page, **more: object) -> Format:
    return page.cell(font_color=look.INK, align="left", indent=1, **more)


def _draw_sums(page: Page) -> None:
    scored = page.layout.rubric
    known = {section.name: (section.title, section.points) for section in scored.sections}
    known["score_bonus"] = (f"加分合计（不超过{scored.bonus}分）", scored.bonus)
    for name in page.layout.sums:
        row, _ = page.layout.cells[name]
        text, points = known[name]
        page.span((row, PROJECT, row, DETAIL), text, _label(page))
        write(page.drawn, row, POINTS, points, page.cell(align="center"))
        page.formula(name, page.totals[name], page.locked(bold=True))


def _draw_results(page: Page) -> None:
    for name in page.layout.results:
        row, _ = page.layout.cells[name]
        page.drawn.write_string(row, INPUT_LABEL, _result_label(page, name), _label(page, shrink=True, text_wrap=False))
        wanted = f'0" / {len(page.layout.rubric.items)} 项"' if name == "complete" else "General"
        bold = {"bold": True, "font_size": 12} if name == "result" else {}
        page.formula(name, page.totals[name], page.locked(num_format=wanted, **bold), (row, LAST_PRINTED))
        _colour(page, name)
    for row in range(page.layout.foot_row + 1 + len(page.layout.sums), page.layout.signature_row):
        page.span((row, PROJECT, row, CRITERIA), None, page.cell())
    for row in range(page.layout.foot_row + 1 + len(page.layout.results), page.layout.signature_row):
        page.span((row, INPUT_LABEL, row, LAST_PRINTED), None, page.cell())


def _colour(page: Page, name: str) -> None:
    """未完成 amber, the lowest grade and contradictions red, whatever needs a written confirmation amber."""
    family, cell = name.partition("_")[0], page.layout.cells[name]
    if family in ("result", "grade"):
        lowest = page.layout.rubric.bands[-1].name
        page.colour(cell, f'={name}="未完成"', f'=OR({name}="{lowest}",{name}="数据矛盾")')
    elif family in _AMBER:
        page.colour(cell, _AMBER[family].format(name), "=FALSE")
    elif family == "contradiction":
        page.colour(cell, "=FALSE", f'={name}<>""')


def _result_label(page: Page, name: str) -> str:
    if name in _LABELS:
        return _LABELS[name]
    family, _, tail = name.partition("_")
    whole = page.layout.rubric.whole
    if family == "duty":
        return f"未达义务（{whole.duties[int(tail) - 1].clause}）"
    if family == "contradiction":
        return f"数据核对（{whole.contradictions[int(tail) - 1].rule}）"
    return next(entry.label.replace("_", "") for entry in page.layout.rubric.inputs if entry.name == tail)


def _draw_signatures(page: Page) -> None:
    row, shown = page.layout.signature_row, page.drawing.cell(font_color=look.INK, locked=False)
    page.drawn.set_row(row, 44)
    page.drawn.set_row(row + 1, look.FACTS_HEIGHT)
    page.span((row, PROJECT, row, CRITERIA), _SIGNATURES[0], shown)
    page.span((row, INPUT_LABEL, row, LAST_PRINTED), _SIGNATURES[1], shown)
    right = page.drawing.cell(font_color=look.INK, locked=False, align="right")
    page.span((row + 1, INPUT_LABEL, row + 1, LAST_PRINTED), _SIGNATURES[2], right)


def _draw_readings(page: Page) -> None:
    """Each other reading of the law with the points, the total and the grade it gives."""
    layout = page.layout
    merge(page.drawn, layout.foot_row, (AUTO, HINT), "等次敏感性：换一种口径的得分、总分和等次；等次不同的须考核组书面确认",
          band_format(page.drawing))
    head = page.cell(bold=True, bg_color=look.SUB, align="center", font_color=look.INK)
    for column, text in ((AUTO, "口径"), (OVER, "该项得分"), (WHY, "总分"), (HINT, "等次")):
        page.drawn.write_string(layout.foot_row + 1, column, text, head)
    if "grade_base" in layout.cells:
        row, _ = layout.cells["grade_base"]
        page.drawn.write_string(row, AUTO, "仅基础分", _label(page))
        page.drawn.write_blank(row, OVER, None, page.locked())
        page.drawn.write_formula(row, WHY, "=score_base", page.locked(), "")
        page.formula("grade_base", page.totals["grade_base"], page.locked())
    for variant in layout.rubric.variants:
        row, _ = layout.cells[variant.name]
        page.drawn.write_string(row, AUTO, variant.label, _label(page))
        for name, cell in layout.cells.items():
            if cell[0] == row and cell[1] in (OVER, WHY, HINT):
                page.formula(name, page.totals[name], page.locked())


def _draw_figures(page: Page, figures: Mapping[str, tuple[str, str]]) -> None:
    merge(page.drawn, page.layout.figures_row, (AUTO, HINT), "经费与活动（依据佐证表）", band_format(page.drawing))
    for name, (text, formula) in figures.items():
        row, _ = page.layout.cells[name]
        page.span((row, AUTO, row, OVER), text, _label(page, shrink=True, text_wrap=False))
        number = "yyyy-mm-dd" if name == "last_activity" else "#,##0.00"
        page.formula(name, f"={fill(formula, lambda place: _column(page, place))}", page.locked(num_format=number))


def _column(page: Page, place: str) -> str:
    """`sheet!header:` as the cells of that column."""
    sheet, _, header = place.partition("!")
    return f"'{sheet}'!{column_range(page.drawing.form.sheet(sheet), header.removesuffix(':'))}"
