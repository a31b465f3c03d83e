@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 936 >nul
title @标题@
set "FOUND=%LOCALAPPDATA%\skill-master-toolkit\env"
if not exist "%FOUND%" set "FOUND=%PUBLIC%\skill-master-toolkit\env"
set "PY=%FOUND%\python.exe"
if not exist "%PY%" set "PY=%FOUND%\Scripts\python.exe"
if not exist "%PY%" goto missing
"%PY%" -I -m toolkit.install.icon_task @任务@ "%~dp0." %*
set "CODE=%ERRORLEVEL%"
goto end

:missing
echo 工具箱还没有装好。请先双击安装包里的“安装”。
set "CODE=2"
goto end

:end
echo.
pause
exit /b %CODE%
