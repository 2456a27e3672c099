"""beside_cfn_lint.py GATEWRIGHT TEMPLATE...: both check each template, process against process, in turn.

Run it with the Python of the oracles: "$(tests/oracles/install.sh)" tests/bench/beside_cfn_lint.py target/release/gatewright …
Prints the medians and the ratio; fails if Gatewright is less than 100 times faster on any of them.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 5
LEAST = 100


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main(gatewright, templates):
    cfn_lint = Path(sys.executable).parent / "cfn-lint"
    slow = 0
    print("| template | bytes | gatewright | cfn-lint | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for template in templates:
        ours, theirs = [gatewright, "check", template], [str(cfn_lint), "--template", template]
        seconds(ours), seconds(theirs)  # Neither pays for reading itself from disk.
        pairs = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
        ratio = statistics.median(second / first for first, second in pairs)
        first, second = (statistics.median(side) for side in zip(*pairs))
        size = Path(template).stat().st_size
        print(f"| {template} | {size} | {first * 1000:.1f} ms | {second * 1000:.0f} ms | {ratio:.0f}× |", flush=True)
        slow += ratio < LEAST
    return slow


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(min(main(sys.argv[1], sys.argv[2:]), 1))
