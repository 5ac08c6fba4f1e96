"""Two regions, the people of one, a stranger from the other, and a memo that they pass on.

Models are imported within the fixtures: this file is read before Django is set up.
"""

import pytest


@pytest.fixture
def akimat(db):
    from tests.factories.people import OrganisationFactory

    return OrganisationFactory(region__code="110000000")


@pytest.fixture
def writer(akimat):
    from tests.factories.people import person

    return person("akimat_staff", akimat, full_name="А. Сериккалиева")


@pytest.fixture
def reviewer(db):
    from tests.factories.people import national

    return national("ministry_reviewer", full_name="Д. Оспанов", language="ru")


@pytest.fixture
def stranger(db):
    from tests.factories.people import OrganisationFactory, person

    return person("akimat_staff", OrganisationFactory(region__code="150000000"), full_name="Б. Ахметов")


@pytest.fixture
def memo(db):
    from tests.workflow.paperapp.models import Memo

    return Memo.objects.create(region_id="110000000", text="On the indicators")


@pytest.fixture
def signed_in(client):
    """Sign somebody in and return the client, which speaks Russian unless told otherwise."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
