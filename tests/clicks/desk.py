"""A clerk at the screen: opens a workbook, presses its buttons, answers what is asked, reads what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clicks.display import Display, wait_for
from tests.lo_engine.answers import VARIABLE, Answers, log_of
from tests.lo_engine.bridge import settings, url
from tests.lo_engine.soffice import Soffice
from tests.lo_engine.xlwings_engine import install

_HERE = Path(__file__).parent
_ALWAYS_RUN_MACROS = 4
_SECONDS = 120
_MODULE = "xlwings"


@dataclass(frozen=True)
class Button:
    """A button as it stands in an open workbook: sheet, caption, and the macro behind it (`Module.Sub`)."""

    sheet: str
    caption: str
    macro: str


class Desk:
    """LibreOffice on a screen. `folder` takes its profile, its logs and the files that it and the macros share."""

    def __init__(self, display: Display, folder: Path) -> None:
        self.display = display
        self._folder = folder
        self._answers = folder / "answers.json"
        self.pictures = folder / "pictures"
        environment = {**display.environment, "CLICKS_FOLDER": str(folder), "CLICKS_RUNNER": str(_HERE / "run_python.sh"),
                       VARIABLE: str(self._answers), "LOCALAPPDATA": str(folder), "SAL_USE_VCLPLUGIN": "gen"}
        self.pressed: set[str] = set()
        self.install_python(sys.executable)
        self._office = Soffice(folder, (), environment, port_variable="CLICKS_PORT")
        self.app = install(self._office.port, Answers())
        self._doc: Any = None

    def close(self) -> None:
        self._office.stop()

    def install_python(self, interpreter: str) -> None:
        """Where the macros find Python; an empty text for nowhere."""
        (self._folder / "interpreter").write_text(interpreter, encoding="utf-8")

    def cut_off(self, unreachable: bool = True) -> None:
        """Python cannot reach the open workbook, as beside WPS; or it can again."""
        mark = self._folder / "unreachable"
        mark.touch() if unreachable else mark.unlink(missing_ok=True)

    @property
    def handed_over(self) -> Path:
        """Where the macro saves its copy."""
        return self._folder / "skill-master-toolkit" / "handover" / "copy"

    @property
    def log(self) -> str:
        """What Python printed."""
        written = self._folder / "python.log"
        return written.read_text("utf-8") if written.exists() else ""

    @property
    def commands(self) -> list[str]:
        """What macros gave `record_command.sh` to run."""
        written = self._folder / "commands"
        return written.read_text("utf-8").splitlines() if written.exists() else []

    def record_commands(self) -> None:
        """From now on macros' commands are only written down."""
        (self._folder / "commands").unlink(missing_ok=True)
        self.install_python(str(_HERE / "record_command.sh"))

    def open(self, path: Path) -> None:
        """Open a workbook in the window, alone, its macros running and xlwings' module exchanged."""
        self.put_away()
        self.pressed.clear()
        desktop = self.app.impl.api._desktop
        self._doc = desktop.loadComponentFromURL(url(path), "_default", 0, settings(MacroExecutionMode=_ALWAYS_RUN_MACROS))
        library = next(held for held in map(self._doc.BasicLibraries.getByName, self._doc.BasicLibraries.ElementNames)
                       if held.hasByName(_MODULE))
        library.replaceByName(_MODULE, (_HERE / "xlwings.bas").read_text("utf-8"))
        self._doc.CurrentController.Frame.ContainerWindow.IsMaximized = True
        self.app.calculate()

    def put_away(self) -> None:
        """Close what is open, unsaved."""
        for book in list(self.app.books):
            book.close()

    def clear(self) -> None:
        """Nothing open, Python where it was: ready for the next clerk."""
        self.put_away()
        self.cut_off(False)
        self.install_python(sys.executable)

    @property
    def book(self) -> Any:
        """The open workbook, as xlwings sees it."""
        return self.app.books[0]

    def buttons(self) -> list[Button]:
        """All buttons of the open workbook, sheet by sheet."""
        return [Button(sheet.Name, model.Label, macro) for sheet in self._doc.Sheets
                for model, macro in self._models(sheet)]

    def _models(self, sheet: Any) -> Iterator[tuple[Any, str]]:
        for form in sheet.DrawPage.Forms:
            for number in range(form.Count):
                for event in form.getScriptEvents(number):
                    macro = event.ScriptCode.partition(":")[2] or event.ScriptCode
                    yield form.getByIndex(number), ".".join(macro.partition("?")[0].split(".")[-2:])

    def button(self, sheet: str, action: str) -> Button:
        """The button on a sheet behind which an action's macro is."""
        return next(each for each in self.buttons() if each.sheet == sheet and each.macro.endswith(f".Btn_{action}"))

    def click(self, button: Button, alerts: tuple[str, ...] = (), folders: tuple[str, ...] = ()) -> list[dict]:
        """Press a button with the mouse and wait until Python has finished; returns what was asked and told."""
        self._answers.write_text(json.dumps({"alerts": alerts, "folders": folders}), encoding="utf-8")
        asked = log_of(self._answers)
        asked.unlink(missing_ok=True)
        ended = self._folder / "ended"
        ended.unlink(missing_ok=True)
        self.press(button)
        wait_for(ended.exists, _SECONDS, f"“{button.caption}”办完（{self.log[-2000:]}）")
        self._idle()
        return [json.loads(line) for line in asked.read_text("utf-8").splitlines()] if asked.exists() else []

    def press(self, button: Button) -> None:
        """Move the mouse over a button and click."""
        self.display.click(*self._place(button))
        self.pressed.add(button.macro)

    def _place(self, button: Button) -> tuple[int, int]:
        """Where the middle of a button stands on the screen."""
        controller = self._doc.CurrentController
        sheet = self._doc.Sheets.getByName(button.sheet)
        controller.setActiveSheet(sheet)
        shape = next(shape for shape in sheet.DrawPage if getattr(shape, "Control", None) is not None
                     and shape.Control.Label == button.caption)
        self._idle()
        self._scroll_to(sheet, shape)
        context = self._pane(sheet, shape).getControl(shape.Control).AccessibleContext
        point, size = context.getLocationOnScreen(), context.getSize()
        return point.X + size.Width // 2, point.Y + size.Height // 2

    def _scroll_to(self, sheet: Any, shape: Any) -> None:
        """Bring a shape into the window where the page is longer."""
        controller, middle = self._doc.CurrentController, shape.Position.Y + shape.Size.Height // 2
        row = next(number for number in range(1000) if middle < sheet.getCellByPosition(0, number + 1).Position.Y)
        shown = controller.VisibleRange
        if row >= shown.EndRow and controller.Count == 1:
            controller.setFirstVisibleRow(max(0, row - 5))
            self._idle()

    def _pane(self, sheet: Any, shape: Any) -> Any:
        """The part of the window, which frozen rows and columns divide, that shows the middle of a shape."""
        controller = self._doc.CurrentController
        x, y = shape.Position.X + shape.Size.Width // 2, shape.Position.Y + shape.Size.Height // 2
        for pane in map(controller.getByIndex, range(controller.Count)):
            shown = pane.VisibleRange
            cells = sheet.getCellRangeByPosition(shown.StartColumn, shown.StartRow, shown.EndColumn, shown.EndRow)
            if 0 <= x - cells.Position.X <= cells.Size.Width and 0 <= y - cells.Position.Y <= cells.Size.Height:
                return pane
        raise AssertionError(f"“{shape.Control.Label}”没有显示在窗口里")

    def box(self, title: str) -> str:
        """What a message box of this title says, once it is there."""
        wait_for(lambda: self.display.windows(title), _SECONDS, f"提示框“{title}”")
        toolkit = self._toolkit
        boxes = [toolkit.getTopWindow(number).AccessibleContext for number in range(toolkit.getTopWindowCount())]
        return "\n".join(name for context in boxes if context.AccessibleName == title for name in _names(context))

    @property
    def _toolkit(self) -> Any:
        return self.app.impl.api._desktop.CurrentFrame.ContainerWindow.Toolkit

    def _idle(self) -> None:
        """Let the office finish what it is at."""
        self._toolkit.processEventsToIdle()

    def photograph(self, name: str) -> Path:
        """A picture of the screen, once all is drawn."""
        self._idle()
        return self.display.photograph(self.pictures / f"{name}.png")


def _names(context: Any) -> Iterator[str]:
    """The names of everything inside something on the screen."""
    for number in range(context.AccessibleChildCount):
        inside = context.getAccessibleChild(number).AccessibleContext
        yield inside.AccessibleName
        yield from _names(inside)
