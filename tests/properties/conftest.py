"""A broken promise says what was there instead."""

import pytest

pytest.register_assert_rewrite("builders", "properties.checked", "properties.legality")
