import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from apps.organisations import fixtures
from apps.organisations.models import Organisation, Region

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
Kind = Region.Kind


def add(code, parent, kind, name="X"):
    return Region.objects.create(code=code, parent_id=parent, kind=kind, name_kk=name, name_ru=name)


def test_regions_are_ordered_by_the_alphabet_of_the_language():
    fixtures.load()
    in_kazakh = [region.name_kk for region in Region.objects.reporting().in_alphabet("kk")]
    assert in_kazakh[:4] == ["Абай облысы", "Ақмола облысы", "Ақтөбе облысы", "Алматы қаласы"]
    assert in_kazakh[-4:] == ["Түркістан облысы", "Ұлытау облысы", "Шығыс Қазақстан облысы", "Шымкент қаласы"]
    with translation.override("ru"):
        in_russian = [region.name for region in Region.objects.reporting().in_alphabet()]
    assert in_russian[:3] == ["область Абай", "Акмолинская область", "Актюбинская область"]


def test_short_name_falls_back_to_the_name():
    region = Region(name_kk="Абай ауданы", name_ru="Абайский район")
    with translation.override("ru"):
        assert region.short_name == "Абайский район"
        region.short_ru = "Абайский"
        assert region.short_name == "Абайский"


def test_a_territory_has_one_local_executive_body():
    fixtures.load()
    region = Region.objects.get(pk="100000000")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(kind="akim_apparatus", region=region, name_kk="X", name_ru="X")
    Organisation.objects.create(kind="department", region=region, name_kk="X", name_ru="X")


def test_there_is_one_ministry():
    fixtures.load()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(kind="ministry", name_kk="X", name_ru="X")
