# SPDX-License-Identifier: Apache-2.0
"""Every operator as a function: ``vt_core.ops.add(a, b)``. Operators of loaded plugins appear here as well."""

from __future__ import annotations

from vt_core import _C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from vt_core._C import Op

# Namespaces that hold operators looked up so far, this module's own and the package's.
_kept: list[tuple[dict[str, Any], str]] = []


def __getattr__(name: str) -> Op:
    try:
        op = _C.get_op(name)
    except AttributeError:
        raise AttributeError(f"vt_core.ops: no operator is named {name!r}; dir(vt_core.ops) lists them") from None
    _keep(globals(), name, op)
    return op


def __dir__() -> list[str]:
    return [name for name in _C.op_names() if "::" not in name]  # those of a namespace are offered there


def _keep(namespace: dict[str, Any], name: str, op: Op) -> None:
    """Let a namespace hold an operator until a plugin adds or withdraws some."""
    namespace[name] = op
    _kept.append((namespace, name))


def _forget() -> None:  # pyright: ignore[reportUnusedFunction]
    """Look every name up again, since a plugin has added or withdrawn operators."""
    while _kept:
        namespace, name = _kept.pop()
        namespace.pop(name, None)
