"""What came in: grids, headers, parsed records, findings and the merge plan. Pure: no file, no clock, no Excel."""
