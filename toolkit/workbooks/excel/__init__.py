"""The parts of `workbooks.live`: reading, writing and marking a workbook that is open in Excel."""
