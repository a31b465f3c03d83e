"""What one run of `docs` would hand out and register, before any of it is written: shown by a preview, carried out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from toolkit.errors import UserError
from toolkit.forms import papers
from toolkit.forms.register_rows import IssuedRow
from toolkit.jobs.issuing import IssuingContext, deciding
from toolkit.ledger import arrangements, issued_acts, numbering
from toolkit.ledger.decisions import Decision, Selection
from toolkit.ledger.plan import Plan
from toolkit.pages.result_tables import ResultTable
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding

_TOLD = 3  # reasons that a refusal gives one by one


@dataclass
class Draft:
    """contexts: one for each paper, as its kind declares them. plan: what they register. subject, summary: for the line of 操作日志.

    workbook: the sheets, title and note of a workbook that goes out beside the paper.
    """

    contexts: Sequence[dict]
    plan: Plan = field(default_factory=Plan)
    findings: list[Finding] = field(default_factory=list)
    subject: str = ""
    summary: str = ""
    workbook: tuple[Sequence[ResultTable], str, str] | None = None


Builder = Callable[[IssuingContext], Draft]


def stop(decided: Selection | Decision) -> None:
    """UserError names every cell that must be mended before anything can be decided."""
    _refuse(decided.stopping)


def insist(decided: Decision) -> None:
    """UserError also where something may not be done at all, with the reasons."""
    _refuse((*decided.stopping, *decided.against))


def _refuse(found: Sequence[Finding]) -> None:
    if found:
        raise UserError("\n".join(f"{each.place}：{each.message}{f'（{each.clause}）' if each.clause else ''}" for each in found))


def nothing(why: str, left_out: Iterable[Finding]) -> UserError:
    """There is nothing to write: the reasons of what was left out, else `why`."""
    said = [f"{found.place}：{found.message}" for found in left_out]
    more = [f"没有列入的共{len(said)}件，这里先说{_TOLD}件。"] if len(said) > _TOLD else []
    return UserError("\n".join((*said[:_TOLD], *more)) or why)


def numbered(issuing: IssuingContext, name: str, subjects: Sequence[str], own: Sequence[str | None] = (),
             arranged: str = "") -> tuple[Sequence[str], Plan, list[Finding]]:
    """A number for each paper of a kind, the lines of 发文登记, and what is to be said about them.

    subjects: whom each is about; own: the numbers that the registers have for them already. The others take those from the one given
    (else `arranged`) on. UserError where there is none, or where one is taken.
    """
    books, law, on = issuing.books, issuing.law, issuing.on
    with deciding(law):
        known = list(own) or [None] * len(subjects)
        if issuing.number and None not in known and not any(numbering.same(issuing.number, each) for each in known if each):
            raise UserError(f"“{name}”已经用文号“{'”、“'.join(filter(None, known))}”办过，没有要另给文号的，“{issuing.number}”没有用上。"
                            "补出原来的公文，不填文号或照原来的填；要换文号的，先“撤销上一步”。")
        findings, fresh = [], iter(_fresh(issuing, name, known.count(None), arranged))
        numbers = [each or next(fresh) for each in known]
        if issuing.preview and not (issuing.number or arranged) and None in known:
            place = Place(issuing.name, IssuedRow.sheet.name, "", IssuedRow.number.header)
            findings.append(finding("D-next", place, next(number for number, had in zip(numbers, known, strict=True) if had is None)))
        for number, subject in zip(numbers, subjects, strict=True):
            if refused := arrangements.number_refused(number, on, books, law, name, subject):
                raise UserError(f"{refused.place}：{refused.message}")
        plans = [issued_acts.issue(books, number, name, issuing.year or on.year, on, subject)
                 for number, subject in zip(numbers, subjects, strict=True)]
    return numbers, issued_acts.together(plans), findings


def _fresh(issuing: IssuingContext, name: str, count: int, arranged: str) -> Sequence[str]:
    """`count` numbers that follow one another; a preview may use those that the ledger thinks are next."""
    if count == 0:
        return []
    with deciding(issuing.law):
        suggested = numbering.suggested(issuing.books, issuing.law, papers.paper(name).series, issuing.on.year)
    first = issuing.number or arranged or (suggested if issuing.preview else "")
    if not first:
        raise UserError(f"“{name}”要有文号。台账登记的下一个是“{suggested}”，请与本单位的发文登记核对，再填写文号"
                        "（“办理”表的“文号”，命令用 --number）。")
    try:
        return numbering.following(first, count)
    except ValueError as cause:
        raise UserError(f"要生成{count}份“{name}”，一份一个文号，“{first}”不是以“…号”结尾，不能顺着排。"
                        "请改写文号，或指明工作室，一份一份生成。") from cause
