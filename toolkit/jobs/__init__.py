"""A clerk's tasks, one module each."""
