"""The bundle that is brought along: made by the product, from wheels that are kept, else from the index."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.windows.embeddable import embeddable
from toolkit.errors import UserError
from toolkit.install.bundle import BundleOrder, bundle

PYTHON = "3.11"
PLATFORM = "win_amd64"


def bundled(cache: Path) -> Path:
    """A zip for Python 3.11, with the embeddable Python in it."""
    kept, out = cache / "wheels", cache / "bundle"
    shutil.rmtree(out, ignore_errors=True)
    try:
        return bundle(BundleOrder(PLATFORM, out, (PYTHON,), kept, embeddable()))
    except UserError:
        path = bundle(BundleOrder(PLATFORM, out, (PYTHON,), None, embeddable()))
        keep(path, kept)
        return path


def keep(path: Path, kept: Path) -> None:
    """Keep a bundle's wheels, and what building our own takes, for the next time."""
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".whl") and "skill_master" not in name:
                (kept / Path(name).name).write_bytes(archive.read(name))
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--dest", kept, "setuptools>=68"],
                   check=True)
