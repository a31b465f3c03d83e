"""xlwings without pandas: imported before anything else of xlwings, it loads it in a quarter of the time.

xlwings loads pandas and its like wherever they are installed, to hand tables over in their shapes; buttons hand over plain
lists. Once xlwings is loaded, whoever wants pandas itself gets it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

KEPT_OUT = ("numpy", "pandas", "polars", "matplotlib", "plotly", "PIL")


class _Refusal:
    """An importer that says of some modules that they are not installed."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> None:
        if name.partition(".")[0] in KEPT_OUT:
            raise ModuleNotFoundError(f"{name} is kept out while xlwings is loaded", name=name)


def load() -> None:
    """Load xlwings; afterwards the modules that were kept out can be imported as ever."""
    refusal = _Refusal()
    sys.meta_path.insert(0, refusal)
    try:
        import_module("xlwings")
    finally:
        sys.meta_path.remove(refusal)


load()
