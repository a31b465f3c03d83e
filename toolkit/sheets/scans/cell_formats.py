"""The cell formats of a workbook, as far as they change what cells say: crossed-out text, telling number formats, dates.

Excel keeps fonts, number formats and cell formats (a font, a number format, …) in numbered lists in every file format of its.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from toolkit.sheets import number_formats
from toolkit.sheets.scans.extents import SheetFacts

# Number formats that every workbook has without naming them: whole numbers; dates, East Asian ones included.
# Source: ECMA-376 Part 1, 18.8.30.
_WHOLE_NUMBERS = {1: "0", 3: "#,##0", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 41: "#,##0", 42: "#,##0"}
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))

CellAddress = tuple[int, int]
"""Zero-based row and column."""
Run = tuple[int, int]
"""A stretch of formatted text: its first character, the number of its font."""
Crossing = tuple[bool | None, ...]
"""Whether the stretches of a text are crossed out, None where one looks as its cell does. Blank ones do not count."""


class CellFormats:
    """Cell formats by their number. `fonts`: whether each crosses out; `codes`: number formats by their number; `formats`:
    each cell format's font and number format."""

    fonts: Sequence[bool] = ()
    codes: Mapping[int, str] = {}
    formats: Sequence[tuple[int, int]] = ()

    def is_struck(self, font: int) -> bool:
        """Whether the font of that number crosses out."""
        return font < len(self.fonts) and self.fonts[font]

    @cached_property
    def struck(self) -> frozenset[int]:
        """The cell formats that cross text out."""
        if not any(self.fonts):
            return frozenset()
        return frozenset(number for number, (font, _) in enumerate(self.formats) if self.is_struck(font))

    @cached_property
    def unusual(self) -> Mapping[int, str]:
        """The cell formats whose number format may show something else than the value, with its code."""
        codes = {key: code for key, code in (_WHOLE_NUMBERS | dict(self.codes)).items() if number_formats.unusual(code)}
        return {number: codes[key] for number, (_, key) in enumerate(self.formats) if key in codes}

    @cached_property
    def rounding(self) -> frozenset[int]:
        """The unusual ones in which whole numbers look like themselves: years and counts mostly."""
        return frozenset(number for number, code in self.unusual.items() if number_formats.rounds_only(code)) - self.struck

    @cached_property
    def dates(self) -> frozenset[int]:
        """The cell formats that show numbers as dates, times or durations."""
        codes = {key for key, code in self.codes.items() if number_formats.is_date(code)} | (_DATES - self.codes.keys())
        return frozenset(number for number, (_, key) in enumerate(self.formats) if key in codes)

    def note(self, number: int, place: CellAddress, facts: SheetFacts) -> None:
        """Note how a cell of that format looks."""
        if number in self.struck:
            facts.struck.add(place)
        if number in self.unusual:
            facts.formats[place] = self.unusual[number]


def crossed(text: str, runs: Sequence[Run], is_struck: Callable[[int], bool]) -> Crossing:
    """Of a text in runs: what stands before the first one looks as its cell does."""
    stretches = [(0, None), *((first, is_struck(font)) for first, font in runs)]
    ends = [first for first, _ in stretches[1:]] + [len(text)]
    return tuple(struck for (first, struck), end in zip(stretches, ends, strict=True) if text[first:end].strip())


def note_crossed(states: Crossing, place: CellAddress, facts: SheetFacts) -> None:
    """Note a cell whose text has looks of its own; how its cell looks must have been noted before."""
    if not states:
        return
    own = place in facts.struck
    facts.struck.discard(place)
    struck = [own if state is None else state for state in states]
    if all(struck):
        facts.struck.add(place)
    elif any(struck):
        facts.partly_struck.add(place)
