"""Waking a worker: a bell that does not work is no reason to undo or to refuse a deed.

What is to be done stands in the database; a sweep makes up for a bell that was not heard.
"""

import time
from typing import Any

import structlog

# After a failure nobody waits for the broker again for so many seconds.
PAUSE = 5

logger = structlog.get_logger(__name__)
_silent_until = 0.0


def ring(task: Any, *arguments: Any) -> None:
    """Ask for a task to be run soon; whatever the broker's trouble is, it is only written down."""
    global _silent_until  # noqa: PLW0603 - one bell for all threads of the process
    if time.monotonic() < _silent_until:
        return
    try:
        task.apply_async(arguments, retry=False)
    except Exception as error:  # noqa: BLE001
        _silent_until = time.monotonic() + PAUSE
        logger.warning("doorbell_failed", task=task.name, error=repr(error))
