# SPDX-License-Identifier: Apache-2.0
"""Anomaly mode: names the line of the forward whose backward failed or gave NaN."""

from __future__ import annotations

import traceback
import warnings
from typing import TYPE_CHECKING, Any

from vt_autograd import _C

if TYPE_CHECKING:
    import vt_core as vt

__all__ = [
    "detect_anomaly",
    "is_anomaly_check_nan_enabled",
    "is_anomaly_enabled",
    "set_anomaly_enabled",
    "set_detect_anomaly",
]

_native: Any = _C
_TRACEBACK = "traceback_"  # PyTorch's keys of a node's metadata
_PARENT = "parent_"


class _State:
    """The mode of the process."""

    handle: int | None = None
    check_nan = True


def is_anomaly_enabled() -> bool:
    """Return whether anomaly mode is on."""
    return _State.handle is not None


def is_anomaly_check_nan_enabled() -> bool:
    """Return whether anomaly mode looks for NaN in gradients."""
    return _State.check_nan


def set_anomaly_enabled(enabled: bool, check_nan: bool = True) -> None:
    """Turn anomaly mode on or off, as `set_detect_anomaly` does."""
    _set(enabled, check_nan)


class set_detect_anomaly:  # noqa: N801
    """Turn anomaly mode on or off, in the whole process; as a context manager, until the end of the ``with`` block.

    Parameters
    ----------
    mode : bool
    check_nan : bool
        Raise when a backward gives a gradient with NaN.

    Notes
    -----
    While it is on, each recorded operation notes where it was called. When its backward fails, or gives NaN, a warning with that
    traceback comes before the error. Nothing is noted, and nothing costs time, while it is off.
    """

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        self.before = (is_anomaly_enabled(), _State.check_nan)
        _set(mode, check_nan)

    def __enter__(self) -> None:
        pass

    def __exit__(self, *exception: object) -> None:
        _set(*self.before)


class detect_anomaly(set_detect_anomaly):  # noqa: N801
    """Anomaly mode within a ``with`` block, with a warning that it takes time.

    Parameters
    ----------
    check_nan : bool
        As in `set_detect_anomaly`.

    Examples
    --------
    >>> import warnings
    >>> import vt_core as vt
    >>> import vt_autograd as ag
    >>> x = vt.tensor([0.0]).requires_grad_()
    >>> with warnings.catch_warnings(), ag.detect_anomaly():
    ...     warnings.simplefilter("ignore")
    ...     (x.sqrt() * 0.0).sum().backward()
    Traceback (most recent call last):
        ...
    RuntimeError: Function 'SqrtBackward0' returned nan values in its 0th output.
    """

    def __init__(self, check_nan: bool = True) -> None:
        warnings.warn(
            "Anomaly Detection has been enabled. This mode will increase the runtime and should only be enabled for debugging.",
            stacklevel=2,
        )
        self.check_nan = check_nan
        self.before = (is_anomaly_enabled(), _State.check_nan)

    def __enter__(self) -> None:
        self.before = (is_anomaly_enabled(), _State.check_nan)
        _set(True, self.check_nan)


def _set(mode: bool, check_nan: bool) -> None:
    _State.check_nan = check_nan
    if mode and _State.handle is None:
        _State.handle = _native._add_observer(_recorded, _ran, _failed)
    elif not mode and _State.handle is not None:
        handle, _State.handle = _State.handle, None
        _native._remove_observer(handle)


def _recorded(node: Any) -> None:
    metadata = node.metadata
    metadata[_TRACEBACK] = traceback.format_stack()[:-1]
    parent = _native._current_autograd_node()
    if parent is not None:
        metadata[_PARENT] = parent


def _ran(node: Any, grads: tuple[vt.Tensor | None, ...], elapsed_ns: int) -> None:  # noqa: ARG001
    if not _State.check_nan:
        return
    for i, grad in enumerate(grads):
        if grad is not None and bool(grad.isnan().any()):
            raise RuntimeError(f"Function '{node.name()}' returned nan values in its {i}th output.")


def _failed(node: Any) -> None:
    lines = node.metadata.get(_TRACEBACK)
    if lines is None:
        warnings.warn(
            f"Error detected in {node.name()}. No forward pass information available. Enable detect anomaly during forward "
            "pass for more information.",
            stacklevel=2,
        )
        return
    warnings.warn(
        f"Error detected in {node.name()}. Traceback of forward call that caused the error:\n{''.join(lines)}",
        stacklevel=2,
    )
    while (node := node.metadata.get(_PARENT)) is not None:
        lines = node.metadata.get(_TRACEBACK)
        if lines is None:
            warnings.warn(
                f"\n\nPrevious calculation was induced by {node.name()}. No forward pass information available.",
                stacklevel=2,
            )
            return
        warnings.warn(
            f"\n\nPrevious calculation was induced by {node.name()}. Traceback of forward call that induced the previous "
            f"calculation:\n{''.join(lines)}",
            stacklevel=2,
        )
