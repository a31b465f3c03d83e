"""Second half of installing, run by the toolkit's own Python: Excel is told where Python is, the workbooks are laid out.

Run again it changes nothing that people may have changed: workbooks and Word templates are never overwritten.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path

from toolkit.errors import UserError
from toolkit.install.environment import BROKEN, WINDOWS, ascii_spelling
from toolkit.install.starters import write_command, write_start

DESK = "技能大师工作室"
WORKBOOKS, DOCUMENTS, SCRIPTS = "工作簿", "公文模板", "双击运行"
INTERPRETER = "INTERPRETER_WIN"
MARK_OF_THE_WEB = ":Zone.Identifier"


def main(arguments: list[str]) -> int:
    """arguments: the unpacked bundle's folder. Exit status 1 where something is left to be dealt with, BROKEN where the
    program itself is not sound; then nothing was laid out, and Excel goes on using what it used."""
    from toolkit.install.doctor import program, surroundings
    from toolkit.install.health_lines import line_of_text

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # pythonw has none
            stream.reconfigure(errors="replace")
    desk = documents_folder() / DESK
    print("三、检查装好的程序……", flush=True)
    lines = list(program())
    if unsound := [line for line in lines if not line.sound]:
        for line in unsound:
            print(f"　　{line_of_text(line)}")
        return BROKEN
    try:
        write_command(Path(sys.executable))
        write_start(Path(__file__).parents[2])
        print("四、放好工作簿，登记给 Excel……")
        for said in settle(Path(arguments[0]), desk, config_file() if WINDOWS else None, Path(sys.executable)):
            print(f"　　{said}")
    except (UserError, OSError) as stop:
        print(f"没有装成。{stop if isinstance(stop, UserError) else unwritten(stop)}", file=sys.stderr)
        return 1
    print("五、体检")
    lines += surroundings(desk)
    for line in lines:
        print(f"　　{line_of_text(line)}")
    sound = all(line.sound for line in lines)
    print(f"装好了。工作簿在“{desk}”。" if sound else "程序已经装上。请按上面“要处理”的各行办理，再双击“体检”。")
    return 0 if sound else 1


def unwritten(error: OSError) -> str:
    return f"“{error.filename}”写不进去（{error.strerror}）。请确认没有被别的程序打开、磁盘没有满，再试一次。"


def settle(bundle: Path, desk: Path, config: Path | None, python: Path) -> Iterator[str]:
    """Do all of it, a sentence each. desk: the clerk's folder; config: xlwings' settings, None where there can be no Excel."""
    if config is not None:
        yield register(config, python)
    placed = []
    for source, target in ((bundle / WORKBOOKS, desk), (bundle / DOCUMENTS, desk / DOCUMENTS)):
        new, kept = lay_out(source, target)
        placed += new
        yield f"“{target}”：新放{len(new)}个文件" + (f"，原有的{'、'.join(kept)}没有覆盖" if kept else "")
    for script in sorted((bundle / SCRIPTS).glob("*.cmd")):
        shutil.copyfile(script, desk / script.name)
        placed.append(desk / script.name)
    if freed := unblock(placed):
        yield f"已解除{freed}个文件的“来自网络”标记"


def register(config: Path, python: Path) -> str:
    """Write the toolkit's Python into xlwings' settings; every other line there stays byte for byte.

    UserError where the path has no ASCII spelling: the macro could not read it on every computer.
    """
    spelled = ascii_spelling(python)
    if not spelled:
        raise UserError(f"Python 的路径“{python}”里有中文，Excel 的宏读不了。请把工具装到全英文的文件夹，或请信息科协助。")
    old = config.read_bytes() if config.is_file() else b""
    kept = [line for line in old.splitlines(keepends=True) if _key(line) != INTERPRETER]
    if kept and not kept[-1].endswith(b"\n"):
        kept[-1] += b"\r\n"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_bytes(b"".join([*kept, f'"{INTERPRETER}","{spelled}"\r\n'.encode("ascii")]))
    before = interpreter(old)
    changed = f"，原来登记的是“{before}”" if before and before != spelled else ""
    return f"Excel 按钮使用的 Python：{spelled}{changed}"


def interpreter(config: bytes) -> str:
    """The Python that xlwings' settings name; "" where they name none."""
    for line in config.splitlines():
        if _key(line) == INTERPRETER:
            return line.partition(b",")[2].strip().strip(b'"').decode("gbk", "replace")
    return ""


def _key(line: bytes) -> str:
    return line.partition(b",")[0].strip().strip(b'"').decode("gbk", "replace").upper()


def lay_out(source: Path, target: Path) -> tuple[list[Path], list[str]]:
    """Copy the files of a folder that are not in `target` yet; returns the new paths and the names that were kept."""
    target.mkdir(parents=True, exist_ok=True)
    new, kept = [], []
    for file in sorted(source.iterdir()):
        place = target / file.name
        try:
            with place.open("xb") as out:
                out.write(file.read_bytes())
            new.append(place)
        except FileExistsError:
            kept.append(file.name)
    return new, kept


def unblock(files: Iterable[Path]) -> int:
    """Take the mark "came from the internet" off; returns how many files bore it. It is a second stream of the file, which
    can be deleted like a file, so that PowerShell (often forbidden) is not needed."""
    freed = 0
    for file in filter(marked, files):
        try:
            os.remove(f"{file}{MARK_OF_THE_WEB}")
        except OSError:
            continue
        freed += 1
    return freed


def marked(file: Path) -> bool:
    """Whether Excel will refuse the macros of this file because it came from the internet."""
    return os.path.exists(f"{file}{MARK_OF_THE_WEB}")


def config_file() -> Path:
    """Where xlwings keeps the settings of this user."""
    return Path.home() / ".xlwings" / "xlwings.conf"


def documents_folder() -> Path:
    """The user's 文档: Windows knows where it was moved to; elsewhere the folder 文档 or Documents, or the home folder."""
    if sys.platform == "win32":
        import ctypes

        documents, current = 5, 0
        room = ctypes.create_unicode_buffer(260)
        if ctypes.windll.shell32.SHGetFolderPathW(None, documents, None, current, room) == 0:
            return Path(room.value)
    home = Path.home()
    return next((home / name for name in ("文档", "Documents") if (home / name).is_dir()), home)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
