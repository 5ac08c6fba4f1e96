"""What a file is, judged by its content; what its name and its sender say is only compared with that."""

from __future__ import annotations

import re
import unicodedata
import warnings
from decimal import ROUND_CEILING
from pathlib import PurePath
from typing import Any

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image

from apps.ui.numerals import file_size

LARGEST = 20 * 1024 * 1024
MOST_PIXELS = 100_000_000
EXTENSIONS = {
    "application/pdf": {".pdf"},
    "image/jpeg": {".jpg", ".jpeg", ".jpe"},
    "image/png": {".png"},
}
ACCEPTED = "PDF, JPEG, PNG"
PDF_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
PDF_TABLE = re.compile(rb"\b(?:xref|startxref|trailer)\b|/XRef\b")
PDF_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
PDF_ACTIONS = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")


def media_type_of(upload: File[Any]) -> str:
    """Return the media type of a scan, or raise ValidationError with a sentence for whoever sent it."""
    if (upload.size or 0) > LARGEST:
        raise ValidationError(
            _("The file is too large: {size}. At most: {max}").format(
                size=file_size(upload.size, ROUND_CEILING), max=file_size(LARGEST)
            ),
            code="too_large",
        )
    upload.seek(0)
    head = upload.read(1024)
    upload.seek(0)
    media_type = getattr(filetype.guess(head), "mime", "")
    suffix = PurePath(upload.name or "").suffix.lower()
    if media_type not in EXTENSIONS:
        if any(suffix in known for known in EXTENSIONS.values()):
            raise not_what_it_says()
        raise ValidationError(
            _("Files of this type are not accepted: {type}. Accepted: {list}").format(
                type=suffix or media_type or "?", list=ACCEPTED
            ),
            code="wrong_type",
        )
    if suffix not in EXTENSIONS[media_type] or not _is_whole(upload, media_type):
        raise not_what_it_says()
    if media_type == "application/pdf":
        _refuse_what_acts(upload)
    return media_type


def not_what_it_says() -> ValidationError:
    return ValidationError(_("The content of the file does not match its type"), code="not_what_it_says")


def plain_name(name: str) -> str:
    """Keep the last part of a file's name, without characters that draw nothing or turn the line around."""
    visible = "".join(
        character for character in unicodedata.normalize("NFC", name) if character.isprintable()
    )
    path = PurePath(visible.replace("\\", "/"))
    return path.stem[: 200 - len(path.suffix)] + path.suffix[:20]


def _is_whole(upload: File[Any], media_type: str) -> bool:
    whole = _is_whole_pdf(upload) if media_type == "application/pdf" else _is_whole_image(upload, media_type)
    upload.seek(0)
    return whole


def _is_whole_pdf(upload: File[Any]) -> bool:
    """Whether the bytes are built as a PDF is: header, an object, a table of them or its trailer, an end.

    Nothing is parsed: a damaged object in between, or one beyond the format's rules, is not noticed.
    """
    upload.seek(0)
    content = upload.read()
    is_whole = content.startswith(b"%PDF-") and PDF_OBJECT.search(content) and PDF_TABLE.search(content)
    return bool(is_whole) and b"%%EOF" in content[-2048:]


def _refuse_what_acts(upload: File[Any]) -> None:
    """Refuse a PDF that plainly says that it runs a script or a program, or carries another file.

    Only what stands in the open is seen: in compressed object streams and in encrypted files it is not, which
    is why no file is ever shown within the portal. A name may be spelled in hexadecimals (`/#4Aava…`).
    """
    upload.seek(0)
    content = PDF_HEX.sub(lambda found: bytes.fromhex(found[1].decode()), upload.read())
    upload.seek(0)
    if any(name in content for name in PDF_ACTIONS):
        raise ValidationError(
            _("The PDF runs a script or carries another file. Scan the paper anew, or print it to PDF."),
            code="acts",
        )


def _is_whole_image(upload: File[Any], media_type: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=(media_type.removeprefix("image/"),)) as image:
                if image.width * image.height > MOST_PIXELS:
                    return False
                image.verify()
    except Exception:  # noqa: BLE001 - Pillow raises many kinds on a damaged or hostile picture
        return False
    return True
