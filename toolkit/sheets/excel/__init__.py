"""The parts of `sheets.live`: reading, writing and marking a workbook that is open in Excel."""
