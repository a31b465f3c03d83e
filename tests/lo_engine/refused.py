"""The one exception of an engine; without `uno`, so that every engine can raise it."""

from __future__ import annotations


class ComError(Exception):
    """What Excel refuses; stands where pywin32 raises com_error, with its numbers."""

    hresult = -2147352567

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.excepinfo = (0, "Microsoft Excel", words, "", 0, -2146827284)
