"""Office engines for tests: LibreOffice to PDF / recalculated xlsx, pdftoppm to pictures. Their absence fails, never skips."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / ".cache" / "fonts" / "fonts.conf"


def convert(source: Path, target_format: str, out: Path) -> Path:
    """Convert one file with LibreOffice (`pdf`, `xlsx`, `ods`, `xls` …); returns the new file's path."""
    return convert_all([source], target_format, out)[0]


def convert_all(sources: Sequence[Path], target_format: str, out: Path) -> list[Path]:
    """Convert files with LibreOffice in one run; returns the new files' paths."""
    assert shutil.which("soffice"), "测试需要 LibreOffice：请运行 make office"
    assert FONTS.is_file(), "测试需要公文字体：请运行 make office"
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target_format,
             "--outdir", str(out), *map(str, sources)],
            capture_output=True, text=True, timeout=180 + 5 * len(sources), env={**os.environ, "FONTCONFIG_FILE": str(FONTS)})
    targets = [out / f"{Path(source).stem}.{target_format.partition(':')[0]}" for source in sources]
    assert all(target.is_file() for target in targets), done.stdout + done.stderr
    return targets


def pictures(pdf: Path, out: Path, dpi: int = 70) -> list[Path]:
    """PDF pages as PNG files, in page order."""
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(out / pdf.stem)], check=True)
    return sorted(out.glob(f"{pdf.stem}-*.png"))
