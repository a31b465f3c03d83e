"""What the objects of Excel's model have in common: nothing unknown can be set, every call is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from inspect import signature
from itertools import takewhile
from types import MethodType
from typing import Any

from tests.lo_engine.bridge import ComError, UnoError

calls: Counter[str] = Counter()
"""How often each member, e.g. `Range.Value`, was asked for or set; tests clear it and read it."""


class ComObject:
    """One object of Excel's model; its public members are the calls that cross to Excel."""

    def __getattribute__(self, name: str) -> Any:
        if name[0] == "_":
            return object.__getattribute__(self, name)
        calls[f"{type(self).__name__}.{name}"] += 1
        with _Refusals():
            found = object.__getattribute__(self, name)
        return _guarded(found) if isinstance(found, MethodType) else found

    def __setattr__(self, name: str, value: Any) -> None:
        if name[0] != "_":
            if not hasattr(type(self), name):
                raise AttributeError(f"{type(self).__name__}.{name}：测试引擎没有这一项")
            calls[f"{type(self).__name__}.{name}"] += 1
        with _Refusals():
            object.__setattr__(self, name, value)


class _Refusals:
    """Turns UNO's exceptions, which Python cannot handle everywhere, into ComError."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type | None, refusal: BaseException | None, _: Any) -> None:
        if isinstance(refusal, UnoError):
            raise ComError(f"{type(refusal).__name__}：{refusal}") from None


def _guarded(method: MethodType) -> Callable:
    def call(*args: Any, **named: Any) -> Any:
        with _Refusals():
            return method(*args, *_arriving(method, len(args), named))

    return call


def _arriving(method: MethodType, given: int, named: dict[str, Any]) -> list[Any]:
    """What arrives at Excel of arguments given by name, `given` others standing before them.

    pywin32, late bound, stops at the first argument that is left out and drops what follows without a word
    (github.com/mhammond/pywin32/pull/2150). TypeError for a name that the method does not know.
    """
    names = list(signature(method).parameters) if named else []
    if unknown := named.keys() - set(names[given:]):
        raise TypeError(f"{method.__qualname__}：没有参数 {sorted(unknown)}")
    return [named[name] for name in takewhile(named.__contains__, names[given:])]


class Items(ComObject):
    """A collection counted from one: how many there are, and what gives the one at a zero-based index."""

    def __init__(self, count: int, get: Callable[[int], Any]) -> None:
        self._count = count
        self._get = get

    @property
    def Count(self) -> int:
        return self._count

    def Item(self, index: int) -> Any:
        if not 1 <= index <= self._count:
            raise ComError(f"下标越界：{index}")
        return self._get(index - 1)

    def __call__(self, index: int) -> Any:
        return self.Item(index)

    def __iter__(self) -> Iterator[Any]:
        return map(self._get, range(self._count))
