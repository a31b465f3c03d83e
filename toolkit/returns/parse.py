"""From a workbook as it came to a return: whose it is, its tables as records, and everything wrong with its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from toolkit.forms import by_id
from toolkit.forms.model import NIL, Form, Sheet
from toolkit.forms.recommendation import APPLICATIONS as APPLICATION_SHEET
from toolkit.forms.spread import fitted
from toolkit.regulation import Regulation
from toolkit.returns import headers, others_columns, recognise, row_kinds, sight, unfilled, values
from toolkit.returns.characters import clean
from toolkit.returns.choosing import choice_reader
from toolkit.returns.findings import Finding, Place
from toolkit.returns.further_sheets import take_further
from toolkit.returns.headers import Layout
from toolkit.returns.messages import finding
from toolkit.returns.page_layout import PageLayout, flattened
from toolkit.returns.recognise import Located
from toolkit.returns.records import Record, Return
from toolkit.returns.rows import Origin, Reader, RowReader, TableRead
from toolkit.sheets.grid import Book, Value, a1

REASONS_TO_SAY = (row_kinds.TOTAL, row_kinds.NOTE, row_kinds.SEAL, row_kinds.NUMBERS, row_kinds.HEADER_AGAIN, row_kinds.NUMBERED_ONLY,
                  row_kinds.OUTSIDE)
DATED = (FILLED_ON, DEADLINE) = "填报日期", "申报截止日"


class Parser:
    """Reads workbooks as returns of `forms` under one regulation."""

    def __init__(self, law: Regulation, forms: Sequence[Form]):
        self._law = law
        self._forms = forms
        self._rows = RowReader(law, Origin.RETURN)
        self._dropped: Counter[str] = Counter()

    def read(self, book: Book) -> Return:
        """One workbook. Never raises for what a clerk did: findings and `refused` say it."""
        result = Return(book.file, book.sha256)
        result.remarks += book.notes
        marks = recognise.marks(book)
        if marks.form not in {form.id for form in self._forms} and (other := by_id(marks.form)):
            result.form = other
            return _refuse(result, finding("F-form-no-return", Place(book.file), other.name))
        form, located = self._form(book, marks)
        if form is None:
            return _refuse(result, finding("F-form", Place(book.file)))
        result.form = form
        if marks.form == form.id and marks.version not in ("", form.version):
            result.findings.append(finding("F-version", Place(book.file), marks.version, wanted=form.version))
        self._missing(result, form, located)
        self._dropped = Counter()
        for name, found in located.items():
            self._table(result, form, name, found)
        self._header_facts(result, form, located, marks)
        for sheet, found in recognise.others(book, form, located):
            read = self._rows.read(result.file, found.grid, sheet, found.layout)
            if take_further(result, read, found, located.get(sheet.name)):
                self._taken(result, form, found, read)
        result.remarks += [f"略去{reason}{self._dropped[reason]}行" for reason in REASONS_TO_SAY if self._dropped[reason]]
        return result

    def _form(self, book: Book, marks: recognise.Marks) -> tuple[Form | None, dict[str, Located]]:
        candidates = [form for form in self._forms if form.id == marks.form] or list(self._forms)
        scored = [(form, recognise.locate(book, form)) for form in candidates]
        form, located = max(scored, key=lambda pair: len(pair[1]) / len(pair[0].sheets), default=(None, {}))
        return (form, located) if located or (form and form.id == marks.form) else (None, {})

    def _missing(self, result: Return, form: Form, located: dict[str, Located]) -> None:
        for sheet in form.sheets:
            if sheet.name not in located and not sheet.optional:
                result.findings.append(finding("F-sheet-missing", Place(result.file), sheet.name))

    def _table(self, result: Return, form: Form, name: str, located: Located) -> None:
        sheet, located = self._fitted(result, form, name, located)
        read = self._rows.read(result.file, located.grid, sheet, located.layout)
        result.tables[name] = read.table
        self._taken(result, form, located, read)

    def _fitted(self, result: Return, form: Form, name: str, located: Located) -> tuple[Sheet, Located]:
        """The sheet with the columns that it has for the rows of the first one."""
        sheet, main = form.sheet(name), form.sheets[0]
        if not sheet.spread:
            return sheet, located
        wide = fitted(sheet, [record[sheet.spread] for record in result.records(main.name)])
        layout = headers.find(located.grid, wide)
        return (wide, Located(located.grid, layout)) if layout else (sheet, located)

    def _taken(self, result: Return, form: Form, located: Located, read: TableRead) -> None:
        """The findings, remarks and notes of a table that counts."""
        grid, layout, records = located.grid, located.layout, read.table.records
        result.findings += _headers(read, layout)
        missing = set(layout.missing)
        result.findings += [found for found in read.findings if found.place.field not in missing]
        self._dropped += read.dropped
        result.findings += others_columns.of_the_city(grid, read.table, form, self._law)
        if layout.unknown:
            result.remarks.append(f"“{grid.name}”表有不认识的列，未读取：{'、'.join(layout.unknown)}")
        rows = [record.row for record in records]
        if isinstance(layout, PageLayout):
            rows = sorted({row for row, _ in layout.cells.values()})
        result.findings += sight.hidden(result.file, grid, layout, rows)
        if isinstance(layout, PageLayout):
            grid = flattened(grid, layout)
        if grid.struck or grid.partly_struck:
            result.findings += sight.crossed_out(grid, read.table, recognise.facts(grid, read.table.sheet, layout.row))
        if read.table.sheet is APPLICATION_SHEET or (read.table.sheet.page and read.table.sheet is form.sheets[0]):
            _name_studios(records, self._law)
        result.normalised += [(Place(result.file, grid.name, a1(layout.row, layout.columns[header]), header), note)
                              for header, note in layout.notes.items()]
        for record in records:
            result.normalised += [(record.place(header), note) for header, note in record.notes.items()]

    def _page_facts(self, result: Return, marks: recognise.Marks) -> None:
        """Whose application it is, of which year and when filled in, as its page says."""
        record = next(iter(result.records(result.sheets[0].name)), None)
        if record is None:
            return
        districts = self._law.lists["districts"]
        result.filled_on, result.deadline = record["填报时间"], record["申报截止日"]
        result.year = record["申报年度"] or (int(marks.year) if marks.year.isdigit() else None)
        result.district = record["推荐区县"] or recognise.district_in(marks.district, districts)

    def _header_facts(self, result: Return, form: Form, located: dict[str, Located], marks: recognise.Marks) -> None:
        main = form.sheets[0]
        if main.page:
            self._page_facts(result, marks)
            return
        found = located.get(main.name)
        facts = recognise.facts(found.grid, main, found.layout.row) if found else {}
        titles = recognise.title_texts(found.grid, found.layout.row) if found else []
        place = Place(result.file, found.grid.name if found else "")
        self._year(result, marks, titles, place)
        self._district(result, marks, values.shown(facts.get("填报单位（盖章）")), place)
        epoch = values.LATER_EPOCH if found and found.grid.date1904 else values.EXCEL_EPOCH
        result.stated = {label: values.shown(raw) for label, raw in facts.items()}
        result.filled_on, result.deadline = (self._fact(result, facts, label, place, partial(values.day, epoch=epoch))
                                             for label in DATED)
        declared = next((fact.label for fact in main.facts if fact.name == NIL), "")
        result.nil = self._fact(result, facts, declared, place, choice_reader(self._law.lists["yes_no"])) == "是"

    def _fact(self, result: Return, facts: dict[str, Value], label: str, place: Place, reader: Reader) -> Any:
        """What is said above the table, read like a cell of it."""
        raw, where = facts.get(label), Place(place.file, place.sheet, "", label)
        if isinstance(raw, str) and unfilled.kind(clean(raw).strip()) and label != FILLED_ON:
            raw = None
        read = reader(raw)
        if read.problem and label in DATED:  # behind an empty declaration stands the sheet's own guide
            result.findings.append(finding(read.problem, where, values.shown(raw)))
        if read.note:
            result.normalised.append((where, read.note))
        return read.value

    def _year(self, result: Return, marks: recognise.Marks, titles: list[str], place: Place) -> None:
        result.year = (int(marks.year) if marks.year.isdigit() else None) or recognise.year_in(titles) \
            or recognise.year_in([result.file])
        if result.year is None:
            result.findings.append(finding("F-year-unknown", place))

    def _district(self, result: Return, marks: recognise.Marks, unit: str, place: Place) -> None:
        """The unit's line decides; a template handed out for another district is reported, not believed. What the city fills in is of none."""
        if result.form is not None and not result.form.of_district:
            return
        districts = self._law.lists["districts"]
        by_unit = recognise.district_in(unit, districts)
        by_mark = recognise.district_in(marks.district, districts)
        if by_unit and by_mark and by_unit != by_mark:
            result.findings.append(finding("F-district-differs", place, by_unit, wanted=by_mark))
        result.district = by_unit or by_mark or self._district_by_rows(result) \
            or recognise.district_in(result.file, districts)
        if not result.district:
            result.findings.append(finding("F-district", place))

    def _district_by_rows(self, result: Return) -> str:
        main = result.sheets[0].name
        named = {record["推荐区县"] for record in result.records(main)} - {None}
        return named.pop() if len(named) == 1 else ""


def _headers(read: TableRead, layout: Layout) -> Iterator[Finding]:
    """What is wrong with the headers of a table."""
    sheet, place = read.table.sheet, Place(read.table.file, read.table.name)
    for header in layout.missing:
        near = layout.near.get(header)
        yield finding("F-column-near" if near else "F-column-missing", place, header, sheet.by_header[header].clause, near=near)
    for header in layout.twice:
        yield finding("F-column-twice", place, header)


def _name_studios(records: list[Record], law: Regulation) -> None:
    """The name an application's locked cell would show, where the file carries no computed value for it (R09-3)."""
    for record in records:
        leader, typed = record["领办人"], record["职业(工种)"]
        if leader and typed and not record["工作室名称"]:
            name, _, _ = typed.replace("（", "(").partition("(")
            record.values["工作室名称"] = f"{leader}{name}{law.facts['studio_suffix']}"


def _refuse(result: Return, found: Finding) -> Return:
    result.findings.append(found)
    result.refused = found.message
    return result
