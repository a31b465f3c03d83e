"""Papers for printing on both sides: the bureau's parameter says that the 版记 stands on an even side.

Only a program that lays out pages knows how many there are; where there is none, the clerk is told what to look at.
"""

from __future__ import annotations

from contextlib import suppress

from toolkit.documents import imprint_side
from toolkit.errors import UserError
from toolkit.jobs.pdf_copies import PdfProgram, pdf_program
from toolkit.regulation import Regulation
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding

PARAMETER, EVEN = "imprint_side", "偶数面"


class BothSides:
    """Finishes the papers of one run. `findings`: those of which nobody could say how many sides they take."""

    def __init__(self, law: Regulation, ledger: str) -> None:
        self._wanted, self._ledger = law[PARAMETER] == EVEN, ledger
        self._program: PdfProgram | None = None
        self.findings: list[Finding] = []
        if self._wanted:
            with suppress(UserError):  # told with the papers that it would have been needed for
                self._program = pdf_program()

    def finish(self, docx: bytes) -> bytes:
        """The paper with its 版记 on an even side, where the bureau wants that and the paper has one."""
        if not self._wanted or not imprint_side.has_imprint(docx):
            return docx
        sides = self._program.sides(docx) if self._program else 0
        if not sides and not self.findings:
            self.findings.append(finding("P-sides", Place(self._ledger)))
        return imprint_side.behind(docx) if sides % 2 else docx
