"""What a task by double click may use: the files dropped on it, the questions it asks, the ledger that all tasks of a computer share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toolkit.errors import UserError
from toolkit.install.desk_ledger import FILE, LedgerNote, lying_in

YES = ("是", "y", "Y", "yes")


@dataclass(frozen=True)
class Desk:
    """What a task may use. beside: the script's folder; dropped: what was dragged onto it; run: the command line → its exit
    status; ask: a question → the answer typed; note: where the desk's ledger is noted, None: beside the script."""

    beside: Path
    dropped: Sequence[Path]
    run: Callable[[Sequence[str]], int]
    ask: Callable[[str], str]
    today: date
    note: Path | None = None

    @property
    def memory(self) -> LedgerNote:
        return LedgerNote(self.note or self.beside / FILE)

    def path(self, what: str) -> Path:
        """The one thing dropped, or typed or dragged into the window. UserError where it is not there."""
        return there(self.dropped[0], what) if self.dropped else self.typed(what)

    def typed(self, what: str) -> Path:
        """What is typed or dragged into the window. UserError where it is not there."""
        return there(Path(self.ask(f"请把{what}拖进这个窗口，按回车：").strip().strip('"')), what)

    def ledger(self) -> Path:
        """The ledger dropped, or the desk's. The first one that is used is the desk's from then on."""
        if not self.dropped:
            return self.remembered() or self.chosen(lying_in([self.beside]))
        ledger, known = self.path("台账文件"), self.memory.ledger()
        if known is None or not known.is_file():
            return self.chosen([ledger])
        if not known.samefile(ledger):
            print(f"这台电脑上一直用的台账是：{known}")
            if self.agreed(f"以后各个图标都改用“{ledger}”吗？直接回车，只这一次用它。"):
                return self.chosen([ledger])
        print(f"台账：{ledger}")
        return ledger

    def remembered(self) -> Path | None:
        """The desk's ledger, shown; None where none was chosen, or it is gone, which is told."""
        known = self.memory.ledger()
        if known is None:
            return None
        if known.is_file():
            print(f"台账：{known}")
            return known
        print(f"原来用的台账“{known}”不在了，移走了的请放回去；改用另一本的，把它拖到“到期提醒”图标上。")
        return None

    def chosen(self, found: Sequence[Path]) -> Path:
        """One of the ledgers found, or, where there is none, one that is typed; the desk's from now on."""
        ledger = (self.choose("用哪一本台账，以后各个图标都用它", [str(path) for path in found]) if len(found) > 1 else
                  found[0] if found else self.typed("台账文件"))
        kept = self.memory.keep(Path(ledger))
        print(f"台账：{ledger}" + ("（以后各个图标都用这一本；要换，把另一本拖到“到期提醒”图标上）" if kept else "（没有记住，下次还会问）"))
        return Path(ledger)

    def choose(self, what: str, names: Sequence[str]) -> str:
        """One of the names by its number; the first on Enter alone. UserError for anything else."""
        for number, name in enumerate(names, 1):
            print(f"　{number}　{name}")
        answer = self.ask(f"{what}，输入序号后按回车（直接回车选1）：").strip() or "1"
        if not answer.isdecimal() or not 1 <= int(answer) <= len(names):
            raise UserError(f"没有第“{answer}”项。请输入1到{len(names)}之间的序号。")
        return names[int(answer) - 1]

    def agreed(self, question: str) -> bool:
        return self.ask(f"{question}输入“是”再按回车；不做就直接回车：").strip() in YES


def there(path: Path, what: str) -> Path:
    """The path, if something lies there. UserError otherwise."""
    if not path.name or not path.exists():
        raise UserError(f"找不到“{path}”。请重新双击图标，把{what}拖进窗口，按回车。")
    return path
