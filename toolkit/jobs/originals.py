"""归档: every original that was taken in, kept once under the hash of its content, whatever it was called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from toolkit.jobs.outputs import Outputs
from toolkit.sheets.disk import disk_errors, legible

_HASH = 16  # hexadecimal digits of the content hash in a file name
_NAME = 60  # characters of the original name kept


def prepare(originals: Iterable[Path], archive: Outputs) -> None:
    """Make what 归档 lacks ready for its release. UserError where an original cannot be read any more."""
    done = set()
    for original in originals:
        with disk_errors(original):
            content = original.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:_HASH]
            if digest not in done and not any(kept.read_bytes() == content for kept in archive.folder.glob(f"{digest} *")):
                archive.add(f"{digest} {legible(original.stem)[:_NAME]}{original.suffix}", content)
            done.add(digest)
