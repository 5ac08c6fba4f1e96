"""Addresses that no page should have to answer."""

import pytest

from apps.accounts.models import Role
from tests.factories.people import OrganisationFactory, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["reports/?region=%00", "lists/?region=7%00", "regions/%00/", "search/?q=a%00b", "%00"]
)
def test_address_with_nul_is_a_bad_request(client, address):
    client.force_login(person(Role.AUDITOR, OrganisationFactory()))
    response = client.get(f"/ru/{address}")
    assert response.status_code == 400
    assert "<h1" in response.content.decode()
