"""How tasks are run: the broker is a doorbell, the truth is in the database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sdgportal.settings import DATA_DIR, REDIS_URL, TIME_ZONE

timezone = TIME_ZONE
task_ignore_result = True
task_acks_late = True
task_reject_on_worker_lost = True  # with late acknowledgement alone a killed child's task is lost
# A worker takes from its queues in turn: a hundred papers to draw hold up neither a letter nor the heartbeat.
task_routes = {"apps.documents.tasks.*": {"queue": "papers"}}
task_soft_time_limit = 240
task_time_limit = 300
task_publish_retry_policy = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2}
worker_prefetch_multiplier = 1
worker_max_memory_per_child = 600_000  # KiB: a paper of thousands of rows takes its memory along
worker_enable_remote_control = False
worker_cancel_long_running_tasks_on_connection_loss = True
worker_hijack_root_logger = False
worker_redirect_stdouts = False
broker_connection_retry_on_startup = True
broker_transport_options: dict[str, Any]
if REDIS_URL:
    broker_url = REDIS_URL
    broker_transport_options = {
        # Longer than the longest task, or it would be run twice; the two below decide how soon a task
        # whose worker was killed comes back (by default after an hour, looked for each 100 seconds).
        "visibility_timeout": 360,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        # A doorbell that does not answer is given up at once: the sweep makes up for it.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        # Longer than kombu's own wait for a message, BRPOP of a second; a Redis that has frozen is given up.
        "socket_connect_timeout": 2,
        "socket_timeout": 2,
    }
else:
    folder = DATA_DIR / "broker"
    broker_url = "filesystem://localhost"
    broker_transport = "sdgportal.broker:Transport"
    broker_transport_options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.3,
    }
    for name in ("messages", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)


def every(task: str, **interval: float) -> dict[str, Any]:
    """Schedule a task at an interval, the first time as soon as beat starts: an outage is made up at once.

    The schedule is kept in memory alone. Tasks work out from the database what is due, so nothing hangs on
    when beat last ran; one that is to happen daily asks more often and finds nothing to do.
    """
    return {"task": task, "schedule": timedelta(**interval), "last_run_at": datetime(2024, 1, 1, tzinfo=UTC)}


beat_scheduler = "celery.beat:Scheduler"
beat_schedule = {
    "heartbeat": every("apps.portal.tasks.keep_heartbeat", minutes=1),
    "letters": every("apps.notifications.tasks.send_notifications", minutes=1),
    "papers": every("apps.documents.tasks.sweep_documents", minutes=10),
    "reminders": every("apps.deadlines.tasks.plan_reminders", minutes=10),
    "files": every("apps.attachments.tasks.sweep_files", hours=24),
    "reporting year": every("apps.monitoring.tasks.open_reporting_year", hours=6),
}
