"""From the command to its answer: `check` on one 30-row return beside bare Python."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from benchmarks import corpus

RUNS = 15


def seconds(*arguments: str) -> float:
    """Wall time of one Python process."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def main() -> None:
    """Interleaved runs; medians and their ratio."""
    path = corpus.returns(1, corpus.LARGE)[0]
    pairs = [(seconds("-c", "pass"), seconds("-m", "toolkit", "check", str(path), "--json")) for _ in range(RUNS)]
    bare, check = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"校验一份30件申报（165行）的报表：{check * 1000:.0f} 毫秒；空跑 Python：{bare * 1000:.0f} 毫秒；比值 {check / bare:.1f}")


if __name__ == "__main__":
    main()
