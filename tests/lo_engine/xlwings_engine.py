"""The xlwings engine: `install(port)` makes LibreOffice the office that xlwings talks to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import xlwings
from xlwings import base_classes

from tests.lo_engine import bridge
from tests.lo_engine.answers import Answers
from tests.lo_engine.application import Application
from tests.lo_engine.blocks import ERRORS
from tests.lo_engine.xlwings_books import Book, Books, Sheet
from tests.lo_engine.xlwings_ranges import Range, member

NAME = "libreoffice"
_ERROR_TEXTS = {ERRORS[532]: "#DIV/0!", ERRORS[32767]: "#N/A", ERRORS[525]: "#NAME?", ERRORS[521]: "#NULL!",
                ERRORS[503]: "#NUM!", ERRORS[504]: "#REF!", ERRORS[502]: "#VALUE!"}
_CALCULATION = {"automatic": -4105, "manual": -4135}


def install(port: int, answers: Answers | None = None) -> xlwings.App:
    """Make the LibreOffice on a loopback port the active xlwings engine; returns its app.

    Dialogs are answered from `answers`, by default those that the environment names.
    """
    return install_over(Application(bridge.connect(port), answers or Answers.from_environment()))


def install_over(application: Any) -> xlwings.App:
    """Make an object model's Application the office that xlwings talks to; returns its app."""
    engine = xlwings.Engine(impl=Engine(application))
    xlwings.engines.add(engine)
    engine.activate()
    return engine.apps[1]


class Engine:
    """What xlwings asks of an engine: apps, and how values go in and out."""

    name, type = NAME, "desktop"

    def __init__(self, application: Any) -> None:
        self.apps = Apps(self, application)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        if value is None or value != value:
            return ""
        return value.item() if hasattr(value, "item") else value

    @staticmethod
    def clean_value_data(data: Iterable[Iterable[Any]], datetime_builder: Callable, empty_as: Any,
                         number_builder: Callable | None, err_to_str: bool) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty_as
            if isinstance(value, datetime):
                return datetime_builder(year=value.year, month=value.month, day=value.day, hour=value.hour,
                                        minute=value.minute, second=value.second, microsecond=value.microsecond,
                                        tzinfo=None)
            if number_builder is not None and isinstance(value, float):
                return number_builder(value)
            if type(value) is int:
                return _ERROR_TEXTS[value] if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    """The one running office."""

    def __init__(self, engine: Engine, application: Any) -> None:
        self._app = App(engine, application)

    def keys(self) -> list[int]:
        return [self._app.pid]

    def __iter__(self) -> Any:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        return self._app

    def add(self, **_: Any) -> App:
        return self._app


class App(base_classes.App):
    """The running office."""

    pid = 1

    def __init__(self, engine: Engine, application: Any) -> None:
        self._engine = engine
        self._api = application

    api = property(lambda self: self._api)
    engine = property(lambda self: self._engine)
    answers = property(lambda self: self._api._answers,
                       lambda self, value: setattr(self._api, "_answers", value),
                       doc="What the clerk answers; tests replace it and read its record.")
    status_texts = property(lambda self: self._api._states.setdefault("StatusBarTexts", []),
                            doc="Everything the status bar has shown.")
    hwnd = property(lambda self: 1)
    version = property(lambda self: self.api.Version)
    books = property(lambda self: Books(self))
    screen_updating, display_alerts = member("ScreenUpdating"), member("DisplayAlerts")
    enable_events, interactive, status_bar = member("EnableEvents"), member("Interactive"), member("StatusBar")
    calculation = property(
        lambda self: next(name for name, number in _CALCULATION.items() if number == self.api.Calculation),
        lambda self, name: setattr(self.api, "Calculation", _CALCULATION[name]))

    @property
    def selection(self) -> Range | None:
        chosen = self.api.Selection
        return chosen and Range(Sheet(Book(self, chosen.Worksheet.Parent), chosen.Worksheet), chosen)

    def activate(self, steal_focus: bool = False) -> None:
        self.api.ActiveWorkbook.Activate()

    def calculate(self) -> None:
        self.api.Calculate()

    def alert(self, prompt: str | None, title: str | None, buttons: str | None, mode: str | None,
              callback: Any) -> str:
        return self.answers.alert(prompt or "", title or "", buttons)
