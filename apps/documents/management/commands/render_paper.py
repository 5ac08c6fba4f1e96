"""Write a paper's file, the same bytes as the page gives."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.documents.editions import PAPER_LANGUAGES, TranslationMissing
from apps.documents.models import PaperDamaged
from apps.documents.papers import PaperKind, kinds
from apps.documents.renderers import FORMATS
from apps.documents.storage import write_whole
from sdgportal.commands import add_operator, person_who_may


class Command(BaseCommand):
    help = "Render a paper: the issued document where it has one, else a draft. The file is whole or absent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(kinds))
        parser.add_argument("id", type=int)
        parser.add_argument("--lang", choices=PAPER_LANGUAGES, required=True)
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        add_operator(parser)  # the file of an issued paper is also kept in the portal

    def handle(self, actor: str | None = None, **options: Any) -> None:
        if actor:
            person_who_may(actor)
        kind, out = kinds[options["kind"]], options["out"]
        paper = kind.model._default_manager.filter(pk=options["id"]).first()
        if paper is None:
            raise CommandError(f"There is no {kind.name} {options['id']}.")
        target = regular_file(out)
        content = content_of(kind, paper, options["lang"], options["format"])
        try:
            write_whole(target, content)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}") from error
        self.stderr.write(f"{out}: {len(content)} bytes")


def regular_file(out: Path) -> Path:
    """Find where the file goes: behind links, and never in the place of a device, a pipe or a folder."""
    if str(out) == "-":
        raise CommandError("--out takes the name of a file: nothing is written to the standard output.")
    try:
        target = out.resolve()
        if target.exists() and not target.is_file():
            raise CommandError(f"{out} cannot be written: not a regular file.")
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}") from error
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}.")
    return target


def content_of(kind: PaperKind, paper: Any, language: str, file_format: str) -> bytes:
    try:
        return kind.content(paper, language, file_format)
    except TranslationMissing as missing:
        places = "\n".join(f"  {place['kk']} / {place['ru']}" for place in missing.places)
        raise CommandError(f"No translation into {missing.language}:\n{places}") from missing
    except PaperDamaged as damaged:
        raise CommandError(f"No file is made: {damaged}.") from damaged
