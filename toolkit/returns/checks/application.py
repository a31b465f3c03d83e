"""Rules about the unit, the team, the place, the money and the papers. Source: 第二条、第七条（二）至（六）、第八条至第十条."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from toolkit.regulation.calendar import age_on
from toolkit.returns.checks.case import Case, occupation
from toolkit.returns.findings import Finding


def cluster(case: Case) -> Iterator[Finding]:
    """R02-1: mainly the eight clusters — outside is a query, not a bar."""
    if case["产业集群"] in case.law.lists["clusters"].where("outside"):
        yield case.finding("R02-1", "产业集群")


def carrier(case: Case) -> Iterator[Finding]:
    """R02-2: the carriers named, “等” means others need the bureau's approval."""
    if case["载体类型"] in case.law.lists["carriers"].where("other"):
        yield case.finding("R02-2", "载体类型")


def team(case: Case) -> Iterator[Finding]:
    """R07-2: official employees, not the leader, distinct by ID number; R02-3: a young one among them."""
    leader, team_rows = case["身份证号"], case.team
    if leader and team_rows.asked_by[leader] is case.record:
        for member in team_rows.by_number.get(leader, ()):
            yield case.at(member, "R07-2.leader", "身份证号", value=member["姓名"])
    counted = len(team_rows.official) - (leader in team_rows.official)
    minimum, assistants, limit, basis = case.law["team_minimum"], case.law["assistants_minimum"], case.law["young_member_age"], case.basis
    if counted < minimum:
        yield case.finding("R07-2", "团队人数(不含领办人)", value=counted, minimum=minimum)
        return
    young = (number for number, born in team_rows.births.items() if number != leader and basis and age_on(born, basis) <= limit)
    if basis and len(list(islice(young, assistants))) < assistants:
        yield case.finding("R02-3", "团队人数(不含领办人)", age=limit, minimum=assistants)


def team_size(case: Case) -> Iterator[Finding]:
    """R07-2: the declared number equals the number of rows in 团队成员."""
    declared = case["团队人数(不含领办人)"]
    actual = len(case.team) - len(case.team.by_number.get(case["身份证号"], ()))
    if declared is not None and declared != actual:
        yield case.finding("R07-2.count", "团队人数(不含领办人)", actual=actual)


def systems(case: Case) -> Iterator[Finding]:
    """R07-4: missing systems are listed, not a bar."""
    if case["管理制度"] == "否":
        yield case.finding("R07-4", "管理制度")


def venue(case: Case) -> Iterator[Finding]:
    """R07-5: a fixed place; the 30 m² line stands only in 附件2, so it is a query here."""
    if case["固定场所"] == "否":
        yield case.finding("R07-5", "固定场所")
    size, minimum = case["面积(㎡)"], case.law["venue_area_sqm"]
    if size is not None and size < minimum:
        yield case.finding("R07-5.area", "面积(㎡)", minimum=minimum)


def pledge(case: Case) -> Iterator[Finding]:
    """R07-6: matching funds not below the city's subsidy, with a seal."""
    sum_pledged, minimum = case["承诺配套资金(元)"], case.law["matching_minimum_yuan"]
    if sum_pledged is not None and sum_pledged < minimum:
        yield case.finding("R07-6", "承诺配套资金(元)", minimum=f"{minimum:,}", value=f"{sum_pledged:,}")
    if case["配套承诺盖章"] == "否":
        yield case.finding("R07-6.seal", "配套承诺盖章")


def cooperation(case: Case) -> Iterator[Finding]:
    """R08: who says 校企联合 names the partner."""
    if case["校企联合"] == "是" and not case["合作单位"]:
        yield case.finding("R08", "合作单位", value="")


def district(case: Case) -> Iterator[Finding]:
    """R09-1: recommended by the district that returns it."""
    named = case["推荐区县"]
    if named and case.source.district and named != case.source.district:
        yield case.finding("R09-1", "推荐区县", wanted=case.source.district)


def materials(case: Case) -> Iterator[Finding]:
    """R09-2: six kinds of papers, asked for in one go."""
    if "材料清单" not in case.source.tables:
        return
    if case.material is None:
        yield case.finding("R09-2.none", "材料齐全")
        return
    kinds = case.law.lists["materials"].items
    lacking = [f"{item.name}（{item['clause']}）" for item in kinds if case.material[item.name] == "否"]
    if lacking:
        yield case.at(case.material, "R09-2", "工作室名称", value="、".join(lacking))
    answered = all(case.material[item.name] for item in kinds)
    complete = "否" if lacking else "是"
    if answered and case["材料齐全"] not in (None, complete):
        yield case.finding("R09-2.differs", "材料齐全", wanted="有缺项" if lacking else "各项都有")


def studio_name(case: Case) -> Iterator[Finding]:
    """R09-3: leader + occupation (or trade) + 技能大师工作室."""
    leader, typed, name = case["领办人"], case["职业(工种)"], case["工作室名称"]
    if not (leader and typed and name):
        return
    parts = [part for part in (*occupation(typed), "".join(typed.split())) if part]
    allowed = [f"{leader}{part}{case.law.facts['studio_suffix']}" for part in parts]
    if "".join(name.split()).replace("（", "(").replace("）", ")") not in \
            [each.replace("（", "(").replace("）", ")") for each in allowed]:
        yield case.finding("R09-3", "工作室名称", wanted=allowed[0])


def opinion(case: Case) -> Iterator[Finding]:
    """R10: no report to the city without the district's consent."""
    said = case["初审意见"]
    if said and said not in case.law.lists["opinions"].where("passes"):
        yield case.finding("R10", "初审意见")
    reviewed, filled = case["初审日期"], case.source.filled_on
    if reviewed and filled and reviewed > filled:
        yield case.finding("R10.date", "初审日期", filled=filled)


def declared_superior(case: Case) -> Iterator[Finding]:
    """R03-4: named once by the state or the region, no longer eligible (past namings count)."""
    if case["曾获上级命名"] == "是":
        yield case.finding("R03-4", "曾获上级命名")


RULES = (cluster, carrier, team, team_size, systems, venue, pledge, cooperation, district, materials, studio_name,
         opinion, declared_superior)
