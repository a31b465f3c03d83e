"""What the standard workbooks look like, declared once as data.

A declaration is loaded when it is first asked for: checking a return needs neither the ledger nor the scoring table.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from toolkit.errors import UserError, likely

if TYPE_CHECKING:
    from toolkit.forms.application_book import APPLICATION_BOOK
    from toolkit.forms.assessment import ASSESSMENT
    from toolkit.forms.evaluation import EVALUATION
    from toolkit.forms.goals import GOALS
    from toolkit.forms.ledger import LEDGER
    from toolkit.forms.model import Form
    from toolkit.forms.recommendation import RECOMMENDATION
    from toolkit.forms.review import REVIEW
    from toolkit.forms.summary import SUMMARY

    FORMS: tuple[Form, ...]

__all__ = ["APPLICATION_BOOK", "ASSESSMENT", "EVALUATION", "FORMS", "GOALS", "LEDGER", "RECOMMENDATION", "REVIEW", "SUMMARY", "by_id", "find"]

_NAMES = ("RECOMMENDATION", "SUMMARY", "LEDGER", "ASSESSMENT", "REVIEW", "GOALS", "EVALUATION", "APPLICATION_BOOK")
"""Each stands in the module called by its id."""


def __getattr__(name: str) -> Form | tuple[Form, ...]:
    """`FORMS`, or one form by its constant's name."""
    if name == "FORMS":
        return tuple(map(_declared, _NAMES))
    if name in _NAMES:
        return _declared(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _declared(name: str) -> Form:
    return getattr(import_module(f"{__name__}.{name.lower()}"), name)


def find(name: str) -> Form:
    """A form by its Chinese name or id. UserError lists the names there are."""
    forms = tuple(map(_declared, _NAMES))
    for form in forms:
        if name in (form.name, form.id):
            return form
    known = [form.name for form in forms]
    raise UserError(f"没有名为“{name}”的表。{likely(name, known)}请从下列表名中选择：{'、'.join(known)}。")


def by_id(form_id: str) -> Form | None:
    """A form by its id; None where there is no such form. No other form is loaded for it."""
    return _declared(form_id.upper()) if form_id.upper() in _NAMES else None
