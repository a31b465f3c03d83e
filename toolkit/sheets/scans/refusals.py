"""Why a file cannot be read as a workbook: one table of sentences, one exception that names a line of it."""

from toolkit.errors import UserError

SENTENCES = {
    "missing": "找不到“{file}”。请核对路径和文件名。",
    "folder": "“{file}”是文件夹，不是工作簿。请给出其中的文件，或对整个文件夹运行校验、汇总。",
    "special": "“{file}”不是普通文件。请给出工作簿文件本身。",
    "locked": "“{file}”打不开，可能正被别的程序使用，或没有读取权限。请关闭 Excel、WPS 中的该文件后再试。",
    "disk": "“{file}”读取中断（磁盘、U盘或网络盘没有响应）。请把文件复制到本机后再试。",
    "large": "“{file}”有 {megabytes} MB，超过 {limit} MB 的上限。请删去图片和无关的工作表后另存。",
    "empty": "“{file}”是空文件（0 字节）。请让报送单位重新发送。",
    "encrypted": "“{file}”设有打开密码。请用 --password 给出密码，或在 Excel 中取消密码后另存。",
    "encrypted_ods": "“{file}”设有打开密码，这种格式不能在这里解密。请取消密码后另存为 .xlsx。",
    "sealed": "“{file}”的加密方式在这里解不开。请在 Excel 中取消密码后另存。",
    "wrong_password": "“{file}”的密码不对。请核对 --password 给出的密码后再试。",
    "html": "“{file}”实际是网页，只是起了表格的扩展名。请用 Excel 或 WPS 打开，另存为 .xlsx 后再用。",
    "text": "“{file}”实际是文本（逗号或制表符分隔），格式已经丢失。请用 Excel 或 WPS 打开，核对后另存为 .xlsx。",
    "xml2003": "“{file}”是“XML 电子表格 2003”格式。请用 Excel 或 WPS 打开，另存为 .xlsx 后再用。",
    "flat": "“{file}”是{what}，这里读不了。请用 WPS 或 LibreOffice 打开，另存为 .xlsx 后再用。",
    "old": "“{file}”是 Excel 95 以前的旧格式。请用 Excel 或 WPS 打开，另存为 .xlsx 后再用。",
    "other": "“{file}”是{what}，不是工作簿。请改用 .xlsx 文件报送。",
    "unknown": "“{file}”不是 Excel 或 WPS 的工作簿。请确认选对了文件，并用 .xlsx 报送。",
    "damaged": "“{file}”的内容不完整或已损坏。请用 Excel 或 WPS 修复后另存为 .xlsx，修不好的让报送单位重发。",
    "bomb": "“{file}”展开后大得不合常理，为防死机没有读取。请核实来源，用 Excel 打开后另存为 .xlsx。",
    "declared": "“{file}”内部带有表格软件不会写入的实体声明，没有读取。请核实来源，用 Excel 打开后另存为 .xlsx。",
    "cells": "“{file}”的“{sheet}”表有 {rows} 行、{columns} 列，超出可以处理的范围。请删去表格以外的内容后另存。",
}


class Unreadable(Exception):
    """A refusal before the file's name is known: a key of SENTENCES and the facts its sentence quotes."""

    def __init__(self, reason: str, **facts: object):
        super().__init__(reason)
        self.reason = reason
        self.facts = facts

    def about(self, file: str) -> UserError:
        """The error a clerk reads about `file`."""
        return UserError(SENTENCES[self.reason].format(file=file, **self.facts))
