"""The printed page of a worksheet."""

from __future__ import annotations

import re
from typing import Any

from tests.lo_engine import areas
from tests.lo_engine.areas import Area
from tests.lo_engine.objects import ComObject

_POINT = 2540 / 72
_PAPERS = {9: (21000, 29700), 8: (29700, 42000)}
_LANDSCAPE = 2
_FIELD = re.compile(r"&([PN])")
_FIELDS = {"P": "PageNumber", "N": "PageCount"}


class PageSetup(ComObject):
    """Orientation, paper, fit, titles and footer; a page style of the sheet's own holds them."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._known: Any = None

    @property
    def _style(self) -> Any:
        if self._known is None:
            self._known = self._own()
        return self._known

    def _own(self) -> Any:
        """The sheet's page style, first made its own where it shares one."""
        sheet, doc = self._sheet._uno, self._sheet._doc
        styles = doc.StyleFamilies.getByName("PageStyles")
        if sum(other.PageStyle == sheet.PageStyle for other in doc.Sheets) > 1:
            name = f"PageStyle_{sheet.Name}"
            if not styles.hasByName(name):
                styles.insertByName(name, doc.createInstance("com.sun.star.style.PageStyle"))
            sheet.PageStyle = name
        return styles.getByName(sheet.PageStyle)

    def _set(self, **values: Any) -> None:
        style = self._style
        for name, value in values.items():
            setattr(style, name, value)

    @property
    def Orientation(self) -> int:
        return _LANDSCAPE if self._style.IsLandscape else 1

    @Orientation.setter
    def Orientation(self, orientation: int) -> None:
        sides = sorted((self._style.Width, self._style.Height), reverse=orientation == _LANDSCAPE)
        self._set(IsLandscape=orientation == _LANDSCAPE, Width=sides[0], Height=sides[1])

    @property
    def PaperSize(self) -> int | None:
        sides = tuple(sorted(round(side, -2) for side in (self._style.Width, self._style.Height)))
        return next((paper for paper, size in _PAPERS.items() if size == sides), None)

    @PaperSize.setter
    def PaperSize(self, paper: int) -> None:
        width, height = sorted(_PAPERS[paper], reverse=self._style.IsLandscape)
        self._set(Width=width, Height=height)

    @property
    def Zoom(self) -> int | bool:
        return self._style.PageScale or False

    @Zoom.setter
    def Zoom(self, percent: int | bool) -> None:
        self._set(PageScale=int(percent))

    FitToPagesWide = property(lambda self: self._style.ScaleToPagesX or False,
                              lambda self, pages: self._set(ScaleToPagesX=int(pages)))
    FitToPagesTall = property(lambda self: self._style.ScaleToPagesY or False,
                              lambda self, pages: self._set(ScaleToPagesY=int(pages)))
    CenterHorizontally = property(lambda self: self._style.CenterHorizontally,
                                  lambda self, value: self._set(CenterHorizontally=bool(value)))
    LeftMargin = property(lambda self: self._style.LeftMargin / _POINT,
                          lambda self, points: self._set(LeftMargin=round(points * _POINT)))
    RightMargin = property(lambda self: self._style.RightMargin / _POINT,
                           lambda self, points: self._set(RightMargin=round(points * _POINT)))
    TopMargin = property(lambda self: self._style.TopMargin / _POINT,
                         lambda self, points: self._set(TopMargin=round(points * _POINT)))
    BottomMargin = property(lambda self: self._style.BottomMargin / _POINT,
                            lambda self, points: self._set(BottomMargin=round(points * _POINT)))

    @property
    def PrintTitleRows(self) -> str:
        sheet = self._sheet._uno
        found = areas.of_uno(sheet.TitleRows)
        return f"${found.row + 1}:${found.last_row + 1}" if sheet.PrintTitleRows else ""

    @PrintTitleRows.setter
    def PrintTitleRows(self, rows: str) -> None:
        sheet = self._sheet._uno
        if rows:
            found = areas.of_text(rows)[0]
            sheet.setTitleRows(sheet.getCellRangeByPosition(0, found.row, 0, found.last_row).RangeAddress)
        sheet.setPrintTitleRows(bool(rows))

    @property
    def PrintArea(self) -> str:
        return ",".join(Area.address(areas.of_uno(area)) for area in self._sheet._uno.PrintAreas)

    @PrintArea.setter
    def PrintArea(self, text: str) -> None:
        sheet = self._sheet._uno
        sheet.setPrintAreas(tuple(sheet.getCellRangeByName(part.replace("$", "")).RangeAddress
                                  for part in text.split(",") if part))

    @property
    def CenterFooter(self) -> str:
        if not self._style.FooterIsOn:
            return ""
        content = self._style.RightPageFooterContent  # its texts live only as long as it is held
        return content.CenterText.getString()

    @CenterFooter.setter
    def CenterFooter(self, text: str) -> None:
        self._set(FooterIsOn=True)
        content = self._style.RightPageFooterContent
        centre = content.CenterText
        centre.setString("")
        for number, part in enumerate(_FIELD.split(text)):
            end = centre.createTextCursor()
            end.gotoEnd(False)
            if number % 2:
                field = self._sheet._doc.createInstance(f"com.sun.star.text.TextField.{_FIELDS[part]}")
                centre.insertTextContent(end, field, False)
            else:
                centre.insertString(end, part, False)
        self._style.RightPageFooterContent = content
