Attribute VB_Name = "ToolkitButtons"
Option Explicit
' 工作表上和功能区里的按钮：每个按钮一个过程，都交给 Python 去办。
' 结果和问题由 Python 说明；这里只管状态栏，以及 Python 没能运行时的提示。

Private Const TITLE As String = "技能大师工作室工具箱"
' 表格软件不叫 Microsoft Excel 时，xlwings 不看隐藏表，会把工作簿所在的文件夹排在最前：那里的 .py 文件不该被当作程序载入，
' 所以先把装好的程序自己的文件夹排到前面。
Private Const OWN_FIRST As String = "import sys; own = (sys.prefix.lower(), sys.base_prefix.lower()); sys.path.sort(key=lambda p: not p.lower().startswith(own)); "

Public Sub Btn_check()
    RunAction "check"
End Sub

Public Sub Btn_next_problem()
    RunAction "next_problem"
End Sub

Public Sub Btn_export()
    RunAction "export"
End Sub

Public Sub Btn_gather()
    RunAction "gather"
End Sub

Public Sub Btn_merge()
    RunAction "merge"
End Sub

Public Sub Btn_commit()
    RunAction "commit"
End Sub

Public Sub Btn_make()
    RunAction "make"
End Sub

Public Sub Btn_docs()
    RunAction "docs"
End Sub

Public Sub Btn_due()
    RunAction "due"
End Sub

Public Sub Btn_check_ledger()
    RunAction "check_ledger"
End Sub

Public Sub Btn_undo()
    RunAction "undo"
End Sub

Public Sub Btn_case_options()
    RunAction "case_options"
End Sub

Public Sub Btn_case_preview()
    RunAction "case_preview"
End Sub

Public Sub Btn_case_act()
    RunAction "case_act"
End Sub

Public Sub Btn_rescore()
    RunAction "rescore"
End Sub

Public Sub Btn_print_form()
    RunAction "print_form"
End Sub

Public Sub Btn_forward()
    RunAction "forward"
End Sub

Private Sub RunAction(ByVal action As String)
    Dim failed As Boolean
    On Error GoTo Fault
    If IsPlanted() Then Exit Sub
    If Not IsInstalled() Then Exit Sub
    ForgetUnreached
    Application.StatusBar = "正在办理，请稍候……"
    failed = Not HasRun(action & "()")
Finish:
    On Error Resume Next
    Application.StatusBar = False
    On Error GoTo 0
    If Not failed Then failed = Not DoneByFile(action)
    If failed Then TellFailure
    Exit Sub
Fault:
    failed = True
    Resume Finish
End Sub

Private Function HasRun(ByVal statement As String) As Boolean
    HasRun = RunPython(OWN_FIRST & "import toolkit.buttons; toolkit.buttons." & statement) = 0
End Function

' 安装时把 Python 的位置写进用户的 xlwings 设置；没有写，或者那里已经没有了，就不必往下走。
Private Function IsInstalled() As Boolean
    Dim interpreter As String
    interpreter = GetConfig("INTERPRETER_WIN", "")
    IsInstalled = interpreter <> ""
    If InStr(interpreter, "\") > 0 Then IsInstalled = FileExists(interpreter)
    If Not IsInstalled Then MsgBox "这台电脑还没有装好工具箱，按钮办不了事。" & vbCrLf & _
        "请双击安装包里的“安装.cmd”，装好后再点一次。", vbExclamation, TITLE
End Function

' 工作簿旁边的设置文件会换掉程序，别人发来的压缩包里可以夹带：有就不办。
' 先看这一条：里面写的路径连找都不去找，它可以指向别人的服务器。
Private Function IsPlanted() As Boolean
    IsPlanted = FileExists(GetDirectoryConfigFilePath())
    If IsPlanted Then MsgBox "工作簿所在的文件夹里有一个 xlwings.conf 文件，不是工具箱放的，会换掉要运行的程序，所以没有办。" & vbCrLf & _
        "请把它移走或删除，再点一次。", vbExclamation, TITLE
End Function

Private Function HandoverFolder() As String
    HandoverFolder = Environ("LOCALAPPDATA") & "\skill-master-toolkit\handover\"
    If Application.PathSeparator <> "\" Then HandoverFolder = Replace(HandoverFolder, "\", Application.PathSeparator)
End Function

' 上一次没有走到底留下的记号，不算这一次的。
Private Sub ForgetUnreached()
    If FileExists(HandoverFolder() & "unreached") Then Kill HandoverFolder() & "unreached"
End Sub

' Python 没有连上这本工作簿（多见于用 WPS 打开）时，存一份副本交给它，办完打开结果。
Private Function DoneByFile(ByVal action As String) As Boolean
    Dim folder As String, found As String, said As String, line As String, number As Integer
    On Error GoTo Fault
    DoneByFile = True
    folder = HandoverFolder()
    If Not FileExists(folder & "unreached") Then Exit Function
    ForgetUnreached
    number = FreeFile
    Open folder & "origin.txt" For Output As #number
    Print #number, ThisWorkbook.FullName
    Close #number
    ThisWorkbook.SaveCopyAs folder & "copy" & Application.PathSeparator & ThisWorkbook.Name
    DoneByFile = HasRun("on_file('" & action & "')")
    If Not DoneByFile Then Exit Function
    number = FreeFile
    Open folder & "said.txt" For Input As #number
    Do While Not EOF(number)
        Line Input #number, line
        said = said & line & vbCrLf
    Loop
    Close #number
    number = FreeFile
    Open folder & "open.txt" For Input As #number
    If Not EOF(number) Then Line Input #number, found
    Close #number
    If found <> "" Then Workbooks.Open folder & "result" & Application.PathSeparator & found
    MsgBox said, vbInformation, TITLE
    Exit Function
Fault:
    DoneByFile = False
End Function

Private Sub TellFailure()
    MsgBox "没有办成：工具箱没能运行到底。" & vbCrLf & _
        "请再点一次；还不行，请双击安装包里的“体检.cmd”，照提示处理。" & vbCrLf & vbCrLf & _
        "详细记录在：" & Environ("LOCALAPPDATA") & "\skill-master-toolkit\toolkit.log", vbExclamation, TITLE
End Sub
