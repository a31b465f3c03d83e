"""The Excel pages people see: templates, marked copies, lists, 看板, the ledger as it is written. Drawn from `forms`."""
