"""Measuring one piece of work against its floor, in turn, and saying both with their ratio."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True)
class Ratio:
    """Our way and the floor, which is the idiomatic best, never slowed; without a goal only shown."""

    name: str
    ours: Callable[[], object]
    floor: Callable[[], object]
    goal: float | None = None
    rounds: int = ROUNDS

    def run(self) -> str:
        ours, floors = [], []
        self.ours(), self.floor()
        for _ in range(self.rounds):
            ours.append(cpu_seconds(self.ours))
            floors.append(cpu_seconds(self.floor))
        ratio = statistics.median(a / b for a, b in zip(ours, floors, strict=True))
        verdict = (
            "shown"
            if self.goal is None
            else f"goal ≤ {self.goal}  {'met' if ratio <= self.goal else 'MISSED'}"
        )
        return (
            f"{self.name:<64} ours {statistics.median(ours):8.3f} s  "
            f"floor {statistics.median(floors):8.3f} s  ratio {ratio:5.2f}  {verdict}"
        )


@dataclass(frozen=True)
class Limit:
    """Work done once: seconds, and megabytes where it has a process of its own, against their bounds."""

    name: str
    run_once: Callable[[], tuple[float, float]]
    seconds: float
    megabytes: float = math.inf

    def run(self) -> str:
        seconds, megabytes = self.run_once()
        met = seconds <= self.seconds and megabytes <= self.megabytes
        memory = f"{megabytes:6.0f} MB (≤ {self.megabytes:.0f})" if megabytes else ""
        return (
            f"{self.name:<64} {seconds:6.1f} s (≤ {self.seconds:.0f})  {memory:<17}"
            f"  {'met' if met else 'MISSED'}"
        )


def cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of the work, in this process and in the children it waited for."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    children = os.times()
    return time.process_time() + children.children_user + children.children_system
