"""The people of the demonstration: invented names, one password, a role each.

Addresses end in `.demo`; whoever signs in as one of them acts with that person's rights alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Role, RoleAssignment, User
from apps.groups.forms import OFFICIAL_NAME, MemberForm, NewWorkingGroupForm
from apps.groups.history import store_group, store_member
from apps.groups.models import Member, WorkingGroup
from apps.organisations.models import Organisation, Region

PASSWORD = "Ornyqty-damu-2030"  # noqa: S105 - it is printed for whoever starts the demonstration
DOMAIN = "@sdg.demo"
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


# «Ақтөбе облысы» and «Актюбинской области» stand in place of `region` and `area`.
POSITIONS = {
    "staff": ("экономика басқармасының бас маманы", "главный специалист управления экономики"),
    "approver": ("{region} әкімінің орынбасары", "заместитель акима {area}"),
    "secretary": ("экономика басқармасының бөлім басшысы", "руководитель отдела управления экономики"),
    "chair": ("{region} әкімінің бірінші орынбасары", "первый заместитель акима {area}"),
    "reviewer": ("министрліктің бас сарапшысы", "главный эксперт министерства"),
    "administrator": (
        "министрлік департаментінің басқарма басшысы",
        "руководитель управления департамента министерства",
    ),
    "officer": ("жұмыс органының сарапшысы", "эксперт Рабочего органа"),
    "auditor": ("аудитор", "аудитор"),
    "operator": ("портал операторы", "оператор портала"),
}

# Seats give their rights apart; a secretary works in a department of the akimat all the same.
ROLES = {
    "staff": Role.AKIMAT_STAFF,
    "approver": Role.AKIMAT_APPROVER,
    "secretary": Role.DEPARTMENT_EXECUTOR,
    "chair": Role.AKIMAT_APPROVER,
}
DEPARTMENT = {
    "name_kk": "Экономика және бюджеттік жоспарлау басқармасы",
    "name_ru": "Управление экономики и бюджетного планирования",
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
    """Create everybody once: accounts and roles, then groups with members of the five categories of point 4.

    Accounts come by the operator; groups and seats are entered by the akimat's staff, through their forms.
    """
    hashed = make_password(PASSWORD)
    numbers = iter(range(1, 10_000))

    def person(address: str, post: str, **names: str) -> User:
        kk, ru = (position.format(**names) for position in POSITIONS[post])
        return User(
            email=f"{address}{DOMAIN}", full_name=name(next(numbers)), position_kk=kk, position_ru=ru,
            password=hashed, is_demonstration=True, is_staff=post == "operator",
        )  # fmt: skip

    regions = list(Region.objects.reporting().order_by("code"))
    bodies = Organisation.objects.filter(kind=Organisation.Kind.AKIMAT, region__in=regions)
    akimats = {str(body.region_id): body for body in bodies}
    posts = ("staff", "approver", "secretary", "chair")
    people = {
        (region.pk, post): person(f"{post}.{region.pk[:2]}", post, **_names(region, akimats[region.pk]))
        for region in regions
        for post in posts
    }
    national = {
        post: person(post, post) for post in ("reviewer", "administrator", "officer", "auditor", "operator")
    }
    User.objects.bulk_create([*national.values(), *people.values()])
    _assign(national, people, akimats)
    groups = {
        region.pk: _enter_group(akimats[region.pk], region, people[region.pk, "staff"]) for region in regions
    }
    for region in regions:
        for seat in _seats(people, region, numbers):
            form = MemberForm(seat, group=groups[region.pk])
            store_member(valid(form), groups[region.pk], people[region.pk, "staff"], "add_member")
    return Cast(
        **national,
        regions={
            region.pk: RegionCast(
                region, akimats[region.pk], groups[region.pk], *(people[region.pk, post] for post in posts)
            )
            for region in regions
        },
    )


def _names(region: Region, akimat: Organisation) -> dict[str, str]:
    """The region as a position names it; the akimat's name already has it in the genitive."""
    return {"region": region.name_kk, "area": akimat.name_ru.removeprefix("Акимат ")}


def _enter_group(akimat: Organisation, region: Region, staff: User) -> WorkingGroup:
    given = {
        "organisation": akimat.pk,
        "name_kk": f"{OFFICIAL_NAME['kk']} ({region.name_kk})",
        "name_ru": f"{OFFICIAL_NAME['ru']} ({region.name_ru})",
        "act_kind": WorkingGroup.ActKind.RESOLUTION,
        "act_number": f"{int(region.pk[:2]) * 3}",
        "act_date": SINCE.isoformat(),
    }
    form = NewWorkingGroupForm(given, bodies=Organisation.objects.filter(pk=akimat.pk))
    return store_group(valid(form), staff, "create")


def valid[F: BaseForm](form: F) -> F:
    """The form, whose input is right: what the demonstration types is refused by nobody."""
    if not form.is_valid():
        raise ValueError(form.errors.as_json())
    return form


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
    departments = _departments(akimats)
    for (code, post), user in people.items():
        held.append((user, ROLES[post], (departments if post == "secretary" else akimats)[code]))
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, role=role, organisation=body, starts_on=SINCE) for user, role, body in held
    )


def _departments(akimats: dict[str, Organisation]) -> dict[str, Organisation]:
    """Create the department of each akimat in which the secretary of its working group works."""
    kind = Organisation.Kind.DEPARTMENT
    created = Organisation.objects.bulk_create(
        Organisation(kind=kind, region=akimat.region, parent=akimat, **DEPARTMENT)
        for akimat in akimats.values()
    )
    return dict(zip(akimats, created, strict=True))


def _seats(
    people: dict[tuple[str, str], User], region: Region, numbers: Iterator[int]
) -> Iterator[dict[str, Any]]:
    """Yield what is typed for each seat: the officers with their accounts, then the members."""
    since = {"starts_on": SINCE.isoformat()}
    officers = (("chair", Member.Capacity.CHAIR), ("secretary", Member.Capacity.SECRETARY))
    for place, (post, capacity) in enumerate(officers, start=1):
        user = people[region.pk, post]
        yield since | {
            "full_name": user.full_name, "position_kk": user.position_kk, "position_ru": user.position_ru,
            "category": Member.Category.BODIES, "capacity": capacity, "position_in_list": place,
            "email": user.email,
        }  # fmt: skip
    for place, (category, kk, ru) in enumerate(MEMBERS, start=3):
        yield since | {
            "full_name": name(next(numbers)), "position_kk": kk, "position_ru": ru, "category": category,
            "capacity": Member.Capacity.MEMBER, "position_in_list": place,
        }  # fmt: skip
