"""The tests of 个案办理 again, on the stand-in for Excel instead of LibreOffice."""

from tests.com.test_buttons_on_the_model import excel  # noqa: F401 - the stand-in
from tests.test_case_buttons import *  # noqa: F403 - the tests themselves
from tests.test_case_buttons import desk, path  # noqa: F401 - their fixtures
