"""The Celery application: a doorbell, never the place where work is remembered."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sdgportal.settings")

app = Celery("sdgportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
