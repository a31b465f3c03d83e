#!/bin/sh
# 代替 Python：只记下宏交来的命令。
printf '%s\n' "$2" >>"$CLICKS_FOLDER/commands"
