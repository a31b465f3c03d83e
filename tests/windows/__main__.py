"""`python -m tests.windows`: the whole road of a clerk's computer, a line a step; what failed is printed. Exit status 1 then."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.windows import prefix
from tests.windows.bundled import bundled
from tests.windows.computer import Computer
from tests.windows.held_steps import STEPS as HELD
from tests.windows.icon_steps import STEPS as ICONS
from tests.windows.install_steps import INSTALL
from tests.windows.install_steps import STEPS as INSTALLED
from tests.windows.suite import STEPS as SUITE
from tests.windows.upgrade_steps import STEPS as UPGRADED

Step = Callable[[Computer], None]
DESK: tuple[Step, ...] = (*ICONS, *HELD)


def main(wanted: list[str]) -> int:
    """Set up, then every step, or those that are named; installing is needed by all others."""
    begun = time.monotonic()
    windows = prefix.fresh(prefix.CACHE / "prefix")
    try:
        computer = Computer(windows, bundled(prefix.CACHE))
        print(f"备好 Wine 和安装包　{time.monotonic() - begun:.0f}秒", flush=True)
        failed, count = road(computer, wanted)
    finally:
        windows.stop()
    print(f"{count}步，没有通过{len(failed)}步，共{time.monotonic() - begun:.0f}秒")
    for name in failed:
        print(f"没有通过：{name}")
    return 1 if failed else 0


def road(computer: Computer, wanted: list[str]) -> tuple[list[str], int]:
    """What did not pass, and how many steps there were. The product's own tests run beside the clerk's work: there are two processors."""
    first, desk, suite, last = ([step for step in steps if not wanted or step in INSTALL or step.__name__ in wanted]
                                for steps in (INSTALLED, DESK, SUITE, UPGRADED))
    count = sum(map(len, (first, desk, suite, last)))
    failed = failures(first, computer)
    if set(map(title, INSTALL)) & set(failed):
        return failed, count  # the rest would only repeat that
    with ThreadPoolExecutor(1) as beside:
        own = beside.submit(failures, suite, computer)
        failed += failures(desk, computer)
        failed += own.result()
    return [*failed, *failures(last, computer)], count


def title(step: Step) -> str:
    return (step.__doc__ or step.__name__).strip()


def failures(steps: Iterable[Step], computer: Computer) -> list[str]:
    """Titles of the steps that did not pass; what failed in them is printed."""
    failed = []
    for step in steps:
        begun = time.monotonic()
        try:
            step(computer)
        except Exception:
            failed.append(title(step))
            print(f"没有通过　{title(step)}　{time.monotonic() - begun:.1f}秒\n{traceback.format_exc()}", flush=True)
            if step in INSTALL:
                break
        else:
            print(f"通过　{title(step)}　{time.monotonic() - begun:.1f}秒", flush=True)
    return failed


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    sys.exit(main(sys.argv[1:]))
