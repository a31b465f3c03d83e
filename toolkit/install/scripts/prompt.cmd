@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 936 >nul
title 技能大师工作室 命令行
set "FOUND=%LOCALAPPDATA%\skill-master-toolkit\env"
if not exist "%FOUND%" set "FOUND=%PUBLIC%\skill-master-toolkit\env"
if not exist "%FOUND%\python.exe" set "FOUND=%FOUND%\Scripts"
if not exist "%FOUND%\python.exe" goto missing
set "PATH=%FOUND%;%PATH%"
set "PYTHONSAFEPATH=1"
rem pushd 给网络上的文件夹（\\服务器\共享）配一个盘符；cd 进不去。
pushd "%~dp0."
"%FOUND%\python.exe" -I -m toolkit.install.icon_task ledger "%~dp0."
echo 在这里输入手册里的命令，例如 toolkit doctor
cmd /k
exit /b 0

:missing
echo 工具箱还没有装好。请先双击安装包里的“安装”。
echo.
pause
exit /b 2
