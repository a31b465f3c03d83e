#!/bin/sh
# 由宏启动：用设定的 Python 执行一条命令，完了把退出码写进文件。LibreOffice 的环境变量不传给它。
unset LD_LIBRARY_PATH PYTHONHOME PYTHONPATH
"$(cat "$CLICKS_FOLDER/interpreter")" "$(dirname "$0")/run_python.py" "$@" >>"$CLICKS_FOLDER/python.log" 2>&1
echo $? >"$CLICKS_FOLDER/finished.part"
mv "$CLICKS_FOLDER/finished.part" "$CLICKS_FOLDER/finished"
