"""A database that is not ready for a command is one line and the code 1, whatever the command."""

import socket
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.sdgportal.test_settings import REPOSITORY, manage

ARGUMENTS = {
    "demo": (),
    "import_kato": ("{source}",),
    "import_opensdg": ("{source}",),
    "load_fixtures": (),
    "open_year": ("2026",),
    "papers": (),
    "plan_reminders": (),
    "render_paper": ("list", "1", "--lang", "kk", "--format", "pdf", "--out", "{folder}/paper.pdf"),
    "send_notifications": (),
    "sweep_files": (),
    "verify_audit": (),
}
# `up` migrates before anything else; these two read the files that they are given first.
READ_FIRST = {"up", "import_kato", "import_opensdg"}


def test_every_command_of_the_portal_is_here():
    ours = {name for name, app in get_commands().items() if app.startswith("apps.")}
    assert ours == {*ARGUMENTS, "up"}
    assert ours == {path.stem for path in Path(REPOSITORY / "apps").glob("*/management/commands/[a-z]*.py")}


@pytest.mark.parametrize("name", sorted(ARGUMENTS.keys() - READ_FIRST))
def test_command_without_a_migrated_database_is_refused_in_one_line(name, tmp_path):
    arguments = [argument.format(folder=tmp_path) for argument in ARGUMENTS[name]]
    refused = manage(name, *arguments, environment={}, data_dir=tmp_path / "var")
    assert (refused.returncode, refused.stdout) == (1, "")
    [line] = refused.stderr.splitlines()
    assert "migrat" in line


def test_database_that_does_not_answer_is_one_line(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"postgres://portal:s3cret@127.0.0.1:{probe.getsockname()[1]}/portal"
    refused = manage("papers", environment={"DATABASE_URL": url}, data_dir=tmp_path)
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "s3cret" not in refused.stderr


def test_whoever_asks_for_the_traceback_gets_it(tmp_path):
    refused = manage("papers", "--traceback", environment={}, data_dir=tmp_path)
    assert "Traceback" in refused.stderr
