"""A changed, removed or moved line of the 操作日志 shows."""

from datetime import datetime

import pytest

from toolkit.ledger import oplog

AT = datetime(2024, 5, 6, 9, 30, 15)


def lines(count: int) -> list[list]:
    made = []
    for number in range(count):
        made.append(list(oplog.line(made[-1] if made else None, AT, operation="合并", operator="王姐",
                                    target="台账", summary=f"新增 {number} 行")))
    return made


def test_a_line_has_the_columns_of_the_sheet():
    first, second = lines(2)
    assert first[:6] == [1, "2024-05-06 09:30:15", "合并", "王姐", "台账", "新增 0 行"]
    assert len(first) == len(oplog.HEADERS)
    assert first[6] == "" and second[6] == first[7] and len(second[7]) == 64


def test_an_untouched_log_is_sound_also_after_excel_retyped_it():
    rows = lines(3)
    assert oplog.verify(rows) == oplog.verify([]) == []
    retyped = [[float(row[0]), datetime.fromisoformat(row[1]), *row[2:6], row[6] or None, row[7]] for row in rows]
    assert oplog.verify(retyped) == []
    assert oplog.line(retyped[-1], AT, operation="合并", operator="", target="", summary="")[0] == 4


def change_summary(rows):
    rows[1][5] = "新增 9 行"


def change_and_rehash(rows):
    rows[1][5] = "新增 9 行"
    rows[1][7] = oplog.chain(rows[1][6], rows[1][:6])


def swap(rows):
    rows[1], rows[2] = rows[2], rows[1]


@pytest.mark.parametrize("tamper, broken", [
    (change_summary, [1]), (change_and_rehash, [2]), (lambda rows: rows.pop(1), [1, 2]), (swap, [1, 2, 3]),
    (lambda rows: rows.pop(0), [0, 1, 2]), (lambda rows: rows[1].pop(), [1, 2]),
    (lambda rows: rows.insert(1, [None] * 8), [1, 2, 3, 4])],
    ids=["改摘要", "改摘要并重算", "删一行", "换行序", "删首行", "缺校验码", "插空行"])
def test_what_was_tampered_with_shows(tamper, broken):
    rows = lines(4)
    tamper(rows)
    assert oplog.verify(rows) == broken


def test_fields_cannot_flow_into_each_other():
    assert oplog.chain("", ["ab", "c"]) != oplog.chain("", ["a", "bc"])
