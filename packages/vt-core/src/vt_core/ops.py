# SPDX-License-Identifier: Apache-2.0
"""Every operator as a function: ``vt_core.ops.add(a, b)``. Operators of loaded plugins appear here as well."""

from __future__ import annotations

from vt_core import _C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from vt_core._C import Op

# Names found so far, which live in the module's own namespace from then on.
_found: set[str] = set()


def __getattr__(name: str) -> Op:
    try:
        op = _C.get_op(name)
    except AttributeError:
        raise AttributeError(f"vt_core.ops: no operator is named {name!r}; dir(vt_core.ops) lists them") from None
    globals()[name] = op
    _found.add(name)
    return op


def __dir__() -> list[str]:
    return _C.op_names()


def _forget() -> None:  # pyright: ignore[reportUnusedFunction]
    """Look every name up again, since a plugin has added or withdrawn operators."""
    while _found:
        globals().pop(_found.pop(), None)
