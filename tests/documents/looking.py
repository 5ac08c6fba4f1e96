"""How the tests look at a file: as text, as pages, as pictures, and through LibreOffice."""

import io
import subprocess
from pathlib import Path

import pikepdf
from PIL import Image

from apps.documents.renderers import fonts

LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>{office}</family><prefer><family>{family}</family></prefer></alias>
</fontconfig>"""


def run(*command, content=None, **options):
    return subprocess.run(
        [str(part) for part in command], input=content, capture_output=True, check=True, **options
    ).stdout


def pdf_text(content: bytes, *options) -> str:
    return run("pdftotext", *options, "-", "-", content=content).decode()


def pages(content: bytes) -> list[str]:
    """Return the text of each page, as it is laid out."""
    return pdf_text(content, "-layout").split("\f")[:-1]


def picture(content: bytes, resolution: int = 100, page: int = 1) -> Image.Image:
    """Draw a page."""
    drawn = run("pdftoppm", "-r", resolution, "-f", page, "-l", page, "-gray", "-png", "-", content=content)
    return Image.open(io.BytesIO(drawn)).convert("L")


def squeezed(words: str) -> str:
    """Leave out blanks: every program breaks lines in its own way."""
    return "".join(words.split())


def opened_by_office(folder: Path, target: str, *files: Path) -> list[Path]:
    """Let LibreOffice open files and write them in another format; it has the papers' font and no other."""
    conf = folder / "fonts.conf"
    conf.write_text(
        FONTS_CONF.format(
            folder=fonts.font_path(fonts.REGULAR).parent.parent,
            cache=folder / "fontcache",
            office=fonts.OFFICE_FAMILY,
            family=fonts.FAMILY,
        )
    )
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(conf)}
    profile = f"-env:UserInstallation=file://{folder}/office"
    run(
        "soffice", profile, "--headless", "--convert-to", target, "--outdir", folder / "opened", *files,
        env=environment, timeout=180,
    )  # fmt: skip
    suffix = target.partition(":")[0]
    return [folder / "opened" / f"{file.stem}.{suffix}" for file in files]


def printed_words(edition) -> list[str]:
    """List every text that a file of this edition has to show."""
    found = []
    for block in edition.blocks():
        if block["type"] == "table":
            cells = [column["heading"] for column in block["columns"]]
            for group in block["groups"]:
                cells += [group["title"]] if group["title"] else []
                cells += [cell for row in group["rows"] for cell in row]
            found += [piece.words for cell in cells for piece in edition.pieces(cell)]
        elif block["type"] == "facts":
            found += [piece.words for pair in block["items"] for piece in sum(edition.pairs(*pair), ())]
        elif block["type"] == "signatures":
            texts = [item[part] for item in block["items"] for part in ("position", "name")]
            found += [piece.words for words in texts for piece in edition.pieces(words)]
        else:
            found += [piece.words for item in block["items"] for piece in edition.pieces(item)]
    return [words for words in found if words]


class Opened:
    """A file as a screen reader takes it in."""

    def __init__(self, content):
        self.file = pikepdf.open(io.BytesIO(content))
        self.root = self.file.Root
        self.tree = self.root.StructTreeRoot.K[0]

    def elements(self, kind, within=None):
        """List the elements of a kind in the structure tree, in reading order."""
        return list(self._elements(self.tree if within is None else within, kind))

    def _elements(self, element, kind):
        if "/S" in element and f"/{kind}" == element.S:
            yield element
        children = element.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary):
                yield from self._elements(child, kind)
