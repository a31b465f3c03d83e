"""What a clerk answers: message boxes and folder dialogs read their answers from a file and leave a record beside it."""

from __future__ import annotations

import json
import os
from pathlib import Path

VARIABLE = "LO_ENGINE_ANSWERS"
_BUTTONS = {None: ("ok",), "ok": ("ok",), "ok_cancel": ("ok", "cancel"), "yes_no": ("yes", "no"),
            "yes_no_cancel": ("yes", "no", "cancel")}


class Answers:
    """Answers in the order they will be asked for, and the record of what was asked.

    alerts: "yes" | "no" | "ok" | "cancel" for boxes with a choice; a box with one button needs none.
    folders: the chosen folder's path, None for a cancelled dialog.
    record: one mapping for each dialog: kind ("alert", "folder"), text, title, answer.
    """

    def __init__(self, alerts: tuple[str, ...] = (), folders: tuple[str | None, ...] = (), log: Path | None = None) -> None:
        self.alerts = list(alerts)
        self.folders = list(folders)
        self.record: list[dict] = []
        self._log = log

    @classmethod
    def from_environment(cls) -> Answers:
        """The answers in the JSON file that the environment names, none where it names none."""
        name = os.environ.get(VARIABLE)
        if not name:
            return cls()
        given = json.loads(Path(name).read_text(encoding="utf-8"))
        return cls(given.get("alerts", ()), given.get("folders", ()), log_of(Path(name)))

    def alert(self, text: str, title: str, buttons: str | None) -> str:
        """Answer a message box. AssertionError where it offers a choice and no fitting answer is prepared."""
        choice = _BUTTONS[buttons]
        if len(choice) == 1:
            answer = choice[0]
        else:
            assert self.alerts, f"没有为这一问准备回答：{text}"
            answer = self.alerts.pop(0)
            assert answer in choice, f"“{answer}”不是可选的回答：{choice}"
        self._note("alert", text, title, answer)
        return answer

    def folder(self, title: str, start: str) -> str | None:
        """Answer a folder dialog. AssertionError where no answer is prepared."""
        assert self.folders, f"没有为选择文件夹准备回答：{title}"
        answer = self.folders.pop(0)
        self._note("folder", start, title, answer)
        return answer

    def _note(self, kind: str, text: str, title: str, answer: str | None) -> None:
        self.record.append({"kind": kind, "text": text, "title": title, "answer": answer})
        if self._log:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(self.record[-1], ensure_ascii=False) + "\n")


def log_of(answers: Path) -> Path:
    """Where the record of an answers file is kept: one JSON object a line."""
    return answers.with_suffix(".asked.jsonl")
