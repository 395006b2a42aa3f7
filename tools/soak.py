# SPDX-License-Identifier: Apache-2.0
"""Runs the long forms of the random and many-step tests and writes their results as a table.

    python -m tools.soak [--factor N] [--write]

The tests read VT_SOAK, the factor by which they run longer than in `nox -s tests`, and print lines of the form
`soak: NAME | FIGURE`. `--write` puts them into benchmarks/soak.md. Random programs, 1,000 for each unit of the factor, go on
where an interrupted run of the same libraries stopped.
"""

import argparse
import os
import platform
import re
import subprocess
import sys

from tools.repo import ROOT

TABLE = ROOT / "benchmarks" / "soak.md"
TESTS = tuple(f"tests/integration/test_{name}.py" for name in ("random_programs", "soak", "training_steps"))
# How many random programs have run: an interrupted run goes on there.
PROGRESS = ROOT / "build" / "soak.json"
_LINE = re.compile(r"^soak: (.+?) \| (.+)$", re.MULTILINE)


def main() -> int:
    """Run and print; return the process's exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--factor", type=int, default=100)
    parser.add_argument("--write", action="store_true", help="replace benchmarks/soak.md")
    options = parser.parse_args()
    PROGRESS.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-s", *TESTS]
    env = dict(os.environ, VT_SOAK=str(options.factor), VT_SOAK_PROGRESS=str(PROGRESS))
    process = subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE)
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    status = process.wait()
    rows = _LINE.findall("".join(lines))
    if status == 0 and options.write:
        head = [
            "# Long runs",
            "",
            f"`nox -s soak -- --factor {options.factor} --write`, {platform.machine()}, 2 cores.",
            "",
        ]
        table = ["| run | result |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in rows)]
        TABLE.write_text("\n".join([*head, *table, ""]))
    return status


if __name__ == "__main__":
    sys.exit(main())
