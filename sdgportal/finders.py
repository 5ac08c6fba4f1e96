"""Front-end assets come from npm's folder by an allow-list: nothing else of it is ever served."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Warning  # noqa: A004 (Django's name)
from django.core.files.storage import FileSystemStorage


class VendorStorage(FileSystemStorage):
    """Reads a file of `VENDOR_FILES` (address under static → path under `node_modules`) by its address."""

    def path(self, name: str | Path) -> str:
        return str(Path(self.location) / settings.VENDOR_FILES[str(name)])


class VendorFinder(BaseFinder):
    """Finds the files of `VENDOR_FILES` and no other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = VendorStorage(location=settings.NODE_MODULES)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [name for name in settings.VENDOR_FILES if not self.storage.exists(name)]
        return [Warning(f"front-end asset is not installed: {name}", hint="make run") for name in missing]

    def find(  # type: ignore[override]  # one body serves both of the overloads
        self, path: str, find_all: bool = False, **kwargs: Any
    ) -> str | list[str] | None:
        found = [self.storage.path(path)] if path in settings.VENDOR_FILES else []
        if find_all:
            return found
        return found[0] if found else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in settings.VENDOR_FILES:
            yield name, self.storage
