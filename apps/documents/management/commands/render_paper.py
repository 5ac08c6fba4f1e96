"""Write a paper's file, the same bytes as the page gives."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.documents.editions import PAPER_LANGUAGES, TranslationMissing
from apps.documents.papers import kinds
from apps.documents.renderers import FORMATS
from apps.documents.storage import write_whole


class Command(BaseCommand):
    help = "Render a paper: the issued document where it has one, else a draft. The file is whole or absent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(kinds))
        parser.add_argument("id", type=int)
        parser.add_argument("--lang", choices=PAPER_LANGUAGES, required=True)
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, **options: Any) -> None:
        kind = kinds[options["kind"]]
        paper = kind.model._default_manager.filter(pk=options["id"]).first()
        if paper is None:
            raise CommandError(f"There is no {kind.name} {options['id']}.")
        if not options["out"].absolute().parent.is_dir():
            raise CommandError(f"There is no folder {options['out'].absolute().parent}.")
        try:
            content = kind.content(paper, options["lang"], options["format"])
        except TranslationMissing as missing:
            places = "\n".join(f"  {place}" for place in missing.named("ru"))
            raise CommandError(f"No translation into {missing.language}:\n{places}") from missing
        try:
            write_whole(options["out"].absolute(), content)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}") from error
        self.stderr.write(f"{options['out']}: {len(content)} bytes")
