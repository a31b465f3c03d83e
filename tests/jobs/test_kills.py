"""A kill at any moment of a merge leaves the old ledger or the new one, and the next merge finishes the work."""

import random
import signal
import subprocess
import sys
import time
from datetime import date

from toolkit.regulation import in_force
from toolkit.workbooks import ledger

KILLS = 12
LAW = in_force(date(2026, 11, 20))


def start(copy):
    return subprocess.Popen([sys.executable, "-m", "toolkit", "merge", str(copy.returns), "--year", "2026", "--ledger",
                             str(copy.ledger), "--out", str(copy.out), "--json"], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def test_real_kills(copy):
    copy.ledger.unlink()
    began = time.monotonic()
    assert start(copy).wait() == 1
    whole = time.monotonic() - began
    finished = len(ledger.load(copy.ledger, LAW).standing.records("申报批次"))
    chance = random.Random(7)
    seen = set()
    for number in range(KILLS):
        copy.ledger.unlink(missing_ok=True)
        process = start(copy)
        time.sleep(whole * (0.35 + 0.65 * (number + chance.random()) / KILLS))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if copy.ledger.exists():
            assert len(ledger.load(copy.ledger, LAW).standing.records("申报批次")) == finished
        seen.add(copy.ledger.exists())
    assert start(copy).wait() == 1
    assert len(ledger.load(copy.ledger, LAW).standing.records("申报批次")) == finished
    assert seen == {True, False}, "kills fell before and after the write"
