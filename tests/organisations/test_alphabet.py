import pytest

from apps.organisations.alphabet import LETTERS, alphabet_key

pytestmark = pytest.mark.embedded


def test_alphabet_has_the_42_letters_once():
    assert len(LETTERS) == len(set(LETTERS)) == 42


def test_alphabet_key_follows_the_kazakh_alphabet():
    names = [
        "Ұлытау",
        "Абай",
        "Шымкент",
        "Әулиекөл",
        "Қарағанды",
        "Көкшетау",
        "Ырғыз",
        "Іле",
        "Алматы",
        "Үшарал",
    ]
    assert sorted(names, key=alphabet_key) == [
        "Абай", "Алматы", "Әулиекөл", "Көкшетау", "Қарағанды", "Ұлытау", "Үшарал", "Шымкент", "Ырғыз", "Іле",
    ]  # fmt: skip


def test_alphabet_key_puts_blanks_and_digits_before_letters_and_ignores_case():
    assert sorted(["Ақбұлақ", "Ақ бұлақ", "ақ 2"], key=alphabet_key) == ["ақ 2", "Ақ бұлақ", "Ақбұлақ"]
    assert alphabet_key("АБАЙ") == alphabet_key("абай")
