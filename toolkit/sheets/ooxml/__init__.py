"""The XML inside .xlsx and .xlsm files, edited as text so that whatever is not touched stays byte for byte."""
