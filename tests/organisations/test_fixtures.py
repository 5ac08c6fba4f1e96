import pytest

from apps.organisations import fixtures
from apps.organisations.models import Organisation, Region, StatisticalArea
from tests.factories.people import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_load_adds_the_20_regions_their_akimats_and_the_national_bodies():
    fixtures.load()
    assert Region.objects.reporting().count() == 20
    assert Organisation.objects.filter(kind=Organisation.Kind.AKIMAT).count() == 20
    committee = Organisation.objects.get(kind=Organisation.Kind.MONITORING_COMMITTEE)
    assert committee.parent == Organisation.objects.ministry()
    assert Organisation.objects.council_working_body().region is None
    assert StatisticalArea.objects.filter(region__isnull=False).count() == 20


def test_load_names_akimats_as_law_does():
    fixtures.load()
    akimat = body_of(Region.objects.get(iso_code="KZ-15"))
    assert (akimat.name_kk, akimat.name_ru) == ("Ақтөбе облысының әкімдігі", "Акимат Актюбинской области")
    capital = body_of(Region.objects.get(iso_code="KZ-71"))
    assert (capital.name_kk, capital.name_ru) == ("Астана қаласының әкімдігі", "Акимат города Астаны")


def test_load_twice_changes_nothing_and_leaves_what_an_operator_has_mended(django_assert_num_queries):
    fixtures.load()
    Organisation.objects.filter(name_ru="Акимат области Абай").update(
        name_ru="Акимат области Абай (г. Семей)"
    )
    with django_assert_num_queries(7):
        fixtures.load()
    assert Organisation.objects.count() == 23
    assert Organisation.objects.filter(name_ru="Акимат области Абай (г. Семей)").exists()


def test_areas_know_the_years_in_which_they_are_valid():
    fixtures.load()
    area = StatisticalArea.objects.get
    assert area(pk="KZONT").is_valid_in(2018)
    assert not area(pk="KZONT").is_valid_in(2019)
    assert not area(pk="KZABY").is_valid_in(2021)
    assert area(pk="KZABY").is_valid_in(2022)
    assert area(pk="KZYUZ").is_valid_in(2010)
    assert not area(pk="KZYUZ").is_formed_in(2017)
