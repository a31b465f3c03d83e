"""The one exception that means "cannot go on": a file, a path or a template stands in the way.

Wrong *data* is never raised, it is returned as findings. Anything else that is raised is a bug.
"""


class UserError(Exception):
    """Carries one Chinese sentence: what happened, where, and what to do. Hosts print it without a traceback."""
