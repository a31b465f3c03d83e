"""What xlwings' macro starts on Windows: one Python command, with the workbook whose button was pressed as the caller."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.lo_engine.xlwings_engine import install

command, workbook = sys.argv[1:]
if not (Path(os.environ["CLICKS_FOLDER"]) / "unreachable").exists():  # 只有 WPS、杀毒软件拦着：谁也连不上
    install(int(os.environ["CLICKS_PORT"])).books[workbook].set_mock_caller()
exec(command, {})
