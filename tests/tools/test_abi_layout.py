# SPDX-License-Identifier: Apache-2.0
"""The comparison with a release lets tables grow at their end and operators be added, and nothing else."""

from pathlib import Path

import pytest

from tools.abi_check import AbiError, check_ledger, layout_changes
from tools.abi_layout import read_constants, read_structs
from tools.abi_schemas import schema_changes

GOLDEN = "Api size 32\nApi.header at 0 size 24\nApi.call at 24 size 8\nVT_API_MAJOR = 1\nVT_API_MINOR = 0\n"


def test_a_table_may_grow_at_its_end() -> None:
    grown = GOLDEN.replace("Api size 32", "Api size 40").replace("MINOR = 0", "MINOR = 1") + "Api.more at 32 size 8\n"
    assert layout_changes(GOLDEN, grown) == []


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("Api size 32", "Api size 24", "Api was 32 and is 24"),
        ("call at 24 size 8", "call at 24 size 4", "Api.call at 24 was 8 and is 4"),
        ("call at 24", "call at 32", "Api.call at 24 is gone"),
        ("Api.call at 24 size 8\n", "", "Api.call at 24 is gone"),
        ("MAJOR = 1", "MAJOR = 2", "VT_API_MAJOR was 1 and is 2"),
    ],
)
def test_any_other_change_is_named(before: str, after: str, word: str) -> None:
    assert layout_changes(GOLDEN, GOLDEN.replace(before, after)) == [word]


SCHEMAS = "add(Tensor a, Tensor b) -> Tensor\nsum(Tensor a) -> Tensor\nsum.dims(Tensor a, int[] dims) -> Tensor\n"


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        ("sum(", "sub(Tensor a, Tensor b) -> Tensor\nsum(", []),
        ("sum(Tensor a) -> Tensor\n", "", ["sum is gone"]),
        ("b) -> Tensor", "b, *, Scalar c=1) -> Tensor", ["add(Tensor a, Tensor b) -> Tensor is {}"]),
        ("dims) -> Tensor", "dims) -> (Tensor, Tensor)", ["sum.dims(Tensor a, int[] dims) -> Tensor is {}"]),
    ],
    ids=["added", "gone", "more arguments", "more results"],
)
def test_a_schema_neither_changes_nor_goes(before: str, after: str, broken: list[str]) -> None:
    changed = SCHEMAS.replace(before, after)
    new = next((line for line in changed.splitlines() if line not in SCHEMAS), "")
    assert schema_changes(SCHEMAS, changed) == [text.format(new) for text in broken]


def test_headers_are_read_with_unions_arrays_and_function_pointers(tmp_path: Path) -> None:
    (tmp_path / "x.h").write_text(
        """
/* struct NotThis { int x; }; */
typedef enum Kind { KIND_A = 0, KIND_B = 1 } Kind;
#define VT_X_MAJOR 1
typedef struct Value {
  int tag;
  union {
    long i;
    const char* text;
  } as;
  char name[16];
  int (*call)(int a, void (*inner)(void* x));
} Value;
"""
    )
    (value,) = read_structs(tmp_path)
    assert value.name == "Value"
    assert value.fields == ["tag", "as", "name", "call", "as.i", "as.text"]
    assert read_constants(tmp_path) == ["KIND_A", "KIND_B", "VT_X_MAJOR"]


HEADER = (
    "typedef struct VtXApi {\n  VtTableHeader header;\n  int (*first)(int a);\n  void (*second)(void);\n} VtXApi;\n"
)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("| `VtXApi` | 1.0 | `first`, `second` |", None),
        ("| `VtXApi` | 1.0 | `first` |\n| `VtXApi` | 1.1 | `second` |", None),
        ("| `VtXApi` | 1.0 | `first` |", "VtXApi.second"),
        ("| `VtXApi` | 1.0 | `first`, `second`, `gone` |", "VtXApi.gone"),
        ("| `VtXApi` | 1.0 | `first`, `second` |\n| `VtXApi` | 1.1 | `second` |", "VtXApi.second"),
    ],
    ids=["whole", "grown", "missing", "gone", "twice"],
)
def test_the_ledger_names_each_entry_once(tmp_path: Path, rows: str, fault: str | None) -> None:
    (tmp_path / "x.h").write_text(HEADER)
    (tmp_path / "ledger.md").write_text(rows + "\n")
    if fault is None:
        assert check_ledger(tmp_path) == 2
    else:
        with pytest.raises(AbiError, match=fault):
            check_ledger(tmp_path)
