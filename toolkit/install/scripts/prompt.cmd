@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 936 >nul
title 技能大师工作室 命令行
set "FOUND="
for %%d in ("%PUBLIC%" "%LOCALAPPDATA%") do call :find "%%~d\skill-master-toolkit\env"
if not defined FOUND goto missing
set "PATH=%FOUND%;%PATH%"
set "PYTHONSAFEPATH=1"
cd /d "%~dp0."
echo 在这里输入手册里的命令，例如 python -m toolkit doctor
cmd /k
exit /b 0

:missing
echo 工具箱还没有装好。请先双击安装包里的“安装”。
echo.
pause
exit /b 2

:find
if exist "%~1\python.exe" set "FOUND=%~1"
if exist "%~1\Scripts\python.exe" set "FOUND=%~1\Scripts"
exit /b 0
