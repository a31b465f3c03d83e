"""申报表, 初审推荐报告, 评审表决记录: what stands before the publicity, from the applications of a year.

Source: 乌人社规〔2023〕1号 第九条至第十一条、附件1
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from toolkit.errors import UserError
from toolkit.forms.application_rows import ApplicationHonourRow, ApplicationMemberRow, ApplicationPageRow
from toolkit.forms.register_rows import ApplicationRow, AwardRow, ExpertRow, ReviewRow, TeamRow
from toolkit.forms.typed_rows import TypedRow
from toolkit.jobs.drafts import Draft, nothing, stop
from toolkit.jobs.issuing import IssuingContext, deciding, heading, in_year, issued, law_named
from toolkit.jobs.naming_documents import APPLIED, studio_list
from toolkit.ledger import decisions
from toolkit.ledger.decisions import Decision
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import age_on
from toolkit.regulation.identity import id_birth
from toolkit.regulation.rubric.cell_values import plain
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.values import shown

BLANK = "＿＿＿＿＿＿"  # to be filled in by hand
TO_FILL = "（待填）"
PEOPLE_PRINTED, AWARDS_PRINTED = (6, 6), (4, 7)  # 附件1印的行数，表里最多放的行数
_OF_MEMBER, _OF_AWARD = ("姓名", "等级", "年龄", "业绩"), ("项目", "名称", "单位", "等级", "排名", "年度")
_EXPERT_ROWS = 9


def _applications(issuing: IssuingContext) -> list[ApplicationRow]:
    """The year's applications of the studio and the district that were asked for, withdrawn ones left out."""
    gone = issuing.law.lists["application_statuses"].where("withdrawn")
    chosen = [row for row in issuing.books.applications if row.year == issuing.year and row.status not in gone
              and issuing.district in ("", row.district) and issuing.studio in ("", row.studio)]
    if not chosen:
        asked = "、".join(filter(None, (issuing.district, issuing.studio)))
        raise UserError(f"{issuing.year}年度没有{f'“{asked}”的' if asked else ''}申报。请核对年度、区（县）、工作室名称，或先合并区县报表。")
    return chosen


# ---- 初审推荐报告 ----

def recommendation_reports(issuing: IssuingContext) -> Draft:
    """One report a district, for the district to number, sign and send."""
    issuing = in_year(issuing, *APPLIED)
    by_district: dict[str, list[ApplicationRow]] = defaultdict(list)
    left_out: list[Finding] = []
    contexts = []
    with deciding(issuing.law):
        for row in _applications(issuing):
            by_district[row.district or ""].append(row)
        for district in filter(by_district.get, issuing.law.lists["districts"].names):
            rows = by_district[district]
            selected = decisions.select(rows, lambda row: True, lambda row: _recommended(row, issuing),
                                        (ApplicationRow.leader_id, ApplicationRow.studio), issuing.law)
            stop(selected)
            left_out += selected.left_out
            if selected.chosen:
                contexts.append(_report_context(issuing, district, selected.chosen, len(rows)))
    if not contexts:
        raise nothing(f"{issuing.year}年度没有区（县）同意推荐的申报。请核对“申报批次”表的初审意见。", left_out)
    return Draft(contexts, findings=left_out)


def _recommended(row: ApplicationRow, issuing: IssuingContext) -> Decision:
    """R10: what the district let pass, with everything that the list prints."""
    law = issuing.law
    if row.opinion not in law.lists["opinions"].where("passes"):
        place = row.record.place(ApplicationRow.opinion.header)
        return Decision((finding("R10.opinion", place, shown(row.studio), law.clause("R10"), status=row.opinion or "空"),))
    return Decision(stopping=tuple(decisions.unprintable(row, (*decisions.PRINTED_OF_APPLICATION, ApplicationRow.opinion_on), law)))


def _report_context(issuing: IssuingContext, district: str, rows: Sequence[ApplicationRow], received: int) -> dict:
    from toolkit.documents.wording import chinese_date

    law, head = issuing.law, heading(issuing.law, issuing.year)
    bureau, day = f"{district}人力资源和社会保障局", chinese_date(issuing.on)
    reviewed = max(row.opinion_on or issuing.on for row in rows)
    listed = studio_list(issuing, [{**row.record.values, "区县": row.district} for row in rows], with_plaque=False)
    return {
        "年度": head["年度"], "区县": district, "牌匾": head["牌匾"], "排序": head["排序"],
        "办法": law_named(law, 初审条款=law.clause("R10"), 条件条款=law.clause("R07-1a").partition("（")[0]),
        "初审": {"收到": str(received), "日期": chinese_date(reviewed)},
        "发文": {"机关": bureau, "字号": issuing.number or f"＿＿＿＿〔{issuing.on.year}〕＿号", "签发人": TO_FILL, "日期": day, "主送": law.issuer,
               "抄送": TO_FILL, "印发机关": f"{bureau}办公室", "印发日期": day, "联系": {"科室": BLANK, "电话": BLANK}},
        "名单": listed}


# ---- 申报表 ----

def application_forms(issuing: IssuingContext) -> Draft:
    """A1-1 … A1-5: 附件1 for each application, as the registers have it; what no register has is left to be written by hand."""
    issuing = in_year(issuing, *APPLIED)
    with deciding(issuing.law):
        rows = _applications(issuing)
        for row in rows:
            stop(Decision(stopping=tuple(decisions.unprintable(row, decisions.PRINTED_OF_APPLICATION, issuing.law))))
        team, awards = _standing(issuing, TeamRow), _standing(issuing, AwardRow)
        return Draft([_form_context(issuing, row, team[_key(row)], awards[_key(row)]) for row in rows])


def _key(row: TypedRow) -> tuple:
    values = row.record.values
    return values.get("年度"), values.get("区县") or values.get("推荐区县"), values.get("工作室名称")


def _standing(issuing: IssuingContext, kind: type[TeamRow] | type[AwardRow]) -> Mapping[tuple, list]:
    """The rows of a register that are not withdrawn, by year, district and studio."""
    gone, found = issuing.law.lists["row_states"].where("withdrawn"), defaultdict(list)
    for row in issuing.books.of(kind):
        if row.standing not in gone:
            found[_key(row)].append(row)
    return found


def _form_context(issuing: IssuingContext, row: ApplicationRow, team: Sequence[TeamRow], awards: Sequence[AwardRow]) -> dict:
    return printed_form(row, team, awards, issuing.law, row.filled_on or issuing.on)


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


# ---- 评审表决记录 ----

_STEPS = (("审阅材料", ReviewRow.papers_read_on), ("现场考察", ReviewRow.visited_on), ("集中评议", ReviewRow.discussed_on),
          ("实名表决", ReviewRow.voted_on))


def voting_record(issuing: IssuingContext) -> Draft:
    """R11: the four steps and the votes as registered; without a register, the record to be filled in by hand."""
    from toolkit.documents.wording import chinese_date

    issuing = in_year(issuing, *APPLIED)
    law = issuing.law
    with deciding(law):
        reviews = {shown(row.studio): row for row in issuing.books.reviews if row.year == issuing.year}
        rows = _applications(issuing)
        days = {step: [day for row in reviews.values() if (day := field.__get__(row, ReviewRow))] for step, field in _STEPS}
        votes = [_votes(number, row, reviews.get(shown(row.studio))) for number, row in enumerate(rows, 1)]
        held = days["集中评议"]
        return Draft([{
            "年度": str(issuing.year), "办法": law_named(law, 条款=law.clause("R11")),
            "评审": {"日期": "、".join(chinese_date(day) for day in sorted(set(held))) or BLANK, "地点": BLANK,
                   "比例": "、".join(sorted({row.passing for row in reviews.values() if row.passing})) or BLANK,
                   "应到": _counted(row.experts_due for row in reviews.values()), "实到": _counted(row.experts_present for row in reviews.values())},
            "程序": [{"环节": step, "日期": "、".join(chinese_date(day) for day in sorted(set(found)))} for step, found in days.items()],
            "评委": _experts(issuing, list(reviews.values())), "表决": votes, "发文": issued(law, issuing.on)}])


def _experts(issuing: IssuingContext, reviews: Sequence[ReviewRow]) -> list[dict[str, str]]:
    """The year's committee that was there, each with the studios that were not voted on; without a register, lines to be filled in."""
    absent = issuing.law.lists["yes_no"].names[1]
    experts = [row for row in issuing.books.of(ExpertRow) if row.year == issuing.year and row.attended != absent]
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
