"""The one ledger of this desk: chosen once, remembered in the user's folder, used by every icon wherever it was copied to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from toolkit.forms.ledger import LEDGER

FILE = "台账位置.txt"
_SUFFIXES = (".xlsm", ".xlsx")


@dataclass(frozen=True)
class LedgerNote:
    """Where the choice is written down: one line, the ledger's path. A clerk may read it, and delete it to choose again."""

    file: Path

    def ledger(self) -> Path | None:
        """The ledger that was chosen, whether it is still there or not; None where none was, or the note cannot be read."""
        try:
            line = self.file.read_text("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return Path(line) if line else None

    def keep(self, ledger: Path) -> bool:
        """Note the choice; whether the disk took it."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(f"{ledger.absolute()}\n", "utf-8-sig")
        except OSError:
            return False
        return True


def lying_in(folders: Iterable[Path]) -> list[Path]:
    """The ledgers that lie in these folders under their usual name."""
    found = (next((path for suffix in _SUFFIXES if (path := folder / f"{LEDGER.name}{suffix}").is_file()), None) for folder in folders)
    return list(dict.fromkeys(path.absolute() for path in found if path is not None))
