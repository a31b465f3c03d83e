"""What a check-up says: a line for each thing looked at."""

from __future__ import annotations

from dataclasses import dataclass

AGAIN = "请重新安装本工具"


@dataclass(frozen=True)
class HealthLine:
    """One thing looked at: `sound`, or `state` says what to do."""

    subject: str
    sound: bool
    state: str


def line_of_text(line: HealthLine) -> str:
    """As terminals show it."""
    return f"{'正常' if line.sound else '要处理'}　{line.subject}：{line.state}"
