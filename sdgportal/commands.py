"""What the commands share: who asks for one, and what is said where the database cannot answer it.

They end with 0 when all is done, 1 when it was refused and nothing was changed, 2 when the call was wrong.
"""

from __future__ import annotations

import io
import sys
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import suppress
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import ManagementUtility, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils.translation import gettext as _

WRONG_CALL = 2


def add_operator(parser: ArgumentParser, more: str = "") -> None:
    """Let a command that changes something be told who asks for it; `more` is what becomes of the name."""
    words = "who asks for it: an operator or a superuser"
    parser.add_argument("--as", dest="actor", metavar="EMAIL", help=f"{words}; {more}" if more else words)


def how_many(text: str) -> int:
    """Read a number that an option counts with; raises ArgumentTypeError for anything that is none."""
    if not (text.isascii() and text.isdecimal()):
        raise ArgumentTypeError(f"{text!r} is no number (0 or more)")
    return int(text)


def person_who_may(email: str, permission: str = "accounts.give_commands") -> Any:
    """Return the person with that address who may ask for it; raises CommandError where there is none."""
    users = get_user_model().objects
    try:
        person = users.get_by_natural_key(email)
    except users.model.DoesNotExist as error:
        raise CommandError(_("There is no account with the address %(email)s.") % {"email": email}) from error
    if not person.has_perm(permission):
        raise CommandError(_("%(email)s may not give this command.") % {"email": email})
    return person


class Commands(ManagementUtility):
    def fetch_command(self, subcommand: str) -> BaseCommand:
        """Find a command; where there is none the call was wrong, for which Django has no code of its own."""
        if subcommand not in get_commands():
            with suppress(SystemExit):
                super().fetch_command(subcommand)
            sys.exit(WRONG_CALL)
        return super().fetch_command(subcommand)


def run(arguments: list[str]) -> None:
    """Run a command of manage.py; a database that is not ready for it is one line and the code 1."""
    speak_utf8()
    # Django asks SQLite for JSON by taking its only place for a writer, and takes «busy» for «no JSON».
    DatabaseWrapper.features_class.supports_json_field = True  # type: ignore[method-assign,assignment]
    try:
        Commands(arguments).execute()
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in arguments:
            raise
        line = why_not_ready(error)
        if not line:
            raise
        sys.exit(line)


def speak_utf8() -> None:
    """Write UTF-8 whatever the terminal claims: for a letter that it lacks, work that is done would fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def why_not_ready(error: DatabaseError) -> str:
    """Say what the database lacks; empty where it lacks nothing and the fault is ours."""
    from apps.portal.health import waiting_migrations  # noqa: PLC0415 - the apps are loaded by now

    if "database is locked" in str(error):
        return "The database is busy: another program has been writing for long. Try again later."
    try:
        waiting = waiting_migrations()
    except DatabaseError:
        return f"The database does not answer: {str(error).partition(chr(10))[0]}"
    return f"The database lacks {waiting} migrations: run manage.py migrate first." if waiting else ""
