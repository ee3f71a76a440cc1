"""CPU time of this process and of running children."""

import os
import resource
import time
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def own_cpu_s() -> float:
    """Return this process's CPU time in seconds, of all threads."""
    return time.process_time()


def child_cpu_s(pid: int) -> float:
    """Return a running child's CPU time in seconds; without /proc, that of ended children."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        fields = stat.read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
