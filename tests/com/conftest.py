"""Two ways to the stand-in: on Windows through COM, elsewhere directly."""

import sys

collect_ignore = ["test_buttons_on_the_model.py"] if sys.platform == "win32" else ["test_buttons_through_com.py"]
