Rem Attribute VBA_ModuleType=VBAModule
Option VBASupport 1
Option Explicit
' 点击测试里代替 xlwings 自己的模块：同样的几个函数，只是 Python 由测试的脚本启动。

Public Function RunPython(PythonCommand As String)
    Dim finished As String, quote As String, line As String, number As Integer, waited As Long
    quote = Chr(34)
    finished = Environ("CLICKS_FOLDER") & "/finished"
    Shell Environ("CLICKS_RUNNER") & " " & quote & PythonCommand & quote & " " & quote & ThisWorkbook.Name & quote, 0
    Do While Dir(finished) = "" And waited < 1800
        Wait 100
        waited = waited + 1
    Loop
    number = FreeFile
    Open finished For Input As #number
    Line Input #number, line
    Close #number
    If Dir(Environ("CLICKS_FOLDER") & "/ended") <> "" Then Kill Environ("CLICKS_FOLDER") & "/ended"
    Name finished As Environ("CLICKS_FOLDER") & "/ended"
    RunPython = CLng(line)
End Function

Public Function GetConfig(configKey As String, Optional default As String = "", Optional source As String = "") As Variant
    Dim number As Integer, line As String
    GetConfig = default
    If configKey = "INTERPRETER_WIN" Then
        number = FreeFile
        Open Environ("CLICKS_FOLDER") & "/interpreter" For Input As #number
        If Not EOF(number) Then Line Input #number, line
        Close #number
        GetConfig = line
    End If
End Function

Public Function GetDirectoryConfigFilePath() As String
    GetDirectoryConfigFilePath = ThisWorkbook.Path & "/xlwings.conf"
End Function

Public Function FileExists(ByVal FileSpec As String) As Boolean
    FileExists = Dir(FileSpec) <> ""
End Function
