"""The last to leave: ends the processes of its group when whoever started it is gone, however it went.

`up` starts this program first, as the head of a process group, puts every other process into that group,
and holds the only end of a pipe. Letting go of the pipe is the order to end; a killed `up` lets go of it too.
"""

import os
import signal
import sys
import time

import psutil

PATIENCE_SECONDS = 10


def others() -> list[psutil.Process]:
    """The living processes of this group besides this one."""
    group = os.getpgrp()
    found = []
    for process in psutil.process_iter():
        try:
            is_ours = process.pid != os.getpid() and os.getpgid(process.pid) == group
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, PermissionError, psutil.NoSuchProcess):
            continue
    return found


def ask_to_leave(processes: list[psutil.Process]) -> None:
    """Ask those at the top alone: each of them brings its own children home."""
    members = {process.pid for process in processes}
    for process in processes:
        try:
            if process.ppid() not in members:
                process.terminate()
        except psutil.NoSuchProcess:
            continue


def main() -> None:
    for order in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(order, signal.SIG_IGN)
    sys.stdin.buffer.read()
    ask_to_leave(others())
    deadline = time.monotonic() + PATIENCE_SECONDS
    while others() and time.monotonic() < deadline:
        time.sleep(0.1)
    for process in others():
        process.kill()


if __name__ == "__main__":
    main()
