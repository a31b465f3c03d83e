"""Office engines for tests: LibreOffice to PDF / recalculated xlsx, pdftoppm to pictures. Their absence fails, never skips."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / ".cache" / "fonts" / "fonts.conf"


def convert(source: Path, target_format: str, out: Path) -> Path:
    """Convert one file with LibreOffice (`pdf`, `xlsx`, `ods`, `xls` …); returns the new file's path."""
    assert shutil.which("soffice"), "测试需要 LibreOffice：请运行 make office"
    assert FONTS.is_file(), "测试需要公文字体：请运行 make office"
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target_format,
             "--outdir", str(out), str(source)],
            capture_output=True, text=True, timeout=180, env={**os.environ, "FONTCONFIG_FILE": str(FONTS)})
    target = out / f"{Path(source).stem}.{target_format.partition(':')[0]}"
    assert target.is_file(), done.stdout + done.stderr
    return target


def pictures(pdf: Path, out: Path, dpi: int = 70) -> list[Path]:
    """PDF pages as PNG files, in page order."""
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(out / pdf.stem)], check=True)
    return sorted(out.glob(f"{pdf.stem}-*.png"))
