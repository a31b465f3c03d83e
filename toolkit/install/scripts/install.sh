#!/bin/sh
# 离线安装：找一个能用的 Python，余下的由它来做。
here=$(cd "$(dirname "$0")" && pwd)
for python in @命令@ python3; do
  if command -v "$python" >/dev/null && "$python" -I "$here/installer/environment.py" --probe 2>/dev/null; then
    exec "$python" -I "$here/installer/environment.py"
  fi
done
echo "没有装成。这台电脑上没有能用的 Python（要64位的 @版本@ 版）。请用系统的软件包安装其中一版再试。" >&2
exit 1
