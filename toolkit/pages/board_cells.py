"""看板: which cell says what, and what brings them up to date. Drawn in `dashboard`, written whenever the ledger is, and by 到期提醒.

The state of an application or a studio hangs on several registers and on the law; formulas would be a second judge that disagrees with the
first. So the numbers are written as values, with the time; the page says by itself when they are of another day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from toolkit.errors import UserError
from toolkit.ledger import overview, simulation
from toolkit.ledger.arrangements import days_off
from toolkit.ledger.books import Books
from toolkit.ledger.dues import OVERDUE, PARTIES, SOON, TODAY, Due
from toolkit.ledger.overview import MATCHED, OWED, PAID, RECOVERED, SPENT, UNASSESSED, UNREADABLE, Overview
from toolkit.ledger.plan import Plan
from toolkit.regulation import Regulation
from toolkit.regulation import rubric as annex
from toolkit.regulation.procedure import APPLICATION, STUDIO
from toolkit.returns.standing import Standing
from toolkit.sheets.edit import CellValue, Edit, SetCell
from toolkit.sheets.grid import Book

DASHBOARD_SHEET = "看板"
FIGURES_SHEET = "_看板"  # hidden: what the page and its chart show
NOTHING, TOTAL = "暂无", "合计"
LEFT, RIGHT = 1, 18  # columns of the page
AS_OF_ROW, WARNING_ROW, TILE_ROW, TILE_COLUMNS = 1, 2, 4, 3
BLOCK_ROW, BLOCK_COLUMNS, CHART_LEFT = 8, 4, 13
DUE_ROW, DUE_LINES = 28, 8
DAY, TILE, DISTRICT, LINE = "截至", "总览", "区县", "要办的事"  # parts of the hidden sheet
WIDTH = 9  # columns of figures behind the name
_WAN, _ZERO = 10_000, date(1899, 12, 30)

COUNT, FEW = '0;-0;"—"', '0;-0;"暂无"'
YUAN = '#,##0.00;-#,##0.00;"暂无"'


@dataclass(frozen=True)
class Tile:
    """A number with its name and, small, what it counts."""

    name: str
    number_format: str
    caption: str


TILES = (
    Tile("有效工作室", "0", "占用名额的工作室"), Tile("本年申报", "0", "本年度入账的申报"),
    Tile("{}天内到期", "0", "到期提醒里今天和将到期的"), Tile("逾期", "0", "到期提醒里逾期的"),
    Tile("市级补助累计", '#,##0.0"万元"', "已拨付的市级补助"), Tile("配套到位率", "0.0%", "建设周期内到位的配套÷补助"))


@dataclass(frozen=True)
class BoardBlock:
    """A band at (`row`, `left`), under it the names, the value of each in the block's last column. totalled: the first line is the sum."""

    title: str
    row: int
    left: int
    names: tuple[str, ...]
    number_format: str
    totalled: bool = False

    @property
    def first(self) -> int:
        """The row of the first name."""
        return self.row + 1 + self.totalled

    @property
    def column(self) -> int:
        """Where the values stand."""
        return self.left + BLOCK_COLUMNS - 1


@dataclass(frozen=True)
class BoardBlocks:
    """The blocks of the page under a law."""

    applications: BoardBlock
    studios: BoardBlock
    money: BoardBlock
    results: BoardBlock
    parties: BoardBlock

    @classmethod
    def of(cls, law: Regulation) -> BoardBlocks:
        third = LEFT + 2 * BLOCK_COLUMNS
        stages = {kind: (*(stage.name for stage in law.procedure.stages.values() if stage.of == kind), UNREADABLE) for kind in (APPLICATION, STUDIO)}
        grades = (*(band.name for band in annex.of(law).bands), UNASSESSED)
        money = (PAID, MATCHED, SPENT, OWED, RECOVERED)
        results = BLOCK_ROW + len(money) + 2
        return cls(
            BoardBlock("本年申报（件）", BLOCK_ROW, LEFT, stages[APPLICATION], COUNT, True),
            BoardBlock("工作室（个）", BLOCK_ROW, LEFT + BLOCK_COLUMNS, stages[STUDIO], COUNT, True),
            BoardBlock("经费（元）", BLOCK_ROW, third, money, YUAN), BoardBlock("期满考核（个）", results, third, grades, FEW),
            BoardBlock("要办的事（项）", results + len(grades) + 2, third, PARTIES, FEW))

    @property
    def all(self) -> tuple[BoardBlock, ...]:
        return self.applications, self.studios, self.money, self.results, self.parties


DUE_COLUMNS = (  # name, its columns, alignment, number format
    ("状态", (1, 1), "center", "General"), ("到期日", (2, 3), "center", "yyyy-mm-dd"), ("天数", (4, 4), "center", "0"),
    ("由谁办", (5, 5), "center", "General"), ("区县", (6, 7), "center", "General"), ("工作室", (8, 11), "left", "General"),
    ("要办的事", (12, 16), "left", "General"), ("出处", (17, 18), "center", "General"))


def is_ours(book: Book, law: Regulation) -> bool:
    """Whether the ledger has this page; one of an earlier version has another, with formulas of its own."""
    grid = next((grid for grid in book.grids if grid.name == DASHBOARD_SHEET), None)
    row = grid.rows[BLOCK_ROW] if grid is not None and len(grid.rows) > BLOCK_ROW else ()
    return len(row) > LEFT and row[LEFT] == BoardBlocks.of(law).applications.title


def after(book: Book, standing: Standing, plan: Plan, law: Regulation, at: datetime) -> list[Edit]:
    """What brings the page up to date when the plan is carried out. Where 参数 cannot be read nothing is told, the write goes on."""
    if not is_ours(book, law):
        return []
    try:
        law = standing.parameters(law)
        books = simulation.after(Books(standing), plan)
        return edits(overview.of_books(books, law, at.date(), days_off(books, law)), law, at)
    except UserError:
        return []


def figure_rows(law: Regulation) -> dict[tuple[str, str], int]:
    """(part of the page, name in it) → the row of the hidden sheet that holds its figures, one block without a gap."""
    blocks = BoardBlocks.of(law)
    keys = [(DAY, ""), *((TILE, tile.name) for tile in TILES)]
    for block in blocks.all:
        keys += [(block.title, TOTAL)] * block.totalled + [(block.title, name) for name in block.names]
    keys += [(DISTRICT, name) for name in law.lists["districts"].names] + [(LINE, str(line)) for line in range(DUE_LINES)]
    return {key: row for row, key in enumerate(keys)}


def edits(seen: Overview, law: Regulation, at: datetime) -> list[Edit]:
    """Every figure of the page, in one block of the hidden sheet, which the page shows by plain references."""
    blocks = BoardBlocks.of(law)
    figures: dict[tuple[str, str], list[CellValue]] = {(DAY, ""): [_serial(seen.on), f"{at.hour:02}时{at.minute:02}分"], **_tiles(seen)}
    counted: dict[BoardBlock, Mapping[str, CellValue]] = {
        blocks.applications: seen.applications, blocks.studios: seen.studios, blocks.money: seen.money, blocks.results: seen.results,
        blocks.parties: {who: sum(each.who == who for each in seen.found) for who in PARTIES}}
    for block, values in counted.items():
        figures |= {(block.title, name): [values[name]] for name in block.names}
        figures |= {(block.title, TOTAL): [sum(int(str(values[name])) for name in block.names) or NOTHING]} if block.totalled else {}
    figures |= {(DISTRICT, name): list(pair) for name, pair in seen.by_district.items()}
    figures |= {(LINE, str(line)): _line(due) for line, due in enumerate(seen.next[:DUE_LINES])}
    if not seen.found:
        figures[LINE, "0"] = [NOTHING if name == "要办的事" else None for name, *_ in DUE_COLUMNS]
    return [SetCell(FIGURES_SHEET, row, column, value) for key, row in figure_rows(law).items()
            for column, value in enumerate(_padded(figures.get(key, [])), 1)]


def _padded(values: list[CellValue]) -> list[CellValue]:
    """To the width of the block, so that what an earlier page said is taken away."""
    return [*values, *[None] * (WIDTH - len(values))]


def _tiles(seen: Overview) -> dict[tuple[str, str], list[CellValue]]:
    """Each tile's value and name; the one that names days says how many the bureau set."""
    paid, matched = seen.money[PAID], seen.money[MATCHED]
    values = (seen.valid, sum(seen.applications.values()), seen.due(TODAY, SOON), seen.due(OVERDUE), paid / _WAN,
              round(matched / paid, 6) if paid else "—")
    return {(TILE, tile.name): [value, tile.name.format(seen.soon_days)] for tile, value in zip(TILES, values, strict=True)}


def _line(due: Due) -> list[CellValue]:
    """In the order of DUE_COLUMNS; behind them where the link leads."""
    quoted = due.place.sheet.replace("'", "''")
    return [due.state, _serial(due.date) if due.date else None, due.days, due.who, due.district, due.studio, due.what,
            f"{due.place.sheet} {due.place.cell}", f"#'{quoted}'!{due.place.cell}"]


def _serial(day: date) -> int:
    """As a plain number: cells of one format are written at once, the page gives the number its look."""
    return (day - _ZERO).days
