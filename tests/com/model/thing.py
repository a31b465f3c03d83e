"""What the objects of the model have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.lo_engine.refused import ComError


class Thing:
    """One object of Excel's model. Members that begin with a capital are those that COM shows, parameters included."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name[0].isupper() and not hasattr(type(self), name):
            raise AttributeError(f"{type(self).__name__}.{name}：替身没有这一项")
        object.__setattr__(self, name, value)


class Items(Thing):
    """A collection, counted from one."""

    def __init__(self, found: Callable[[], Sequence[Any]]) -> None:
        self._found = found

    @property
    def Count(self) -> int:
        return len(self._found())

    def Item(self, Index: int | str) -> Any:
        found = self._found()
        if isinstance(Index, str):
            wanted = next((each for each in found if each.Name.lower() == Index.lower()), None)
        else:
            wanted = found[int(Index) - 1] if 1 <= Index <= len(found) else None
        if wanted is None:
            raise ComError(f"下标越界：{Index}")
        return wanted

    def __call__(self, Index: int | str) -> Any:
        return self.Item(Index)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._found())


def stored(name: str, initial: Any) -> property:
    """A member that keeps what it was set to, and does nothing else."""
    return property(lambda self: self._kept.get(name, initial), lambda self, value: self._kept.__setitem__(name, value))


def alike(values: Any) -> Any:
    """The one value they all have; None, which is COM's Null, where they differ."""
    found = iter(values)
    first = next(found, None)
    return first if all(value == first for value in found) else None
