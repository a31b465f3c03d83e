"""Writes 规则与提示.md and 参数.md from the wording table, the regulation's data and the code that judges.

`python docs/catalogue.py` rewrites both; a test holds the checked-in files equal to what is generated here.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import toolkit
from toolkit import regulation
from toolkit.regulation import Choices, Parameter, Regulation, Rule
from toolkit.returns.messages import MESSAGES
from toolkit.sheets.scans.refusals import SENTENCES

DOCS = Path(__file__).resolve().parent
PACKAGE = Path(toolkit.__file__).parent
JUDGES = ("returns", "jobs")  # where findings are made
FIRST_PART = re.compile(r"[A-Z]-[a-z]+-")
RULES_FILE, PARAMETERS_FILE = DOCS / "规则与提示.md", DOCS / "参数.md"
GENERATED = "本页由 `python docs/catalogue.py` 按提示语表、办法数据文件和判定代码生成，请不要手改。\n"
OTHER_FAMILIES = {"F": "FORM", "E": "EVIDENCE", "S": "SCORE", "M": "MERGE"}  # code prefix → rule that stands for the whole family
PLACEHOLDERS = {
    "value": "所填内容", "wanted": "对照内容", "actual": "实有数", "age": "周岁数", "basis": "测算基准日", "change": "得失分", "choices": "可选项",
    "beside": "另写的文件", "kept": "备份里的文件",
    "chosen": "采用的文件", "count": "数目", "filled": "填报日期", "first": "起日", "formula": "应有的公式", "last": "止日", "minimum": "下限",
    "most": "上限", "near": "相近的列", "other": "另一件", "range": "单元格区域", "readings": "各口径的等次",
    "reason": "理由", "retires": "法定退休日期", "row": "行号", "sex": "性别",
    "file": "文件名", "megabytes": "大小", "limit": "上限", "what": "实际内容", "sheet": "工作表", "rows": "行数", "columns": "列数",
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
    families = [rule for rule in of.rules.values() if codes.get(rule.id) and rule.id in OTHER_FAMILIES.values()]
    clauses = [rule for rule in of.rules.values() if codes.get(rule.id) and rule not in families]
    parts.append("## 按条款\n")
    parts += [_rule_section(rule, of, codes[rule.id], places) for rule in clauses]
    for rule in families:
        parts += [f"## {rule.title}\n", _message_table(codes[rule.id], places)]
    parts += ["## 文件读不了的原因\n", "读不了的文件按“拒收”处理（F-unreadable），其余文件照常处理。\n",
              "".join(f"- {_readable(sentence)}\n" for sentence in SENTENCES.values())]
    rest = [rule for rule in of.rules.values() if not codes.get(rule.id) and rule.clause]
    parts += ["## 只登记、不提示的条款\n", "下列条款由人办理，或只用于公文和台账，校验时不产生提示。\n",
              _table(("规则", "条款", "要求"), ((rule.id, rule.clause, rule.title) for rule in rest))]
    return "\n".join(parts)


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


@cache
def _judged_in() -> Mapping[str, list[str]]:
    """Message code → the functions that raise it, as `folder/module.function`."""
    whole: dict[str, list[str]] = defaultdict(list)
    begun: dict[str, list[str]] = defaultdict(list)  # codes put together, as "F-id-" and what is wrong with the number
    for place, text in _strings():
        if text in MESSAGES:
            whole[text].append(place)
        elif FIRST_PART.fullmatch(text):
            begun[text].append(place)
    for start, places in begun.items():
        for code in MESSAGES:
            if code.startswith(start) and code not in whole:
                whole[code] = places
    for place, code in _tabled():
        if code in MESSAGES and place not in whole[code]:
            whole[code].append(place)
    return {code: list(dict.fromkeys(whole[code])) for code in MESSAGES}


def _strings() -> Iterator[tuple[str, str]]:
    """Every string in every function that may judge, with the function's place; a clause that is looked up is none."""
    for path in sorted(path for folder in JUDGES for path in (PACKAGE / folder).rglob("*.py")):
        module = path.relative_to(PACKAGE).with_suffix("").as_posix()
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                nodes = list(ast.walk(function))
                looked_up = {id(given) for node in nodes if isinstance(node, ast.Call)
                             and ast.unparse(node.func).endswith(".clause") for given in node.args}
                yield from ((f"{module}.{function.name}", node.value) for node in nodes if id(node) not in looked_up
                            and isinstance(node, ast.Constant) and isinstance(node.value, str))


def _tabled() -> Iterator[tuple[str, str]]:
    """Every string in a private table of a judging module, with each function that looks into the table."""
    for path in sorted(path for folder in JUDGES for path in (PACKAGE / folder).rglob("*.py")):
        body, module = ast.parse(path.read_text("utf-8")).body, path.relative_to(PACKAGE).with_suffix("").as_posix()
        tables = {node.targets[0].id: [each.value for each in ast.walk(node.value) if isinstance(each, ast.Constant)]
                  for node in body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
                  and isinstance(node.targets[0], ast.Name) and node.targets[0].id.startswith("_")}
        for function in (node for node in body if isinstance(node, ast.FunctionDef)):
            used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
            yield from ((f"{module}.{function.name}", text) for name in tables.keys() & used for text in tables[name]
                        if isinstance(text, str))


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


def pages() -> Mapping[Path, str]:
    """Path → content of every generated page."""
    return {RULES_FILE: rules_page(law()), PARAMETERS_FILE: parameters_page(law())}


if __name__ == "__main__":
    for path, content in pages().items():
        path.write_text(content, "utf-8")
        print(f"已生成 {path.relative_to(DOCS.parent)}")
