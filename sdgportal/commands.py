"""What the commands share: who asks for one, and what is said where the database cannot answer it.

They end with 0 when all is done, 1 when it was refused and nothing was changed, 2 when the call was wrong.
"""

from __future__ import annotations

import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import execute_from_command_line
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.utils.translation import gettext as _


def add_operator(parser: CommandParser) -> None:
    """Let a command that changes something be told who asks for it."""
    parser.add_argument("--as", dest="actor", metavar="EMAIL", help="the operator who asks for it")


def find_operator(email: str) -> Any:
    """Return the operator with that address; raises CommandError where there is none."""
    users = get_user_model().objects
    try:
        person = users.get_by_natural_key(email)
    except users.model.DoesNotExist as error:
        raise CommandError(_("There is no account with the address %(email)s.") % {"email": email}) from error
    if not person.has_role("operator"):
        raise CommandError(_("%(email)s is no operator of the portal.") % {"email": email})
    return person


def run(arguments: list[str]) -> None:
    """Run a command of manage.py; a database that is not ready for it is one line and the code 1."""
    try:
        execute_from_command_line(arguments)
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in arguments:
            raise
        line = why_not_ready(error)
        if not line:
            raise
        sys.exit(line)


def why_not_ready(error: DatabaseError) -> str:
    """Say what the database lacks; empty where it lacks nothing and the fault is ours."""
    from apps.portal.health import waiting_migrations  # noqa: PLC0415 - the apps are loaded by now

    try:
        waiting = waiting_migrations()
    except DatabaseError:
        return f"The database does not answer: {str(error).partition(chr(10))[0]}"
    return f"The database lacks {waiting} migrations: run manage.py migrate first." if waiting else ""
