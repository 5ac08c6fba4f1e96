"""What holds for every command: who may ask for it, what its code says, what is said where it cannot work."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError

from apps.accounts.models import Role, User
from sdgportal.commands import person_who_may
from tests.factories.people import PASSWORD, national
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


@pytest.mark.parametrize("name", sorted({*ARGUMENTS, "up"}))
def test_operators_are_told_of_every_command_in_both_languages(name):
    in_kazakh, in_russian = (REPOSITORY / "docs" / "operators.md").read_text().split("\n## По-русски\n")
    assert f"\n| `{name} " in in_kazakh or f"\n| `{name}`" in in_kazakh
    assert f"\n| `{name} " in in_russian or f"\n| `{name}`" in in_russian


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


READ_ONLY = {"papers", "verify_audit"}


@pytest.mark.parametrize("name", sorted(ARGUMENTS.keys() - READ_ONLY))
def test_command_that_writes_is_told_who_asks_for_it(name):
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("manage.py", name)
    assert "--as" in parser._option_string_actions


@pytest.mark.django_db
@pytest.mark.embedded
def test_operator_and_superuser_may_ask_and_nobody_else():
    operator = national(Role.OPERATOR)
    superuser = User.objects.create_superuser("first@example.kz", PASSWORD, full_name="Бірінші оператор")
    assert person_who_may(operator.email.upper()) == operator
    assert person_who_may("first@example.kz") == superuser
    for person in (operator, superuser):
        person.is_active = False
        person.save()
    administrator = national(Role.MINISTRY_ADMINISTRATOR)
    for address in (operator.email, superuser.email, administrator.email, "nobody@example.kz"):
        with pytest.raises(CommandError) as refusal:
            person_who_may(address)
        assert refusal.value.returncode == 1


@pytest.mark.parametrize("call", [("open_yaer", "2026"), ("help", "open_yaer")])
def test_unknown_command_is_a_wrong_call(call, tmp_path):
    refused = manage(*call, environment={}, data_dir=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Did you mean open_year?" in refused.stderr


@pytest.mark.parametrize(
    "call", [("import_kato", "x.csv", "--accept-losses=-5"), ("send_notifications", "--limit=-1")]
)
def test_number_to_count_with_is_no_less_than_none(call, tmp_path):
    refused = manage(*call, environment={}, data_dir=tmp_path)
    assert refused.returncode == 2
    assert "is no number (0 or more)" in refused.stderr


def test_what_is_said_is_utf8_on_any_terminal(tmp_path):
    shown = manage(
        "demo", "--accounts", "--json", "--lang", "ru",
        environment={"PYTHONIOENCODING": "ascii"}, data_dir=tmp_path,
    )  # fmt: skip
    assert shown.returncode == 0, shown.stderr
    assert "секретарь" in shown.stdout


def test_database_that_another_program_keeps_busy_is_one_line(tmp_path):
    path = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("BEGIN IMMEDIATE")
        url = f"sqlite:///{path}?timeout=1"
        refused = manage("load_fixtures", environment={"DATABASE_URL": url}, data_dir=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    [line] = refused.stderr.splitlines()
    assert "busy" in line
