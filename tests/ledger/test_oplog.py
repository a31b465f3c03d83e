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


# ---- 归档里的校验码 ----

def witness(rows, ledger="台账.xlsm"):
    return oplog.witness_of("".join(f"{oplog.witness_line(ledger, row)}\n" for row in rows))


def rechained(rows, start=0):
    """The lines anew from `start` on, as somebody who knows how would forge them."""
    made = rows[:start]
    for row in rows[start:]:
        made.append(list(oplog.line(made[-1] if made else None, AT, operation=row[2], operator=row[3], target=row[4], summary="改过")))
    return made


@pytest.mark.parametrize("forged, broken, lost", [
    (lambda rows: rows, [], 0), (lambda rows: rows[:3], [], 1), (lambda rows: rows[:1], [], 3), (lambda rows: [], [], 4),
    (lambda rows: rechained(rows), [0, 1, 2, 3], 0), (lambda rows: rechained(rows, 2), [2, 3], 0),
    (lambda rows: rechained(rows, 3), [3], 0), (lambda rows: [*rows, oplog.line(rows[-1], AT, operation="假", operator="", target="", summary="")], [4], 0)],
    ids=["没有动", "少一行", "只剩一行", "清空", "整个重做", "后半重做", "末行重做", "添一行"])
def test_what_the_chain_alone_cannot_show_shows_by_the_codes_kept_elsewhere(forged, broken, lost):
    rows = lines(4)
    kept = witness(rows)
    now = forged(rows)
    assert oplog.verify(now, kept) == broken and len(oplog.missing(now, kept)) == lost


def test_an_undone_operation_is_not_missing():
    rows = lines(3)
    undoing = oplog.line(rows[1], AT, operation="撤销上一步", operator="", target="", summary="")
    assert not oplog.missing([*rows[:2], undoing], witness([*rows, undoing]))
    assert not oplog.verify([*rows[:2], undoing], witness([*rows, undoing]))


def test_a_log_older_than_its_witness_is_sound():
    rows = lines(5)
    assert oplog.verify(rows, witness(rows[3:])) == [] and oplog.missing(rows, witness(rows[3:])) == []


def test_ledgers_that_share_a_folder_do_not_accuse_each_other():
    mine, other = lines(2), rechained(lines(3))
    kept = [*witness(other, "另一本.xlsm"), *witness(mine)]
    assert oplog.of_ledger("台账.xlsm", mine, kept) == witness(mine)
    assert oplog.of_ledger("改名.xlsm", mine, kept) == witness(mine), "renamed, and known by its codes"
    assert oplog.of_ledger("新的.xlsm", [], kept) == []


def test_a_line_of_the_witness_that_a_power_cut_left_short_is_passed_over():
    row, = lines(1)
    whole = oplog.witness_line("台账.xlsm", row)
    assert oplog.witness_of(f"{whole[:40]}\n{whole}\n") == witness([row])
