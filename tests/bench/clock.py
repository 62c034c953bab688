"""Time and memory of one process: medians after a warm-up, and a yardstick of how fast the machine is.

Time is processor time of this process: what the work costs on a shared machine, however long it waited.
"""

import gc
import re
import statistics
import time
from pathlib import Path

import numpy as np

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def seconds(work, repeats, warm_up=1):
    """Median processor seconds of a call, after ``warm_up`` calls that do not count."""
    return medians([work], repeats, warm_up)[0]


def medians(works, repeats, warm_up=1):
    """Median processor seconds of several calls taken in turn, so that a busy spell falls on all alike."""
    for _ in range(warm_up):
        for work in works:
            work()
    taken = [[] for _ in works]
    for _ in range(repeats):
        for times, work in zip(taken, works, strict=True):
            gc.collect()
            started = time.process_time()
            work()
            times.append(time.process_time() - started)
    return [statistics.median(times) for times in taken]


def yardstick():
    """Median processor ms of a fixed piece of NumPy work: a million normals, drawn and sorted."""
    rng = np.random.Generator(np.random.Philox(1))
    return 1e3 * seconds(lambda: np.sort(rng.standard_normal(1_000_000)).sum(), 5)


def memory_mb(entry):
    """Resident memory of this process in MB: ``VmRSS`` now, ``VmHWM`` at its peak."""
    found = re.search(rf"{entry}:\s+(\d+) kB", _STATUS.read_text())
    return int(found.group(1)) / 1024


def peak_growth_mb(work):
    """Resident MB that a call needs at its peak, above what was in use before; forgets earlier peaks."""
    gc.collect()
    before = memory_mb("VmRSS")
    _CLEAR.write_text("5")
    work()
    return memory_mb("VmHWM") - before


def kept_mb(work, calls):
    """Resident MB that stay behind after each call."""
    work()
    gc.collect()
    before = memory_mb("VmRSS")
    for _ in range(calls):
        work()
    gc.collect()
    return (memory_mb("VmRSS") - before) / calls
