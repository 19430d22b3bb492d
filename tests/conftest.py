"""What all tests share: support modules whose assertions say what was there instead."""

import pytest

pytest.register_assert_rewrite("builders", "properties.checked", "properties.legality", "transcripts.stage")
