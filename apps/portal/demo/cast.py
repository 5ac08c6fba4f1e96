"""The people of the demonstration: invented names, one password, a role each.

Addresses end in `.demo`; whoever signs in as one of them acts with that person's rights alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Role, RoleAssignment, User
from apps.groups.models import Member, WorkingGroup
from apps.organisations.models import Organisation, Region

PASSWORD = "Ornyqty-damu-2030"  # noqa: S105 - it is printed for whoever starts the demonstration
SINCE = datetime.date(2024, 11, 1)

SURNAMES = (
    "Абдрахманов", "Бекмагамбетов", "Досжанов", "Ермеков", "Жаксылыков", "Ибраев", "Калиев", "Касымов",
    "Мамыров", "Муканов", "Назаров", "Оспанов", "Рахимов", "Сагинтаев", "Сейтказин", "Серикбаев",
    "Тлеубаев", "Турсынов", "Уалиев", "Шарипов",
)  # fmt: skip
INITIALS = "АБГДЕЖКМНРСТ"


def name(number: int) -> str:
    """An invented name, the same for the same number; every second one is a woman's."""
    surname = SURNAMES[number * 7 % len(SURNAMES)]
    return f"{INITIALS[number * 5 % len(INITIALS)]}. {surname}{'а' if number % 2 else ''}"


@dataclass(frozen=True)
class Account:
    """A demonstration account as it is printed at the start."""

    email: str
    what: str


@dataclass
class RegionCast:
    """Those who act in one region."""

    region: Region
    akimat: Organisation
    group: WorkingGroup
    staff: User
    approver: User
    secretary: User
    chair: User


@dataclass
class Cast:
    reviewer: User
    administrator: User
    officer: User
    auditor: User
    operator: User
    regions: dict[str, RegionCast]


POSITIONS = {
    "staff": ("экономика басқармасының бас маманы", "главный специалист управления экономики"),
    "approver": ("әкімнің орынбасары", "заместитель акима"),
    "secretary": ("экономика басқармасының бөлім басшысы", "руководитель отдела управления экономики"),
    "chair": ("әкімнің бірінші орынбасары", "первый заместитель акима"),
    "reviewer": ("министрліктің бас сарапшысы", "главный эксперт министерства"),
    "administrator": (
        "министрлік департаментінің басқарма басшысы",
        "руководитель управления департамента министерства",
    ),
    "officer": ("жұмыс органының сарапшысы", "эксперт Рабочего органа"),
    "auditor": ("аудитор", "аудитор"),
    "operator": ("портал операторы", "оператор портала"),
}

MEMBERS = (
    (1, "мәслихат депутаты", "депутат маслихата"),
    (1, "білім басқармасының басшысы", "руководитель управления образования"),
    (1, "денсаулық сақтау басқармасының басшысы", "руководитель управления здравоохранения"),
    (2, "полиция департаментінің бөлім бастығы", "начальник отдела департамента полиции"),
    (3, "өңірлік кәсіпкерлер палатасының директоры", "директор региональной палаты предпринимателей"),
    (4, "«Жасыл өңір» қоғамдық қорының төрағасы", "председатель общественного фонда «Жасыл өңір»"),
    (4, "жастар ұйымының жетекшісі", "руководитель молодежной организации"),
    (
        5,
        "өңірлік университеттің экономика кафедрасының доценті",
        "доцент кафедры экономики регионального университета",
    ),
)


def accounts() -> list[Account]:
    """The accounts to print: the five people of the January chain, and those who watch over it."""
    return [
        Account("staff.15@sdg.demo", str(_("akimat staff, Aktobe Region"))),
        Account("secretary.15@sdg.demo", str(_("secretary of the working group, Aktobe Region"))),
        Account("approver.15@sdg.demo", str(_("akimat approver, Aktobe Region"))),
        Account("reviewer@sdg.demo", str(_("ministry reviewer"))),
        Account("officer@sdg.demo", str(_("officer of the Council’s working body"))),
        Account("administrator@sdg.demo", str(_("ministry administrator"))),
        Account("auditor@sdg.demo", str(_("auditor"))),
        Account("operator@sdg.demo", str(_("operator of the portal"))),
    ]


def enlist() -> Cast:
    """Create everybody once: accounts, roles, groups with members of the five categories of point 4."""
    hashed = make_password(PASSWORD)
    numbers = iter(range(1, 10_000))

    def person(address: str, post: str) -> User:
        kk, ru = POSITIONS[post]
        return User(
            email=f"{address}@sdg.demo", full_name=name(next(numbers)), position_kk=kk, position_ru=ru,
            password=hashed, is_demonstration=True, is_staff=post == "operator",
        )  # fmt: skip

    regions = list(Region.objects.reporting().order_by("code"))
    bodies = Organisation.objects.filter(kind=Organisation.Kind.AKIMAT, region__in=regions)
    akimats = {str(body.region_id): body for body in bodies}
    posts = ("staff", "approver", "secretary", "chair")
    people = {
        (region.pk, post): person(f"{post}.{region.pk[:2]}", post) for region in regions for post in posts
    }
    national = {
        post: person(post, post) for post in ("reviewer", "administrator", "officer", "auditor", "operator")
    }
    User.objects.bulk_create([*national.values(), *people.values()])
    groups = {region.pk: _group(region, akimats[region.pk]) for region in regions}
    WorkingGroup.objects.bulk_create(groups.values())
    _assign(national, people, akimats)
    Member.objects.bulk_create(
        seat for region in regions for seat in _seats(groups[region.pk], people, region, numbers)
    )
    return Cast(
        **national,
        regions={
            region.pk: RegionCast(
                region, akimats[region.pk], groups[region.pk], *(people[region.pk, post] for post in posts)
            )
            for region in regions
        },
    )


def _group(region: Region, akimat: Organisation) -> WorkingGroup:
    return WorkingGroup(
        organisation=akimat,
        region=region,
        name_kk=f"Орнықты даму жөніндегі өңірлік жұмыс тобы ({region.name_kk})",
        name_ru=f"Региональная рабочая группа по устойчивому развитию ({region.name_ru})",
        act_number=f"{int(region.pk[:2]) * 3}",
        act_date=SINCE,
    )


def _assign(
    national: dict[str, User], people: dict[tuple[str, str], User], akimats: dict[str, Organisation]
) -> None:
    ministry = Organisation.objects.ministry()
    held = [
        (national["reviewer"], Role.MINISTRY_REVIEWER, ministry),
        (national["administrator"], Role.MINISTRY_ADMINISTRATOR, ministry),
        (national["officer"], Role.WORKING_BODY, Organisation.objects.council_working_body()),
        (national["auditor"], Role.AUDITOR, ministry),
        (national["operator"], Role.OPERATOR, ministry),
    ]
    for (code, post), user in people.items():
        if post == "staff":
            held.append((user, Role.AKIMAT_STAFF, akimats[code]))
        elif post == "approver":
            held.append((user, Role.AKIMAT_APPROVER, akimats[code]))
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, role=role, organisation=body, starts_on=SINCE) for user, role, body in held
    )


def _seats(
    group: WorkingGroup, people: dict[tuple[str, str], User], region: Region, numbers: Iterator[int]
) -> Iterator[Member]:
    officers = (("chair", Member.Capacity.CHAIR), ("secretary", Member.Capacity.SECRETARY))
    for place, (post, capacity) in enumerate(officers, start=1):
        user = people[region.pk, post]
        yield Member(
            group=group, user=user, full_name=user.full_name, position_kk=user.position_kk,
            position_ru=user.position_ru, category=Member.Category.BODIES, capacity=capacity,
            position_in_list=place, starts_on=SINCE,
        )  # fmt: skip
    for place, (category, kk, ru) in enumerate(MEMBERS, start=3):
        yield Member(
            group=group, full_name=name(next(numbers)), position_kk=kk, position_ru=ru, category=category,
            position_in_list=place, starts_on=SINCE,
        )  # fmt: skip
