"""`manage.py demo`: the demonstration year, built through the workflow itself."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.portal.demo.build import build, is_built, is_in_use
from apps.portal.demo.cast import PASSWORD, accounts
from sdgportal.commands import add_operator, person_who_may


class Command(BaseCommand):
    help = "Build the demonstration year; --accounts prints who can sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="print the demonstration accounts")
        parser.add_argument("--json", action="store_true", help="with --accounts: as JSON")
        parser.add_argument(
            "--lang", choices=("kk", "ru", "en"), default="en", help="language of what is printed"
        )
        parser.add_argument(
            "--in-production", action="store_true", help="build it although everybody knows its password"
        )
        add_operator(parser, "checked alone, since the steps are their own people's")

    def handle(self, *_args: Any, actor: str | None = None, **options: Any) -> None:
        if actor:
            person_who_may(actor)
        with override(options["lang"]):
            if options["accounts"]:
                self.print_accounts(as_json=options["json"])
            elif settings.PRODUCTION and not options["in_production"]:
                self.stderr.write(_("The password of the demonstration is public: not in production."))
                sys.exit(1)
            elif is_built():
                self.stderr.write(_("The demonstration year is already there; nothing was changed."))
                sys.exit(1)
            elif is_in_use():
                self.stderr.write(_("Groups, lists or lines of reports are here already: not beside them."))
                sys.exit(1)
            else:
                with override(settings.LANGUAGE_CODE):  # what is kept is read in Kazakh and Russian pages
                    build()
                self.stderr.write(_("The demonstration year has been built."))

    def print_accounts(self, *, as_json: bool) -> None:
        if as_json:
            rows = [{"email": one.email, "password": PASSWORD, "what": one.what} for one in accounts()]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for one in accounts():
            self.stdout.write(f"{one.email:<24} {PASSWORD}   {one.what}")
