"""Writes 规则与提示.md, 参数.md, 字段说明.md and the package's rule_places.toml from the wording table, the declarations, the program and its tests.

`python -m docs.catalogue` rewrites them; a test holds the checked-in files equal to what is generated here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from docs import mentions
from docs.field_page import field_page
from toolkit import regulation
from toolkit.forms import FORMS, roles
from toolkit.forms.model import Form
from toolkit.regulation import Choices, Parameter, Regulation, Rule, rule_places
from toolkit.regulation.rule_places import RulePlaces
from toolkit.returns.messages import MESSAGES
from toolkit.sheets.scans.refusals import SENTENCES

DOCS = Path(__file__).resolve().parent
RULES_FILE, PARAMETERS_FILE, FIELDS_FILE = DOCS / "规则与提示.md", DOCS / "参数.md", DOCS / "字段说明.md"
ROLES_FILE = DOCS / "职责分工.md"
GENERATED = "本页由 `python -m docs.catalogue` 按提示语表、办法数据文件和判定代码生成，请不要手改。\n"
OTHER_FAMILIES = {"F": "FORM", "E": "EVIDENCE", "S": "SCORE", "D": "LEDGER", "M": "MERGE", "P": "PAPER"}
"""Code prefix → the rule that stands for the whole family."""
PLACEHOLDERS = {"number": "编号", "kind": "类别", "move": "事项", "stages": "可以办的状态",
    "advice": "建议的口径", "ballot": "票", "before": "前一环节", "earlier": "前一环节的日期", "conclusion": "结论",
    "field": "口径名称", "least": "下限", "spent": "支出合计", "outside": "之外的合计", "share": "占比", "outcome": "表决结果",
    "action": "要做的事", "characters": "字", "day": "日期", "days": "各日期", "how": "填法", "on": "业务日期", "result": "处理结果",
    "value": "所填内容", "wanted": "对照内容", "actual": "实有数", "age": "周岁数", "basis": "测算基准日", "change": "得失分", "choices": "可选项",
    "own": "报送方", "beside": "另写的文件", "kept": "备份里的文件",
    "chosen": "采用的文件", "count": "数目", "filled": "填报日期", "first": "起日", "formula": "应有的公式", "last": "止日", "minimum": "下限",
    "most": "上限", "near": "相近的列", "other": "另一件", "range": "单元格区域", "readings": "各口径的等次",
    "reason": "理由", "seen": "显示的内容", "retires": "法定退休日期", "row": "行号", "sex": "性别",
    "file": "文件名", "megabytes": "大小", "limit": "上限", "what": "实际内容", "where": "所在位置", "sheet": "工作表",
    "rows": "行数", "columns": "列数",
    "status": "状态", "studio": "工作室", "until": "止日", "why": "原因", "year": "年度", "years": "年数"}
ORIGINS = {"原文": "条文写明的数字", "默认": "条文未写明或有两种读法，本工具取的口径，市局可改", "市局": "由市局填写，没有默认值"}


def law() -> Regulation:
    """The newest regulation that ships."""
    return regulation.load(regulation.FILES[-1])


# ---- 规则与提示 ----

def rules_page(of: Regulation) -> str:
    """规则与提示.md: every rule with its clause, parameters and messages."""
    codes, places = _codes_by_rule(), _judged_in()
    parts = [
        "# 规则与提示\n", GENERATED,
        "校验、合并给出的每一条问题都有代码、级别、条款和提示语。代码的含义不会改变。\n",
        "| 级别 | 意思 |\n|---|---|\n| 错误 | 必须改正；这一行改好之前不入账 |\n"
        "| 提示 | 须改正，或者在这一行“备注”写明情况；数值不变，说明一直有效 |\n",
        "提示语里尖括号〈〉的地方，显示的是当时表里的内容。“判定”一栏是作出判定的程序，供维护人员查找。\n",
    ]
    parts += ["## 办法拆成的规则\n",
              "性质：“执行”由程序判定或拦住；“支持”由程序推算、提醒、打印，由人决定；“记录”只登记有权单位的结论。"
              "标“待建”的还没有做完，写明差什么。`python -m toolkit rules` 列出同样的内容，并写明参数的取值。\n", _all_rules(of)]
    families = [rule for rule in of.rules.values() if codes.get(rule.id) and rule.id in OTHER_FAMILIES.values()]
    clauses = [rule for rule in of.rules.values() if codes.get(rule.id) and rule not in families]
    parts.append("## 按条款\n")
    parts += [_rule_section(rule, of, codes[rule.id], places) for rule in clauses]
    for rule in families:
        parts += [f"## {rule.title}\n", _message_table(codes[rule.id], places)]
    parts += ["## 文件读不了的原因\n", "读不了的文件按“拒收”处理（F-unreadable），其余文件照常处理。\n",
              "".join(f"- {_readable(sentence)}\n" for sentence in SENTENCES.values())]
    return "\n".join(parts)


def _all_rules(of: Regulation) -> str:
    """Every rule of the regulation in one table."""
    places = found_places(of)

    def lines(*texts: str) -> str:
        return "<br>".join(filter(None, texts))

    return _table(("规则", "条款", "要求", "性质", "口径", "程序"), (
        (rule.id, rule.clause, rule.title, lines(rule.kind, "待建" if rule.missing else ""), lines(rule.default, rule.missing),
         lines(*(f"`{_short(place)}`" for place in places[rule.id].implemented_in))) for rule in of.rules.values() if rule.kind))


def found_places(of: Regulation) -> Mapping[str, RulePlaces]:
    """Rule id → where the program and its tests name it, in the order of the regulation."""
    program, tests = mentions.by_rule(mentions.of_program(), of), mentions.by_rule(mentions.of_tests(), of)
    return {rule.id: RulePlaces(tuple(program.get(rule.id, ())), tuple(tests.get(rule.id, ()))) for rule in of.rules.values() if rule.kind}


def _places_file(places: Mapping[str, RulePlaces]) -> str:
    """rule_places.toml, one place a line."""
    def array(key: str, values: Iterable[str]) -> str:
        return f"{key} = [\n" + "".join(f'  "{value}",\n' for value in values) + "]\n"

    return "# 由 python -m docs.catalogue 按程序和测试里写的规则编号生成，请不要手改。\n" + "".join(
        f"\n[{rule}]\n{array('implemented_in', row.implemented_in)}{array('tested_by', row.tested_by)}" for rule, row in places.items())


def _codes_by_rule() -> Mapping[str, list[str]]:
    """Rule id → its message codes, in the order of the wording table."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in MESSAGES:
        family = OTHER_FAMILIES.get(code.partition("-")[0])
        found[family or code.partition(".")[0]].append(code)
    return found


def _rule_section(rule: Rule, of: Regulation, codes: Sequence[str], places: Mapping[str, list[str]]) -> str:
    lines = [f"### {rule.id}　{rule.clause}\n", f"{rule.title}。\n"]
    notes = [f"- {each.label}：{_value(each)}（{_origin(each)}）\n" for each in of.parameters.values()
             if each.rule == rule.id and each.value != ""]
    notes += [f"- “{each.label}”清单：{each.source}\n" for each in of.lists.values()
              if each.data.get("rule") == rule.id and each.source]
    lines += ["".join(notes)] if notes else []
    return "\n".join((*lines, _message_table(codes, places)))


def _message_table(codes: Iterable[str], places: Mapping[str, list[str]]) -> str:
    return _table(("代码", "级别", "提示语", "判定"), (
        (code, MESSAGES[code][0], _readable(MESSAGES[code][1]), "<br>".join(f"`{place}`" for place in places[code]))
        for code in codes))


def _readable(wording: str) -> str:
    """The wording with a Chinese word for every placeholder. KeyError on one that has none."""
    if wording == "{value}":
        return "见下文“文件读不了的原因”"
    return re.sub(r"\{(\w+)\}", lambda found: f"〈{PLACEHOLDERS[found[1]]}〉", wording)


def _judged_in() -> Mapping[str, list[str]]:
    """Message code → the functions that make it, whole or, where nobody does, put together."""
    whole: dict[str, list[str]] = defaultdict(list)
    begun: dict[str, list[str]] = defaultdict(list)
    for definition in mentions.of_program():
        for found, codes in ((whole, definition.codes), (begun, definition.begun)):
            for code in codes:
                found[code].append(_short(definition.place))
    return {**begun, **whole}


def _short(place: str) -> str:
    """toolkit.returns.checks.leader:level → returns/checks/leader.level"""
    module, _, name = place.removeprefix("toolkit.").partition(":")
    return f"{module.replace('.', '/')}.{name}"


# ---- 参数 ----

def parameters_page(of: Regulation) -> str:
    """参数.md: every parameter with value, clause, origin and reason, and every list with its entries."""
    parts = [
        "# 参数与清单\n", GENERATED,
        f"依据《{of.title}》（{of.number}，自{of.in_force_from}起施行，有效期至{of.in_force_to}）。"
        "市局在台账“参数”表的“取值”列修改，清空即恢复默认值；不用改程序。\n",
        "## 参数\n",
        _table(("口径", "意思"), ORIGINS.items()),
        _table(("参数", "名称", "默认值", "条款", "口径", "说明"), (
            (f"`{each.name}`", each.label, _value(each), each.clause, each.origin, each.why)
            for each in of.parameters.values())),
        "## 清单\n", "表里带下拉框的列只收这些写法；括号内是同样认得的写法。清单随办法一起发布，不在“参数”表里改。\n",
    ]
    parts += [_list_section(each) for each in of.lists.values()]
    return "\n".join(parts)


def _list_section(choices: Choices) -> str:
    about = "；".join(filter(None, (choices.clause, choices.source)))
    entries = "、".join(f"{item.name}（{'、'.join(item.also)}）" if item.also else item.name for item in choices.items)
    return f"### {choices.label}\n\n" + (f"{about}。\n\n" if about else "") + f"{entries}\n"


def _value(parameter: Parameter) -> str:
    if parameter.value == "":
        return "（空）"
    if isinstance(parameter.value, int):
        return f"{parameter.value:,}{parameter.unit}"
    return str(parameter.value)


def _origin(parameter: Parameter) -> str:
    return f"{parameter.origin}：{parameter.why}" if parameter.why else parameter.origin


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '｜') for cell in line)} |\n" for line in lines)


# ---- 职责分工 ----

def roles_page(of: Regulation) -> str:
    """职责分工.md: who does which step, and who fills in which column of which form."""
    duties = of.lists["duties"]
    parts = ["# 职责分工\n", GENERATED,
             "《办法》第十五条：各办各的事，各填各的栏。报来的表填了别人的栏，校验会指出来（R15）。\n", f"## {duties.label}\n",
             _table(("谁办", "办什么", "条款"), ((duty["role"], duty.name, duty["clause"]) for duty in duties.items)), "## 各表由谁填\n"]
    for form in FORMS:
        parts += [f"### {form.name}\n", f"由{form.role}填报。\n", _table(("表", "由谁", "列"), _columns_by_role(form))]
    return "\n".join(parts)


def _columns_by_role(form: Form) -> Iterable[tuple[str, str, str]]:
    for sheet in form.sheets:
        found: dict[str, list[str]] = defaultdict(list)
        for column in sheet.columns:
            found[roles.owner(form, column)].append(column.header)
        yield from ((sheet.name, role, "、".join(headers)) for role, headers in found.items())


def pages() -> Mapping[Path, str]:
    """Path → content of every generated page."""
    return {RULES_FILE: rules_page(law()), PARAMETERS_FILE: parameters_page(law()), FIELDS_FILE: field_page(), ROLES_FILE: roles_page(law()),
            rule_places.FILE: _places_file(found_places(law()))}


if __name__ == "__main__":
    for path, content in pages().items():
        path.write_text(content, "utf-8")
        print(f"已生成 {path.relative_to(mentions.ROOT)}")
