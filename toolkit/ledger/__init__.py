"""The register: what the ledger holds, what a merge would do to it, what is due. No file, no clock, no Excel."""
