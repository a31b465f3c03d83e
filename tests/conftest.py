"""What all tests share: steady property tests, and one demonstration run once — the whole road on real files."""

import shutil
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

from tests.lo_engine.fixtures import excel, office  # noqa: F401 - fixtures
from toolkit.demo.demo import demo
from toolkit.jobs.keeping import ARCHIVE, BACKUPS

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

NOW = datetime(2026, 11, 20, 9, 30)
SINCE_REVIEW = 6
"""How often the demonstration wrote its ledger since the review: 公示, two objections entered and decided on, 命名."""
SINCE_FIRST_MERGE = SINCE_REVIEW + 4
"""… since the districts' first returns: also 年度安排, 催报函, the late return, the review."""


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "演示"
    lines = list(demo(folder, NOW))
    return SimpleNamespace(folder=folder, lines=lines, returns=folder / "区县报表_2026", ledger=folder / "工作室管理台账.xlsm",
                           out=folder / "合并结果", documents=folder / "公文")


def without_ledger(place):
    """There is no ledger, and nothing of an earlier one."""
    place.ledger.unlink()
    for name in (BACKUPS, ARCHIVE):
        shutil.rmtree(place.folder / name)


@pytest.fixture
def copy(finished_demo, tmp_path):
    """The finished demonstration, to be changed."""
    folder = Path(shutil.copytree(finished_demo.folder, tmp_path / "演示"))
    return SimpleNamespace(folder=folder, returns=folder / "区县报表_2026", ledger=folder / "工作室管理台账.xlsm",
                           out=folder / "合并结果", documents=folder / "公文")
