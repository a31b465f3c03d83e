"""The buttons' tests again, through xlwings' own Windows engine: found by the window's handle, spoken to by COM. Windows only."""

import sys

import pytest
import pywintypes  # noqa: F401 - before win32api, which does not find its library otherwise
import win32api
import xlwings as xw
from xlwings import _xlwindows

from tests.com import gateway
from tests.com.desktop import Desktop
from tests.com.every_button import *  # noqa: F403 - the tests themselves
from tests.com.model.application import Application
from tests.lo_engine.answers import Answers
from tests.test_buttons import *  # noqa: F403 - the tests themselves
from tests.test_buttons import Desk, two_ledgers, wrong_return  # noqa: F401 - their fixtures

_CHOICES = {0: "ok", 1: "ok_cancel", 3: "yes_no_cancel", 4: "yes_no"}
_PRESSED = {"ok": 1, "cancel": 2, "yes": 6, "no": 7}


class ClerksApp(_xlwindows.App):
    """xlwings' own app, and the clerk at it."""

    answers = property(lambda self: self.application._answers,
                       lambda self, answers: setattr(self.application, "_answers", answers))


class ComDesk(Desk):
    """Presses buttons as xlwings' macro does: Python is told the workbook's name and the window's handle, nothing else."""

    def open(self, path):
        self.book = self._app.books.open(str(path))
        return self

    def press(self, button, *alerts, folders=()):
        sys.argv[1:] = [f"--wb={self.book.name}", "--from_xl=1", "--app=Excel", f"--hwnd={self._app.hwnd}"]
        return super().press(button, *alerts, folders=folders)


@pytest.fixture(scope="module")
def window():
    """Excel's window, once for all tests here; `running` is the Excel behind it."""
    running = []
    desktop = Desktop(lambda: running[-1].ActiveWindow)
    yield desktop.handle, running
    desktop.close()


@pytest.fixture
def excel(window, monkeypatch):
    """The stand-in as xlwings sees Excel on Windows."""
    handle, running = window
    application = Application(Answers(), handle)
    running.append(application)
    monkeypatch.setattr(sys, "argv", sys.argv[:1])
    monkeypatch.setattr(win32api, "MessageBox", lambda _, text, title, style: _PRESSED[
        application._answers.alert(text, title, _CHOICES[style & 0xF])])
    impl = ClerksApp(xl=_xlwindows.COMRetryObjectWrapper(_xlwindows.Dispatch(gateway.com(application))))
    impl.application = application
    yield xw.App(impl=impl)
    for book in list(application.books):
        book.Close()
    assert not gateway.faults, gateway.faults.pop()


@pytest.fixture
def desk(excel):
    return ComDesk(excel)
