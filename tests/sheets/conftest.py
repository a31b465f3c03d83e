"""Workbooks opened in the office that stands for Excel."""

from pathlib import Path

import pytest

from toolkit.sheets.excel import snapshot
from toolkit.sheets.live import OpenBook


class Live:
    """Opens workbooks; `book` is xlwings' own view of the last one."""

    def __init__(self, app) -> None:
        self.app = app
        self.book = None

    def open(self, path: Path) -> OpenBook:
        """Open a file, or take the one that is open."""
        self.book = next((book for book in self.app.books if book.name == path.name), None) or self.app.books.open(path)
        return OpenBook(self.book)

    def new(self) -> OpenBook:
        """A workbook that was never saved."""
        self.book = self.app.books.add()
        return OpenBook(self.book)

    @property
    def answers(self):
        return self.app.impl.answers


@pytest.fixture
def live(excel):
    return Live(excel)


@pytest.fixture(params=["副本", "逐处问"])
def either(request, monkeypatch):
    """Both ways to see what is on the screen: by a copy that Excel writes, and by asking Excel where there is none."""
    if request.param == "逐处问":
        monkeypatch.setattr(snapshot, "taken", lambda *_: None)
    return request.param
