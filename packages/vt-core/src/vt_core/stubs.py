# SPDX-License-Identifier: Apache-2.0
"""Type stubs of the operators, written from their schemas: ``python -m vt_core.stubs (--write | --check) [FOLDER]``."""

from __future__ import annotations

import argparse
import difflib
import keyword
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vt_core import _C

__all__ = ["main", "render_methods", "render_ops"]

# Python types of schema types: of a single value, and of a list of them. The names are aliases that _C.pyi defines, since
# Tensor has attributes named dtype, device, bool and the like.
_TYPES = {
    "Tensor": ("Tensor", "Sequence[Tensor]"),
    "Scalar": ("Number", ""),
    "int": ("Int", "Ints"),
    "float": ("Float", "Sequence[Float]"),
    "bool": ("Bool", "Sequence[Bool]"),
    "memory_format": ("MemoryFormat", ""),
    "str": ("Str", ""),
    "dtype": ("DtypeLike", ""),
    "device": ("DeviceLike", ""),
    "Generator": ("Generator", ""),
}

# Operators by the ops that serve them.
_SYMBOLS = {
    "add": "add",
    "sub": "sub",
    "mul": "mul",
    "div": "truediv",
    "floor_divide": "floordiv",
    "remainder": "mod",
    "pow": "pow",
    "matmul": "matmul",
    "bitwise_and": "and",
    "bitwise_or": "or",
    "bitwise_xor": "xor",
    "bitwise_left_shift": "lshift",
    "bitwise_right_shift": "rshift",
}

_COMPARISONS = ("lt", "le", "gt", "ge")
_UNARY = {"neg": "neg", "positive": "pos", "abs": "abs", "bitwise_not": "invert"}

_GENERATED = "    # Operators, written by vt_core.stubs.\n"
_OPS_HEAD = """# SPDX-License-Identifier: Apache-2.0
# ruff: noqa
# fmt: off
# Every operator of the core as a typed function; written by vt_core.stubs.
{imports}
# Operators of plugins.
def __getattr__(name: str) -> Op: ...  # pyright: ignore[reportIncompleteStub]
def __dir__() -> list[str]: ...
def _keep(namespace: dict[str, object], name: str, op: Op) -> None: ...
def _forget() -> None: ...
"""


@dataclass(frozen=True)
class Argument:
    """One argument of a schema, in Python's terms."""

    name: str
    type: str
    default: str | None
    keyword_only: bool
    spread: bool = False  # tensors that may be given one by one

    def render(self) -> str:
        """The argument as it stands in a list of parameters."""
        # A keyword of the language (`from`) cannot be a name; it is passed by position.
        text = f"{self.name}{'_' if keyword.iskeyword(self.name) else ''}: {self.type}"
        return text if self.default is None else f"{text} = {self.default}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the stubs, or compare them with those in a folder."""
    parser = argparse.ArgumentParser(prog="python -m vt_core.stubs", description=__doc__)
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true", help="replace the stubs in FOLDER")
    mode.add_argument("--check", action="store_true", help="fail and print the difference when they are out of date")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    options = parser.parse_args(arguments)
    stale = False
    for path, text in _files(options.folder):
        found = path.read_text() if path.exists() else ""
        if found == text:
            continue
        stale = True
        if options.write:
            path.write_text(text)
            print(f"stubs: wrote {path.name}")
        else:
            names = (f"{path.name} as committed", f"{path.name} as the schemas say")
            sys.stdout.writelines(difflib.unified_diff(found.splitlines(True), text.splitlines(True), *names))
    return 1 if stale and options.check else 0


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    yield folder / "ops.pyi", render_ops()
    # The classes are described by hand; the operators end the class Tensor, which ends the file.
    described, marker, _ = (folder / "_C.pyi").read_text().partition(_GENERATED)
    if not marker:
        raise ValueError(f"stubs: {folder / '_C.pyi'} has lost the line after which operators are written")
    yield folder / "_C.pyi", described + marker + textwrap.indent(render_methods(), "    ")


def render_ops() -> str:
    """Return the text of ops.pyi: every operator as a function."""
    text = "".join(_render(name, _C.get_op(name)) for name in _C.op_names())
    signatures = " ".join(line for line in text.splitlines() if line.startswith("def "))
    used = {"Op", *re.findall(r"[A-Z]\w+", signatures)}
    known = {"Op", *re.findall(r"\w+", " ".join(kind for kinds in _TYPES.values() for kind in kinds))}
    aliases = sorted(used & known - {"Sequence"})
    imports = ["from collections.abc import Sequence"] if "Sequence" in used else []
    if "@overload" in text:
        imports.append("from typing import overload")
    imports += ["", f"from vt_core._C import {', '.join(aliases)}", ""]
    return _OPS_HEAD.format(imports="\n".join(imports)) + text


def render_methods() -> str:
    """Return the operators that are methods of Tensor, to stand in its class, and Python's operators over them."""
    names = _C.op_names()
    # `real` and the like are properties, and described by hand.
    methods = (name for name in names if callable(getattr(_C.Tensor, name, None)))
    return "".join(_render(name, _C.get_op(name), is_method=True) for name in methods) + "".join(_symbols(set(names)))


def _symbols(names: set[str]) -> Iterator[str]:
    for name, symbol in _SYMBOLS.items():
        if name in names:
            yield f"def __{symbol}__(self, other: Tensor | Number, /) -> Tensor: ...\n"
            yield f"def __r{symbol}__(self, other: Number, /) -> Tensor: ...\n"
        if f"{name}_" in names:
            yield f"def __i{symbol}__(self: _T, other: Tensor | Number, /) -> _T: ...\n"
    for name in _COMPARISONS:
        if name in names:
            yield f"def __{name}__(self, other: Tensor | Number, /) -> Tensor: ...\n"
    for name, symbol in _UNARY.items():
        if name in names:
            yield f"def __{symbol}__(self) -> Tensor: ...\n"


def _render(name: str, op: Any, is_method: bool = False) -> str:
    inplace = name.endswith("_")
    forms = [
        form
        for flags, schema in zip(op.flags, op.schemas)
        for form in _forms(schema, () if inplace else flags, is_method)
    ]
    doc = _docstring(op.__doc__.partition("\n\n")[2])
    decorator = "@overload\n" if len(forms) > 1 else ""
    return "".join(
        f"{decorator}def {name}({', '.join(parameters)}) -> {returns}:{doc if i == 0 else ' ...'}\n"
        for i, (parameters, returns) in enumerate(forms)
    )


def _docstring(body: str) -> str:
    if not body.strip():
        return " ..."
    lines = textwrap.dedent(body).strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"').splitlines()
    closing = '"""' if len(lines) == 1 else '\n    """'
    return '\n    """' + "\n".join(f"    {line}" if line and i else line for i, line in enumerate(lines)) + closing


def _forms(schema: str, flags: Sequence[str], is_method: bool) -> Iterator[tuple[list[str], str]]:
    """Parameter lists and return types: as declared, and with ints spread as in ``view(2, 3)``."""
    arguments, returns = _parse(schema)
    if is_method and arguments:
        if arguments[0].type in ("Number", "Int", "Float"):
            return  # a function only: a tensor's own method has the tensor first
        arguments[0] = replace(arguments[0], name="self")
    if "out" in flags:
        arguments = [*arguments, Argument("out", f"{returns} | None", "None", True)]
    if "factory" in flags:
        arguments = [*arguments, Argument("requires_grad", "Bool", "False", True)]
        arguments = [*arguments, Argument("pin_memory", "Bool", "False", True)]
    keyword_only = [a.render() for a in arguments if a.keyword_only]
    positional = [a for a in arguments if not a.keyword_only]
    plain = [_self_or(a) if is_method else a.render() for a in positional]
    yield plain + (["*", *keyword_only] if keyword_only else []), returns
    if positional and positional[-1].spread:
        yield [*plain[:-1], f"*{positional[-1].name}: Tensor", *keyword_only], returns
    if positional and positional[-1].type.startswith("Ints") and _spreads(positional):
        yield [*plain[:-1], f"*{positional[-1].name}: Int", *keyword_only], returns


def _self_or(argument: Argument) -> str:
    return "self: Tensor" if argument.name == "self" else argument.render()


def _spreads(positional: Sequence[Argument]) -> bool:
    return len(positional) == 1 or (len(positional) == 2 and positional[0].type == "Tensor")


def _parse(schema: str) -> tuple[list[Argument], str]:
    head, _, tail = schema.rpartition("->")
    listed = head[head.index("(") + 1 : head.rindex(")")]
    arguments: list[Argument] = []
    keyword_only = False
    for text in _split(listed):
        if text == "*":
            keyword_only = True
        else:
            arguments.append(_parse_argument(text, keyword_only))
    return arguments, _parse_returns(tail.strip())


def _split(listed: str) -> list[str]:
    """Parts between commas that stand outside brackets."""
    return [part.strip() for part in re.split(r",(?![^\[(]*[\])])", listed) if part.strip()]


def _parse_argument(text: str, keyword_only: bool) -> Argument:
    declared, _, default = text.partition("=")
    kind, _, name = declared.strip().rpartition(" ")
    return Argument(name, _python_type(kind), _python_default(default.strip()), keyword_only, "[*]" in kind)


def _python_default(default: str) -> str | None:
    if not default:
        return None
    # A list default becomes a tuple: immutable, and accepted alike.
    if default.startswith("["):
        items = [item.strip() for item in default[1:-1].split(",") if item.strip()]
        return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
    return default


def _python_type(kind: str) -> str:
    names: list[str] = []
    optional = False
    for part in kind.split("|"):
        name, alias_or_suffix = re.fullmatch(r"\s*(\w+)(.*?)\s*", part).groups()  # type: ignore[union-attr]
        suffix = re.sub(r"\(\w+!?\)", "", alias_or_suffix).strip()
        if "[" in suffix:
            before, _, after = suffix.partition("[")
            names.append("Sequence[Tensor | None]" if "?" in before else _TYPES[name][1])
            optional |= "?" in after
        else:
            names.append(_TYPES[name][0])
            optional |= "?" in suffix
    return " | ".join([*dict.fromkeys(names), *(["None"] if optional else [])])


def _parse_returns(text: str) -> str:
    if not text.startswith("("):
        return _return_type(text)
    parts = [_return_type(part) for part in _split(text[1:-1])]
    return f"tuple[{', '.join(parts)}]" if parts else "None"


def _return_type(text: str) -> str:
    kind = re.sub(r"\s+\w+$", "", text)
    return "list[Tensor]" if kind.replace(" ", "").startswith("Tensor[") else _python_type(kind)


if __name__ == "__main__":
    sys.exit(main())
