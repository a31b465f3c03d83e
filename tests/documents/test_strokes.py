"""姓氏笔画 order, against the public word list's own order and hand-checked names."""

import pytest

from toolkit.documents.strokes import by_strokes, outside_table, stroke_key


def order(*names, first=()):
    return by_strokes(names, lambda name: name, first)


@pytest.mark.parametrize("names, why", [
    (["丁一", "于洋", "马强", "王芳", "艾克拜尔", "刘洋", "李明", "张伟", "欧阳明", "赵刚", "徐亮", "黄河"], "笔画数由少到多"),
    (["王一", "毛一", "文一", "孔一"], "同为四画：横、撇、点、折"),
    (["田一", "白一"], "同为五画：竖在撇前"),
    (["王力", "王小明", "王丰"], "同姓看名的首字"),
    (["李明", "李明辉"], "前面全同，字少的在前"),
    (["于一", "土一"], "笔画数和起笔相同，看第二笔以后")])
def test_order(names, why):
    assert order(*reversed(names)) == names, why


def test_the_separator_of_a_name_does_not_count():
    same = ["买买提·艾力", "买买提艾力", "买买提•艾力", "买买提・艾力", "买买提 艾力"]
    assert len({stroke_key(name) for name in same}) == 1
    assert order("阿不都·热合曼", "买买提·艾力", "艾山·玉素甫") == ["艾山·玉素甫", "买买提·艾力", "阿不都·热合曼"]


def test_characters_outside_the_table_come_last_and_are_told():
    assert order("\U0003106c一", "龘一", "Ａ一", "丁一")[:2] == ["丁一", "龘一"]
    assert outside_table("\U0003106c一") == "\U0003106c" and outside_table("买买提·艾力") == ""




@pytest.mark.parametrize("name", ["㛃", "䶮", "堃", "喆", "昇", "𬭎"])
def test_rare_characters_of_real_names_are_in_the_table(name):
    assert outside_table(name) == ""


def test_the_bureau_may_put_names_first():
    assert order("丁一", "买买提·艾力", "王芳", first=["王芳", "买买提艾力"]) == ["王芳", "买买提·艾力", "丁一"]


def test_equal_names_keep_their_order():
    rows = [("王芳", 2), ("丁一", 9), ("王芳", 1)]
    assert by_strokes(rows, lambda row: row[0]) == [("丁一", 9), ("王芳", 2), ("王芳", 1)]
