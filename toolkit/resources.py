"""Where the shipped templates lie: inside the package in a wheel, beside it in a checkout."""

from pathlib import Path

from toolkit.errors import UserError

FOLDERS = ("workbook_templates", "docx_templates", "macros")


def folder(name: str) -> Path:
    """The folder `name` (one of FOLDERS) of this installation."""
    package = Path(__file__).parent
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise UserError(f"找不到随工具安装的“{name}”文件夹。请重新安装本工具。")


def template(folder_name: str, file_name: str) -> Path:
    """One shipped template; UserError names it when it is missing."""
    path = folder(folder_name) / file_name
    if not path.is_file():
        raise UserError(f"找不到模板“{file_name}”（{path.parent}）。请运行 python -m toolkit build 重新生成模板。")
    return path


def workbook_template(form_name: str) -> Path:
    """The shipped workbook of a form; UserError where it is missing."""
    return template("workbook_templates", f"{form_name}.xlsm")
