Attribute VB_Name = "ToolkitRibbon"
Option Explicit
' 功能区“技能大师工作室”的按钮。参数是 Office 的 IRibbonControl；声明为 Object，不依赖 Office 库也能编译。

Public Sub On_check(control As Object)
    Btn_check
End Sub

Public Sub On_next_problem(control As Object)
    Btn_next_problem
End Sub

Public Sub On_export(control As Object)
    Btn_export
End Sub

Public Sub On_gather(control As Object)
    Btn_gather
End Sub

Public Sub On_merge(control As Object)
    Btn_merge
End Sub

Public Sub On_commit(control As Object)
    Btn_commit
End Sub

Public Sub On_make(control As Object)
    Btn_make
End Sub

Public Sub On_docs(control As Object)
    Btn_docs
End Sub

Public Sub On_due(control As Object)
    Btn_due
End Sub

Public Sub On_check_ledger(control As Object)
    Btn_check_ledger
End Sub

Public Sub On_undo(control As Object)
    Btn_undo
End Sub

Public Sub On_case_options(control As Object)
    Btn_case_options
End Sub

Public Sub On_case_preview(control As Object)
    Btn_case_preview
End Sub

Public Sub On_case_act(control As Object)
    Btn_case_act
End Sub

Public Sub On_rescore(control As Object)
    Btn_rescore
End Sub

Public Sub On_print_form(control As Object)
    Btn_print_form
End Sub

Public Sub On_forward(control As Object)
    Btn_forward
End Sub
