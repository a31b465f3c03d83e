"""From the command to its answer: `check` on one 30-row return beside bare Python; and what a click loads before anything else."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from benchmarks import corpus

RUNS = 15
WANTED = 10
CLICK = "import xlwings.utils; import toolkit.buttons; import toolkit.sheets.live"
"""What xlwings' macro runs first, and what a button loads then."""


def seconds(*arguments: str) -> float:
    """Wall time of one Python process that finds its modules compiled, as after any installation."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    settings["PYTHONPYCACHEPREFIX"] = str(corpus.FOLDER / "compiled")
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=settings, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit("校验没有完成")
    return time.perf_counter() - began


def main() -> None:
    """Interleaved runs, the first one (which compiles) left out; medians and their ratio."""
    path = corpus.returns(1, corpus.LARGE)[0]
    pairs = [(seconds("-c", "pass"), seconds("-m", "toolkit", "check", str(path), "--json")) for _ in range(RUNS + 1)]
    bare, check = (statistics.median(column) * 1000 for column in zip(*pairs[1:], strict=True))
    print(f"校验一份30件申报（165行）的报表：{check:.0f} 毫秒；空跑 Python：{bare:.0f} 毫秒；比值 {check / bare:.1f}（要求不超过 {WANTED}）")
    starts = [(seconds("-c", CLICK), seconds("-c", f"import toolkit.sheets.lean_xlwings; {CLICK}")) for _ in range(RUNS + 1)]
    whole, lean = (statistics.median(column) * 1000 for column in zip(*starts[1:], strict=True))
    print(f"点一次按钮，载入 xlwings 和工具箱：{lean:.0f} 毫秒；连同 pandas 载入：{whole:.0f} 毫秒")


if __name__ == "__main__":
    main()
