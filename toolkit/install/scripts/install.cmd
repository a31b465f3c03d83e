@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 936 >nul
title 安装技能大师工作室工具箱
set "HERE=%~dp0"
set "PY="
set "ZIP="
set "EXE="
set "TRIED=%TEMP%\skill-master-toolkit-python.txt"
type nul >"%TRIED%"
if not exist "%HERE%wheels\*.whl" goto packed
if not exist "%HERE%installer\environment.py" goto packed

rem 信息科放进 python 文件夹的离线 Python 优先：先认解压好的，再认压缩包。
rem 路径只放在变量里，不写在 call 后面：call 会把路径里的 %名称% 当作变量再换一次。
for %%z in ("%HERE%python\python-3*-embed-amd64.zip") do set "ZIP=%%~z"
if not exist "%HERE%python\python.exe" if defined ZIP call :unpack
set "CANDIDATE=%HERE%python\python.exe"
call :try
if defined PY goto install
call :search
if defined PY goto install
for %%e in ("%HERE%python\python-3*-amd64.exe") do set "EXE=%%~e"
if defined EXE call :setup
call :search
if defined PY goto install
goto nopython

:install
"%PY%" -I "%HERE%installer\environment.py"
set "CODE=%ERRORLEVEL%"
goto end

:packed
echo 没有装成。这个文件还在压缩包里，或者没有解压完整。
echo 请右键点压缩包，选“全部解压缩”，再双击解压出来的“安装”。
set "CODE=1"
goto end

:nopython
echo 没有装成。这台电脑上没有能用的 Python（要64位的 @版本@ 版）。
for %%f in ("%TRIED%") do if %%~zf equ 0 goto advice
echo 找到了这些，但不能用：
type "%TRIED%"
:advice
echo 请信息科从 python.org 下载 Windows embeddable package（64位）或安装程序，
echo 原样放进本文件夹下的 python 文件夹，再双击“安装”。不需要管理员权限。
set "CODE=1"
goto end

:end
del "%TRIED%" 2>nul
echo.
pause
exit /b %CODE%

rem 依次找：py 启动器、按用户安装和全机安装的默认位置、命令路径。
:search
for %%v in (@版本号@) do call :launcher %%v
for %%v in (@短版本号@) do call :places %%v
for /f "delims=" %%p in ('where python 2^>nul') do (
  set "CANDIDATE=%%~p"
  call :try
)
exit /b 0

:launcher
if defined PY exit /b 0
set "CANDIDATE="
for /f "delims=" %%p in ('py -%1 -I -c "import sys; print(sys.executable)" 2^>nul') do set "CANDIDATE=%%~p"
call :try
exit /b 0

:places
set "CANDIDATE=%LOCALAPPDATA%\Programs\Python\Python%1\python.exe"
call :try
set "CANDIDATE=%ProgramFiles%\Python%1\python.exe"
call :try
exit /b 0

rem 不能用的，把它自己说的原因记下来，最后给人看。
:try
if defined PY exit /b 0
if not exist "%CANDIDATE%" exit /b 0
>>"%TRIED%" echo "%CANDIDATE%"
"%CANDIDATE%" -I "%HERE%installer\environment.py" --probe >>"%TRIED%" 2>&1
if not errorlevel 1 set "PY=%CANDIDATE%"
exit /b 0

:unpack
echo 正在解压离线 Python……
set "TARGET=%HERE%python"
tar -xf "%ZIP%" -C "%TARGET%" 2>nul
if exist "%TARGET%\python.exe" exit /b 0
powershell -NoProfile -Command "Expand-Archive -LiteralPath $env:ZIP -DestinationPath $env:TARGET -Force" 2>nul
exit /b 0

:setup
echo 正在安装 Python……
"%EXE%" /passive InstallAllUsers=0 Include_test=0 Include_doc=0 Shortcuts=0 PrependPath=0
exit /b 0
