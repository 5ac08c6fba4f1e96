"""What one was told stands in the portal, and only for oneself."""

import pytest
from django.db import transaction
from django.urls import reverse

from apps.accounts.models import Role
from apps.notifications.models import Notification
from apps.notifications.outbox import tell
from tests.factories.monitoring import ReportFactory
from tests.factories.people import OrganisationFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LIST = "notifications:notification_list"


def announce(*people, number=1):
    with transaction.atomic():
        for turn in range(number):
            words = {"kk": f"Хабар {turn}", "ru": f"Весть {turn}"}
            tell(people, "told", subject=words, path="/kk/papers/1/", key=f"told-{turn}")


def test_page_speaks_the_language_of_the_page_and_marks_what_is_unread(client, aigul, dmitri):
    announce(aigul)
    announce(dmitri, number=2)
    client.force_login(aigul)
    page = client.get("/kk/notifications/").content.decode()
    assert "Хабар 0" in page
    assert "Хабар 1" not in page
    assert 'class="unread"' in page
    assert "Весть 0" in client.get("/ru/notifications/").content.decode()


def test_opening_marks_as_read_and_leads_to_the_paper_in_the_language_of_the_page(client, aigul):
    announce(aigul)
    client.force_login(aigul)
    row = Notification.objects.get()
    opened = client.post(f"/ru/notifications/{row.pk}/")
    assert opened["Location"] == "/ru/papers/1/"
    row.refresh_from_db()
    first = row.read_at
    assert first is not None
    client.post(f"/ru/notifications/{row.pk}/")
    row.refresh_from_db()
    assert row.read_at == first


def test_message_of_a_paper_out_of_sight_says_so_and_leads_nowhere(client, aigul):
    seen = person(Role.AKIMAT_STAFF, OrganisationFactory())
    report = ReportFactory(organisation=seen.role_assignments.get().organisation)
    words = {"kk": "Есеп ұсынылды", "ru": "Отчет представлен"}
    with transaction.atomic():
        tell((aigul, seen), "told", paper=report, subject=words, key="told")
    for reader, place in ((seen, report.get_absolute_url()), (aigul, reverse(LIST))):
        client.force_login(reader)
        row = Notification.objects.get(recipient=reader)
        opened = client.post(reverse("notifications:notification_open", args=[row.pk]))
        assert opened["Location"] == place
    assert "Бұл құжат енді Сізге ашық емес" in client.get(reverse(LIST)).content.decode()


def test_looking_at_the_page_changes_nothing(client, aigul):
    announce(aigul)
    client.force_login(aigul)
    client.get(reverse(LIST))
    assert (
        client.get(
            reverse("notifications:notification_open", args=[Notification.objects.get().pk])
        ).status_code
        == 405
    )
    assert Notification.objects.unread().count() == 1


def test_message_of_another_person_does_not_exist(client, aigul, dmitri):
    announce(dmitri)
    client.force_login(aigul)
    row = Notification.objects.get()
    assert client.post(reverse("notifications:notification_open", args=[row.pk])).status_code == 404
    client.post(reverse("notifications:notification_read_all"))
    row.refresh_from_db()
    assert row.read_at is None


def test_all_are_marked_as_read_at_once(client, aigul):
    announce(aigul, number=3)
    client.force_login(aigul)
    assert client.post(reverse("notifications:notification_read_all"))["Location"] == reverse(LIST)
    assert not Notification.objects.unread().exists()


def test_page_asks_to_sign_in(client):
    assert "next=" in client.get(reverse(LIST))["Location"]


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_few_queries_for_one_and_for_three(client, aigul, django_assert_max_num_queries, number):
    announce(aigul, number=number)
    client.force_login(aigul)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(8):
        client.get(reverse(LIST))
