"""What 初审推荐报告, 申报表 and 评审表决记录 say.

Source: 乌人社规〔2023〕1号 第九条至第十一条、附件1
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from toolkit.documents.context_parts import BLANK, TO_FILL, heading, issued, law_named
from toolkit.documents.naming_contexts import studio_list
from toolkit.documents.wording import chinese_date
from toolkit.forms.application_rows import ApplicationHonourRow, ApplicationMemberRow, ApplicationPageRow
from toolkit.forms.register_rows import ApplicationRow, AwardRow, ExpertRow, ReviewRow, TeamRow
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import age_on
from toolkit.regulation.identity import id_birth
from toolkit.regulation.rubric.cell_values import plain
from toolkit.returns.values import shown

PEOPLE_PRINTED, AWARDS_PRINTED = (6, 6), (4, 7)  # 附件1印的行数，表里最多放的行数


_OF_MEMBER, _OF_AWARD = ("姓名", "等级", "年龄", "业绩"), ("项目", "名称", "单位", "等级", "排名", "年度")


_EXPERT_ROWS = 9


def report_context(law: Regulation, year: int, on: date, rows: Sequence[ApplicationRow], received: int, number: str) -> dict:
    """初审推荐报告 of the district of these applications, which `received` so many."""
    head, district = heading(law, year), shown(rows[0].district)
    bureau, day = f"{district}人力资源和社会保障局", chinese_date(on)
    reviewed = max(row.opinion_on or on for row in rows)
    listed = studio_list(law, rows)
    return {
        "年度": head["年度"], "区县": district, "牌匾": head["牌匾"], "排序": head["排序"],
        "办法": law_named(law, 初审条款=law.clause("R10"), 条件条款=law.clause("R07-1a").partition("（")[0]),
        "初审": {"收到": str(received), "日期": chinese_date(reviewed)},
        "发文": {"机关": bureau, "字号": number or f"＿＿＿＿〔{on.year}〕＿号", "签发人": TO_FILL, "日期": day, "主送": law.issuer,
               "抄送": TO_FILL, "印发机关": f"{bureau}办公室", "印发日期": day, "联系": {"科室": BLANK, "电话": BLANK}},
        "名单": listed}


def printed_form(row: ApplicationRow | ApplicationPageRow, team: Sequence[TeamRow | ApplicationMemberRow],
                 awards: Sequence[AwardRow | ApplicationHonourRow], law: Regulation, filled: date) -> dict:
    """附件1 of one application. The register keeps no passages: those are blank, to be written by hand; 申报工作簿 has them all."""
    people = [_member(each, filled) for each in team]
    won = [dict(zip(_OF_AWARD, map(shown, (
        each.item, each.award, each.given_by, each.grade, each.place, each.won_in)), strict=True)) for each in awards]
    (shown_people, more_people), (shown_awards, more_awards) = _fitted(people, _OF_MEMBER, *PEOPLE_PRINTED), _fitted(won, _OF_AWARD, *AWARDS_PRINTED)
    passages = (row.profile, row.directions, row.goals) if isinstance(row, ApplicationPageRow) else ("", "", "")
    return {
        "区县": shown(row.district), "表": {"出处": law.clause("A1-1"), "城市": law.facts["city"]},
        "工作室": {"申报单位": shown(row.unit), "名称": shown(row.studio), "职业": shown(row.occupation), "地点": shown(row.address),
                "面积": f"{plain(Decimal(row.area))}平方米" if row.area is not None else "",
                **dict(zip(("简介", "方向", "目标"), map(shown, passages), strict=True))},
        "领办人": _leader(row), "成员": shown_people, "获奖": shown_awards, "附表": more_people, "获奖附表": more_awards,
        "发文": issued(law, filled)}


def _leader(row: ApplicationRow | ApplicationPageRow) -> dict[str, str]:
    """A1-2: the leader's particulars."""
    month = f"{row.working_since.year}年{row.working_since.month}月" if row.working_since else ""
    address, merits = (row.mailing_address, row.merits) if isinstance(row, ApplicationPageRow) else ("", "")
    return {key: shown(value) for key, value in {
        "姓名": row.leader, "性别": row.sex, "民族": row.ethnic_group, "政治面貌": row.politics, "工作单位": row.unit, "联系电话": row.phone,
        "学历": row.education, "参加工作时间": month, "职业": row.occupation, "职务": row.position, "等级": row.level, "身份证号": row.leader_id,
        "通讯地址": address, "手机": row.mobile, "业绩": merits}.items()}


def _member(row: TeamRow | ApplicationMemberRow, filled: date) -> dict[str, str]:
    """A1-3: a member, the age as of the day the form was filled in."""
    born = id_birth(row.member_id) if row.member_id else None
    return {"姓名": shown(row.name), "等级": shown(row.level), "年龄": str(age_on(born, filled)) if born else "", "业绩": shown(row.achievements)}


def _fitted(rows: Sequence[dict[str, str]], keys: Sequence[str], printed: int, most: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """(rows in the form, rows in the annex): the form has `printed` rows at least and `most` at most."""
    return [*rows[:most], *(dict.fromkeys(keys, "") for _ in range(printed - len(rows)))], list(rows[most:])


_STEPS = (("审阅材料", ReviewRow.papers_read_on), ("现场考察", ReviewRow.visited_on), ("集中评议", ReviewRow.discussed_on),
          ("实名表决", ReviewRow.voted_on))


def voting_context(law: Regulation, year: int, on: date, rows: Sequence[ApplicationRow], reviews: Mapping[str, ReviewRow],
                   experts: Sequence[ExpertRow]) -> dict:
    """评审表决记录 of these applications. reviews: by the studio's name; experts: the committee that was there."""
    days = {step: [day for row in reviews.values() if (day := field.__get__(row, ReviewRow))] for step, field in _STEPS}
    votes = [_votes(number, row, reviews.get(shown(row.studio))) for number, row in enumerate(rows, 1)]
    held = days["集中评议"]
    return {
        "年度": str(year), "办法": law_named(law, 条款=law.clause("R11")),
        "评审": {"日期": "、".join(chinese_date(day) for day in sorted(set(held))) or BLANK, "地点": BLANK,
               "比例": "、".join(sorted({row.passing for row in reviews.values() if row.passing})) or BLANK,
               "应到": _counted(row.experts_due for row in reviews.values()), "实到": _counted(row.experts_present for row in reviews.values())},
        "程序": [{"环节": step, "日期": "、".join(chinese_date(day) for day in sorted(set(found)))} for step, found in days.items()],
        "评委": _experts(experts, list(reviews.values())), "表决": votes, "发文": issued(law, on)}


def _experts(experts: Sequence[ExpertRow], reviews: Sequence[ReviewRow]) -> list[dict[str, str]]:
    """The year's committee that was there, each with the studios that were not voted on; without a register, lines to be filled in."""
    said = [(shown(expert.name), shown(expert.unit), shown(expert.kind), "、".join(
        shown(row.studio) for row in reviews if shown(expert.name) in shown(row.stood_aside).split("、"))) for expert in experts]
    said += [("", "", "", "")] * (0 if experts else _EXPERT_ROWS)
    return [dict(zip(("姓名", "单位", "类别", "回避"), each, strict=True)) for each in said]


def _counted(numbers: Iterable[int | None]) -> str:
    return "、".join(map(str, sorted({number for number in numbers if number is not None}))) or BLANK


def _votes(number: int, row: ApplicationRow, review: ReviewRow | None) -> dict[str, str]:
    ayes, noes, abstained = (review.ayes, review.noes, review.abstentions) if review else (None, None, None)
    return {"序号": str(number), "工作室名称": shown(row.studio), "同意": shown(ayes), "不同意": shown(noes), "弃权": shown(abstained),
            "结论": shown(row.review or (review.outcome if review else None))}
