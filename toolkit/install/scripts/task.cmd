@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 936 >nul
title @标题@
set "PY="
for %%d in ("%PUBLIC%" "%LOCALAPPDATA%") do call :find "%%~d\skill-master-toolkit\env"
if not defined PY goto missing
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

:find
if exist "%~1\python.exe" set "PY=%~1\python.exe"
if exist "%~1\Scripts\python.exe" set "PY=%~1\Scripts\python.exe"
exit /b 0
