# SPDX-License-Identifier: Apache-2.0
"""Schemas of the operators, which kernels, derivative rows and plugins of other packages are written against.

They read arguments and write results by their place in the schema, so a schema is as much a promise as the layout of a
struct: a later version may define more operators and overloads, and change or drop none.
"""

from vt_core import ops


def schemas() -> str:
    """Return the schemas of the installed vt-core, a line each, sorted."""
    lines = {schema for name in dir(ops) for schema in getattr(ops, name).schemas}
    return "".join(f"{line}\n" for line in sorted(lines))


def schema_changes(golden: str, current: str) -> list[str]:
    """Return what in `current` breaks the promise of `golden`: schemas that changed or are gone."""
    now = {_name(line): line for line in current.splitlines()}
    broken: list[str] = []
    for line in golden.splitlines():
        found = now.get(_name(line))
        if found is None:
            broken.append(f"{_name(line)} is gone")
        elif found != line:
            broken.append(f"{line} is {found}")
    return broken


def _name(schema: str) -> str:
    return schema.partition("(")[0]
