"""A kill at any moment of a merge leaves the old ledger or the new one, and the next merge finishes the work."""

import random
import signal
import subprocess
import sys
import time
from datetime import date, datetime

from tests.conftest import without_ledger
from toolkit.jobs import merge as merging
from toolkit.pages import register
from toolkit.regulation import in_force

KILLS = 14
LAW = in_force(date(2026, 11, 20))


def start(copy):
    return subprocess.Popen([sys.executable, "-m", "toolkit", "merge", str(copy.returns), "--year", "2026", "--ledger",
                             str(copy.ledger), "--out", str(copy.out), "--json"], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def applications(copy):
    return len(register.load(copy.ledger, LAW).standing.records("申报批次"))


def test_real_kills(copy):
    """The old ledger lacks one district; every kill leaves it byte for byte, or leaves the whole new one."""
    without_ledger(copy)
    late = next(copy.returns.glob("米东区*"))
    kept = late.read_bytes()
    late.unlink()
    merging.merge(merging.order_for(copy.returns, 2026, ledger=copy.ledger, out=copy.out), datetime(2026, 11, 20, 9))
    late.write_bytes(kept)
    old, before = copy.ledger.read_bytes(), applications(copy)

    began, process = time.monotonic(), start(copy)
    while copy.ledger.read_bytes() == old:
        time.sleep(0.005)
    written = time.monotonic() - began
    process.wait()
    new = applications(copy)
    assert new == before + 4

    chance, seen = random.Random(7), set()
    for number in range(KILLS):
        copy.ledger.write_bytes(old)
        process = start(copy)
        time.sleep(written * (0.8 + 0.5 * (number + chance.random()) / KILLS))
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen.add(copy.ledger.read_bytes() == old)
        assert applications(copy) == (before if copy.ledger.read_bytes() == old else new)
    assert seen == {True, False}, "kills fell before and after the write"
    copy.ledger.write_bytes(old)
    assert start(copy).wait() == 1
    assert applications(copy) == new
