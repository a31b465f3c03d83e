"""Applications into a 区县推荐汇总表 as edits of its cells: new rows, rows that replace their own older ones, none written over by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.forms.model import Sheet
from toolkit.forms.recommendation import APPLICATIONS, RECOMMENDATION
from toolkit.returns import gathering
from toolkit.returns.findings import Finding, Place
from toolkit.returns.gathering import LISTS, REMARK, SERIAL, Forwarded, RowValues, Taken
from toolkit.returns.messages import finding
from toolkit.returns.records import Record, Return
from toolkit.sheets.edit import CellValue, Edit, SetCell, SetProperty
from toolkit.sheets.grid import Book

ADDED, REPLACED, UNCHANGED, KEPT = "新汇入", "替换原来的行", "没有变化", "没有汇入"


@dataclass
class Gathering:
    """One 推荐汇总表 that applications are put into, one after the other. `outcomes`: file → what became of it."""

    book: Book
    source: Return
    replace: bool = False
    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        grids = {grid.name: grid for grid in self.book.grids}
        self._free = {sheet.name: list(gathering.free_rows(grids[table.name], self.source, sheet))
                      for sheet in RECOMMENDATION.sheets if (table := self.source.tables.get(sheet.name))}
        self._rows = {gathering.key_of(record): record for record in reversed(self.source.records(APPLICATIONS.name))}
        self._serial = max((record[SERIAL] or 0 for record in self._rows.values()), default=0)

    def take(self, application: Forwarded) -> None:
        """Put one application in, or say why it is not."""
        record, known = self._rows.get(application.key), gathering.remembered(self.book, application.key)
        outcome, found = (ADDED, None) if record is None else self._against(application, record, known)
        if outcome in (ADDED, REPLACED) and (full := self._full(application, record)):
            outcome, found = KEPT, full
        if found:
            self.findings.append(found)
        self.outcomes[application.file] = outcome
        if outcome in (ADDED, REPLACED):
            self._write(application, record)
        if outcome != KEPT and (known is None or known.code != application.code):
            taken = Taken(application.code, application.filled_on, application.file)
            self.edits.append(SetProperty(gathering.property_name(application.key), str(taken)))

    def _against(self, application: Forwarded, record: Record, known: Taken | None) -> tuple[str, Finding | None]:
        """What becomes of an application whose row stands there already."""
        now, place = gathering.code_of(self.source, record), record.place("领办人")
        if now == application.code:
            return UNCHANGED, None
        is_older = known and known.filled_on and application.filled_on and application.filled_on < known.filled_on
        code = "M-forward-typed" if known is None else "M-forward-edited" if now != known.code else "M-forward-older" if is_older else ""
        if self.replace or not code:
            return REPLACED, finding("M-forward-again", place, application.studio, file=application.file)
        return KEPT, finding(code, place, application.studio, file=application.file, row=record.row + 1, filled=known.filled_on if known else "")

    def _full(self, application: Forwarded, record: Record | None) -> Finding | None:
        """Why there is no room: a sheet or a column is gone, or the rows are used up."""
        for sheet, wanted, own in self._wanted(application, record):
            table = self.source.tables.get(sheet.name)
            if table is None and wanted:
                return finding("F-sheet-missing", Place(self.book.file), sheet.name)
            if table is None:
                continue
            gone = [header for header, value in (wanted[0] if wanted else {}).items() if value is not None and header not in table.layout.columns
                    and not sheet.by_header[header].formula]
            if gone:
                return finding("F-column-missing", Place(self.book.file, table.name), "、".join(gone))
            if len(wanted) - len(own) > len(self._free[sheet.name]):
                return finding("M-forward-full", Place(self.book.file, table.name), application.studio, sheet=sheet.name,
                               count=len(wanted) - len(own), most=len(self._free[sheet.name]))
        return None

    def _wanted(self, application: Forwarded, record: Record | None) -> Iterator[tuple[Sheet, Sequence[RowValues], Sequence[Record]]]:
        """Each sheet with the rows it is to hold of the application and those it holds."""
        yield APPLICATIONS, (application.main,), (record,) if record else ()
        studio = record[gathering.STUDIO] if record else application.studio
        for sheet in LISTS:
            yield sheet, application.lists[sheet.name], gathering.listed(self.source, sheet, studio)

    def _write(self, application: Forwarded, record: Record | None) -> None:
        for sheet, wanted, own in self._wanted(application, record):
            if sheet.name not in self.source.tables:
                continue
            places = [(each.table.name, each.row, each.table.layout.columns) for each in own]
            table = self.source.tables[sheet.name]
            while len(places) < len(wanted):
                places.append((table.name, self._free[sheet.name].pop(0), table.layout.columns))
            for number, (name, row, columns) in enumerate(places):
                values = wanted[number] if number < len(wanted) else dict.fromkeys(sheet.headers)
                self._put(sheet, name, row, columns, values)
            if sheet is APPLICATIONS:
                self._own_columns(application, record, *places[0])

    def _put(self, sheet: Sheet, name: str, row: int, columns: Mapping[str, int], values: Mapping[str, CellValue]) -> None:
        self.edits += [SetCell(name, row, columns[header], value) for header, value in values.items()
                       if header in columns and not sheet.by_header[header].formula]

    def _own_columns(self, application: Forwarded, record: Record | None, name: str, row: int, columns: Mapping[str, int]) -> None:
        """The number of a new row, and the remark where the district has not written one."""
        if record is None:
            self._serial += 1
            self._put(APPLICATIONS, name, row, columns, {SERIAL: self._serial})
        if application.remark and (record is None or not record[REMARK]):
            self._put(APPLICATIONS, name, row, columns, {REMARK: application.remark})
