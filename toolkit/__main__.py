"""`python -m toolkit` and the command `toolkit`."""

from __future__ import annotations

import sys
from pathlib import Path


def start() -> None:
    """The command line; where a package that it stands on itself is gone, the check-up runs all the same and the rest says so."""
    try:
        from toolkit.cli import main
    except ImportError as error:
        from toolkit.jobs.streams import speak

        speak()
        if sys.argv[1:] == ["doctor"]:
            from toolkit.install.doctor import tell

            sys.exit(tell(Path.cwd()))
        print(f"程序不完整，缺少 {error.name or error}，没有做任何事。请双击“体检”看少了什么，或重新安装本工具。", file=sys.stderr)
        sys.exit(2)
    main()


if __name__ == "__main__":  # worker processes import this module again
    start()
