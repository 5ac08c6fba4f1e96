"""Measuring one piece of work against its floor, in turn, and saying both with their ratio."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

ROUNDS = 5


class Said(NamedTuple):
    """What is printed of a bench, and whether it kept to its goal, where it has one."""

    line: str
    is_met: bool = True


@dataclass(frozen=True)
class Ratio:
    """Our way and the floor, which is the idiomatic best, never slowed; without a goal only shown."""

    name: str
    ours: Callable[[], object]
    floor: Callable[[], object]
    goal: float | None = None
    rounds: int = ROUNDS

    def run(self) -> Said:
        ours, floors = [], []
        self.ours(), self.floor()
        for _ in range(self.rounds):
            ours.append(cpu_seconds(self.ours))
            floors.append(cpu_seconds(self.floor))
        ratio = statistics.median(a / b for a, b in zip(ours, floors, strict=True))
        is_met = self.goal is None or ratio <= self.goal
        verdict = "shown" if self.goal is None else f"goal ≤ {self.goal}  {'met' if is_met else 'MISSED'}"
        return Said(
            f"{self.name:<64} ours {statistics.median(ours):8.3f} s  "
            f"floor {statistics.median(floors):8.3f} s  ratio {ratio:5.2f}  {verdict}",
            is_met,
        )


@dataclass(frozen=True)
class Limit:
    """Work done once: seconds, and megabytes where it has a process of its own, against their bounds."""

    name: str
    run_once: Callable[[], tuple[float, float]]
    seconds: float
    megabytes: float = math.inf

    def run(self) -> Said:
        seconds, megabytes = self.run_once()
        is_met = seconds <= self.seconds and megabytes <= self.megabytes
        memory = f"{megabytes:6.0f} MB (≤ {self.megabytes:.0f})" if megabytes else ""
        return Said(
            f"{self.name:<64} {seconds:6.1f} s (≤ {self.seconds:.0f})  {memory:<17}"
            f"  {'met' if is_met else 'MISSED'}",
            is_met,
        )


@dataclass(frozen=True)
class Unmeasured:
    """A bench whose input is not on this machine: said, so that nobody takes its silence for a goal met."""

    name: str
    why: str

    def run(self) -> Said:
        return Said(f"{self.name:<64} not measured: {self.why}")


def cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of the work, in this process and in the children it waited for."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    children = os.times()
    return time.process_time() + children.children_user + children.children_system
