"""Excel's object model as far as this project uses it. What Excel answers, and where that is written, stands in
docs/首次上机检查.md; a class or a rule here that is not in that list does not belong here."""
