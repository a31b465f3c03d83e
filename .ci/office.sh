#!/usr/bin/env bash
# 测试用的办公环境（Debian）：LibreOffice Calc/Writer、中文字体、PDF 工具；装过的跳过。
# 公文字体用 Fandol（仿宋、楷体、黑体、宋体）顶替，由私有 fontconfig 文件起别名，不改动系统字体。
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(libreoffice-calc libreoffice-writer fonts-noto-cjk fonts-noto-cjk-extra poppler-utils python3-venv
  python3-uno xvfb xdotool openbox) # 末四个：xlwings 的测试引擎与真实点击
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
fonts=$PWD/.cache/fonts
if [ ! -f "$fonts/FandolFang-Regular.otf" ]; then
  mkdir -p "$fonts" .cache/debs
  if ! ls .cache/debs/texlive-lang-chinese_*.deb >/dev/null 2>&1; then
    (cd .cache/debs && { apt-get download -qq texlive-lang-chinese || { apt-get update -qq && apt-get download -qq texlive-lang-chinese; }; })
  fi
  dpkg-deb --fsys-tarfile .cache/debs/texlive-lang-chinese_*.deb |
    tar -x -C "$fonts" --strip-components=9 --wildcards '*/fandol/Fandol*.otf'
fi
alias_font() { # 实际字体 别名…
  local real=$1; shift
  for name in "$@"; do
    printf '<match target="pattern"><test name="family" qual="any"><string>%s</string></test><edit name="family" mode="assign" binding="strong"><string>%s</string></edit></match>\n' "$name" "$real"
  done
}
{
  printf '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n<dir>%s</dir>\n<cachedir>%s/cache</cachedir>\n' "$fonts" "$fonts"
  alias_font "FandolFang R" 仿宋_GB2312 FangSong_GB2312 仿宋 FangSong 方正仿宋_GBK
  alias_font "FandolKai" 楷体_GB2312 KaiTi_GB2312 楷体 KaiTi
  alias_font "FandolHei" 黑体 SimHei 方正黑体_GBK
  alias_font "FandolSong" 宋体 SimSun
  alias_font "Noto Serif CJK SC Black" 方正小标宋简体 方正小标宋_GBK 小标宋
  alias_font "Noto Sans CJK SC" 微软雅黑 "Microsoft YaHei"
  printf '</fontconfig>\n'
} > "$fonts/fonts.conf"
