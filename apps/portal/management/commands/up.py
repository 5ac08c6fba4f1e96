"""`manage.py up`: from an empty folder to the sign-in page, in the foreground, until Ctrl-C."""

import argparse
import hashlib
import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.portal import health, up
from apps.portal.demo.build import is_built
from sdgportal.environment import LARGEST_PORT


def port_number(text: str) -> int:
    """Read a port that can be listened on; raises ArgumentTypeError for anything else."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= LARGEST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is no port (1 to {LARGEST_PORT})")
    return int(text)


class Command(BaseCommand):
    help = "Prepares the data folder and runs web server, worker and beat as one program."

    requires_system_checks = ()  # each part checks for itself; here they would only delay the start

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, default=settings.PORT, help="default: PORT or 8000")
        parser.add_argument("--no-demo", action="store_true", help="start without the demonstration year")

    def handle(self, *args: Any, port: int, no_demo: bool, **options: Any) -> None:
        # Until the parts run, an order to stop just ends the preparation.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            with up.alone_with(settings.DATA_DIR):
                up.require_free_port(port)
                self.prepare(with_demo=not no_demo and not settings.PRODUCTION)
                up.run(port, on_answer=lambda: self.show_address(port))
        except up.CannotRun as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stdout.write("")
        self.stdout.write("Stopped.")

    def prepare(self, *, with_demo: bool) -> None:
        self.stdout.write(f"Data folder: {settings.DATA_DIR}")
        if health.waiting_migrations():
            self.stdout.write("Migrating the database…")
            call_command("migrate", verbosity=0, interactive=False)
        self.collect_static()
        if with_demo and not get_user_model().objects.exists():
            self.stdout.write("Building the demonstration year…")
            call_command("demo", stdout=self.stderr)

    def collect_static(self) -> None:
        """Collect the front-end assets, unless those that were collected last time are the same."""
        digest = hashlib.sha256()
        for finder in finders.get_finders():
            for path, storage in finder.list([]):
                file = Path(storage.path(path)).stat()
                digest.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        if not stamp.exists() or stamp.read_text() != digest.hexdigest():
            self.stdout.write("Collecting front-end assets…")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            stamp.write_text(digest.hexdigest())

    def show_address(self, port: int) -> None:
        self.stdout.write(f"\n  The portal is at http://localhost:{port}/\n")
        if is_built():
            call_command("demo", accounts=True, stdout=self.stdout)
        self.stdout.write("  Ctrl-C stops it.\n")
        self.stdout.flush()
