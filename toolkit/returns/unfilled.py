"""What is written into a cell instead of a value: marks and words that only say “nothing yet”, formulas left as text.

One list for every column. A column where “无” is an answer says so in its declaration (`none_counts`).
"""

from __future__ import annotations

import re

from toolkit.returns.characters import half_width, hyphens

# 照纸表的习惯划掉、打叉、用符号占位的：看不出填的是什么。
_MARKS = re.compile(r"""[-_/\\|.·•…*×✕✖xX?!~,:;#〃"'`^+“”‘’、。〇○◯●□■◇◆△▲☆★〓◎\s]+""")
# 说明“还没有”“在别处”“同别行”的：要填的内容不在这一格。
_WORDS = re.compile(
    r"(无|没有|无此项|无内容|不适用|不涉及|暂?空缺?|空白|缺失?|略|省略|未知|不详|不明|不清楚?|未填写?|未定|某+)"
    r"|(待|尚待|有待)(补充?|定|填写?|报|核实?|查|议|办|录|确定|确认|提供|落实|完善|选择|通知|更新).{0,4}"
    r"|(暂|尚|目前)(无|缺|未|不|没)(有|定|填|报|提供|取得|办理|确定|明确|知)?"
    r"|(同|如)(上|前|左|右|下)(栏|行|列|表|一?行|格|面|所述)?|(内容|情况)?同上"
    r"|(详|请|另|参)?(见|附|阅)(附件|附表|附后|备注|后|说明|上|下|证书|复印件|原件|材料|文件|附|右|左|另表).{0,12}|(另|后)附"
    r"|请?(填写|选择|输入|下拉选择|点击选择)|(必|选)填|下拉选择|请从下拉.{0,6}")
_BEGINNINGS = frozenset("无没不暂空缺略省未某待尚有目同如内情详请另参见附阅后填选输下点必清")  # of the words above; anything else is a value
# 程序和表格软件留下的：没有取到值。
_LEFT_BY_SOFTWARE = re.compile(
    r"(null|none|nil|nan|n[./]?a|undefined|default|tbd|todo|test)|#[a-z0-9/]+[!?]?|err:\d+|object object", re.IGNORECASE)
_FORMULA = re.compile(r"=\s*[^=\s].*|\+?(_xlfn\.|_xlws\.|DISPIMG\().*", re.DOTALL | re.IGNORECASE)
NONE_WORDS = frozenset(("无", "没有", "不适用", "不涉及", "无此项"))
LONGEST = 24  # longer text says something


def kind(text: str) -> str:
    """Why a clean text is no value: the code of the message, "" for a value."""
    first = text[:1]
    if "0" <= first <= "9" or ("\u4e00" <= first <= "\u9fff" and first not in _BEGINNINGS):
        return ""
    if _FORMULA.fullmatch(half_width(text)):
        return "F-formula-text"
    return "F-placeholder" if _says_nothing(text) else ""


def _says_nothing(text: str) -> bool:
    if len(text) > LONGEST:
        return bool(_MARKS.fullmatch(text))
    bare = hyphens(half_width(text)).strip().strip("()[]【】<>《》{}“”″\"'。.")
    folded = "".join(bare.split())
    if not folded:
        return bool(text.strip())
    return any(pattern.fullmatch(folded) for pattern in (_MARKS, _WORDS, _LEFT_BY_SOFTWARE))
