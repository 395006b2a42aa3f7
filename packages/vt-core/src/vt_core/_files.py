# SPDX-License-Identifier: Apache-2.0
"""Reading and writing safetensors files."""

from __future__ import annotations

import os

from vt_core import _C

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from vt_core._C import SafetensorFile, Tensor, device

__all__ = ["load_file", "safe_open", "save_file"]


def save_file(
    tensors: Mapping[str, Tensor],
    path: str | os.PathLike[str],
    *,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Write tensors to a safetensors file.

    The file appears whole or not at all: it is written under another name in the same folder and then renamed.

    Parameters
    ----------
    tensors : mapping of str to Tensor
        Written by value; tensors on a device are copied to the host first, which waits for them.
    path : str or path-like
        Replaced when it exists.
    metadata : mapping of str to str, optional
        Stored beside the tensors.

    Raises
    ------
    OSError
        If the file cannot be written; an older file of this name is then unchanged.
    TypeError, ValueError
        If a name is not text, or a dtype has no safetensors code.

    Examples
    --------
    >>> import os, tempfile, vt_core as vt
    >>> path = os.path.join(tempfile.mkdtemp(), "model.safetensors")
    >>> vt.save_file({"w": vt.tensor([1.0, 2.0])}, path)
    >>> vt.load_file(path)["w"]
    tensor([1., 2.])
    """
    _C.save_file(dict(tensors), os.fspath(path), dict(metadata) if metadata is not None else None)


def load_file(path: str | os.PathLike[str], *, device: device | str | None = None) -> dict[str, Tensor]:
    """Read all tensors of a safetensors file.

    Parameters
    ----------
    path : str or path-like
        The whole header is checked before anything is returned.
    device : device or str, optional
        Where the tensors are to lie. On the CPU, the default, they share a private mapping of the file: pages are read
        when touched, and writing to a tensor leaves the file as it is.

    Returns
    -------
    dict of str to Tensor
        In the order of the file's header.

    Raises
    ------
    OSError
        If the file cannot be read.
    SafetensorError
        If its contents break the format.
    """
    loaded = _C.load_file(os.fspath(path))
    return loaded if device is None else {name: tensor.to(device=device) for name, tensor in loaded.items()}


def safe_open(path: str | os.PathLike[str]) -> SafetensorFile:
    """Open a safetensors file to read single tensors from it.

    Parameters
    ----------
    path : str or path-like
        As for `load_file`.

    Returns
    -------
    SafetensorFile
        A context manager with ``keys()``, ``get_tensor(name)`` and ``metadata()``. Tensors taken from it stay valid after
        it is closed.

    Raises
    ------
    OSError
        If the file cannot be read.
    SafetensorError
        If its contents break the format.
    """
    return _C.open_file(os.fspath(path))
