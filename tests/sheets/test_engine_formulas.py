"""What clerks write, computed by the engine as by LibreOffice; every function that is trusted is among it."""

import io

import openpyxl
import pytest
import xlsxwriter

from tests.recalculated import differences
from toolkit.sheets import engine_formulas
from toolkit.sheets.engine_formulas import engine_format
from toolkit.sheets.formula_tokens import moved, tokens
from toolkit.sheets.recalculate import refresh

COLUMNS = ([45000, "甲", "乙", "甲", None, "12", 7, 3.5, "650102199001011234"], [10, 20, 30, 40, None, 60, 70, 80, 90])
A, B = "A1:A9", "B1:B9"
ID = '"650102199001011234"'
WRITTEN = f'''
COUNTIF({A},"甲") COUNTIF({A},"<>") COUNTIF({A},"甲*") COUNTIF({A},A2) COUNTIF({A},">3") COUNTIF(A:A,"甲") COUNTIF(A$1:A1,A1)
COUNTIFS({A},"甲",{B},">15") COUNTIFS({A},"甲",{B},">="&B2) SUMIF({A},"甲",{B}) SUMIF({B},">="&B3) SUMIFS({B},{A},"甲",{B},">15")
AVERAGEIF({A},"甲",{B}) AVERAGEIFS({B},{A},"甲") _xlfn.MAXIFS({B},{A},"甲") _xlfn.MINIFS({B},{A},"甲")
COUNTA({A}) COUNT({B}) COUNTBLANK({B}) ROWS({A})-COUNTBLANK({A}) COLUMNS(A1:C1) ROW() ROW(A3) COLUMN() COLUMN(C1)
SUM({B}) SUM({B})/COUNT({B}) SUM(B:B) AVERAGE({B}) MAX({B}) MIN({B}) LARGE({B},2) SMALL({B},2) MEDIAN({B}) RANK(B3,{B}) RANK(B3,{B},1)
STDEV({B}) SUMSQ(B1:B3) PRODUCT(B1:B3) SUMPRODUCT(B1:B4,B1:B4) SUMPRODUCT((A2:A4="甲")*B2:B4) SUMPRODUCT(--(A2:A4="甲"),B2:B4)
SUMPRODUCT(({A}="甲")*({B}>10)*1) AND(B1>5,B2>5) OR(B1>50,FALSE) NOT(B1>5) AND(B1:B4)
VLOOKUP("甲",A1:B9,2,FALSE) IFERROR(VLOOKUP("丙",A1:B9,2,0),"无") HLOOKUP(10,B1:B4,2,0) INDEX({B},MATCH("乙",{A},0)) MATCH("甲",A:A,0)
MATCH(35,B1:B4) MATCH("*乙",{A},0) CHOOSE(2,"a","b") _xlfn.SWITCH(B1,10,"十","其他") _xlfn.IFS(B1>5,"大",TRUE,"小")
IF(A5="","空","有") IF(A5=0,"零","非") IF(A9="","空","有") IF(B1>5,TRUE,FALSE) _xlfn.IFNA(NA(),"无") IFERROR(1/0,0) 1/0 NA()
ROUND(2.345,2) ROUND(1.005,2) ROUNDUP(B1/3,2) ROUNDDOWN(B1/3,2) INT(-2.5) TRUNC(12.345,1) MOD(-3,2) ABS(-3) SIGN(-3) SQRT(16) POWER(2,0.5) PI()
CEILING(12.3,5) FLOOR(12.3,5) ISODD(3) ISEVEN(2) B1% -B1^2 2^3^2 0.1+0.2 A5+1 A5&"" A5
TEXT(A1,"yyyy-mm-dd") TEXT(A1,"yyyy年m月d日") TEXT(A1,"yyyy年mm月") TEXT(A1,"yyyymmdd") TEXT(A1,"m/d") TEXT(B1,"0.00元") TEXT(B1,"#,##0.00")
TEXT(0.256,"0.0%") TEXT(B1,"000") TEXT(B1/10000,"0.00万元") TEXT(B1,"0.00""元""") TEXT(B1,"¥#,##0.00") TEXT(-B1,"0.00;负0.00") TEXT(A2,"@")
TEXT(MID({ID},7,8),"0000-00-00") --TEXT(MID({ID},7,8),"0-00-00") TEXT("甲","0.00") TEXT(A5,"0") TEXT(0.5,"h:mm") TEXT(B1,"第000号")
DATE(2024,2,30) YEAR(A1) MONTH(A1) DAY(A1) EDATE(A1,24) EOMONTH(A1,0) DATEDIF(A1,A1+800,"y") DATEDIF(A1,A1+800,"ym") WEEKDAY(A1,2)
NETWORKDAYS(A1,A1+30) WORKDAY(A1,10) DATEVALUE("2024-05-06") TIME(8,30,0) HOUR(0.75) MINUTE(0.51) "2024-05-06"+1
DATE(MID({ID},7,4),MID({ID},11,2),MID({ID},13,2)) IF(MOD(MID({ID},17,1),2),"男","女") VALUE("12.5") "12"+1 A6*1 A2+1
LEN(A2) LEFT("乌鲁木齐市",2) MID("乌鲁木齐",2,2) RIGHT("乌鲁木齐市") FIND("鲁","乌鲁木齐") SEARCH("?鲁","乌鲁木齐") SUBSTITUTE("甲、乙","、",",")
REPLACE("甲乙丙",2,1,"丁") TRIM("~甲~~乙~") CLEAN("甲") CONCATENATE(A2,B1) _xlfn.CONCAT(A1:A4) _xlfn.TEXTJOIN("、",TRUE,A1:A4) REPT("★",3)
EXACT("a","A") UPPER("abc") LOWER("ABC") CHAR(65) CODE("A") T(A2) N(A2) A2&"元"&B1 "共"&COUNTA({A})&"人" "甲"="甲" "a"="A"
ISBLANK(A5) ISNUMBER(A6) ISTEXT(A2) ISERROR(A2+1) ISERR(1/0) ISNA(NA()) TRUE() FALSE() ADDRESS(2,3) HYPERLINK("#一!A1","去")
SUM('一'!$B$1:$B$3) MAX(0,MIN(10,B1-5)) IF(COUNTIF({A},A2)>1,"重复","") SUM(B$1:B1) ROUND(SUM({B})*0.1,2)
'''.split()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The workbook with the engine's values, and where LibreOffice differs."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("一")
        for column, values in enumerate(COLUMNS):
            sheet.write_column(0, column, values)
        for row, formula in enumerate(WRITTEN):
            sheet.write_formula(row, 5, "=" + formula.replace("~", " "), None, "旧")
    done = refresh(target.getvalue())
    return done, differences(done.data, tmp_path_factory.mktemp("both"))


def test_libreoffice_gives_the_same(both):
    done, different = both
    assert done.gaps == ()
    assert {WRITTEN[int(cell[1:]) - 1]: pair for (_, cell), pair in different.items()} == {}
    shown = openpyxl.load_workbook(io.BytesIO(done.data), data_only=True)["一"]
    assert "旧" not in {shown.cell(row, 6).value for row in range(1, len(WRITTEN) + 1)}


def test_every_trusted_function_is_compared():
    called = {token.text[:-1].removeprefix("_xlfn.") for formula in WRITTEN for token in tokens(formula) if token.kind == "call"}
    assert engine_formulas.TRUSTED - called == {"TODAY"}
    assert engine_formulas.COUNTS_DAYS <= engine_formulas.TRUSTED


@pytest.mark.parametrize("shows, engine", [
    ("yyyy年m月d日", "yyyy\\年m\\月d\\日"), ('0.00"元"', '0.00"元"'), ("0.00\\元", "0.00\\元"), ("[DBNum2]", None), ("aaaa", None), ("General", None),
    ("e年", None), ("mmm", None)])
def test_formats_are_spelt_for_the_engine(shows, engine):
    assert engine_format(shows) == engine


@pytest.mark.parametrize("formula, rows, columns, there", [
    ("SUM($A1:B$2,A:A,$1:3)+'x y'!C4", 1, 1, "SUM($A2:C$2,B:B,$1:4)+'x y'!D5"), ('IF(A6="A6",LOG10(A6),in_A6)', 3, 0, 'IF(A9="A6",LOG10(A9),in_A6)'),
    ("XFD1048576", 1, 1, "A1")])
def test_a_formula_says_the_same_of_another_cell(formula, rows, columns, there):
    assert moved(formula, rows, columns) == there


def test_formulas_are_taken_apart_without_loss():
    for formula in (*WRITTEN, "表1[[#This Row],[金额]]", "'a''b'!A1#", "{1,2;3,4}", "_xlfn._xlws.SORT(A1:A2)", "é", "[1]一!A1"):
        assert "".join(token.text for token in tokens(formula)) == formula
    assert [token.kind for token in tokens('IF(A1>1,"x",#N/A)')] == [
        "call", "reference", "operator", "number", "operator", "text", "operator", "error", "operator"]
