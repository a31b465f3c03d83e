"""附件2 on 2,000 random sets of inputs: Python, ironcalc and LibreOffice agree on every cell, and what each takes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.regulation import engines
from toolkit.regulation.rubric import load

SETS = 2000
SEED = 20230828


def main() -> None:
    """Print milliseconds a set by engine; end with an error where two engines part."""
    rubric = load()
    sets = engines.random_sets(rubric, SETS, SEED)
    print(f"附件2评分：{SETS} 组随机输入，每组 {len(rubric.cells)} 个公式")
    with tempfile.TemporaryDirectory() as folder:
        path = engines.workbook(rubric, sets, Path(folder) / "sets.xlsx")
        out = Path(folder) / "recalculated"
        out.mkdir()
        python = _timed("Python", lambda: engines.by_python(rubric, sets))
        for name, other in (("ironcalc（含读文件）", _timed("ironcalc（含读文件）", lambda: engines.by_ironcalc(rubric, path, SETS))),
                            ("LibreOffice（含启动、转换）",
                             _timed("LibreOffice（含启动、转换）", lambda: engines.by_libreoffice(rubric, path, out, SETS)))):
            found = engines.differences(python, other)
            print(f"{name}与 Python 不一致：{len(found)} 处，共比较 {SETS * len(rubric.cells)} 处")
            if found:
                raise SystemExit(f"第一处：{found[0]}")


def _timed(name: str, run: Callable[[], list]) -> list:
    began = time.perf_counter()
    results = run()
    print(f"{name:24}{(time.perf_counter() - began) * 1000 / len(results):8.2f} 毫秒/组")
    return results


if __name__ == "__main__":
    main()
