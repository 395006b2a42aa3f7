# SPDX-License-Identifier: Apache-2.0
"""save and load: nested containers of tensors and plain values, in one safetensors file.

Note: a file holds the tensors under numbered names and, in its metadata, the structure as JSON. Nothing in it is executed,
so a file from anywhere may be loaded; other programs read its tensors as they read any safetensors file.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, Any

import vt_core

from vt_torch.nn.parameter import Parameter

__all__ = ["load", "save"]

_KEY = "vt_torch.structure"
_SEQUENCES: dict[str, Callable[[Iterable[Any]], Any]] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "Size": vt_core.Size,
}


def save(obj: object, f: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write tensors and what holds them to a file, which appears whole or not at all.

    Parameters
    ----------
    obj : object
        Dicts, lists, tuples, sets, tensors, sizes, dtypes, devices, numbers, strings, bytes, booleans and None, nested at will:
        what ``state_dict`` returns, a checkpoint. A dict whose values are all tensors and whose keys are strings is written as a
        plain safetensors file.
    f : path, or file open for writing
        Such a file, an ``io.BytesIO`` among others, is written from where it stands.

    Raises
    ------
    TypeError
        If something cannot be written, naming where it stands.
    OSError
        If the file cannot be written; an older file of this name is then unchanged.
    """
    if not isinstance(f, (str, os.PathLike)):
        with TemporaryDirectory() as directory:
            path = os.path.join(directory, "saved")
            save(obj, path)
            with open(path, "rb") as file:
                copyfileobj(file, f)
        return None
    tensors: dict[str, Any] = {}
    if isinstance(obj, Mapping):
        items: Any = obj  # pyright: ignore[reportUnknownVariableType]
        plain = bool(items) and all(isinstance(k, str) and _is_tensor(v) for k, v in items.items())
        if plain and len({id(v) for v in items.values()}) == len(items):
            return vt_core.save_file({k: _dense(v) for k, v in items.items()}, f)
    import json

    structure = _describe(obj, "object", tensors, {})
    return vt_core.save_file(tensors, f, metadata={_KEY: json.dumps(structure, separators=(",", ":"))})


def load(
    f: str | os.PathLike[str] | IO[bytes],
    map_location: Any = None,
    *,
    weights_only: bool | None = None,
    mmap: bool | None = None,
) -> Any:
    """Read what `save` wrote, or any safetensors file as a dict of tensors.

    Parameters
    ----------
    f : path, or file open for reading
        Such a file is read from where it stands to its end.
    map_location : device, str, dict or callable, optional
        Where the tensors are to lie; the CPU by default, where they share a private mapping of the file. A dict or callable, by
        which PyTorch moves tensors from where they were, leaves them there: a file does not say where they were.
    weights_only, mmap : optional
        Taken for compatibility: nothing else is ever loaded, and files are always mapped.

    Raises
    ------
    OSError
        If the file cannot be read.
    SafetensorError
        If its contents break the format.
    """
    import json

    if not isinstance(f, (str, os.PathLike)):
        with TemporaryDirectory() as directory:
            path = os.path.join(directory, "loaded")
            with open(path, "wb") as file:
                copyfileobj(f, file)
            return load(path, map_location)  # the mapping outlives the file's name
    os.stat(f)  # what is not there is a FileNotFoundError
    with vt_core.safe_open(f) as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        text = (file.metadata() or {}).get(_KEY)
    if map_location is not None and not isinstance(map_location, dict) and not callable(map_location):
        tensors = {name: tensor.to(device=map_location) for name, tensor in tensors.items()}
    if text is None:
        return tensors
    try:
        return _rebuild(json.loads(text), tensors)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise vt_core.SafetensorError(f"load: {os.fspath(f)}: the structure is malformed: {error}") from None


def _is_tensor(value: object) -> bool:
    return isinstance(value, vt_core.Tensor)


def _dense(tensor: Any) -> Any:
    return tensor.detach().contiguous()


# A structure is a JSON value: plain ones as they are, others as a list whose first entry names the kind.
def _describe(value: Any, where: str, tensors: dict[str, Any], known: dict[int, str]) -> Any:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return ["int", str(value)]
    if isinstance(value, float):
        return ["float", value.hex()]
    if isinstance(value, vt_core.Tensor):
        name = known.setdefault(id(value), f"tensor{len(known)}")
        tensors[name] = _dense(value)
        return ["parameter" if isinstance(value, Parameter) else "tensor", name, value.requires_grad]
    if isinstance(value, vt_core.dtype):
        return ["dtype", value.name]
    if isinstance(value, vt_core.device):
        return ["device", str(value)]
    if isinstance(value, complex):
        return ["complex", value.real.hex(), value.imag.hex()]
    if isinstance(value, (bytes, bytearray)):
        return [type(value).__name__, value.hex()]
    if isinstance(value, Mapping):
        kind = "ordered" if isinstance(value, OrderedDict) else "dict"
        items: Any = value  # pyright: ignore[reportUnknownVariableType]
        return [
            kind,
            *(
                [_describe(k, where, tensors, known), _describe(v, f"{where}[{k!r}]", tensors, known)]
                for k, v in items.items()
            ),
        ]
    if isinstance(value, (list, tuple, set, frozenset)):
        entries: Any = value  # pyright: ignore[reportUnknownVariableType]
        return [type(entries).__name__ if type(entries) in _SEQUENCES.values() else "tuple"] + [
            _describe(v, f"{where}[{i}]", tensors, known) for i, v in enumerate(entries)
        ]
    raise TypeError(
        f"save: {where} cannot be written: got {type(value).__name__}, expected tensors, numbers, strings, booleans, None, "
        "or dicts, lists, tuples and sets of them"
    )


def _rebuild(node: Any, tensors: dict[str, Any]) -> Any:
    if not isinstance(node, list):
        return node
    entries: list[Any] = node  # pyright: ignore[reportUnknownVariableType]
    kind, *rest = entries
    match kind:
        case "int":
            return int(rest[0])
        case "float":
            return float.fromhex(rest[0])
        case "tensor":
            return tensors[rest[0]].requires_grad_() if rest[1] else tensors[rest[0]]
        case "parameter":
            return Parameter(tensors[rest[0]], rest[1])
        case "dtype":
            return getattr(vt_core, rest[0])
        case "device":
            return vt_core.device(rest[0])
        case "complex":
            return complex(float.fromhex(rest[0]), float.fromhex(rest[1]))
        case "bytes" | "bytearray":
            return (bytes if kind == "bytes" else bytearray).fromhex(rest[0])
        case "list" | "tuple" | "set" | "frozenset" | "Size":
            return _SEQUENCES[kind](_rebuild(v, tensors) for v in rest)
        case "dict" | "ordered":
            pairs = [(_rebuild(k, tensors), _rebuild(v, tensors)) for k, v in rest]
            return dict(pairs) if kind == "dict" else OrderedDict(pairs)
        case _:
            raise ValueError(f"unknown kind {kind!r}")
