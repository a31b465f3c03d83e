"""Fixtures for tests that need an open workbook; imported by tests/conftest.py."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A headless LibreOffice of this test process, as xlwings' active app."""
    from tests.lo_engine.soffice import Soffice
    from tests.lo_engine.xlwings_engine import install

    with Soffice(tmp_path_factory.mktemp("office")) as running:
        yield install(running.port)


@pytest.fixture
def excel(office):
    """The running office as an `xlwings.App` with no workbook open and nothing prepared to answer.

    `excel.books.open(path)` opens one; prepare dialogs by `excel.impl.answers = Answers(alerts=("yes",))` and read
    `excel.impl.answers.record`. Workbooks left open are closed unsaved.
    """
    from tests.lo_engine.answers import Answers

    office.impl.answers = Answers()
    office.impl.status_texts.clear()
    yield office
    for book in list(office.books):
        book.close()
    for state in ("screen_updating", "display_alerts", "enable_events"):
        setattr(office, state, True)
    office.status_bar = False
