"""A wrong line of a transcript says what was there instead."""

import pytest

pytest.register_assert_rewrite("builders", "transcripts.stage")
