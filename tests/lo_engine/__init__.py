"""An xlwings engine for tests: Excel's object model, as far as this project uses it, over a running LibreOffice.

`xw.engines.add` takes it as it takes Excel's; the calls a test makes are the calls a clerk's computer makes. Like
Excel it interprets text typed into a General cell, refuses writes to locked cells, answers with None for a property
that a range does not agree on, and hands out error cells as numbers of its own.
"""
