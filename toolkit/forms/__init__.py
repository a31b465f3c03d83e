"""What the standard workbooks look like, declared once as data."""

from toolkit.errors import UserError
from toolkit.forms.assessment import ASSESSMENT
from toolkit.forms.ledger import LEDGER
from toolkit.forms.model import Form
from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.forms.summary import SUMMARY

FORMS = (RECOMMENDATION, SUMMARY, LEDGER, ASSESSMENT)


def find(name: str) -> Form:
    """A form by its Chinese name or id. UserError lists the names there are."""
    for form in FORMS:
        if name in (form.name, form.id):
            return form
    raise UserError(f"没有名为“{name}”的表。请从下列表名中选择：{'、'.join(form.name for form in FORMS)}。")


def by_id(form_id: str) -> Form | None:
    return next((form for form in FORMS if form.id == form_id), None)
