"""Office files are zip archives; written anew here, they carry the paper's date instead of the clock's."""

from __future__ import annotations

import io
import re
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def settled(content: bytes, dated: str) -> bytes:
    """Return the archive with the same members in the same order, free of the hour at which it was made.

    `dated` is an ISO date; the file's properties name it as the day of making and of change.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = MOMENT.sub(rb"\g<1>%sT00:00:00Z\g<3>" % dated.encode(), data)
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            new.writestr(member, data)
    return target.getvalue()
