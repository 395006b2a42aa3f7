# SPDX-License-Identifier: Apache-2.0
"""Reads the C ABI headers and writes a C program that prints the size and offset of every struct field in them."""

import re
from dataclasses import dataclass
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRUCT = re.compile(r"^(?:typedef )?struct (\w+) \{(.*?)^\}", re.DOTALL | re.MULTILINE)
_ENUM = re.compile(r"^(?:typedef )?enum\s*\w* \{(.*?)\}", re.DOTALL | re.MULTILINE)
_VERSION = re.compile(r"^#define (VT_\w+_(?:MAJOR|MINOR)) \d+$", re.MULTILINE)
_FUNCTION_POINTER = re.compile(r"\(\*(\w+)\)\s*\(")
_LAST_NAME = re.compile(r"(\w+)(?:\[\w+\])*$")


@dataclass(frozen=True)
class Struct:
    """A struct of the headers and the names of its fields, those of a nested union as `union.member`."""

    name: str
    fields: list[str]


def _field_name(declaration: str) -> str:
    if match := _FUNCTION_POINTER.search(declaration):
        return match.group(1)
    match = _LAST_NAME.search(declaration.strip())
    if match is None:
        raise ValueError(f"abi_layout: no field name found in {declaration!r}")
    return match.group(1)


def _fields(body: str) -> list[str]:
    union = re.search(r"union \{(.*?)\}\s*(\w+);", body, re.DOTALL)
    nested: list[str] = []
    if union:
        nested = [f"{union.group(2)}.{name}" for name in _fields(union.group(1))]
        body = body.replace(union.group(0), f"union {union.group(2)};")
    return [_field_name(part) for part in body.split(";") if part.strip()] + nested


def read_structs(folder: Path) -> list[Struct]:
    """Return every struct defined in the headers of a folder, by name."""
    structs: list[Struct] = []
    for header in sorted(folder.glob("*.h")):
        text = _COMMENT.sub("", header.read_text())
        structs += [Struct(name, _fields(body)) for name, body in _STRUCT.findall(text)]
    return sorted(structs, key=lambda struct: struct.name)


def read_constants(folder: Path) -> list[str]:
    """Return the names of every enumerator and interface version in the headers of a folder."""
    names: set[str] = set()
    for header in folder.glob("*.h"):
        text = _COMMENT.sub("", header.read_text())
        names.update(_VERSION.findall(text))
        for body in _ENUM.findall(text):
            names.update(part.split("=")[0].strip() for part in body.split(",") if part.strip())
    return sorted(names)


def read_tables(folder: Path) -> dict[str, list[str]]:
    """Return the entries of every interface table in the headers of a folder, by the struct's name."""
    return {s.name: s.fields[1:] for s in read_structs(folder) if s.fields[0] == "header"}


def _includes(folder: Path) -> list[str]:
    return [f"#include <vt/abi/{header.name}>" for header in sorted(folder.glob("*.h"))]


def program(folder: Path) -> str:
    """Return the source, valid as C and as C++, of a program that prints the layout."""
    lines = ["#include <stdio.h>", *_includes(folder), "int main(void) {"]
    for struct in read_structs(folder):
        lines.append(f'  printf("{struct.name} size %zu\\n", sizeof({struct.name}));')
        for name in struct.fields:
            size = f"sizeof((({struct.name}*)0)->{name})"
            lines.append(
                f'  printf("{struct.name}.{name} at %zu size %zu\\n", offsetof({struct.name}, {name}), {size});'
            )
    lines += [f'  printf("{name} = %lld\\n", (long long){name});' for name in read_constants(folder)]
    return "\n".join([*lines, "  return 0;", "}", ""])


def probe(folder: Path) -> str:
    """Return a C source exporting one function per struct, so that an ABI dump of it describes them all."""
    lines = _includes(folder)
    for struct in read_structs(folder):
        lines.append(f"VT_EXPORT void probe_{struct.name}(const {struct.name}* p);")
        lines.append(f"void probe_{struct.name}(const {struct.name}* p) {{ (void)p; }}")
    return "\n".join([*lines, ""])
