"""A place that no anchor can be kept in is refused in one line."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_folder_is_no_anchor(tmp_path):
    with pytest.raises(CommandError, match="cannot be used: Is a directory"):
        call_command("verify_audit", "--anchor", str(tmp_path))


def test_place_that_cannot_be_written_is_refused():
    with pytest.raises(CommandError, match="cannot be used"):
        call_command("verify_audit", "--anchor", "/proc/heads.txt")


def test_file_that_is_no_text_is_no_anchor(tmp_path):
    anchor = tmp_path / "heads.txt"
    anchor.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="not a text"):
        call_command("verify_audit", "--anchor", str(anchor))
    assert anchor.read_bytes() == b"\xff\xfe\x00"
