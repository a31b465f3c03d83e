"""The pages of a standard workbook, one module a kind of page. XlsxWriter draws them."""
