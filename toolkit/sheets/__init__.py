"""The spreadsheet engine: grids, reading and editing workbooks, an open Excel, VBA, safe writing. Knows spreadsheets, not studios."""
