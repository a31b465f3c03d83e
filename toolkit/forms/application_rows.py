"""申报工作簿 as typed rows: the page of 附件1, the other people, the leader's awards; only the columns that are asked for.

A field that 申报批次, 人员, 获奖 have too has the same name as there.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from toolkit.forms import application_book
from toolkit.forms.typed_rows import RowField, TypedRow


class ApplicationPageRow(TypedRow, sheet=application_book.PAGE):
    """The one application of the workbook."""

    district = RowField[str]("推荐区县")
    studio = RowField[str]("工作室名称")
    unit = RowField[str]("申办单位")
    occupation = RowField[str]("职业(工种)")
    address = RowField[str]("工作室地点")
    area = RowField[Decimal]("面积(㎡)")
    filled_on = RowField[date]("填报时间")
    leader = RowField[str]("领办人")
    sex = RowField[str]("性别")
    ethnic_group = RowField[str]("民族")
    politics = RowField[str]("政治面貌")
    phone = RowField[str]("单位电话")
    education = RowField[str]("学历(学位)")
    working_since = RowField[date]("参加工作时间")
    position = RowField[str]("行政职务")
    level = RowField[str]("技能等级")
    leader_id = RowField[str]("身份证号")
    mobile = RowField[str]("领办人手机")
    mailing_address = RowField[str]("通讯地址")
    merits = RowField[str]("主要工作业绩")
    profile = RowField[str]("申办单位简介")
    directions = RowField[str]("主要工作方向")
    goals = RowField[str]("建设预期目标")


class ApplicationMemberRow(TypedRow, sheet=application_book.MEMBERS):
    """A member of the team besides the leader."""

    name = RowField[str]("姓名")
    member_id = RowField[str]("身份证号")
    level = RowField[str]("等级或职称")
    achievements = RowField[str]("突出业绩")


class ApplicationHonourRow(TypedRow, sheet=application_book.HONOURS):
    """An award of the leader."""

    item = RowField[str]("获奖项目")
    award = RowField[str]("奖励名称")
    given_by = RowField[str]("授予单位")
    grade = RowField[str]("等级")
    place = RowField[str]("排名")
    won_in = RowField[int]("年度")
