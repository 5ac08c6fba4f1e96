"""A small data set in the Open SDG layout, of our own words, to be spoilt by the tests."""

import pytest

from tests.organisations.conftest import run

TRANSLATIONS = {
    "REF_AREA": "REF_AREA: {area}\nKZAKM: Akmola\nKZABY: Abai\nKZONT: South\nKZYUZ: Yuzhny\nKZKSH: г_Town\n",
    "UNIT_MEASURE": "PT: {percent}\nTNG: {tenge}\n",
    "SEX": "F: women\nM: men\n_T: all\n",
    "SERIES": "S1: one\nS2: two\n",
    "national_indicators": "1-2-1-title: {poverty}\n",
    "global_indicators": "1-2-1-title: global\n3-1-1-title: mothers\n",
    "global_targets": "1-2-title: Halve poverty\n",
    "sources": "1-2-1-source_compilation_1: Bureau\n1-2-1-source_data_1: Survey\n",
}
WORDS = {
    "kk": {"area": "Өңірлер", "percent": "пайыз", "tenge": "теңге", "poverty": "Кедейлік"},
    "ru": {"area": "Регионы", "percent": "процент", "tenge": "тыс. тенге", "poverty": "Бедность"},
    "en": {"area": "Regions", "percent": "percent", "tenge": "tenge", "poverty": "Poverty"},
}
CONFIG = "indicator_number: {code}\nreporting_status: 'complete '\ncomputation_units: {unit}\n"
META = (
    "customisation: meta.customisation-3\n"
    "source_compilation_1: sources.1-2-1-source_compilation_1\n"
    "source_data_1: sources.1-2-1-source_data_1\n"
)
TABLE = "Year,UNIT_MEASURE,REF_AREA,Value\n2020,PT,,5.3\n2020,PT,KZAKM,4.2\n2021,PT,KZAKM,4.0\n"


class DataSetFolder:
    def __init__(self, root):
        self.root = root
        for language, words in WORDS.items():
            for group, text in TRANSLATIONS.items():
                self.write(f"translations/{language}/{group}.yml", text.format(**words))
        self.write("indicator-config/1-2-1.yml", CONFIG.format(code="1.2.1", unit="UNIT_MEASURE.PT"))
        self.write("meta/1-2-1.yml", META)
        self.table(TABLE)

    def write(self, name, text, encoding="utf-8"):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))

    def table(self, text, slug="1-2-1", encoding="utf-8"):
        self.write(f"data/indicator_{slug}.csv", text, encoding)

    def take(self, **options):
        """Import the folder and return the printed lines."""
        return run("import_opensdg", self.root, **options)


@pytest.fixture
def dataset(tmp_path):
    return DataSetFolder(tmp_path / "dataset")
