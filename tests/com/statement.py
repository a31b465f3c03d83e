"""What the macro of a button hands to xlwings' RunPython, read out of the macros' source."""

import re
from pathlib import Path

_SOURCE = (Path(__file__).parents[2] / "macros" / "ToolkitButtons.bas").read_text("utf-8")


def pressed(action: str) -> str:
    """The Python of one button."""
    (first,) = re.findall(r'OWN_FIRST As String = "(.*)"', _SOURCE)
    return f"{first}import toolkit.buttons; toolkit.buttons.{action}()"
