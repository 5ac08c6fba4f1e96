"""What imports of official files share: findings with their places, the closing count, and the command."""

import codecs
import csv
import hashlib
import io
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from apps.organisations.models import DataImport
from apps.workflow import audit
from sdgportal.commands import add_operator, person_who_may

LARGEST_FILE = 64 * 1024 * 1024


class BadInput(Exception):
    """The input cannot be taken at all; the message says why, for the person who gave it."""


@dataclass
class Findings:
    """What an import has to tell: refused rows and survived irregularities, each with its place."""

    refusals: list[tuple[str, int, str]] = field(default_factory=list)
    notes: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)

    def refuse(self, file: str, line: int, reason: str) -> None:
        """Keep back one row; it is counted as refused."""
        self.refusals.append((file, line, reason))

    def note(self, file: str, line: int, text: str) -> None:
        """Tell of an irregularity that was survived; the same one on many lines is told once."""
        self.notes.setdefault((file, text), []).append(line)

    def report(self) -> Iterator[str]:
        """Yield the report line by line: what was refused, what was survived, what has changed."""
        if self.refusals:
            yield _("Refused rows:")
            yield from (place(file, [line], reason) for file, line, reason in self.refusals)
        if self.notes:
            yield _("Irregularities that were let through:")
            yield from (place(file, lines, text) for (file, text), lines in self.notes.items())
        if self.changes:
            yield _("Changes:")
            yield from self.changes


def place(file: str, lines: list[int], text: str) -> str:
    words = {"file": file, "lines": spans(lines), "reason": text}
    if len(lines) == 1:
        return _("%(file)s, line %(lines)s: %(reason)s") % words
    return _("%(file)s, lines %(lines)s: %(reason)s") % words


def spans(lines: Iterable[int]) -> str:
    """Return «3, 7–9» for 3, 7, 8, 9."""
    parts: list[list[int]] = []
    for line in sorted(set(lines)):
        if parts and line == parts[-1][1] + 1:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in parts)


@dataclass(frozen=True)
class Tally:
    """How many rows were read, and what became of them; its text is the last line of every import."""

    stored: int
    unchanged: int
    refused: int

    @property
    def read(self) -> int:
        return self.stored + self.unchanged + self.refused

    def __str__(self) -> str:
        return f"read {self.read} stored {self.stored} unchanged {self.unchanged} refused {self.refused}"


class Source:
    """Reads files as UTF-8 text, tells of their irregular form, and fingerprints what it has read."""

    def __init__(self, root: Path, findings: Findings) -> None:
        self.root = root
        self.findings = findings
        self.digest = hashlib.sha256()

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def text(self, path: Path) -> str:
        """Return the text without its byte order mark; raises BadInput where it is not UTF-8 text."""
        try:
            if path.exists() and not path.is_file():
                raise BadInput(_("%(file)s: this is not a file.") % {"file": path})
            if path.stat().st_size > LARGEST_FILE:
                words = {"file": path, "limit": LARGEST_FILE // 1024**2}
                raise BadInput(_("%(file)s: the file is larger than %(limit)s MB.") % words)
            content = path.read_bytes()
        except OSError as error:
            raise BadInput(_("%(file)s: the file cannot be read.") % {"file": path}) from error
        self.digest.update(content)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise BadInput(
                _("%(file)s, line %(line)s: the text is not UTF-8. Save it as UTF-8 and repeat.")
                % {"file": self.name(path), "line": line}
            ) from error
        if "\0" in text:
            raise BadInput(_("%(file)s: this is not a text file.") % {"file": self.name(path)})
        if content.startswith(codecs.BOM_UTF8):
            self.findings.note(self.name(path), 1, _("the file begins with a byte order mark"))
        if "\r\n" in text:
            self.findings.note(self.name(path), 1, _("the lines end in CRLF"))
        return text

    def table(self, path: Path) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and cells of a CSV file; raises BadInput where it is not one."""
        text = self.text(path)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise BadInput(
                _("%(file)s, line %(line)s: the table is damaged.") % {"file": self.name(path), "line": line}
            ) from error
        if text and not text.endswith(("\n", "\r")):
            self.findings.note(self.name(path), reader.line_num, _("the last line has no end"))


class Fingerprinted(Protocol):
    """Validated rows know the SHA-256 of what they were read from."""

    @property
    def fingerprint(self) -> str: ...


class ImportCommand[Data: Fingerprinted](BaseCommand, ABC):
    """Reads official files whole, stores all that holds or nothing at all, and ends with the count."""

    source_help = ""

    @abstractmethod
    def read(self, source: Path, findings: Findings) -> Data:
        """Return validated rows; raises BadInput."""

    @abstractmethod
    def store(self, data: Data, findings: Findings, **options: Any) -> Tally:
        """Save the validated rows, inside the transaction; BadInput raised here undoes it."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help=self.source_help)
        add_operator(parser, "named in the history of the import")

    def handle(self, *args: Any, source: Path, actor: str | None = None, **options: Any) -> None:
        person = person_who_may(actor) if actor else None
        findings = Findings()
        with translation.override(person.language if person else translation.get_language()):
            try:
                tally, report = self.take_over(source, person, findings, **options)
            except BadInput as error:
                raise CommandError(str(error)) from error
        self.stdout.write("\n".join([*report, str(tally)]))

    def take_over(
        self, source: Path, person: Any, findings: Findings, **options: Any
    ) -> tuple[Tally, list[str]]:
        """Read and store the input, and keep the count and the report with the history; raises BadInput."""
        data = self.read(source, findings)
        with transaction.atomic():
            tally = self.store(data, findings, **options)
            report = list(findings.report())
            run = DataImport.objects.create(
                command=self.name,
                source=source.resolve().name,
                fingerprint=data.fingerprint,
                stored=tally.stored,
                unchanged=tally.unchanged,
                refused=tally.refused,
                report="\n".join(report),
            )
            audit.record(run, person, "import", changes={"count": str(tally)})
        return tally, report

    @property
    def name(self) -> str:
        return type(self).__module__.rpartition(".")[2]
