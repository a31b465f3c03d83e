"""Invented numbers of persons in the spellings people use, and other numbers that look like them."""

from toolkit.documents.personal_numbers import luhn
from toolkit.regulation.identity import CREDIT_ALPHABET, credit_check_character, id_check_character


def with_check(first17: str) -> str:
    return first17 + id_check_character(first17)


def card(start: str, length: int) -> str:
    body = (start + "0123456789012345678")[:length - 1]
    return next(body + digit for digit in "0123456789" if luhn(body + digit))


def spelled(number: str, digits: str) -> str:
    return number.translate(str.maketrans("0123456789", digits))


def spaced(number: str, between: str, *lengths: int) -> str:
    pieces, place = [], 0
    for length in lengths:
        pieces.append(number[place:place + length])
        place += length
    return between.join(pieces)


ID, X_ID, OLD_ID = with_check("65010219880301123"), next(
    number for number in map(with_check, map(str, range(65010219880301100, 65010219880301199))) if number.endswith("X")), "650102880301123"
PERMITS = [with_check(f"8{region}0000199408230{place}") for region, place in ((1, "02"), (2, "11"), (3, "98"))]
FOREIGNER = with_check("91115619810803002")
PHONE, OTHER = "13812341234", "19912340000"
CARDS = [card("62220210", 19), card("621700", 19), card("622848", 19), card("62", 16), card("62", 17), card("62", 18), card("4563510", 16),
         card("51", 16), card("955880", 19)]
CHINESE, FORMAL, CIRCLED, FULL = "○一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "⓪①②③④⑤⑥⑦⑧⑨", "０１２３４５６７８９"

FORBIDDEN = [
    *(f"{word}{ID}" for word in ("", "马强", "身份证号：", "（", "ID", "证件编号：", "编号")), ID[:17] + "　" + ID[17], f"{ID}。",
    X_ID, *(X_ID[:17] + letter for letter in ("x", "×", " X", "Ⅹ", "Х", "-x", "　Ｘ")),
    *(spaced(ID, between, 6, 8, 4) for between in (" ", "-", "—", "·", ".", "/", "，", "\u200b", "\xa0", "\n", " - ", "_", "–", "~")),
    spaced(ID, " ", *[1] * 18), spaced(ID, "\u200d", *[1] * 18), spaced(ID, " ", 3, 3, 4, 4, 4),
    *(spelled(ID, digits) for digits in (CHINESE, FORMAL, CIRCLED, FULL, "〇一二三四五六七八九", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⓿❶❷❸❹❺❻❼❽❾")),
    ID.replace("0", "O"), ID[:10] + "\xad" + ID[10:], ID[:6] + "\u202e" + ID[6:], "650102198803011234",
    OLD_ID, spaced(OLD_ID, " ", 6, 6, 3), spelled(OLD_ID, FULL),
    *PERMITS, spaced(PERMITS[0], " ", 6, 8, 4), FOREIGNER, "H12345678", "M1234567890", "永久居留证CAN110081010112",
    "E12345678", "EA1234567", "G12345678", "e12345678", "Ｅ１２３４５６７８", "E 1234 5678", "护照：PE1234567", "护照号AB1234567", "台胞证12345678",
    *(f"{word}{PHONE}" for word in ("", "马强", "丁一", "张三", "手机：", "Tel", "tel:", "联系人李四，", "1.", "①", "微信同号")),
    *(f"{area}{PHONE}" for area in ("+86", "+86 ", "86-", "0086", "0086-", "(+86)", "（86）", "＋８６", "0", "+86(0)")),
    *(spaced(PHONE, between, 3, 4, 4) for between in (" ", "-", "－", "—", "·", ".", "/", "，", "\u200b", "\xa0", "\n", "_", "–", "  ", "|")),
    "（138）1234-1234", "138-12341234", "1381234-1234", spaced(PHONE, " ", 3, 2, 2, 2, 2), spaced(PHONE, " ", *[1] * 11), spaced(PHONE, "\u200b", *[1] * 11),
    *(spelled(PHONE, digits) for digits in (CHINESE, FORMAL, CIRCLED, FULL, "〇壹二三四伍六七八九", "洞幺两三四五六拐八勾", "٠١٢٣٤٥٦٧٨٩")),
    "一三八12341234", "138一二三四1234", "1️⃣3️⃣8️⃣12341234", "l38l234l234", OTHER.replace("0", "O"), f"{PHONE}、{OTHER}", f"{PHONE}@163.com", f"0991-2345678，{PHONE}",
    f"{PHONE}号机主", f"电话{PHONE}号",
    *CARDS, *(spaced(CARDS[0], between, 4, 4, 4, 4, 3) for between in (" ", "-", "\u200b", "·")), spelled(CARDS[0], FULL), spelled(CARDS[1], CHINESE),
    "账号：3002016009024512345", "帐号 65001012345678", "卡号：6001 2345 6789 0123 457", "账户30-020101040012345", "银行账号（工行）：3002016009"]

ALLOWED = [
    "91650100MA7775T12X", "9165010072912345XA", "91650102198803011" + credit_check_character("91650102198803011"),
    "统一社会信用代码12650100457600123" + CREDIT_ALPHABET[5], "0991-1234567", "0991-2345678、0991-2345679", "(0991)4567890", "010-66554433", "0991 2345678",
    "09912345678", "400-123-4567", "4001234567", "800-820-8820", "12333", "10086",
    "13900000001号工程", "第13900000001号", "13812341234号设备", "合同编号：13812341234", "13812341234元", "¥13900000001", "13,900,000,001.00元", "13812341234.50元",
    "金额13812341234", "13812341234人次", "乌人社发〔2026〕1号", "乌人社规〔2023〕1号、人社厅发〔2013〕51号", "2026年11月20日", "2026-11-20", "2026.11.20—2026.11.27",
    "2026/11/17 2026/11/24", "2026-11-17 09:30 2026-11-18 18:00", "100000元", "壹拾万元整", "乌技师2026001", "乌技师2026013、乌技师2026014", "830001",
    "650102********1234", "138****1234", "138****1334、139****5678", "650102XXXXXXXX1234", "12345678901", "GB/T 9704-2012", "S000065010013000123",
    "一三五七", "二〇二六年十一月二十日", "一百三十八亿一千二百三十四万", "92.5、88、59.5", "15 15 20 18 12", "shili@example.cn", "0.13812341234",
    "SN13812341234A", "专利号ZL202610123456.7", "ISBN 978-7-111-12345-6", f"{ID}9"]
