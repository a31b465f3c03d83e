"""A ledger with two invented studios and a folder of finished 期满考核评分表, for tests of what is entered from them."""

from datetime import date, datetime

from tests.jobs import assessments
from tests.pages import evidence_sets as made
from tests.returns.make import LAW, id_number
from toolkit import frames
from toolkit.forms.ledger import LEDGER
from toolkit.jobs.merge import merge, order_for
from toolkit.ledger.ledger_rows import ENTERED, FINGERPRINT
from toolkit.pages import register
from toolkit.pages.layout import FIRST_ROW
from toolkit.resources import workbook_template
from toolkit.sheets import edit

NOW = datetime(2026, 8, 1, 9, 0)
NAME, OTHER = "赵一焊工技能大师工作室", "钱二电工技能大师工作室"
FORM = "期满考核评分表"
FINISHED = assessments.finished()
OF_RETURN = ("来源文件", "来源行", "原件校验码", FINGERPRINT, ENTERED)


def studio(name=NAME, number="2024-01", **changes):
    return {"工作室编号": number, "工作室名称": name, "区县": "天山区", "申办单位": "甲机械有限公司", "领办人": name[:2], "身份证号": id_number(date(1980, 5, 20)),
            "状态": "有效", "命名日期": made.FROM, "建设周期起": made.FROM, "建设周期止": made.TO} | changes


class Desk:
    """A ledger, and a folder of assessments beside it."""

    def __init__(self, place):
        self.place, self.ledger = place, place / "工作室管理台账.xlsx"
        self.write(工作室=[studio(), studio(OTHER, "2024-02", 申办单位="乙公司")])

    def write(self, **rows):
        """A new ledger with these rows."""
        self.ledger.write_bytes(workbook_template(LEDGER.name).read_bytes())
        self.append(**rows)

    def append(self, **rows):
        opened = register.load(self.ledger, LAW)
        edits = []
        for sheet, given in rows.items():
            columns = opened.standing.tables[sheet].layout.columns
            first = max(opened.end(sheet), FIRST_ROW)
            edits.append(edit.AppendRows(sheet, first, [{columns[header]: value for header, value in row.items()} for row in given]))
        self.ledger.write_bytes(edit.apply(opened.data, edits))

    def type(self, sheet, row, header, value):
        """Somebody writes into a cell of the ledger; `row` counts from the first one below the header."""
        opened = register.load(self.ledger, LAW)
        table = opened.standing.tables[sheet]
        self.ledger.write_bytes(edit.apply(opened.data, [edit.SetCell(sheet, table.layout.row + 1 + row, table.layout.columns[header], value)]))

    def enter(self, *files, year=2026, dry=False, **settings):
        """Merge these bytes, as a folder of their own."""
        folder = self.place / f"评分表{len(list(self.place.glob('评分表*')))}"
        folder.mkdir()
        for number, data in enumerate(files, 1):
            (folder / f"评分表之{number}.xlsx").write_bytes(data)
        order = order_for(folder, year, ledger=self.ledger, out=self.place / "结果", form=FORM, dry_run=dry, **settings)
        return merge(order, NOW)

    def rows(self, sheet, *headers):
        frame = frames(self.ledger)[sheet]
        return [tuple(None if value is None or value != value else value for value in row)
                for row in frame[list(headers)].astype(object).where(frame[list(headers)].notna(), None).itertuples(index=False)]

    def totals(self, number="2024-01"):
        """带徒数, 取证数, 最近活动日."""
        found = {row[0]: row[1:] for row in self.rows("工作室", "工作室编号", "带徒数", "取证数", "最近活动日")}[number]
        return (*found[:2], found[2].date() if found[2] is not None else None)

    def state(self):
        """The registers, without where their rows come from."""
        tables = frames(self.ledger)
        return {name: sorted(map(repr, tables[name].drop(columns=list(OF_RETURN), errors="ignore").to_dict("records"))) for name in ("学员", "活动", "成果", "经费", "工作室")}
