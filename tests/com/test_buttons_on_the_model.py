"""The buttons' tests again, on the stand-in for Excel instead of LibreOffice: what runs under Wine through COM runs here, quickly."""

import pytest

from tests.com.every_button import *  # noqa: F403 - the tests themselves
from tests.com.model.application import Application
from tests.lo_engine.answers import Answers
from tests.lo_engine.xlwings_engine import install_over
from tests.test_buttons import *  # noqa: F403 - the tests themselves
from tests.test_buttons import desk, two_ledgers, wrong_return  # noqa: F401 - their fixtures


@pytest.fixture
def excel():
    """The stand-in as an `xlwings.App`, with the same members as LibreOffice's."""
    app = install_over(Application(Answers()))
    yield app
    for book in list(app.books):
        book.close()
