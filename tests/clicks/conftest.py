"""One screen, one office for all clicks of a test run."""

import os
import shutil
from pathlib import Path

import pytest

from tests.clicks.desk import Desk
from tests.clicks.display import Display

PICTURES = Path(os.environ.get("CLICK_PICTURES", Path(__file__).parents[2] / ".cache" / "clicks"))


@pytest.fixture(scope="session")
def desk_of_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clicks")
    with Display() as display:
        desk = Desk(display, folder)
        try:
            yield desk
        finally:
            desk.close()
            if desk.pictures.is_dir():
                shutil.copytree(desk.pictures, PICTURES, dirs_exist_ok=True)


@pytest.fixture
def desk(desk_of_run):
    """The screen with nothing open and Python installed."""
    yield desk_of_run
    desk_of_run.photograph("最后一屏")
    desk_of_run.clear()
