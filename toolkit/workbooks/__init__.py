"""Excel workbooks: reading, building, editing, marking."""
