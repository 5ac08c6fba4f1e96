"""Office files are zip archives; written anew here, they carry the paper's date instead of the clock's."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

EPOCH = (1980, 1, 1, 0, 0, 0)
MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


class UndatedZip(zipfile.ZipFile):
    """An archive whose members do not say when they were put into it."""

    def writestr(self, member: Any, data: Any, *_rest: Any, **_more: Any) -> None:  # type: ignore[override]
        """Put data into the archive under a name."""
        undated = zipfile.ZipInfo(str(member), EPOCH)
        undated.compress_type = zipfile.ZIP_DEFLATED
        undated.external_attr = 0o600 << 16
        super().writestr(undated, data)

    def write(self, filename: Any, arcname: Any = None, *_rest: Any, **_more: Any) -> None:
        self.writestr(arcname or filename, Path(filename).read_bytes())


def settled(content: bytes, dated: str) -> bytes:
    """Return the archive with the same members in the same order, free of the hour at which it was made.

    `dated` is an ISO date; the file's properties name it as the day of making and of change.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, UndatedZip(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = MOMENT.sub(rb"\g<1>%sT00:00:00Z\g<3>" % dated.encode(), data)
            new.writestr(name, data)
    return target.getvalue()
