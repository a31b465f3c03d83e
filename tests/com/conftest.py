"""Two ways to the stand-in: on Windows through COM, elsewhere directly."""

import sys

_ONLY_ON_WINDOWS = ["test_buttons_through_com.py", "test_command_line_through_com.py"]
collect_ignore = ["test_buttons_on_the_model.py", "test_cases_on_the_model.py", "test_whole_road_on_the_model.py"] if sys.platform == "win32" else _ONLY_ON_WINDOWS
