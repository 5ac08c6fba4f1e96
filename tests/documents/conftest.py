"""Papers of the database, a folder of their own for files, and eyes to look at what was rendered.

Models are imported within the fixtures: this file is read before Django is set up.
"""

import pytest


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    # Undone with the test, a document's number comes again on SQLite: what was remembered of it must not.
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    return settings.MEDIA_ROOT


@pytest.fixture
def paper(db):
    """A list of three rows that is out of its author's hands."""
    from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory

    paper = IndicatorListFactory(sent=True)
    IndicatorListItemFactory.create_batch(3, indicator_list=paper)
    return paper


@pytest.fixture
def draft(db):
    from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory

    paper = IndicatorListFactory()
    IndicatorListItemFactory.create_batch(3, indicator_list=paper)
    return paper


@pytest.fixture
def issued(paper):
    from apps.documents.papers import kinds

    return kinds["list"].issue(paper, transition="send")


@pytest.fixture
def reader(paper):
    """One of the akimat's staff, signed in."""
    from apps.accounts.models import Role
    from tests.factories.people import person

    return person(Role.AKIMAT_STAFF, paper.organisation)
