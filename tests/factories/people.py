"""Territories, the bodies that answer for them, and the people who act for these bodies."""

import datetime

import factory
from factory.django import DjangoModelFactory

from apps.accounts.models import Role, RoleAssignment, Substitution, User
from apps.organisations.models import Organisation, Region

LONG_AGO = datetime.date(2020, 1, 1)
PASSWORD = "қала-дала-2026"


class RegionFactory(DjangoModelFactory):
    """An oblast; traits `district` (under `parent`) and `city` change its rank."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    class Params:
        city = factory.Trait(kind=Region.Kind.REPUBLICAN_CITY)
        district = factory.Trait(
            kind=Region.Kind.RAION,
            is_reporting=False,
            parent=factory.SubFactory("tests.factories.people.RegionFactory"),
            code=factory.LazyAttributeSequence(lambda row, n: f"{row.parent.code[:2]}{n % 90 + 10:02}00000"),
            name_kk=factory.LazyAttribute(lambda row: f"{row.code[2:4]} ауданы"),
            name_ru=factory.LazyAttribute(lambda row: f"район {row.code[2:4]}"),
        )

    code = factory.Sequence(lambda n: f"{n % 90 + 10:02}0000000")
    kind = Region.Kind.OBLAST
    name_kk = factory.LazyAttribute(lambda row: f"{row.code[:2]} облысы")
    name_ru = factory.LazyAttribute(lambda row: f"область {row.code[:2]}")
    is_reporting = True


class OrganisationFactory(DjangoModelFactory):
    """An akimat; the traits make it a department, the ministry or the Council's working body."""

    class Meta:
        model = Organisation

    class Params:
        department = factory.Trait(
            kind=Organisation.Kind.DEPARTMENT,
            name_kk=factory.Sequence(lambda n: f"{n}-басқарма"),
            name_ru=factory.Sequence(lambda n: f"Управление {n}"),
        )
        ministry = factory.Trait(
            kind=Organisation.Kind.MINISTRY,
            region=None,
            name_kk="Ұлттық экономика министрлігі",
            name_ru="Министерство национальной экономики",
        )
        working_body = factory.Trait(
            kind=Organisation.Kind.COUNCIL_WORKING_BODY,
            region=None,
            name_kk="Үйлестіру кеңесінің жұмыс органы",
            name_ru="Рабочий орган Координационного совета",
        )
        other = factory.Trait(
            kind=Organisation.Kind.OTHER, region=None, name_kk="Басқа ұйым", name_ru="Другая организация"
        )

    kind = Organisation.Kind.AKIMAT
    region = factory.SubFactory(RegionFactory)
    name_kk = factory.LazyAttribute(lambda row: f"{row.region.name_kk} әкімдігі" if row.region else "")
    name_ru = factory.LazyAttribute(lambda row: f"Акимат: {row.region.name_ru}" if row.region else "")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.kz")
    full_name = factory.Sequence(lambda n: f"А. Қызметкер {n}")
    position_kk = "бас маман"
    position_ru = "главный специалист"
    language = "kk"

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        if create:
            self.save(update_fields=("password",))


class RoleAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.AKIMAT_STAFF
    organisation = factory.SubFactory(OrganisationFactory)
    starts_on = LONG_AGO


class SubstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Substitution

    absent = factory.SubFactory(UserFactory)
    substitute = factory.SubFactory(UserFactory)
    starts_on = LONG_AGO
    ends_on = datetime.date(2099, 12, 31)
    basis = "2026 жылғы 1 қазандағы № 5 өкім"


def body_of(region: Region) -> Organisation:
    """The akimat or akim's apparatus that answers for a territory."""
    return Organisation.objects.local_executive().get(region=region)


def person(role: str, organisation: Organisation, **fields) -> User:
    """A user who has long held the role for the organisation."""
    user = UserFactory(**fields)
    RoleAssignmentFactory(user=user, role=role, organisation=organisation)
    return user


def national(role: str, **fields) -> User:
    """A user with a role above the regions: at the ministry, the working body, or elsewhere."""
    kinds = {
        Role.MINISTRY_REVIEWER: "ministry",
        Role.MINISTRY_ADMINISTRATOR: "ministry",
        Role.WORKING_BODY: "working_body",
    }
    trait = kinds.get(role, "other")
    probe = OrganisationFactory.build(**{trait: True})
    body = Organisation.objects.filter(kind=probe.kind).first() or OrganisationFactory(**{trait: True})
    return person(role, body, **fields)
