"""The Celery application: a doorbell, never the place where work is remembered."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sdgportal.settings")

app = Celery("sdgportal")
app.config_from_object("sdgportal.celeryconfig")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def keep_django_logging(**_options: Any) -> None:
    """Leave the logs as the settings have them: Celery sets up its own only where nobody listens here."""
