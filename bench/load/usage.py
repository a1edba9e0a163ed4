"""Runs a command and says on standard error what it and its children used: CPU seconds and the most memory of one process in MB."""
import resource
import subprocess
import sys

code = subprocess.run(sys.argv[1:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"@usage cpu={used.ru_utime + used.ru_stime:.2f} rss={used.ru_maxrss / 1024:.1f}", file=sys.stderr)
sys.exit(code)
