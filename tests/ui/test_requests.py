"""Numbers in addresses and forms: whatever stands there, a number or none."""

import pytest

from apps.ui.requests import MOST, whole


@pytest.mark.parametrize("typed", ["0", "7", "007", str(MOST)])
def test_whole_number_is_read(typed):
    assert whole(typed) == int(typed)


@pytest.mark.parametrize(
    "typed", [None, "", " ", "x", "-1", "+1", "1.0", "1_0", "²", "٣", "７", "1\n", "9" * 19, "9" * 5000]
)
def test_what_is_no_whole_number_is_none(typed):
    assert whole(typed) is None


@pytest.mark.parametrize(("typed", "read"), [("1999", None), ("2000", 2000), ("2100", 2100), ("2101", None)])
def test_number_beyond_its_bounds_is_none(typed, read):
    assert whole(typed, 2000, 2100) == read
