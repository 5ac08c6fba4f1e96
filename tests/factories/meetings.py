"""Working groups with their seats, and meetings with the protocols that come with them."""

import datetime

import factory
from factory.django import DjangoModelFactory

from apps.groups.models import Member, WorkingGroup
from apps.meetings.models import AgendaItem, Attendance, Decision, Meeting, Protocol
from tests.factories.people import LONG_AGO, OrganisationFactory, UserFactory


class WorkingGroupFactory(DjangoModelFactory):
    class Meta:
        model = WorkingGroup

    organisation = factory.SubFactory(OrganisationFactory)
    region = factory.SelfAttribute("organisation.region")
    name_kk = "Орнықты даму жөніндегі өңірлік жұмыс тобы"
    name_ru = "Региональная рабочая группа по устойчивому развитию"
    act_number = "12-3/145"
    act_date = datetime.date(2025, 1, 10)


class MemberFactory(DjangoModelFactory):
    """A seat; the traits `chair`, `deputy` and `secretary` also give it an account."""

    class Meta:
        model = Member

    class Params:
        signs_in = factory.Trait(
            user=factory.SubFactory(
                UserFactory,
                full_name=factory.SelfAttribute("..full_name"),
                position_kk=factory.SelfAttribute("..position_kk"),
                position_ru=factory.SelfAttribute("..position_ru"),
            )
        )
        chair = factory.Trait(
            signs_in=True,
            capacity=Member.Capacity.CHAIR,
            full_name="Ж. Бекмағамбетов",
            position_kk="облыс әкімінің орынбасары",
            position_ru="заместитель акима области",
        )
        deputy = factory.Trait(
            signs_in=True,
            capacity=Member.Capacity.DEPUTY,
            full_name="С. Ермекова",
            position_kk="облыстық мәслихат депутаты",
            position_ru="депутат областного маслихата",
        )
        secretary = factory.Trait(
            signs_in=True,
            capacity=Member.Capacity.SECRETARY,
            full_name="Н. Қалиева",
            position_kk="экономика басқармасының бас маманы",
            position_ru="главный специалист управления экономики",
        )

    group = factory.SubFactory(WorkingGroupFactory)
    full_name = factory.Sequence(lambda n: f"М. Мүше {n}")
    position_kk = factory.Sequence(lambda n: f"{n}-ұйымның өкілі")
    position_ru = factory.Sequence(lambda n: f"представитель организации {n}")
    category = Member.Category.BODIES
    capacity = Member.Capacity.MEMBER
    starts_on = LONG_AGO


class MeetingFactory(DjangoModelFactory):
    """A meeting with the draft of its protocol, as planning leaves it; `protocol__…` reaches the protocol."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    class Params:
        cancelled = factory.Trait(
            cancelled_at=datetime.datetime(2027, 1, 20, 9, tzinfo=datetime.UTC),
            cancel_reason="Кворум болмады",
        )

    group = factory.SubFactory(WorkingGroupFactory)
    held_on = datetime.date(2026, 10, 22)
    starts_at = datetime.time(15, 0)
    ends_at = datetime.time(16, 20)
    form = Meeting.Form.MIXED
    place_kk = "Әкімдік, 214-зал"
    place_ru = "Акимат, зал 214"

    @factory.post_generation
    def protocol(self, create, extracted, **fields):
        ProtocolFactory(meeting=self, **fields)


class ProtocolFactory(DjangoModelFactory):
    class Meta:
        model = Protocol

    number = "1"
    dated = factory.SelfAttribute("meeting.held_on")


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.LazyAttribute(lambda row: row.meeting.agenda.count() + 1)
    title_kk = factory.Sequence(lambda n: f"{n}-мәселе туралы")
    title_ru = factory.Sequence(lambda n: f"О вопросе {n}")


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    item = factory.SubFactory(AgendaItemFactory)
    position = factory.LazyAttribute(lambda row: row.item.decisions.count() + 1)
    text_kk = "Ақпарат назарға алынсын"
    text_ru = "Принять информацию к сведению"
    responsible_kk = "Экономика басқармасы"
    responsible_ru = "Управление экономики"


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    member = factory.SubFactory(MemberFactory)


def full_group(members: int = 3, **fields) -> WorkingGroup:
    """A group with chair, secretary and some members, as most tests need it."""
    group = WorkingGroupFactory(**fields)
    MemberFactory(group=group, chair=True)
    MemberFactory(group=group, secretary=True)
    MemberFactory.create_batch(members, group=group)
    return group


def account(group: WorkingGroup, capacity: str):
    """The account of whoever sits in the group in that capacity."""
    return group.members.filter(capacity=capacity).first().user
