"""The one exception that means "cannot go on": a file, a path or a template stands in the way.

Wrong *data* is never raised, it is returned as findings. Anything else that is raised is a bug.
"""


from __future__ import annotations

from collections.abc import Iterable


class UserError(Exception):
    """Carries one Chinese sentence: what happened, where, and what to do. Hosts print it without a traceback."""


def likely(typed: str, known: Iterable[str]) -> str:
    """A sentence naming what was probably meant among the names there are, or ""."""
    from difflib import get_close_matches

    found = get_close_matches(typed, list(known), 1, 0.4)
    return f"可能是“{found[0]}”。" if found else ""
