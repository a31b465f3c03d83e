"""From a workbook as it came to a return: whose it is, its tables as records, and everything wrong with its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from toolkit.forms.model import NIL, Form
from toolkit.forms.recommendation import APPLICATIONS as APPLICATION_SHEET
from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.regulation import Regulation
from toolkit.returns import recognise, sight, values
from toolkit.returns.findings import Place
from toolkit.returns.messages import finding
from toolkit.returns.recognise import Located
from toolkit.returns.records import Record, Return
from toolkit.returns.rows import Reader, RowReader, day_reader
from toolkit.sheets.grid import Book, Value

REASONS_TO_SAY = ("合计行", "说明行", "重复表头", "只有序号的空行", "表外文字行")


class Parser:
    """Reads workbooks as returns of `forms` under one regulation."""

    def __init__(self, law: Regulation, forms: Sequence[Form]):
        self._law = law
        self._forms = forms
        self._rows = RowReader(law)
        self._dropped: Counter[str] = Counter()

    def read(self, book: Book) -> Return:
        """One workbook. Never raises for what a clerk did: findings and `refused` say it."""
        result = Return(book.file, book.sha256)
        result.remarks += book.notes
        marks = recognise.marks(book)
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
        result.remarks += [f"略去{reason}{self._dropped[reason]}行" for reason in REASONS_TO_SAY if self._dropped[reason]]
        self._header_facts(result, form, located, marks)
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
        grid, layout = located.grid, located.layout
        sheet = form.sheet(name)
        place = Place(result.file, grid.name)
        for header in layout.missing:
            clause = sheet.by_header[header].clause
            near = layout.near.get(header)
            code = "F-column-near" if near else "F-column-missing"
            result.findings.append(finding(code, place, header, clause, near=near))
        result.findings += [finding("F-column-twice", place, header) for header in layout.twice]
        read = self._rows.read(result.file, grid, sheet, layout)
        missing = set(layout.missing)
        result.findings += [found for found in read.findings if found.place.field not in missing]
        result.tables[name] = read.table
        self._dropped += read.dropped
        if layout.unknown:
            result.remarks.append(f"“{grid.name}”表有不认识的列，未读取：{'、'.join(layout.unknown)}")
        result.findings += sight.hidden(result.file, grid, layout, [record.row for record in read.table.records])
        if grid.struck or grid.partly_struck:
            result.findings += sight.crossed_out(grid, read.table, recognise.facts(grid, sheet, layout.row))
        if form.id == RECOMMENDATION.id and name == APPLICATION_SHEET.name:
            _name_studios(read.table.records, self._law)
        for record in read.table.records:
            result.normalised += [(record.place(header), note) for header, note in record.notes.items()]

    def _header_facts(self, result: Return, form: Form, located: dict[str, Located], marks: recognise.Marks) -> None:
        main = form.sheets[0]
        found = located.get(main.name)
        facts = recognise.facts(found.grid, main, found.layout.row) if found else {}
        titles = recognise.title_texts(found.grid, found.layout.row) if found else []
        place = Place(result.file, found.grid.name if found else "")
        self._year(result, marks, titles, place)
        self._district(result, marks, values.shown(facts.get("填报单位（盖章）")), place)
        day = day_reader(found is not None and found.grid.date1904)
        result.filled_on = _fact_date(result, facts, "填报日期", place, day)
        result.deadline = _fact_date(result, facts, "申报截止日", place, day)
        declared = next((fact.label for fact in main.facts if fact.name == NIL), "")
        answer = self._law.lists["yes_no"].find(values.half_width(values.shown(facts.get(declared))))
        result.nil = answer is not None and answer.name == "是"

    def _year(self, result: Return, marks: recognise.Marks, titles: list[str], place: Place) -> None:
        result.year = (int(marks.year) if marks.year.isdigit() else None) or recognise.year_in(titles) \
            or recognise.year_in([result.file])
        if result.year is None:
            result.findings.append(finding("F-year-unknown", place))

    def _district(self, result: Return, marks: recognise.Marks, unit: str, place: Place) -> None:
        """The unit's line decides; a template handed out for another district is reported, not believed."""
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
        main = result.form.sheets[0].name
        named = {record["推荐区县"] for record in result.records(main)} - {None}
        return named.pop() if len(named) == 1 else ""


def _fact_date(result: Return, facts: Mapping[str, Value], label: str, place: Place, day: Reader) -> date | None:
    read = day(facts.get(label))
    if read.problem:
        where = Place(place.file, place.sheet, "", label)
        result.findings.append(finding(read.problem, where, values.shown(facts[label])))
    return read.value


def _name_studios(records: list[Record], law: Regulation) -> None:
    """The name an application's locked cell would show, where the file carries no computed value for it (R09-3)."""
    for record in records:
        leader, typed = record["领办人"], record["职业(工种)"]
        if leader and typed and not record["工作室名称"]:
            name, _, _ = typed.replace("（", "(").partition("(")
            record.values["工作室名称"] = f"{leader}{name}{law.facts['studio_suffix']}"


def _refuse(result: Return, found) -> Return:
    result.findings.append(found)
    result.refused = found.message
    return result

