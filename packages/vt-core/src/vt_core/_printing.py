# SPDX-License-Identifier: Apache-2.0
"""The text of a tensor, character for character as PyTorch prints it, and the options that shape it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from vt_core import _C

if TYPE_CHECKING:
    from vt_core._C import Tensor

__all__ = ["PrintOptions", "get_printoptions", "set_printoptions", "tensor_text"]

Profile = Literal["default", "short", "full"]


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How tensors are printed; see `set_printoptions`."""

    precision: int = 4
    threshold: float = 1000
    edgeitems: int = 3
    linewidth: int = 80
    sci_mode: bool | None = None
    show_shape: bool = False


_PROFILES: dict[Profile, PrintOptions] = {
    "default": PrintOptions(),
    "short": PrintOptions(precision=2, edgeitems=2),
    "full": PrintOptions(threshold=math.inf),
}

_options = PrintOptions()


def get_printoptions() -> PrintOptions:
    """Return the options in force.

    Returns
    -------
    PrintOptions
        An immutable record; change the options with `set_printoptions`.
    """
    return _options


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: Profile | None = None,
    sci_mode: bool | None = None,
    *,
    show_shape: bool | None = None,
) -> None:
    """Set how tensors are printed, for the whole process.

    Parameters
    ----------
    precision : int, optional
        Digits after the decimal point. Default 4.
    threshold : float, optional
        A tensor of more elements than this is summarised. Default 1000.
    edgeitems : int, optional
        Elements kept at each end of a summarised dimension. Default 3.
    linewidth : int, optional
        Characters per line at which rows and suffixes wrap. Default 80.
    profile : {"default", "short", "full"}, optional
        A set of values to start from; the other arguments refine it.
    sci_mode : bool, optional
        Force (True) or forbid (False) scientific notation. None, which every call that does not say
        otherwise returns to, lets each tensor choose.
    show_shape : bool, optional
        Add ``shape=(...)`` to the text. Default False, as PyTorch has no such option.

    Raises
    ------
    ValueError
        If `profile` is unknown or a number is negative.

    Examples
    --------
    >>> import vt_core as vt
    >>> vt.set_printoptions(precision=2)
    >>> vt.tensor([1.23456])
    tensor([1.23])
    >>> vt.set_printoptions(profile="default")
    """
    global _options
    base = _options
    if profile is not None:
        if profile not in _PROFILES:
            raise ValueError(f"set_printoptions: unknown profile: got {profile!r}, expected one of {sorted(_PROFILES)}")
        base = replace(_PROFILES[profile], show_shape=base.show_shape)
    given = {"precision": precision, "threshold": threshold, "edgeitems": edgeitems, "linewidth": linewidth}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    for name, value in changes.items():
        if value < 0:
            raise ValueError(f"set_printoptions: negative {name}: got {value}, expected at least 0")
    if show_shape is not None:
        changes["show_shape"] = show_shape
    _options = replace(base, sci_mode=sci_mode, **changes)


def tensor_text(tensor: Tensor, *, prefix: str = "tensor(") -> str:
    """Return the text of a tensor.

    Reads only the elements it shows, so a large tensor costs no more than a small one. A tensor on a device is waited
    for.

    Parameters
    ----------
    tensor : Tensor
        Any tensor.
    prefix : str, optional
        What stands before the numbers; continuation lines are indented by its length.

    Returns
    -------
    str
        The same characters that PyTorch prints for this tensor, the ``torch.`` before a dtype's name included.
    """
    options = _options
    if tensor.device.type == "meta":
        body = "..."
    elif tensor.numel() == 0:
        body = "[]"
    else:
        body = _body(tensor.detach(), len(prefix), options)
    return _with_suffixes(prefix + body, _suffixes(tensor, options), len(prefix), options) + ")"


# Note [How the text is made]
# First the shown elements are read into nested lists, in which _GAP stands for what is left out. One number format is
# then chosen for all of them, so that columns align: it depends only on shown, finite, non-zero values. Last, rows are
# laid out under their opening bracket.


class _Gap:
    """Type of the mark for elements that are left out."""


_GAP = _Gap()


def _body(tensor: Tensor, indent: int, options: PrintOptions) -> str:
    summarised = tensor.numel() > options.threshold
    shown: Any = _edges(tensor, options.edgeitems) if summarised else tensor.tolist()
    values = _flatten(shown)
    write, width = _number_format(values, tensor.dtype, options)
    if not isinstance(shown, list):
        return write(shown)
    per_line = max(1, (options.linewidth - indent - tensor.ndim + 1) // (width + 2))
    return _rows(shown, tensor.ndim, indent, write, per_line)  # pyright: ignore[reportUnknownArgumentType]


def _edges(tensor: Tensor, count: int) -> Any:
    """The first and last `count` entries of every dimension that has more than twice as many."""
    sizes = tensor.shape
    if all(size <= 2 * count for size in sizes):
        return tensor.tolist()
    if sizes[0] <= 2 * count:
        return [_edges(tensor[i], count) for i in range(sizes[0])]
    if count == 0:
        return [_GAP]
    if all(size <= 2 * count for size in sizes[1:]):
        return [*tensor[:count].tolist(), _GAP, *tensor[-count:].tolist()]
    head = [_edges(tensor[i], count) for i in range(count)]
    tail = [_edges(tensor[i], count) for i in range(sizes[0] - count, sizes[0])]
    return [*head, _GAP, *tail]


def _flatten(shown: Any) -> list[Any]:
    flat: list[Any] = []
    pending: list[Any] = [shown]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(item)  # pyright: ignore[reportUnknownArgumentType]
        elif item is not _GAP:
            flat.append(item)
    return flat


def _rows(shown: list[Any], ndim: int, indent: int, write: Callable[[Any], str], per_line: int) -> str:
    margin = " " * (indent + 1)
    if ndim == 1:
        # A lone gap has no neighbour to be set apart from.
        gap = " ..." if len(shown) > 1 else "..."
        cells = [gap if value is _GAP else write(value) for value in shown]
        lines = [", ".join(cells[start : start + per_line]) for start in range(0, len(cells), per_line)]
        return "[" + (",\n" + margin).join(lines) + "]"
    parts = ["..." if row is _GAP else _rows(row, ndim - 1, indent + 1, write, per_line) for row in shown]
    return "[" + ("," + "\n" * (ndim - 1) + margin).join(parts) + "]"


def _number_format(values: Sequence[Any], dtype: Any, options: PrintOptions) -> tuple[Callable[[Any], str], int]:
    """The function that writes one element, and the width that layout reckons with."""
    if dtype.is_complex:
        write_real, real_width = _float_format([value.real for value in values], options)
        write_imag, imag_width = _float_format([value.imag for value in values], options)

        def write_complex(value: complex) -> str:
            imag = write_imag(value.imag).lstrip()
            sign = "" if imag.startswith("-") else "+"
            return f"{write_real(value.real)}{sign}{imag}j"

        return write_complex, real_width + imag_width + 1
    if dtype.is_floating_point:
        return _float_format(values, options)
    width = max((len(str(value)) for value in values), default=1)
    return lambda value: str(value).rjust(width), width


def _float_format(values: Sequence[float], options: PrintOptions) -> tuple[Callable[[float], str], int]:
    telling = [value for value in values if value != 0 and math.isfinite(value)]
    whole = all(value == math.floor(value) for value in telling)
    if telling and _is_scientific([abs(value) for value in telling], options):
        digits, point = f".{options.precision}e", ""
    elif whole:
        digits, point = ".0f", "."
    else:
        digits, point = f".{options.precision}f", ""
    width = max((len(format(value, digits)) + len(point) for value in telling), default=1)

    def write(value: float) -> str:
        return (format(value, digits) + (point if math.isfinite(value) else "")).rjust(width)

    return write, width


def _is_scientific(magnitudes: Sequence[float], options: PrintOptions) -> bool:
    if options.sci_mode is not None:
        return options.sci_mode
    smallest, largest = min(magnitudes), max(magnitudes)
    return largest / smallest > 1000.0 or largest > 1.0e8 or smallest < 1.0e-4


def _suffixes(tensor: Tensor, options: PrintOptions) -> list[str]:
    suffixes: list[str] = []
    device = tensor.device
    # Logical CPU devices beyond the first are shown like any other device.
    if device.type != "cpu" or device.index:
        suffixes.append(f"device='{device}'")
    without_numbers = device.type == "meta" or tensor.numel() == 0
    shape = tuple(tensor.shape)
    if options.show_shape:
        suffixes.append(f"shape={shape}")
    elif _size_is_told(device.type == "meta", without_numbers, len(shape), options):
        suffixes.append(f"size={shape}")
    if not _dtype_is_implied(tensor.dtype.name, without_numbers):
        suffixes.append(f"dtype=torch.{tensor.dtype.name}")
    node = _node_name(tensor)
    if node is not None:
        suffixes.append(f"grad_fn=<{node}>")
    elif tensor.requires_grad:
        suffixes.append("requires_grad=True")
    return suffixes


def _node_name(tensor: Tensor) -> str | None:
    try:
        node = tensor.grad_fn
    except RuntimeError:
        # A graph that cannot be looked at must not keep the numbers from being printed.
        return "Invalid"
    return None if node is None else node.name()


def _size_is_told(meta: bool, without_numbers: bool, ndim: int, options: PrintOptions) -> bool:
    # "[]" alone means (0,); with edgeitems=0 the numbers no longer tell the shape.
    return meta or (ndim != 1 if without_numbers else options.edgeitems == 0)


def _dtype_is_implied(name: str, without_numbers: bool) -> bool:
    # Numbers tell bool, int64 and the default dtypes apart; without numbers only the default dtype goes unsaid.
    default = _C.default_dtype().name
    if without_numbers:
        return name == default
    return name in (default, "complex128" if default == "float64" else "complex64", "int64", "bool")


def _with_suffixes(text: str, suffixes: Sequence[str], indent: int, options: PrintOptions) -> str:
    # The column is counted two characters long: room for the bracket and comma that may follow.
    column = len(text) - text.rfind("\n") + 1
    for suffix in suffixes:
        if column + len(suffix) + 2 > options.linewidth:
            text += ",\n" + " " * indent + suffix
            column = indent + len(suffix)
        else:
            text += ", " + suffix
            column += len(suffix) + 2
    return text
