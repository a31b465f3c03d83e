"""Which studio a row or a return means: by its number, else by a name that only one studio bears or bore (R12-2, R18-1)."""

from __future__ import annotations

from collections import defaultdict

from toolkit.ledger.books import Books
from toolkit.ledger.studios import Studio, studios
from toolkit.regulation import Regulation


class StudioIds:
    """The studios of a ledger by what rows call them. A number that no studio has means none, whatever name stands beside it."""

    def __init__(self, books: Books, law: Regulation) -> None:
        self._numbered: dict[str, Studio] = {}
        self._named: dict[str, list[Studio]] = defaultdict(list)
        for studio in studios(books, law):
            if studio.number:
                self._numbered[studio.number] = studio
            for name in studio.names:
                self._named[name].append(studio)

    def find(self, number: str, name: str) -> Studio | None:
        """The studio of this number; without a number, of this name where there is just one."""
        if number:
            return self._numbered.get(number)
        found = self._named.get(name, ())
        return found[0] if len(found) == 1 else None

    def namesakes(self, name: str) -> int:
        """How many studios bear the name, or bore it."""
        return len(self._named.get(name, ()))


def known_as(studio: Studio) -> str:
    """What tells a studio from others: its number, without one its name."""
    return studio.number or studio.name
