"""
Runs a command and says on standard error what it and all processes that it starts used: CPU seconds of user and kernel, the most
memory of one process, and the most that all of them held at once, pages that they share counted once, looked at each second; both in MB.

With USAGE_SAMPLES, a file, it also writes there, at the start and ten times a second: seconds of the machine's monotonic clock, CPU seconds so far.
USAGE_LIMIT_S ends a command that takes longer. What is looked at stands in /proc: without it there are the totals alone.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
import time

pause_s = 0.1
tick_s = 1 / os.sysconf("SC_CLK_TCK")
become_reaper = 36  # PR_SET_CHILD_SUBREAPER: processes that outlive their parent become ours, so that their time counts


def children_of(pid):
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            found.extend(int(child) for child in file.read().split())
    return found


def below(pid):
    """All processes that descend from a process."""
    found = []
    try:
        for child in children_of(pid):
            found += [child, *below(child)]
    except OSError:
        pass
    return found


def cpu_of(pids):
    """CPU seconds, those of children that have ended included."""
    cpu = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        cpu += sum(int(fields[at]) for at in (11, 12, 13, 14)) * tick_s
    return cpu


def memory_of(pids):
    """MB, pages that several hold shared out among them."""
    memory = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as file:
                held = next(line for line in file if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
        memory += int(held.split()[1]) / 1024
    return memory


def watch(done, most, samples):
    looks = 0
    while not done.wait(pause_s):
        pids = below(os.getpid())
        cpu = cpu_of(pids)
        if cpu > 0:
            note(samples, cpu)
        looks += 1
        # What one process holds the kernel notes by itself, and reading more than that would take time away from it.
        if looks % 10 == 0 and len(pids) > 1:
            most[0] = max(most[0], memory_of(pids))


def note(samples, cpu):
    if samples:
        samples.write(f"{time.clock_gettime(time.CLOCK_MONOTONIC):.4f} {cpu:.2f}\n")


def end(child):
    for pid in [*below(child.pid), child.pid]:
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass


if sys.platform == "linux":
    ctypes.CDLL(None).prctl(become_reaper, 1, 0, 0, 0)
name = os.environ.pop("USAGE_SAMPLES", None)
limit = float(os.environ.pop("USAGE_LIMIT_S", "inf"))
samples = open(name, "w", buffering=1) if name else None
done, most = threading.Event(), [0.0]
watcher = threading.Thread(target=watch, args=(done, most, samples), daemon=True)
note(samples, 0)
child = subprocess.Popen(sys.argv[1:])
watcher.start()
try:
    code = child.wait(None if limit == float("inf") else limit)
except subprocess.TimeoutExpired:
    end(child)
    code = child.wait()
# What it left behind, as far as it has ended.
try:
    while os.waitpid(-1, os.WNOHANG)[0] != 0:
        pass
except ChildProcessError:
    pass
done.set()
watcher.join()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
one = used.ru_maxrss / 1024
print(
    f"@usage cpu={used.ru_utime + used.ru_stime:.2f} rss={one:.1f} all={max(most[0], one):.1f}",
    file=sys.stderr,
)
sys.exit(code if code >= 0 else 128 - code)
