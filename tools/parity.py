# SPDX-License-Identifier: Apache-2.0
"""The parity table: every public callable of PyTorch, as vt_torch has it, lacks it yet, or leaves it out for a reason.

`python -m tools.parity --write` writes PARITY.md, `--check` fails when it is stale; both need torch and vt_torch in one
environment. Reasons, the names most used and the least number supported are in parity.toml.
"""

import argparse
import importlib
import sys
import textwrap
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import ModuleType
from typing import Any

from tools.repo import ROOT

TABLE = ROOT / "PARITY.md"
SETTINGS = ROOT / "tools" / "parity.toml"
SPACES = (
    "torch",
    "torch.Tensor",
    "torch.nn",
    "torch.nn.functional",
    "torch.nn.init",
    "torch.nn.utils",
    "torch.optim",
    "torch.optim.lr_scheduler",
    "torch.linalg",
    "torch.fft",
    "torch.special",
)


@dataclass
class Space:
    """What one namespace of PyTorch has: short names, sorted."""

    name: str
    supported: list[str] = field(default_factory=list[str])
    missing: list[str] = field(default_factory=list[str])
    left_out: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])  # with the reason

    def shares(self) -> tuple[float, float]:
        """Return the supported part in per cent: of what is not left out, and of everything."""
        wanted = len(self.supported) + len(self.missing)
        return 100 * len(self.supported) / wanted, 100 * len(self.supported) / (wanted + len(self.left_out))


def resolve(name: str, root: str = "vt_torch") -> Any:
    """Return what a dotted name that starts with torch stands for; raises AttributeError where there is nothing."""
    place: Any = importlib.import_module(root)
    path = root
    for part in name.split(".")[1:]:
        path = f"{path}.{part}"
        try:
            place = getattr(place, part)
        except AttributeError:
            if not isinstance(place, ModuleType):
                raise
            try:
                place = importlib.import_module(path)
            except ModuleNotFoundError:
                raise AttributeError(f"nothing is named {path}") from None
    return place


def exists(name: str) -> bool:
    """Return whether vt_torch has something of a dotted name that starts with torch."""
    try:
        resolve(name)
    except AttributeError:
        return False
    return True


def public_callables(name: str) -> list[str]:
    """Return the short names of what can be called in a namespace of torch, without modules and foreign imports."""
    place = resolve(name, "torch")
    found: list[str] = []
    for short in dir(place):
        value = None if short.startswith("_") else getattr(place, short, None)
        if isinstance(value, ModuleType) or not callable(value):
            continue
        origin: object = getattr(value, "__module__", None)
        around = {"torch", name.rpartition(".")[0]} - {name, ""}
        is_imported = isinstance(value, type) and any(
            getattr(resolve(n, "torch"), short, None) is value for n in around
        )
        if not is_imported and (not isinstance(origin, str) or origin.startswith("torch")):
            found.append(short)
    return found


def survey(settings: dict[str, Any]) -> list[Space]:
    """Sort the callables of every namespace by what vt_torch does about them."""
    patterns = [(pattern, row["reason"]) for row in settings["left_out"] for pattern in row["names"]]
    used: set[str] = set()
    spaces: list[Space] = []
    for name in SPACES:
        space = Space(name)
        for short in public_callables(name):
            full = f"{name}.{short}"
            found = next((row for row in patterns if fnmatchcase(full, row[0])), None)
            if exists(full):
                space.supported.append(short)
            elif found is None:
                space.missing.append(short)
            else:
                used.add(found[0])
                space.left_out.append((short, found[1]))
        spaces.append(space)
    if idle := [pattern for pattern, _ in patterns if pattern not in used]:
        raise SystemExit(f"parity: patterns of {SETTINGS.name} that nothing needs: got {', '.join(idle)}; remove them")
    return spaces


def _paragraph(names: list[str]) -> str:
    return textwrap.fill(" ".join(f"`{name}`" for name in names), 118, break_long_words=False, break_on_hyphens=False)


def _row(space: Space) -> str:
    counts = (len(space.supported), len(space.missing), len(space.left_out))
    shares = (f"{share:.1f} %" for share in space.shares())
    return f"| {space.name} | {' | '.join(map(str, counts))} | {' | '.join(shares)} |"


def render(spaces: list[Space]) -> str:
    """Return the text of PARITY.md."""
    whole = Space(
        "all", *([x for s in spaces for x in getattr(s, kind)] for kind in ("supported", "missing", "left_out"))
    )
    version = resolve("torch.__version__", "torch").split("+")[0]
    lines = [
        "# Parity with PyTorch",
        "",
        f"Every public callable of PyTorch {version} and what `vt_torch` does about it. Written by",
        "`python -m tools.parity --write`, held by `tests/integration/test_parity.py`; reasons are in `tools/parity.toml`.",
        "",
        "| namespace | supported | not yet | left out | supported of what is wanted | supported of all |",
        "| --- | --: | --: | --: | --: | --: |",
        *map(_row, [*spaces, whole]),
    ]
    for space in spaces:
        lines += ["", f"## {space.name}"]
        if space.missing:
            lines += ["", f"Not yet ({len(space.missing)}):", "", _paragraph(space.missing)]
        for reason, count in Counter(reason for _, reason in space.left_out).items():
            names = [name for name, why in space.left_out if why == reason]
            lines += ["", f"Left out ({count}): {reason}.", "", _paragraph(names)]
        lines += ["", f"Supported ({len(space.supported)}):", "", _paragraph(space.supported)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the table or compare it with the committed one."""
    parser = argparse.ArgumentParser(prog="python -m tools.parity", description=(__doc__ or "").split("\n")[0])
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--write", action="store_true", help="write PARITY.md")
    action.add_argument(
        "--check", action="store_true", help="fail where PARITY.md or a promise of parity.toml is not met"
    )
    arguments = parser.parse_args()
    settings = tomllib.loads(SETTINGS.read_text())
    spaces = survey(settings)
    text = render(spaces)
    if arguments.write:
        TABLE.write_text(text)
        return 0
    failures: list[str] = []
    if not TABLE.exists() or TABLE.read_text() != text:
        failures.append("PARITY.md is stale; run python -m tools.parity --write")
    awaited = settings["awaited"]
    if lost := [name for name in settings["most_used"] if name not in awaited and not exists(name)]:
        failures.append(f"names that most programs use are missing: got none for {', '.join(lost)}")
    if found := [name for name in awaited if exists(name)]:
        failures.append(f"names are awaited that have come: got {', '.join(found)}; remove them from {SETTINGS.name}")
    if (count := sum(len(space.supported) for space in spaces)) < settings["minimum"]:
        failures.append(f"fewer names are supported than committed: got {count}, expected {settings['minimum']}")
    for failure in failures:
        print(f"parity: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
