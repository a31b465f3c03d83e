"""The model as real COM objects: an IDispatch round each object, and the type library that says what its members are.

xlwings, late bound, asks the type library whether a member is a property or a method and what its parameters are called;
so named arguments, properties with parameters and the numbers of errors go the way they go with Excel. Windows only.
"""

from __future__ import annotations

import inspect
import os
import sys
import tempfile
import traceback
import uuid
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pythoncom
import pywintypes
from win32com.server.exception import COMException
from win32com.server.policy import BasicWrapPolicy
from win32com.server.util import NewEnum, unwrap, wrap

from tests.com.model.ranges import Range
from tests.com.model.thing import Items, Thing
from tests.lo_engine.refused import ComError

_WIN64 = 3
_LIBRARY = "{00020813-0000-0000-C000-000000000046}"
_RANGE = "{00020846-0000-0000-C000-000000000046}"  # xlwings knows a Range by it
_IN, _OPTIONAL = 1, 16
_GET, _PUT, _METHOD = pythoncom.DISPATCH_PROPERTYGET, pythoncom.DISPATCH_PROPERTYPUT, pythoncom.DISPATCH_METHOD
_LEFT_OUT = -2147352572  # DISP_E_PARAMNOTFOUND, in the place of an argument that was left out
_UNKNOWN_NAME, _WRONG_COUNT, _NOT_FOUND = -2147352570, -2147352562, -2147352573
_FAULT = -2147467259
_MOST_ASKED = 40  # xlwings asks for ever for a member that is not there

faults: list[str] = []
"""What went wrong in the stand-in itself; a test that leaves something here has failed."""
calls: Counter[str] = Counter()
"""How often each member was asked for, set or called."""
_refused: list[str] = []
"""The members asked for last that are not there, up to the last that is."""


class Member(NamedTuple):
    """One member of a class. parameters: name and whether it may be left out; of a property those that it takes when read."""

    name: str
    number: int
    is_method: bool
    can_be_set: bool
    parameters: tuple[tuple[str, bool], ...]


@cache
def members(kind: type) -> dict[str, Member]:
    """The members of a class of the model, by name in lower case."""
    names = sorted(name for name in dir(kind) if name[0].isupper())
    taking = {name.removeprefix("Get") for name in names if name.startswith("Get") and name.removeprefix("Get") in names}
    shown = [name for name in names if name.removeprefix("Get") not in taking or not name.startswith("Get")]
    found = {}
    for number, name in enumerate(shown, 1):
        member = getattr(kind, name)
        method = getattr(kind, f"Get{name}") if name in taking else None if isinstance(member, property) else member
        found[name.lower()] = Member(name, number, not isinstance(member, property), getattr(member, "fset", None) is not None,
                                     _parameters(method) if method else ())
    return found


def _parameters(method: Any) -> tuple[tuple[str, bool], ...]:
    own = list(inspect.signature(method).parameters.values())[1:]
    return tuple((each.name, each.default is not each.empty) for each in own)


@cache
def described(kind: type) -> Any:
    """The ITypeInfo of a class, from a type library that is written for it."""
    folder = Path(tempfile.mkdtemp(prefix="types"))
    guid = pywintypes.IID(_RANGE if kind is Range else f"{{{uuid.uuid5(uuid.NAMESPACE_OID, kind.__name__)}}}")
    library = pythoncom.CreateTypeLib2(_WIN64, str(folder / f"{kind.__name__}.tlb"))
    library.SetName("Excel")
    library.SetGuid(pywintypes.IID(_LIBRARY))
    library.SetVersion(1, 9)
    written = library.CreateTypeInfo(kind.__name__, pythoncom.TKIND_DISPATCH)
    written.SetGuid(guid)
    place = 0
    for member in members(kind).values():
        for how, parameters in _ways(member):
            written.AddFuncDesc(place, _function(member.number, how, parameters))
            written.SetFuncAndParamNames(place, (member.name, *(name for name, _ in parameters if how != _PUT)))
            place += 1
    written.LayOut()
    library.SaveAllChanges()
    return pythoncom.LoadTypeLib(str(folder / f"{kind.__name__}.tlb")).GetTypeInfoOfGuid(guid)


def _ways(member: Member) -> list[tuple[int, tuple[tuple[str, bool], ...]]]:
    if member.is_method:
        return [(_METHOD, member.parameters)]
    put = [(_PUT, (("value", False),))] if member.can_be_set else []
    return [(_GET, member.parameters), *put]


def _function(number: int, how: int, parameters: tuple[tuple[str, bool], ...]) -> Any:
    made = pythoncom.FUNCDESC()
    made.memid, made.invkind = number, how
    made.funckind, made.callconv = pythoncom.FUNC_DISPATCH, 4  # CC_STDCALL
    made.args = [(pythoncom.VT_VARIANT, _IN | (_OPTIONAL if optional else 0), None) for _, optional in parameters]
    made.cParamsOpt = sum(optional for _, optional in parameters)
    made.rettype = (pythoncom.VT_VARIANT, 0, None)
    return made


class Gateway(BasicWrapPolicy):
    """How pywin32 answers COM for one object of the model."""

    def _GetTypeInfoCount_(self) -> int:
        return 1

    def _GetTypeInfo_(self, index: int, language: int) -> tuple[int, Any]:
        return 0, described(type(self._obj_))

    def _getidsofnames_(self, names: tuple[str, ...], language: int) -> tuple[int]:
        found = members(type(self._obj_)).get(names[0].lower())
        if found is None:
            _not_there(f"{type(self._obj_).__name__}.{names[0]}")
            raise COMException(scode=_UNKNOWN_NAME)
        _refused.clear()
        return (found.number,)

    def _invoke_(self, number: int, language: int, how: int, arguments: tuple[Any, ...]) -> tuple[int, int, Any]:
        try:
            return 0, -1, outward(_answer(self._obj_, number, how, [inward(each) for each in arguments]))
        except ComError as refused:
            _, source, words, _, _, code = refused.excepinfo
            raise COMException(description=words, source=source, scode=code) from None
        except COMException:
            raise
        except Exception as error:
            faults.append(traceback.format_exc())
            raise COMException(description=f"替身出错：{error}", source="stand-in", scode=_FAULT) from None


def com(thing: Any) -> Any:
    """An object of the model as PyIDispatch."""
    return wrap(thing, usePolicy=Gateway)


def outward(value: Any) -> Any:
    """A value of the model in the form that pywin32 hands out: blocks as lists, as a tuple would be taken for several results."""
    if isinstance(value, Thing):
        return com(value)
    if isinstance(value, tuple):
        return [outward(each) for each in value]
    return value


def inward(value: Any) -> Any:
    """What arrives, in the model's own objects."""
    return unwrap(value) if isinstance(value, pythoncom.TypeIIDs[pythoncom.IID_IDispatch]) else value


def _answer(thing: Any, number: int, how: int, arguments: list[Any]) -> Any:
    if number == pythoncom.DISPID_NEWENUM:
        if not isinstance(thing, Items):
            raise COMException(scode=_NOT_FOUND)
        return NewEnum([outward(each) for each in thing])
    if number == pythoncom.DISPID_VALUE:
        if not callable(thing):
            raise COMException(scode=_NOT_FOUND)
        return _called(thing, arguments)
    member = next(each for each in members(type(thing)).values() if each.number == number)
    calls[f"{type(thing).__name__}.{member.name}"] += 1
    if how & (_PUT | pythoncom.DISPATCH_PROPERTYPUTREF):
        return setattr(thing, member.name, arguments[-1])
    if member.is_method:
        return _called(getattr(thing, member.name), arguments)
    if member.parameters:
        return _called(getattr(thing, f"Get{member.name}"), arguments)
    found = getattr(thing, member.name)
    return _called(found, arguments) if arguments else found


def _called(method: Any, arguments: list[Any]) -> Any:
    """Call with what was given; places that were left out take what the member has for them."""
    given = {}
    for (name, parameter), value in zip(inspect.signature(method).parameters.items(), arguments, strict=False):
        if type(value) is not int or value != _LEFT_OUT:
            given[name] = value
        elif parameter.default is parameter.empty:
            raise COMException(scode=_WRONG_COUNT)
    try:
        inspect.signature(method).bind(**given)
    except TypeError:
        raise COMException(scode=_WRONG_COUNT) from None
    return method(**given)


def _not_there(member: str) -> None:
    """xlwings takes a member that is not there for a busy Excel and asks again, without end."""
    _refused.append(member)
    if len(_refused) > _MOST_ASKED:
        print(f"替身没有 {member}，xlwings 一直在问。", file=sys.stderr, flush=True)
        os._exit(3)
