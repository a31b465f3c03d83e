"""What a document would say if it were made from the ledger now, for comparing with one that was made before. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from toolkit.documents.context import lookup
from toolkit.documents.declared import DocumentKind
from toolkit.documents.fields import DISTRICT, YEAR
from toolkit.documents.marked_values import squeezed
from toolkit.documents.reread import Reread
from toolkit.errors import UserError
from toolkit.forms.papers import OFFERED
from toolkit.jobs.documents import TEMPLATES, draft
from toolkit.jobs.issuing import open_issuing
from toolkit.jobs.keeping import FileKeeper
from toolkit.pages.register import Ledger
from toolkit.sheets.edit import Edit

_STUDIO = "工作室.名称"


@dataclass(frozen=True)
class _ReadKeeper(FileKeeper):
    """A ledger that is looked at and left as it is."""

    def held(self) -> AbstractContextManager[None]:
        return nullcontext()

    def write(self, opened: Ledger, edits: Sequence[Edit], at: datetime) -> None:
        """Nothing is written."""


def expected_context(kind: DocumentKind, ledger: Path, on: date, read: Reread) -> Mapping:
    """The context of the document that `read` was, as the ledger gives it. UserError where the ledger cannot make it any more."""
    if kind.name not in OFFERED:
        raise UserError(f"“{kind.name}”不是按台账生成的。")
    kept = _ReadKeeper(ledger)
    if not kept.exists:
        raise UserError(f"找不到台账“{ledger}”。请核对文件位置。")
    year = read.value(YEAR.key)
    issuing = open_issuing(kept, on, int(year) if year.isdigit() else None, template_of(kind.name, ledger),
                           studio=squeezed(read.value("工作室.编号")), district=squeezed(read.value(DISTRICT.key)), number=read.value("发文.字号"))
    return _the_one(draft(kind.name, issuing).contexts, read)


def _the_one(contexts: Sequence[Mapping], read: Reread) -> Mapping:
    """Of several documents of one kind, the one about the same studio. UserError where there is none."""
    studio = squeezed(read.value(_STUDIO))
    for context in contexts:
        if len(contexts) == 1 or (_STUDIO.partition(".")[0] in context and squeezed(lookup(context, _STUDIO)) == studio):
            return context
    raise UserError(f"台账里没有要给“{studio}”的这份公文。")


def template_of(kind: str, ledger: Path | None) -> Path | None:
    """The bureau's own template of a kind, beside its ledger; None where it has none."""
    own = ledger.parent / TEMPLATES / f"{kind}.docx" if ledger is not None else None
    return own if own is not None and own.is_file() else None
