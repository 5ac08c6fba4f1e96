"""Papers as their recipients open them: the words of a PDF, of a workbook, of a Word file."""

import subprocess
from pathlib import Path

import openpyxl
from docx import Document

TITLES = {
    "list": {
        "kk": "Өңірлерге арналған Орнықты даму мақсаттары индикаторларының тізбесі",
        "ru": "Перечень индикаторов Целей устойчивого развития для регионов",
    },
    "report": {
        "kk": "Орнықты даму мақсаттарының міндеттері мен индикаторларының іске асырылуын мониторингтеу",
        "ru": "Мониторинг реализации задач и индикаторов Целей устойчивого развития",
    },
    "protocol": {"kk": "ХАТТАМАСЫ", "ru": "ПРОТОКОЛ"},
    "letter": {"kk": "27-тармағына сәйкес", "ru": "в соответствии с пунктом 27"},
}
DRAFT_MARK = "Жоба / Проект"


def words_of(path: Path) -> str:
    """Return all words of the file in reading order, with single spaces."""
    reader = {".pdf": _of_pdf, ".xlsx": _of_workbook, ".docx": _of_word}[path.suffix]
    return " ".join(reader(path).split())


def _of_pdf(path: Path) -> str:
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    plain = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return told.stdout.decode() + plain.stdout.decode()


def _of_workbook(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    margins = [part.text or "" for sheet in book for part in (sheet.oddHeader.left, sheet.oddHeader.center)]
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    return " ".join([*margins, *(_shown(cell) for cell in cells if cell is not None)])


def _shown(value: object) -> str:
    """A number in a cell is a number; people see it with a comma."""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _of_word(path: Path) -> str:
    paper = Document(str(path))
    said = [paragraph.text for paragraph in paper.paragraphs]
    said += [paragraph.text for section in paper.sections for paragraph in section.header.paragraphs]
    said += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join(said)
