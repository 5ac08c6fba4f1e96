from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

HEADER = "kato,kato_version,level,type_code,name_ru,name_kk"
ABAI = [
    "100000000,E1,oblast,0,область Абай,Абай облысы",
    "101000000,E1,district,1,Семей Г.А.,Семей Қ.Ә.",
    "101010000,E1,sub_district,1,г.Семей,Семей қ.",
    "103200000,E1,district,2,Абайский район,Абай ауданы",
    "103230000,E1,sub_district,2,Карааульский с.о.,Қараауыл а.о.",
    "103230100,E1,settlement,2,с.Карааул,Қараауыл а.",
    "103233000,E1,sub_district,2,Кенгирбайбийский с.о,Кеңгірбай би а.о.",
    "103233100,E1,settlement,2,с.Кенгирбай би,Кеңгірбай би а.",
]


def run(command, *arguments, **options):
    """Return the lines that the command prints, in English."""
    output = StringIO()
    with translation.override("en"):
        call_command(command, *map(str, arguments), stdout=output, **options)
    return output.getvalue().splitlines()


@pytest.fixture
def classifier(tmp_path):
    """Write a classifier of the given rows and return its path."""

    def write(rows, *, header=HEADER, encoding="utf-8", newline="\n"):
        path = tmp_path / "kato.csv"
        path.write_bytes((newline.join([header, *rows]) + newline).encode(encoding))
        return path

    return write
