"""The project: settings, routes and the Celery application."""

from sdgportal.celery import app as celery_app

__all__ = ["celery_app"]
