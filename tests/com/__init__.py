"""A stand-in for Excel: its object model over openpyxl, spoken to by xlwings — on Windows by xlwings' own engine through COM.

`model` is the object model, in plain Python; `gateway` makes real IDispatch objects of it, with a type library;
`desktop` gives it Excel's windows; `prefix` and `run` set up Wine and run the buttons' tests in it. The model depends on
neither Windows nor LibreOffice, so the same tests run on it here, too (`test_buttons_on_the_model`).
"""
