"""The wording of every finding, in one table. A code never changes meaning.

Each entry: level, then one sentence of fact and one sentence of what to do in Excel. {value} is what the clerk typed.
"""

from __future__ import annotations

from toolkit.returns.characters import visible
from toolkit.returns.findings import ERROR, QUERY, Finding, Place

MESSAGES: dict[str, tuple[str, str]] = {
    # 报表格式
    "F-unreadable": (ERROR, "{value}"),
    "F-form": (ERROR, "没有认出这是哪张表。请用市局下发的标准表填报。"),
    "F-version": (ERROR, "表单版本是“{value}”，现行版本是“{wanted}”。请改用现行模板填报。"),
    "F-form-other": (ERROR, "这份是“{value}”，本次汇总“{wanted}”。请把它移到另一个文件夹。"),
    "F-year": (ERROR, "“{value}”不是四位年份。请填如 2026 的年份。"),
    "F-year-other": (ERROR, "报表年度是“{value}”，本次汇总{wanted}年度。请核对报送的文件。"),
    "F-year-unknown": (ERROR, "报表没有写明年度。请在标题写明年度，如“（2026年度）”。"),
    "F-district": (ERROR, "没有看出是哪个区（县）报送的。请在“填报单位”处填写区（县）人力资源和社会保障局全称。"),
    "F-district-differs": (ERROR, "填报单位是“{value}”，表内标明的区（县）是“{wanted}”。请核对后统一。"),
    "F-sheet-missing": (ERROR, "缺少“{value}”表。请从标准模板补上这张表并填写。"),
    "F-column-missing": (ERROR, "缺少“{value}”列。请从标准模板补上这一列。"),
    "F-column-near": (ERROR, "缺少“{value}”列，有一列“{near}”很像。如是同一列，请把表头改成“{value}”。"),
    "F-column-twice": (QUERY, "“{value}”列出现了不止一次，只读取了第一列。请删去多余的列。"),
    "F-nil-with-rows": (ERROR, "“{value}”选了“是”，{where}却填了{count}行。请改为“否”或删去各行。"),
    "F-sheet-continued": (QUERY, "“{value}”表的表头与“{sheet}”表相同，其中{count}行（{where}）已并入读取。请核对，并把各行移到“{sheet}”表里。"),
    "F-sheet-unread": (ERROR, "隐藏的“{value}”表的表头与“{sheet}”表相同，其中{count}行（{where}）没有读取。请取消隐藏后核对：要报的移到“{sheet}”表里，不要的删去这张表。"),
    "F-sheet-other-year": (QUERY, "“{value}”表是{year}年度的，表头与“{sheet}”表相同，其中{count}行（{where}）没有读取。请核对，不要的删去这张表。"),
    "F-empty": (ERROR, "表内没有填一行，也没有声明“{value}”。确实没有的，请在“{value}”处选“是”。"),
    "F-filled-on": (ERROR, "没有填报日期。请在表格上方填写填报日期。"),
    "F-hidden-rows": (QUERY, "第{value}行被隐藏或筛选掉了，仍按有效数据读取。请取消隐藏后核对。"),
    "F-hidden-columns": (QUERY, "“{value}”列被隐藏了，仍按有效数据读取。请取消隐藏后核对。"),
    "F-hidden-sheet": (QUERY, "“{value}”表被隐藏了，仍按有效数据读取。请取消隐藏后核对。"),
    "F-header-again": (ERROR, "第{value}行又是一行表头，列的顺序与第{row}行不同，下面{count}行没有读取。请按第{row}行的列序把这些行并到上面，删去这行表头。"),
    "F-rows-unfinished": (ERROR, "{value}没有填完，只有下拉选项或日期，没有读取。请填写完整，或清除这些行的内容。"),
    "F-merged": (QUERY, "{range}是合并单元格，各行都按“{value}”读取。请取消合并并逐行填写。"),
    # 单元格
    "F-required": (ERROR, "必填项是空的。请填写。"),
    "F-placeholder": (ERROR, "“{value}”不是要填的内容，等于没有填写。请填写实际内容。"),
    "F-formula-text": (ERROR, "“{value}”是公式的文字，没有算出内容。请删去公式和图片，直接填写文字。"),
    "F-long": (ERROR, "“{value}”太长，一个单元格放不下（最多32767个字）。请缩短后填写。"),
    "F-name": (QUERY, "“{value}”{why}，不像姓名。请对照身份证核对；确是这样的，在“备注”写明。"),
    "F-error": (ERROR, "单元格显示“{value}”，没有可用的值。请改正公式或直接填写。"),
    "F-uncached": (ERROR, "单元格的公式没有计算结果。请用 Excel 打开，保存一次再报。"),
    "F-date": (ERROR, "“{value}”看不出是哪一天。请填成 2026-11-20 这样的日期。"),
    "F-date-early": (ERROR, "“{value}”太早，多半是把“2018.10”这样的年月当作数字输入了。请填成 2018-10-01 这样的日期。"),
    "F-date-october": (ERROR, "“{value}”分不清是1月还是10月（数字会丢掉末尾的0）。请填成 2026-10-01 这样的日期。"),
    "F-date-late": (ERROR, "“{value}”太晚，不会是这里要填的日期。请核对年份。"),
    "F-date-short-year": (ERROR, "“{value}”的年份不是四位，分不清是哪一年。请填成 2026-11-20 这样的日期。"),
    "F-date-lunar": (ERROR, "“{value}”像是农历。请换算成公历，填成 2026-11-20 这样的日期。"),
    "F-future": (ERROR, "“{value}”晚于{filled}（填报日期），填报时还没有到。请核对年份。"),
    "F-number": (ERROR, "“{value}”不是数字。请只填数字。"),
    "F-number-vague": (ERROR, "“{value}”不是确定的数。请填写准确的数字。"),
    "F-number-large": (ERROR, "“{value}”超过15位，不会是这里要填的数。请核对后填写。"),
    "F-negative": (ERROR, "“{value}”小于零。请核对后填写。"),
    "F-whole": (ERROR, "“{value}”不是整数。请填写整数。"),
    "F-yes-no": (ERROR, "“{value}”看不出是“是”还是“否”。请从下拉框选择。"),
    "F-choice": (ERROR, "“{value}”不在可选范围内。请从下拉框选择（{choices}等）。"),
    "F-scientific": (ERROR, "“{value}”是科学计数法的文字，数字已丢失，无法还原。请把单元格设为文本后对照证照重新录入。"),
    "F-digits-lost": (ERROR, "“{value}”是按数值存的，15位以后的数字已经丢失，无法还原。请把单元格设为文本后对照证照重新录入。"),
    "F-code-date": (ERROR, "“{value}”是一个日期，原来写的号码已丢失（如“6-18”被改成6月18日）。请把单元格设为文本后重新录入。"),
    "F-id-length": (ERROR, "“{value}”不是18位。请对照身份证重新录入。"),
    "F-id-digits": (ERROR, "“{value}”含有不该有的字符。请对照身份证重新录入（只有末位可以是X）。"),
    "F-id-birth": (ERROR, "“{value}”第7至14位不是真实的日期。请对照身份证重新录入。"),
    "F-id-check": (ERROR, "“{value}”的末位校验码对不上，录入有误。请对照身份证重新录入。"),
    "F-id-province": (QUERY, "“{value}”开头两位不是现行省级代码。请对照身份证核对。"),
    "F-credit-length": (ERROR, "“{value}”不是18位。请对照营业执照重新录入。"),
    "F-credit-letters": (ERROR, "“{value}”含有代码里不用的字符（没有I、O、S、V、Z）。请对照营业执照重新录入。"),
    "F-credit-check": (ERROR, "“{value}”的末位校验码对不上，录入有误。请对照营业执照重新录入。"),
    "F-phone": (ERROR, "“{value}”不是电话号码。请填11位手机号，或“区号-号码”。"),
    "F-phone-several": (ERROR, "“{value}”里有几个号码。请只填一个，其余的写在“备注”。"),
    "F-mobile": (ERROR, "“{value}”不是手机号码。请填11位手机号。"),
    "F-computed": (QUERY, "自动计算格里是“{value}”，应为“{wanted}”，公式可能被改过。请从模板恢复公式。"),
    "F-duplicate-row": (ERROR, "与{where}重复（{value}）。请删去其中一行。"),
    "F-orphan": (ERROR, "“{value}”不在“推荐汇总”表里。请核对工作室名称。"),
    # 附件1
    "A1-2.birth": (ERROR, "出生日期“{value}”与身份证号（{wanted}）不一致。请核对。"),
    "A1-2.sex": (ERROR, "性别“{value}”与身份证号（{wanted}）不一致。请核对。"),
    "A1-2.work": (QUERY, "参加工作时{age}周岁，不满{minimum}周岁。请核对参加工作时间。"),
    "A1-2.retirement-sex": (ERROR, "退休类别“{value}”与性别“{sex}”不一致。请核对。"),
    # 第二条、第三条
    "R02-1": (QUERY, "产业集群选了“{value}”，不在八大产业集群之内。请在“备注”写明情况，供评审参考。"),
    "R02-2": (QUERY, "载体类型选了“其他”，需市局核准。请在“备注”写明载体情况。"),
    "R02-3": (QUERY, "团队成员中{age}周岁及以下的青年技术技能骨干不足{minimum}人。请核对，或在“备注”写明助手配备情况。"),
    "R03-1": (QUERY, "{year}年度的命名已经办结，每年只开展一次。请在“备注”写明补报原因。"),
    "R03-2": (ERROR, "“{value}”名下已有工作室“{studio}”（{status}），一人只能领办一个。请更换领办人或撤回申报。"),
    "R03-2.batch": (ERROR, "“{value}”在本年度另有申报（{other}），两件都已挂起。请市局裁定保留哪一件，通知区（县）撤回另一件。"),
    "R03-2.name": (QUERY, "与{other}的领办人同名、同职业而身份证号不同。请核对是否同一人，并在“备注”写明。"),
    "R03-3": (ERROR, "“{value}”已有相同职业（工种）的工作室“{studio}”（{status}）。请更换职业（工种）或撤回申报。"),
    "R03-3.batch": (ERROR, "“{value}”在本年度另有相同职业（工种）的申报（{other}），两件都已挂起。请市局裁定保留哪一件，通知区（县）撤回另一件。"),
    "R03-3.trade": (QUERY, "“{value}”另有同职业、不同工种的工作室或申报（{other}）。请在“备注”写明两者的区别，由市局认定。"),
    "R03-3.branch": (QUERY, "与“{other}”的统一社会信用代码主体部分相同，可能是同一法人的分支机构。请在“备注”写明关系。"),
    "R03-4": (ERROR, "填报为曾获国家或自治区命名，不再参加市级评选。请撤回申报。"),
    "R03-4.hit": (ERROR, "“{value}”在上级命名库中（{other}），不再参加市级评选。请撤回申报；如有出入，请与市局核对命名库。"),
    "R03-4.name": (QUERY, "上级命名库中有同名领办人（{other}）。请核对是否同一人，并在“备注”写明。"),
    "R19-4.bar": (ERROR, "“{value}”在禁申期内（{other}，至{until}）。请撤回申报，{until}之后再申办。"),
    "R19-4.unit": (QUERY, "“{value}”另有工作室在禁申期内（{other}，至{until}），职业不同。请在“备注”写明情况。"),
    # 第七条
    "R07-1a": (ERROR, "“{value}”不到技师等级。请核对证书；经市局核准例外的，在“备注”写明批准人和理由。"),
    "R07-1a.exempt": (QUERY, "“{value}”不到技师等级，备注写有市局核准。请核对批准人和理由是否写全。"),
    "R07-1b": (ERROR, "领办人不在职在聘。请核对；确不在职在聘的，请撤回申报。"),
    "R07-1c": (ERROR, "到{basis}距法定退休日期{retires}不足{years}年。请核对出生日期和退休类别；确实不足的，请撤回申报。"),
    "R07-1d": (QUERY, "荣誉选了“其他相当荣誉”。请在“备注”写明荣誉名称、授予单位和年份，由市局认定。"),
    "R07-2": (ERROR, "符合条件的团队成员{value}人（正式员工、不含领办人、身份证号不重复），少于{minimum}人。请补充团队成员。"),
    "R07-2.count": (QUERY, "填报团队{value}人，“团队成员”表有{actual}人。请核对后统一。"),
    "R07-2.leader": (QUERY, "“{value}”是领办人，不计入团队成员。请从“团队成员”表删去。"),
    "R07-2.shared": (QUERY, "“{value}”同时在“{other}”的团队里。请核对，并在“备注”写明。"),
    "R07-3": (ERROR, "职业道德核查结论为“否”。请按有权单位的结论办理，不合格的撤回申报。"),
    "R07-4": (QUERY, "管理制度选了“否”。请补齐制度，或在“备注”写明缺哪几项。"),
    "R07-5": (ERROR, "没有固定场所。请核对；确无固定场所的，请撤回申报。"),
    "R07-5.area": (QUERY, "面积{value}平方米，不足{minimum}平方米，期满考核会扣分。请核对，或在“备注”写明。"),
    "R07-6": (ERROR, "承诺配套{value}元，低于{minimum}元。请申办单位补足承诺。"),
    "R07-6.seal": (ERROR, "配套资金承诺没有盖章。请申办单位盖章后再报。"),
    "R08": (QUERY, "校企联合选了“是”，没有填合作单位。请填写合作单位全称。"),
    # 第九条、第十条
    "R09-1": (ERROR, "推荐区县“{value}”与报送区（县）“{wanted}”不一致。请核对；应由申办单位所在区（县）推荐。"),
    "R09-2": (ERROR, "缺少材料：{value}。请一次补齐后再报。"),
    "R09-2.none": (ERROR, "“材料清单”表没有这件申报。请补填六类材料。"),
    "R09-2.differs": (QUERY, "材料齐全填“{value}”，“材料清单”表{wanted}。请核对后统一。"),
    "R09-3": (ERROR, "工作室名称是“{value}”，应为“{wanted}”。请改正名称。"),
    "R10": (ERROR, "初审意见为“{value}”，未经初审同意的不能报市局。请核对，或撤回申报。"),
    "R10.date": (QUERY, "初审日期{value}晚于填报日期{filled}。请核对。"),
    "R22": (QUERY, "{value}不在《办法》施行期内（{first}至{last}）。请核对日期，并在“备注”写明依据。"),
    "R12-2": (QUERY, "“{value}”公示期内有异议，还没有处理结果，暂不命名。请在“公示命名”表填写异议处理结果。"),
    # 第十九条（二）、附件2
    "R19-2": (QUERY, "考核日期{value}不在期满考核窗口（{first}至{last}）内。请核对，或在“备注”写明原因。"),
    "R19-2.studio": (QUERY, "台账“工作室”表里没有“{value}”。请核对工作室名称，或在“备注”写明情况。"),
    "R19-2.differs": (QUERY, "“{value}”与台账（{wanted}）不一致。请核对，或在“备注”写明变更情况。"),
    "R19-2.twice": (ERROR, "“{value}”在{other}也报了考核结果。请核对由哪个区（县）考核，另一份删去这一行。"),
    "R19-3.section": (ERROR, "“{value}”分超过这一部分的满分{most}分。请对照评分表核对。"),
    "R19-3.bonus": (ERROR, "加分“{value}”分超过上限{most}分。请对照评分表核对。"),
    "S-form": (ERROR, "这份文件不是期满考核评分表。请放入各工作室的评分表。"),
    "S-twice": (ERROR, "“{value}”还有一份评分表（{other}）。请只留考核组认定的一份。"),
    "S-cell": (ERROR, "评分表里找不到这一格，行列可能被删过。请用市局下发的模板重新填报。"),
    "S-sheet": (ERROR, "“{value}”表的表头与“{sheet}”表相同，其中{count}行（{where}）没有计入，公式只看“{sheet}”表。请把要计入的移到“{sheet}”表，删去这张表。"),
    "S-moved": (ERROR, "“{value}”等{count}格的名称不指向原来的位置，行列或名称被改动过。请用市局下发的模板重新填报。"),
    "S-overwritten": (ERROR, "公式被“{value}”取代，应为“{wanted}”，{change}。请把公式恢复为“{formula}”。"),
    "S-formula": (ERROR, "公式被改成“{value}”，应得“{wanted}”，{change}。请把公式恢复为“{formula}”。"),
    "S-input": (ERROR, "取数的公式被“{value}”取代，佐证只支持“{wanted}”（{change}）。请恢复公式 {formula}，补齐佐证，或在“改填”写明数值和理由。"),
    "S-row": (ERROR, "自动判断的公式被“{value}”取代或改动，按佐证重新判断。请把公式恢复为“{formula}”。"),
    "S-differs": (ERROR, "表内是“{value}”，按佐证和填写的内容应为“{wanted}”，{change}。请核对，并用 .xlsx 格式的评分表报送。"),
    "S-stale": (ERROR, "表内显示“{value}”，重新计算是“{wanted}”，没有算过就存了。请用 Excel 打开，保存一次再报。"),
    "S-override": (QUERY, "改填为“{value}”，佐证是“{wanted}”，理由是“{reason}”。请核对依据。"),
    "S-override-reason": (ERROR, "改填为“{value}”，没有写理由，仍按佐证的“{wanted}”计。请写明改填理由，或清空改填。"),
    "S-unscored": (ERROR, "这一项是“{value}”，还没有得分。请填写完整。"),
    "S-reason": (ERROR, "扣了{value}分，没有写扣分理由。请写明扣分理由。"),
    "S-sensitive": (QUERY, "等次“{value}”：{why}（{readings}）。请考核组书面确认口径，写进汇总表的“确认说明”。"),
    "X01": (ERROR, "{value}，等次不能采用。请核对花名册和改填的人数。"),
    "X02": (QUERY, "{value}，等次不因此改变。请核对佐证，写进汇总表的“未达义务提示”。"),
    "S-confirm": (ERROR, "等次“{value}”还没有书面确认（{why}），暂不入账。请考核组在“确认说明”写明认定的口径、理由和确认人。"),
    # 期满考核佐证
    "E-period": (ERROR, "没有建设周期起或考核日期，佐证不能取数。请在“评分表”上方填写。"),
    "E-period-date": (ERROR, "“{value}”不是日期，佐证不能取数。请在“评分表”上方填成 2026-11-20 这样的日期。"),
    "E-period-order": (ERROR, "建设周期起{value}晚于取数止日{last}。请核对建设周期和考核日期。"),
    "E-window": (QUERY, "考核日期{value}不在期满考核期间（{first}至{last}）。请核对日期；确在期间外考核的，请写明原因。"),
    "E-outside": (QUERY, "“{value}”不在取数期间（{first}至{last}），没有计入。请核对日期。"),
    "E-date": (QUERY, "“{value}”没有按日期格式填写，没有计入。请填成 2026-11-20 这样的日期。"),
    "E-id": (QUERY, "“{value}”不是按文本填写的18位身份证号，没有计入。请对照身份证重新录入。"),
    "E-choice": (QUERY, "“{value}”不是下拉框里的写法，没有计入。请从下拉框选择。"),
    "E-lacking": (QUERY, "没有填{what}，这一行没有计入。请补填；确实没有的，保持原样。"),
    "E-held": (QUERY, "入门时已是“{wanted}”，取得“{value}”没有提高，没有计入。请核对两个等级。"),
    "E-agreement": (QUERY, "没有协议编号，“{value}”没有计入。请补填；没有签订师带徒协议的，保持原样。"),
    "E-agreement-late": (QUERY, "发证日期{value}不晚于协议日期{wanted}，没有计入。请核对两个日期。"),
    "E-twice": (QUERY, "“{value}”已在第{row}行按最高等级计入，这一行没有计入。请核对是否同一人。"),
    "E-amount": (QUERY, "“{value}”不是大于0的数，没有计入。请只填数字。"),
    "E-voucher-twice": (QUERY, "凭证号“{value}”与第{row}行重复。请核对是否登记了两次。"),
    "E-activity-twice": (QUERY, "“{value}”与第{row}行的日期、主题相同。请核对是否登记了两次。"),
    "E-use": (QUERY, "用途“{value}”不在列明的用途之内。请核对用途类别，或写明必要性。"),
    "E-use-after": (QUERY, "用途“{value}”列在建设期满之后。请核对用途类别，或写明情况。"),
    "E-account": (QUERY, "是否专账填“{value}”，资金须专款专用。请核对，或写明情况。"),
    "E-subsidy": (QUERY, "市级补助到位{value}元，应为一次性{wanted}元。请核对经费到位明细。"),
    "E-overspent": (QUERY, "支出合计{value}元，多于到位合计{wanted}元。请核对到位和支出明细。"),
    "E-balance": (QUERY, "到位减去支出还有结余{value}元。请核对明细；确有结余的，请写明原因和使用计划。"),
    # 汇总
    "M-log": (QUERY, "操作日志第{value}行与校验码对不上，这一行或它前面的行被改动、删除过。请对照“备份”文件夹核实。"),
    "M-holidays": (QUERY, "没有{value}年的放假安排，公示止日只按周末推算。请按国务院办公厅通知在“参数”表填写增补休息日、增补工作日。"),
    "M-district-missing": (QUERY, "{value}没有报送，也没有声明没有需要报的内容。请催报。"),
    "M-resubmitted": (QUERY, "{value}先后报送了{count}份，以{chosen}为准。请核对各份的差别（见合并结果“补报对比”表）。"),
    "M-resubmitted-same-day": (QUERY, "{value}报送的{count}份填报日期相同、内容不同，不能判断以哪份为准。请在台账“冲突”表选择。"),
    "M-missing-row": (QUERY, "台账中有“{value}”，这次报表里没有。请核对是撤回还是漏报，台账暂予保留。"),
    "M-conflict": (QUERY, "台账值“{value}”与来件值“{wanted}”不同，台账这一行有人改过。请在台账“冲突”表选择采用哪一个。"),
}

HOLDING = frozenset(("R03-2.batch", "R03-3.batch"))  # 入账挂起，等市局裁定；不因备注而解除


LONGEST_QUOTE, LONGEST_VALUE, LONGEST_FACT = 40, 200, 1000  # characters; a cell of Excel holds 32,767


def finding(code: str, place: Place, value: object = "", clause: str = "", **facts: object) -> Finding:
    """The finding of `code` at `place`, worded from the table; what it quotes is cut short. KeyError on an unknown code."""
    level, wording = MESSAGES[code]
    said = visible(str(value))
    quoted = wording.replace("“{value}”", f"“{_braced(_cut(said, LONGEST_QUOTE))}”")
    message = quoted.format(value=_cut(said, LONGEST_FACT), **{name: _cut(fact, LONGEST_FACT) for name, fact in facts.items()})
    return Finding(code, level, clause, place, str(_cut(str(value), LONGEST_VALUE)), message)


def _cut(value: object, longest: int) -> object:
    """Text up to `longest` characters; what is no text as it is."""
    return f"{value[:longest]}…" if isinstance(value, str) and len(value) > longest else value


def _braced(text: object) -> str:
    return str(text).replace("{", "{{").replace("}", "}}")
