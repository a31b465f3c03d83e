"""The gate: a public document, Word or Excel, leaves only without numbers of persons, wherever they hide, and without parts nobody can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from toolkit.documents.docx_package import unpack
from toolkit.documents.package_parts import place_of, refused_parts
from toolkit.documents.package_texts import shared_strings, texts_of
from toolkit.documents.personal_numbers import ACCOUNT, PersonalNumber, numbers_across, numbers_in
from toolkit.documents.wording import mask_id, mask_phone
from toolkit.errors import UserError


def personal_information(package: bytes, allowed: Iterable[str] = ()) -> list[str]:
    """What is found in a .docx or .xlsx, masked, with its place: “身份证号 650102********1234（正文）”.

    Looks at text, tables, text boxes, hidden and deleted text, fields, comments, descriptions, links, properties, and the
    stored values of charts. `allowed` are texts, such as the office's own contact line, whose numbers may stand.
    """
    return found_in(unpack(package), allowed)


def found_in(members: Mapping[str, bytes], allowed: Iterable[str] = ()) -> list[str]:
    """`personal_information` of an unpacked package."""
    fine = {number.digits for text in allowed for number in numbers_in(text)}
    strings = shared_strings(members)
    findings = [f"{number.label} {_masked(number)}（{place_of(name)}）" for name in sorted(members)
                for number in _in_part(name, members[name], strings) if number.digits not in fine]
    return list(dict.fromkeys(findings))


def refuse_personal(name: str, members: Mapping[str, bytes], allowed: Iterable[str] = ()) -> None:
    """UserError where the public document called `name` gives away a number of a person, or carries what cannot be looked through."""
    if unreadable := refused_parts(members):
        raise UserError(f"“{name}”要公开，但里面有看不透的内容：{'、'.join(unreadable)}。请换回随工具安装的模板，或从模板里删去后重新生成。")
    if found := found_in(members, allowed):
        raise UserError(f"“{name}”要公开，但里面有个人信息：{'、'.join(found)}。请从台账的相应栏目或模板里删去后重新生成。")


def _in_part(name: str, content: bytes, strings: list[str]) -> list[PersonalNumber]:
    alone, rows = texts_of(name, content, strings)
    found = [number for text in dict.fromkeys((*alone, *(text for row in rows for text in row))) for number in numbers_in(text)]
    for row in rows:
        found += numbers_across(row)
        # “账号”写在前一格。
        found += [number for label, text in pairwise(row) if text[:1].isdigit() for number in numbers_in(f"{label} {text}")
                  if number.label == ACCOUNT]
    return found


def _masked(number: PersonalNumber) -> str:
    digits = number.digits
    if len(digits) == 18:
        return mask_id(digits)
    return mask_phone(digits) if len(digits) == 11 else f"{digits[:2]}{'*' * (len(digits) - 4)}{digits[-2:]}"
