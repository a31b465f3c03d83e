"""技能大师工作室 Excel 工具箱：校验、汇总、台账、公文（乌人社规〔2023〕1号）。"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pandas import DataFrame

__version__ = "0.1.0"


def frames(ledger: Path | str) -> dict[str, DataFrame]:
    """The registers of a ledger as pandas tables, for a notebook; see `toolkit.jobs.ledger_frames`."""
    from pathlib import Path

    from toolkit.jobs.ledger_frames import frames as of_ledger

    return of_ledger(Path(ledger))
