"""The macros' sources as far as they repeat what `forms` declares: a procedure and a callback a button, and the ribbon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from toolkit.forms import FORMS
from toolkit.forms.actions import Action

BUTTONS, CALLBACKS, RIBBON = "ToolkitButtons.bas", "ToolkitRibbon.bas", "customUI14.xml"
_CALLBACK = "ToolkitRibbon.On_"
_PROCEDURES = re.compile(r'(Public Sub Btn_\w+\(\)\n    RunAction "\w+"\nEnd Sub\n\n)+')
_CALLBACKS_HEAD = """Attribute VB_Name = "ToolkitRibbon"
Option Explicit
' 功能区“技能大师工作室”的按钮。参数是 Office 的 IRibbonControl；声明为 Object，不依赖 Office 库也能编译。
"""
_RIBBON = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui">
  <ribbon>
    <tabs>
      <tab id="skill_master" label="技能大师工作室">
{groups}
      </tab>
    </tabs>
  </ribbon>
</customUI>
"""


def write(folder: Path) -> list[Path]:
    """Bring the sources in `folder` in line with the declarations; returns their paths. What else stands in them stays."""
    written = folder / BUTTONS
    made = {BUTTONS: _PROCEDURES.sub(lambda _: _procedures(), written.read_text("utf-8"), count=1), CALLBACKS: _callbacks(), RIBBON: _ribbon()}
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    return [folder / name for name in made]


def _actions() -> list[Action]:
    """Every action that a form carries, once."""
    return list(dict.fromkeys(action for form in FORMS for action in form.buttons))


def _procedures() -> str:
    return "".join(f'Public Sub Btn_{action.id}()\n    RunAction "{action.id}"\nEnd Sub\n\n' for action in _actions())


def _callbacks() -> str:
    subs = (f"\nPublic Sub On_{action.id}(control As Object)\n    Btn_{action.id}\nEnd Sub\n" for action in _actions())
    return _CALLBACKS_HEAD + "".join(subs)


def _ribbon() -> str:
    """A group for each form; its workbook gets that one alone."""
    groups = (_group(form.id, form.name, form.buttons) for form in FORMS)
    return _RIBBON.format(groups="\n".join(groups))


def _group(group: str, label: str, buttons: Sequence[Action]) -> str:
    lines = [f'        <group id="{group}" label={quoteattr(label)}>']
    for action in buttons:
        lines += [f'          <button id="{group}_{action.id}" label={quoteattr(action.caption)} size="large" imageMso="{action.picture}"',
                  f'                  screentip={quoteattr(action.caption)} supertip={quoteattr(action.tip)}'
                  f' onAction="{_CALLBACK}{action.id}"/>']
    return "\n".join([*lines, "        </group>"])
