"""How cells of an .xlsx look, as far as it changes what they say: crossed-out text, telling number formats, dates.

Works on rows in the plain spelling (see `xlsx`); a workbook without such styles costs a look at its style sheet.
Source: ECMA-376 Part 1, 18.8 (styles), 18.4 (shared strings), 18.17.4.1 (dates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from toolkit.sheets.grid import from_a1
from toolkit.sheets.scans import xml_parts
from toolkit.sheets.scans.cell_formats import CellAddress, CellFormats, Crossing, note_crossed
from toolkit.sheets.scans.extents import TOO_NARROW, SheetFacts

_TAG = rb"<(?:\w+:)?%s\b"
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_XF, _FORMAT = re.compile(_TAG % b"xf" + rb"[^>]*>"), re.compile(_TAG % b"numFmt" + rb"[^>]*>")
_FONT = re.compile(_TAG % b"font" + rb"(?:[^>]*/>|[^>]*>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_STRIKE = re.compile(_TAG % b"strike" + rb"(?![^>]*val\s*=\s*[\"'](?:0|false|off)[\"'])[^>]*>")
_STRING = re.compile(_TAG % b"si" + rb"(?:[^>]*/>|[^>]*>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN = re.compile(_TAG % b"r" + rb"[^>]*>(.*?)</(?:\w+:)?r>", re.DOTALL)
_RUN_TEXT = re.compile(_TAG % b"t" + rb"[^>]*>([^<]*)<")
_ADDRESS = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>')
_INLINE = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*[^/>]>((?:(?!</c>).)*?strike.*?)</c>', re.DOTALL)
_NEGATIVE = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>-')
_FRACTION = rb"[^>]*+>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>[^<.E]*[.E]"
_MANY = 60  # styles that are not looked for one by one
_LONGEST_TAG = 500  # bytes; beyond lies another cell
_STYLE = re.compile(rb' s="([0-9]+)"')

class StyleSheet(CellFormats):
    """styles.xml."""

    def __init__(self, part: bytes) -> None:
        self.fonts = [_STRIKE.search(font) is not None for font in _FONT.findall(_section(part, b"fonts"))
                      ] if _mentions_strike(part) else []
        tags = map(xml_parts.attributes, _FORMAT.findall(_section(part, b"numFmts")))
        self.codes = {_number(marks.get("numFmtId")): xml_parts.text(marks.get("formatCode", "").encode()) for marks in tags}
        self.formats = list(map(_font_and_code, _XF.findall(_section(part, b"cellXfs"))))


@lru_cache(maxsize=4096)
def _font_and_code(tag: bytes) -> tuple[int, int]:
    marks = xml_parts.attributes(tag)
    return _number(marks.get("fontId")), _number(marks.get("numFmtId"))


class SharedParts:
    """What the sheets of one workbook share: styles, strings, the date system."""

    def __init__(self, strings: bytes = b"", styles: bytes = b"", date1904: bool = False) -> None:
        self.strings, self.styles, self.date1904 = strings, StyleSheet(styles), date1904

    @cached_property
    def string_count(self) -> int:
        """How many shared strings there are."""
        return len(_STRING.findall(self.strings))

    @cached_property
    def struck_strings(self) -> Mapping[int, Crossing]:
        """Shared strings with crossed-out text."""
        if not _mentions_strike(self.strings):
            return {}
        return {number: _crossed(string) for number, string in enumerate(_STRING.findall(self.strings)) if _STRIKE.search(string)}


def note(data: bytes, shared: SharedParts, facts: SheetFacts) -> None:
    """Note in `facts` which cells are crossed out, wholly or partly, have a telling number format, or are no real date."""
    styles = shared.styles
    for place, style in _styled(data, styles):
        styles.note(style, place, facts)
    if shared.struck_strings:
        for place, number in _shared(data, shared.struck_strings.keys()):
            note_crossed(shared.struck_strings[number], place, facts)
    if _mentions_strike(data):
        for address, content in _INLINE.findall(data):
            note_crossed(_crossed(content), from_a1(address.decode()), facts)
    if b"<v>-" in data and not shared.date1904:
        for address, marks in _NEGATIVE.findall(data):
            said = _STYLE.search(marks)
            if said and int(said[1]) in styles.dates:
                facts.instead[from_a1(address.decode())] = TOO_NARROW


def _mentions_strike(part: bytes) -> bool:
    return b"k" in part and b"strike" in part  # one byte is found ten times as fast as six


def _section(part: bytes, name: bytes) -> bytes:
    """What stands inside the one element `name`."""
    found = re.search(_TAG % name + rb"[^>]*[^/>]?>(.*?)</(?:\w+:)?" + name + rb"\s*>", part, re.DOTALL)
    if found is None:
        return b""
    return _COMMENT.sub(b"", found[1]) if b"<!--" in found[1] else found[1]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _crossed(string: bytes) -> Crossing:
    runs = [run for run in _RUN.findall(string) if b"".join(_RUN_TEXT.findall(run)).strip()]
    return tuple(_STRIKE.search(run) is not None if b"rPr" in run else None for run in runs)


def _styled(data: bytes, styles: CellFormats) -> Iterator[tuple[CellAddress, int]]:
    """The cells with a style that says something; those where whole numbers look like themselves only with another number.

    In one search: a register of many years has a million cells.
    """
    wanted = styles.struck | styles.unusual.keys()
    if not wanted:
        return
    pattern = rb'(?:[0-9]+)"'
    if len(wanted) < _MANY:
        one_of = [b"|".join(b"%d" % number for number in sorted(some)) for some in (wanted - styles.rounding, styles.rounding)]
        pattern = b"|".join(rb'(?:%s)"%s' % (some, more) for some, more in zip(one_of, (b"", _FRACTION), strict=True) if some)
    for found in re.finditer(rb' s="(?=([0-9]+))(?:' + pattern + b")", data):
        place = opening(data, found.start())
        if place and int(found[1]) in wanted:
            yield from_a1(place[1].decode()), int(found[1])


def _shared(data: bytes, strings: Iterable[int]) -> Iterator[tuple[CellAddress, int]]:
    numbers = b"|".join(b"%d" % number for number in strings)
    for found in re.finditer(rb"<v>(" + numbers + rb")</v>", data):
        place = opening(data, found.start())
        if place and b't="s"' in place[2]:
            yield from_a1(place[1].decode()), int(found[1])


def opening(data: bytes, at: int) -> re.Match[bytes] | None:
    """The opening tag of the cell that `at` lies in, its tag included: (address, other attributes); None for a row's own tag."""
    start = data.rfind(b"<c ", max(at - _LONGEST_TAG, 0), at)
    return _ADDRESS.match(data, start) if start >= 0 and data.find(b"<row", start, at) < 0 else None
