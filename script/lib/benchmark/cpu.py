"""CPU time of this process and of a child that still runs."""

import os
import resource
import time
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def own_cpu_s() -> float:
    """Return the seconds of CPU that this process has used, in all its threads."""
    return time.process_time()


def child_cpu_s(pid: int) -> float:
    """Return the seconds of CPU that a running child has used; where /proc is missing, those of ended children."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        fields = stat.read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
