"""个案办理 again, on the stand-in for Excel instead of LibreOffice: looked up, previewed, registered, refused, undone."""

from tests.com.test_buttons_on_the_model import excel  # noqa: F401 - the stand-in
from tests.test_case_buttons import (  # noqa: F401 - tests and their fixtures
    desk,
    path,
    test_a_move_is_asked_for_previewed_registered_and_undone,
    test_what_changed_after_the_preview_is_not_registered,
    test_what_may_be_done_is_what_the_command_lists,
)
