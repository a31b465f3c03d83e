"""The tables of workbooks of results: how their sheets are called, and their headers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.forms.model import PREVIEW_SHEET
from toolkit.pages.result_tables import ResultTable
from toolkit.returns.checks import OUTCOMES


class TableHead(NamedTuple):
    """A sheet's name and its headers."""

    sheet: str
    headers: tuple[str, ...]

    def over(self, rows: Sequence[Sequence[object]]) -> ResultTable:
        """The table of these rows."""
        return self.sheet, self.headers, rows


# 合并结果
OVERVIEW = TableHead("概况", ("区县", "状态", "采用的报表", *OUTCOMES))
FILES = TableHead("文件清单", ("文件", "状态", "表", "区县", "年度", "行数", "说明"))
PROBLEMS = TableHead("问题清单", ("级别", "文件", "工作表", "单元格", "项目", "值", "问题", "条款", "代码", "说明"))
ADDED = TableHead("入账新增", ("台账表", "对象", "来源文件", "来源表", "来源行"))
CHANGED = TableHead("入账更新", ("台账表", "对象", "项目", "原值", "新值"))
CONFLICTS = TableHead("待选择冲突", ("台账表", "对象", "项目", "台账值", "来件值", "来件"))
COMPARED = TableHead("补报对比", ("区县", "前一份", "后一份", "表", "对象", "项目", "前一份的值", "后一份的值"))
NORMALISED = TableHead("规范化记录", ("文件", "工作表", "单元格", "项目", "怎样读取"))
STUDIOS_ENTERED = TableHead("概况", ("工作室编号", "工作室", "评分表", "状态", "佐证行数", "说明"))  # 佐证入账的
# 培训补贴名单
SUBSIDIES = TableHead("培训补贴名单", ("序号", "徒弟姓名", "身份证号", "工作室名称", "取得等级", "证书编号", "发证日期", "补贴(元)"))
# 个案档案的目录
EVENTS = TableHead("经过", ("日期", "事项", "条款", "台账", "来源文件", "来源表", "来源行", "原件校验码", "说明"))
PARTS = TableHead("文件", ("类别", "文件", "校验码", "情况"))
# 合并预览
PREVIEW = TableHead(PREVIEW_SHEET, ("序号", "类别", "状态", "对象", "位置或项目", "内容"))
