# SPDX-License-Identifier: Apache-2.0
"""The array API standard's namespace, function by function, with NumPy's functions of the same names as the reference."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import vt_core as vt
from vt_core import array_api as xp

SIGNED = ("int8", "int16", "int32", "int64")
UNSIGNED = ("uint8", "uint16", "uint32", "uint64")
INTEGERS = SIGNED + UNSIGNED
REAL = ("float32", "float64")
COMPLEX = ("complex64", "complex128")
FLOATING = REAL + COMPLEX
NUMERIC = INTEGERS + FLOATING
ALL = ("bool", *NUMERIC)
TOLERANCES = {"float32": 3e-6, "complex64": 3e-6, "float64": 1e-13, "complex128": 1e-13}


def values(shape: tuple[int, ...], dtype: str, low: float = -4, high: float = 5, seed: int = 0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    if dtype == "bool":
        return np.asarray(generator.integers(0, 2, shape)).astype(bool)
    if dtype in INTEGERS:
        low = max(int(low), 0) if dtype in UNSIGNED else int(low)
        return np.asarray(generator.integers(low, int(high), shape)).astype(dtype)
    reals = generator.uniform(low, high, shape)
    return np.asarray(reals + 1j * generator.uniform(low, high, shape) if dtype in COMPLEX else reals).astype(dtype)


def to_tensor(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return vt.asarray(value.copy())
    if isinstance(value, (list, tuple)):
        return type(value)(to_tensor(each) for each in value)
    return value


def assert_same(got: Any, expected: Any, name: str = "") -> None:
    if isinstance(expected, (tuple, list)):
        assert isinstance(got, tuple)
        assert len(got) == len(expected)
        for each, reference in zip(got, expected, strict=True):
            assert_same(each, reference, name)
        return
    expected = np.asarray(expected)
    assert isinstance(got, vt.Tensor)
    assert got.dtype.name == expected.dtype.name, name
    assert tuple(got.shape) == expected.shape, name
    tolerance = TOLERANCES.get(got.dtype.name, 0)
    np.testing.assert_allclose(got.numpy(), expected, rtol=tolerance, atol=tolerance, err_msg=name)


def check(name: str, *args: Any, **kwargs: Any) -> None:
    """Both namespaces' functions of one name on the same arguments."""
    with np.errstate(all="ignore"):
        expected = getattr(np, name)(*args, **kwargs)
    got = getattr(xp, name)(*(to_tensor(arg) for arg in args), **{k: to_tensor(v) for k, v in kwargs.items()})
    assert_same(got, expected, f"{name}({args}, {kwargs})")


# Functions of one element.
UNARY = {
    "abs": NUMERIC,
    "bitwise_invert": ("bool", *INTEGERS),
    "ceil": REAL,
    "conj": COMPLEX,
    "floor": REAL,
    "isfinite": NUMERIC,
    "isinf": NUMERIC,
    "isnan": NUMERIC,
    "logical_not": ("bool",),
    "negative": SIGNED + FLOATING,
    "positive": NUMERIC,
    "round": FLOATING,
    "sign": NUMERIC,
    "signbit": REAL,
    "square": NUMERIC,
    "trunc": REAL,
    **dict.fromkeys(
        ["atan", "asinh", "cos", "cosh", "exp", "expm1", "reciprocal", "sin", "sinh", "tan", "tanh"], FLOATING
    ),
    **dict.fromkeys(("imag", "real"), COMPLEX),
}
# Those whose real argument is limited.
LIMITED = {
    "acos": (-1, 1),
    "acosh": (1, 9),
    "asin": (-1, 1),
    "atanh": (-1, 1),
    "log": (0, 9),
    "log10": (0, 9),
    "log1p": (-1, 9),
    "log2": (0, 9),
    "sqrt": (0, 9),
}


@pytest.mark.parametrize("name", UNARY)
def test_functions_of_one_element(name: str) -> None:
    for dtype in UNARY[name]:
        for shape in ((), (5,), (2, 3), (0, 2)):
            check(name, values(shape, dtype))


@pytest.mark.parametrize("name", LIMITED)
def test_functions_with_a_limited_domain(name: str) -> None:
    for dtype in FLOATING:
        check(name, values((3, 4), dtype, *LIMITED[name]))


@pytest.mark.parametrize(
    "name", ["abs", "ceil", "floor", "isfinite", "isinf", "isnan", "round", "sign", "signbit", "sqrt", "exp", "trunc"]
)
def test_special_numbers(name: str) -> None:
    check(name, np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 0.5, 1.5, -2.5]))


# Functions of two elements.
BINARY = {
    **dict.fromkeys(("add", "subtract", "multiply", "equal", "not_equal"), NUMERIC),
    **dict.fromkeys(("atan2", "copysign", "hypot", "logaddexp", "nextafter"), REAL),
    **dict.fromkeys(("bitwise_and", "bitwise_or", "bitwise_xor"), ("bool", *INTEGERS)),
    **dict.fromkeys(("greater", "greater_equal", "less", "less_equal", "maximum", "minimum"), INTEGERS + REAL),
    **dict.fromkeys(("logical_and", "logical_or", "logical_xor"), ("bool",)),
    "divide": FLOATING,
    "floor_divide": INTEGERS + REAL,
    "remainder": INTEGERS + REAL,
    "bitwise_left_shift": INTEGERS,
    "bitwise_right_shift": INTEGERS,
    "pow": NUMERIC,
}


def second(name: str, shape: tuple[int, ...], dtype: str) -> np.ndarray:
    """A second operand for which the function is defined."""
    if name in ("floor_divide", "remainder", "divide", "bitwise_left_shift", "bitwise_right_shift", "pow"):
        return values(shape, dtype, 1, 4, seed=1)
    return values(shape, dtype, seed=1)


@pytest.mark.parametrize("name", BINARY)
def test_functions_of_two_elements(name: str) -> None:
    for dtype in BINARY[name]:
        first = values((2, 3), dtype, 0) if name == "pow" else values((2, 3), dtype)
        for other in ((2, 3), (3,), (2, 1), ()):
            check(name, first, second(name, other, dtype))
        check(name, values((), dtype, 1), second(name, (), dtype))


@pytest.mark.parametrize("name", [name for name, dtypes in BINARY.items() if len(dtypes) > 1])
def test_promotion_of_two_dtypes(name: str) -> None:
    for kind in (INTEGERS, FLOATING):
        dtypes = [dtype for dtype in BINARY[name] if dtype in kind]
        for a in dtypes:
            for b in dtypes:
                if "uint64" in (a, b) and (a in SIGNED or b in SIGNED):
                    with pytest.raises(TypeError, match="no common dtype"):
                        getattr(xp, name)(to_tensor(values((3,), a)), to_tensor(values((3,), b)))
                    continue
                if name.startswith("bitwise_") and "shift" in name and a != b:
                    continue  # NumPy's shifts overflow in the smaller dtype
                check(name, values((3,), a, 1), second(name, (), b))


@pytest.mark.parametrize("number", [3, True, 2.5, 1j])
@pytest.mark.parametrize("dtype", ALL)
def test_a_number_keeps_the_dtype_of_the_array(dtype: str, number: Any) -> None:
    x = vt.asarray(values((3,), dtype, 1))
    kinds = {bool: ("bool",), int: NUMERIC, float: FLOATING, complex: FLOATING}
    if dtype in kinds[type(number)]:
        if dtype != "bool":
            check("multiply", values((3,), dtype, 1), number)
        for got in (xp.equal(x, number), xp.equal(number, x)):
            assert got.dtype == xp.bool
    else:
        with pytest.raises(TypeError, match="number of another kind"):
            xp.equal(x, number)


def test_two_numbers_are_refused() -> None:
    with pytest.raises(TypeError, match="at least one array"):
        xp.add(1, 2)


@pytest.mark.parametrize(
    ("a", "b"), [("int32", "float32"), ("bool", "int8"), ("bool", "float64"), ("uint8", "complex64")]
)
def test_kinds_do_not_mix(a: str, b: str) -> None:
    with pytest.raises(TypeError, match="different kinds"):
        xp.add(vt.asarray(values((2,), a)), vt.asarray(values((2,), b)))


def test_clip() -> None:
    for dtype in INTEGERS + REAL:
        x = values((2, 3), dtype)
        check("clip", x, 1, 3)
        check("clip", x, 1, None)
        check("clip", x, None, 2)
        check("clip", x, values((3,), dtype, 0, 1), values((2, 1), dtype, 2, 4))
        check("clip", x, values((), dtype, 0, 1), 3)
    x = vt.asarray([1, 5], dtype=xp.int8)
    assert xp.clip(x, vt.asarray([2, 2]), None).dtype == xp.int8
    assert xp.clip(x).tolist() == [1, 5]


# Dtypes.
@pytest.mark.parametrize("a", ALL)
def test_result_type(a: str) -> None:
    for b in ALL:
        kinds = [next(i for i, kind in enumerate((("bool",), INTEGERS, FLOATING)) if each in kind) for each in (a, b)]
        mixes = kinds[0] != kinds[1] or ("uint64" in (a, b) and (a in SIGNED or b in SIGNED))
        ours = [getattr(xp, each) for each in (a, b)]
        if mixes:
            with pytest.raises(TypeError):
                xp.result_type(*ours)
            continue
        assert xp.result_type(*ours).name == np.result_type(a, b).name
        arrays = vt.asarray(values((2,), a)), vt.asarray(values((), b))
        assert xp.result_type(*arrays) == xp.result_type(*ours)


def test_result_type_of_numbers() -> None:
    assert xp.result_type(xp.int8, 3) == xp.int8
    assert xp.result_type(xp.float32, 3, 2.5) == xp.float32
    assert xp.result_type(xp.float64, 1j) == xp.complex128
    with pytest.raises(ValueError, match="at least one"):
        xp.result_type(1, 2)
    with pytest.raises(TypeError, match="number of another kind"):
        xp.result_type(xp.int8, 1.5)


def test_isdtype() -> None:
    kinds = ("bool", "signed integer", "unsigned integer", "integral", "real floating", "complex floating", "numeric")
    for name in ALL:
        for kind in kinds:
            assert xp.isdtype(getattr(xp, name), kind) == np.isdtype(np.dtype(name), kind), (name, kind)
    assert xp.isdtype(xp.int8, (xp.bool, "integral"))
    assert xp.isdtype(xp.int8, xp.int8)
    assert not xp.isdtype(xp.int8, xp.int16)
    with pytest.raises(ValueError, match="unknown kind"):
        xp.isdtype(xp.int8, "integers")
    with pytest.raises(TypeError, match="must be a dtype"):
        xp.isdtype(xp.int8, 3)


def test_finfo_and_iinfo() -> None:
    for name in FLOATING:
        got, expected = xp.finfo(getattr(xp, name)), np.finfo(name)
        for field in ("bits", "eps", "max", "min", "smallest_normal"):
            assert getattr(got, field) == getattr(expected, field), (name, field)
        assert got.dtype.name == expected.dtype.name
        assert xp.finfo(xp.ones(1, dtype=getattr(xp, name))) == got
    for name in INTEGERS:
        got, expected = xp.iinfo(getattr(xp, name)), np.iinfo(name)
        assert (got.bits, got.max, got.min, got.dtype.name) == (expected.bits, expected.max, expected.min, name)
    for function, dtype in ((xp.finfo, xp.int8), (xp.iinfo, xp.float32), (xp.iinfo, xp.bool)):
        with pytest.raises(TypeError):
            function(dtype)


def test_astype() -> None:
    for a in ALL:
        for b in ALL:
            x = values((3,), a, 0)
            if a in COMPLEX and b not in (*COMPLEX, "bool"):
                with pytest.raises(TypeError, match="not cast to real"):
                    xp.astype(vt.asarray(x), getattr(xp, b))
            else:
                assert_same(xp.astype(vt.asarray(x), getattr(xp, b)), x.astype(b))
    x = xp.ones(3)
    assert xp.astype(x, xp.float32, copy=False) is x
    assert xp.astype(x, xp.float32).data_ptr() != x.data_ptr()
    assert xp.astype(x, xp.float64, device="meta").device == vt.device("meta")


def test_can_cast() -> None:
    assert xp.can_cast(xp.int8, xp.int16)
    assert xp.can_cast(xp.uint8, xp.int16)
    assert xp.can_cast(xp.float32, xp.complex64)
    assert xp.can_cast(xp.ones(2), xp.float64)
    assert not xp.can_cast(xp.float64, xp.float32)
    assert not xp.can_cast(xp.int8, xp.float32)
    assert not xp.can_cast(xp.uint64, xp.int64)


# Making arrays.
def test_arange() -> None:
    for args in ((5,), (2, 9), (2, 9, 3), (9, 2, -2), (2, 9, -1), (0,)):
        assert_same(xp.arange(*args), np.arange(*args))
    assert_same(xp.arange(0.0, 1.0, 0.25), np.arange(0.0, 1.0, 0.25, dtype="float32"))
    for dtype in INTEGERS + REAL:
        assert_same(xp.arange(1, 7, 2, dtype=getattr(xp, dtype)), np.arange(1, 7, 2, dtype=dtype))


def test_filled_arrays() -> None:
    for dtype in ALL:
        kind = getattr(xp, dtype)
        for shape in (3, (2, 3), (), (0, 2)):
            assert_same(xp.zeros(shape, dtype=kind), np.zeros(shape, dtype))
            assert_same(xp.ones(shape, dtype=kind), np.ones(shape, dtype))
            assert_same(xp.full(shape, 1, dtype=kind), np.full(shape, 1, dtype))
            assert tuple(xp.empty(shape, dtype=kind).shape) == np.empty(shape).shape
        x = to_tensor(values((2, 3), dtype))
        assert_same(xp.zeros_like(x), np.zeros((2, 3), dtype))
        assert_same(xp.ones_like(x), np.ones((2, 3), dtype))
        assert_same(xp.full_like(x, 1), np.full((2, 3), 1, dtype))
        assert xp.empty_like(x).dtype == kind
    for number, dtype in ((True, xp.bool), (3, xp.int64), (2.0, xp.float32), (1j, xp.complex64)):
        assert xp.full(2, number).dtype == dtype
    assert xp.zeros(2).dtype == xp.ones(2).dtype == xp.empty(2).dtype == xp.float32
    assert xp.zeros(2, device="meta").device == vt.device("meta")


def test_eye() -> None:
    for rows, columns, k in ((3, None, 0), (3, 4, 1), (4, 3, -2), (2, 2, 5), (0, 3, 1)):
        assert_same(xp.eye(rows, columns, k=k, dtype=xp.float64), np.eye(rows, columns, k=k))
        assert_same(xp.eye(rows, columns, k=k, dtype=xp.uint8), np.eye(rows, columns, k=k, dtype="uint8"))
    assert xp.eye(2, k=1).dtype == xp.float32


def test_linspace() -> None:
    for start, stop, num in ((0, 1, 5), (-2.5, 3, 4), (1, 1, 3), (0, 1, 1), (0, 1, 0)):
        for endpoint in (True, False):
            got = xp.linspace(start, stop, num, endpoint=endpoint, dtype=xp.float64)
            assert_same(got, np.linspace(start, stop, num, endpoint=endpoint))
    assert_same(xp.linspace(0, 1 + 1j, 5, dtype=xp.complex128), np.linspace(0, 1 + 1j, 5))
    assert xp.linspace(0, 1, 3).dtype == xp.float32
    assert xp.linspace(0, 1j, 3).dtype == xp.complex64
    with pytest.raises(ValueError, match="negative"):
        xp.linspace(0, 1, -1)


def test_meshgrid() -> None:
    for indexing in ("xy", "ij"):
        for sizes in ((3,), (2, 3), (2, 3, 4)):
            check("meshgrid", *(values((n,), "float64", seed=n) for n in sizes), indexing=indexing)
    with pytest.raises(ValueError, match="indexing"):
        xp.meshgrid(xp.ones(2), indexing="yx")
    with pytest.raises(ValueError, match="1 dimension"):
        xp.meshgrid(xp.ones((2, 2)))
    with pytest.raises(ValueError, match="one dtype"):
        xp.meshgrid(xp.ones(2), xp.ones(2, dtype=xp.int8))


def test_triangles() -> None:
    for k in (-2, 0, 1):
        for dtype in ("bool", "int16", "float64", "complex64"):
            check("tril", values((2, 3, 4), dtype), k=k)
            check("triu", values((2, 3, 4), dtype), k=k)


def test_asarray() -> None:
    array = values((2, 3), "float64")
    shared = xp.asarray(array, copy=False)
    assert shared.data_ptr() == array.ctypes.data
    assert xp.asarray(array, copy=True).data_ptr() != array.ctypes.data
    assert xp.asarray([[1, 2], [3, 4]]).dtype == xp.int64
    assert xp.asarray(1.5).dtype == xp.float32
    assert xp.asarray([1, 2.5, True]).tolist() == [1, 2.5, 1]
    assert xp.asarray([1, 2], dtype=xp.uint8).dtype == xp.uint8
    with pytest.raises(ValueError, match="copy"):
        xp.asarray([1, 2], copy=False)


def test_from_dlpack() -> None:
    array = values((2, 3), "float64")
    assert xp.from_dlpack(array).data_ptr() == array.ctypes.data
    assert xp.from_dlpack(array, copy=False).data_ptr() == array.ctypes.data
    copied = xp.from_dlpack(array, copy=True)
    assert copied.data_ptr() != array.ctypes.data
    assert_same(copied, array)
    assert xp.from_dlpack(array, device="cpu").data_ptr() == array.ctypes.data
    with pytest.raises(ValueError, match="only by a copy"):
        xp.from_dlpack(array, device="meta", copy=False)


# Shapes and order.
def test_broadcasting() -> None:
    check("broadcast_to", values((3, 1), "int8"), (2, 3, 4))
    got = xp.broadcast_arrays(xp.ones((2, 1)), xp.ones((3,)), xp.ones(()))
    assert [tuple(x.shape) for x in got] == [(2, 3)] * 3
    with pytest.raises(ValueError, match="cannot be broadcast"):
        xp.broadcast_to(xp.ones(3), (2,))
    with pytest.raises(ValueError, match="cannot be broadcast"):
        xp.broadcast_arrays(xp.ones(3), xp.ones(2))


def test_joining_and_splitting() -> None:
    a, b = values((2, 3), "int8"), values((2, 3), "int16", seed=1)
    for axis in (0, 1, -1, None):
        check("concat", [a, b], axis=axis)
    for axis in (0, 1, 2, -1):
        check("stack", (a, b), axis=axis)
    check("unstack", values((2, 3), "float32"))
    check("unstack", values((2, 3), "float32"), axis=1)
    with pytest.raises(ValueError, match="0-dim"):
        xp.concat([xp.ones(()), xp.ones(())])


def test_views_of_shapes() -> None:
    x = values((2, 1, 3), "float32")
    for axis in (0, 1, -1, 3):
        check("expand_dims", x, axis=axis)
    for axis in (1, -2, (1,), ()):
        check("squeeze", x, axis=axis)
    check("permute_dims", x, (2, 0, 1))
    check("moveaxis", x, 0, 2)
    check("moveaxis", x, (0, 2), (1, 0))
    check("matrix_transpose", x)
    for bad in (lambda: xp.squeeze(vt.asarray(x), 0), lambda: xp.matrix_transpose(xp.ones(3))):
        with pytest.raises(ValueError, match=r"squeeze|matrix_transpose"):
            bad()
    for bad in (lambda: xp.expand_dims(vt.asarray(x), axis=4), lambda: xp.squeeze(vt.asarray(x), 5)):
        with pytest.raises(IndexError, match="axis out of range"):
            bad()


def test_reshape() -> None:
    x = vt.asarray(values((2, 3), "float32"))
    check("reshape", values((2, 3), "float32"), (3, -1))
    assert xp.reshape(x, (6,), copy=False).data_ptr() == x.data_ptr()
    assert xp.reshape(x, (6,), copy=True).data_ptr() != x.data_ptr()
    with pytest.raises(ValueError, match="only by a copy"):
        xp.reshape(x.mT, (6,), copy=False)


def test_order() -> None:
    x = values((2, 3), "int32")
    for axis in (None, 0, -1, (0, 1)):
        check("flip", x, axis=axis)
    check("roll", x, 2)
    check("roll", x, -1, axis=1)
    check("roll", x, (1, 2), axis=(0, 1))
    check("roll", x, 1, axis=(0, 1))
    check("tile", x, (2,))
    check("tile", x, (2, 1, 2))
    check("repeat", x, 2)
    check("repeat", x, 3, axis=1)
    check("repeat", x, np.array([2, 0, 1]), axis=1)
    check("repeat", x, np.array(2), axis=0)
    check("repeat", values((0,), "int32"), np.array([], dtype="int64"))
    with pytest.raises(ValueError, match="numbers of repeats"):
        xp.repeat(vt.asarray(x), vt.asarray([1, 2]), axis=1)


def test_taking() -> None:
    x = values((3, 4), "float32")
    check("take", x[0], np.array([3, 0, -1]))
    check("take", x, np.array([2, -1, 0]), axis=0)
    check("take", x, np.array([1, 1, -4], dtype="int32"), axis=1)
    check("take_along_axis", x, np.array([[0, -1], [2, 2], [1, 3]]), axis=1)
    check("take_along_axis", x, np.array([[0, 1, 2, -1]]), axis=0)
    check("take_along_axis", x, np.argsort(x, axis=-1))
    with pytest.raises(ValueError, match="axis must be given"):
        xp.take(vt.asarray(x), vt.asarray([0]))
    with pytest.raises(ValueError, match="as many dimensions"):
        xp.take_along_axis(vt.asarray(x), vt.asarray([0]))
    with pytest.raises(IndexError):
        xp.take(vt.asarray(x), vt.asarray([4]), axis=0)


# Reductions.
AXES: tuple[dict[str, Any], ...] = (
    {},
    {"axis": 0},
    {"axis": -1, "keepdims": True},
    {"axis": (0, 2)},
    {"axis": (1, -1), "keepdims": True},
    {"keepdims": True},
)


@pytest.mark.parametrize("keywords", AXES, ids=str)
def test_reductions(keywords: dict[str, Any]) -> None:
    for dtype in NUMERIC:
        x = values((2, 3, 2), dtype, -1, 3)
        check("sum", x, **keywords)
        check("prod", x, **keywords)
        if dtype not in COMPLEX:
            check("max", x, **keywords)
            check("min", x, **keywords)
        if dtype in FLOATING:
            check("mean", x, **keywords)
        if dtype in REAL:
            check("var", x, **keywords)
            check("std", x, **keywords)
            check("std", x, **keywords, correction=1)
            check("var", x, **keywords, correction=0.5)
    for dtype in ALL:
        x = values((2, 3, 2), dtype, 0, 2)
        check("all", x, **keywords)
        check("any", x, **keywords)
        check("count_nonzero", x, **keywords)


def test_reductions_of_empty_and_0_dim_arrays() -> None:
    for name in ("sum", "prod", "all", "any"):
        check(name, values((0, 3), "float64"))
        check(name, values((0, 3), "float64"), axis=0)
        check(name, values((), "float64"))
    for name in ("max", "min", "mean", "var", "std"):
        check(name, values((), "float64"))
    with pytest.raises((IndexError, RuntimeError)):
        xp.max(xp.ones((0,)))


def test_dtypes_of_sums() -> None:
    for dtype in INTEGERS:
        wide = "uint64" if dtype in UNSIGNED else "int64"
        x = xp.ones(3, dtype=getattr(xp, dtype))
        for function in (xp.sum, xp.prod, xp.cumulative_sum, xp.cumulative_prod):
            assert function(x).dtype.name == wide
            assert function(x, dtype=xp.float64).dtype == xp.float64
        assert xp.linalg.trace(xp.ones((2, 2), dtype=getattr(xp, dtype))).dtype.name == wide


@pytest.mark.parametrize("name", ["cumulative_sum", "cumulative_prod"])
def test_running_sums(name: str) -> None:
    for dtype in INTEGERS + FLOATING:
        x = values((2, 3), dtype, 1, 3)
        for axis in (0, 1, -1):
            check(name, x, axis=axis)
            check(name, x, axis=axis, include_initial=True)
        check(name, x[0])
    check(name, values((0,), "float64"), include_initial=True)
    with pytest.raises(ValueError, match="axis must be given"):
        getattr(xp, name)(xp.ones((2, 2)))


def test_diff() -> None:
    for dtype in ("bool", *INTEGERS, *FLOATING):
        x = values((3, 4), dtype)
        for keywords in ({}, {"axis": 0}, {"n": 2}, {"n": 5}, {"n": 0}):
            check("diff", x, **keywords)
        check("diff", x, prepend=values((3, 1), dtype), append=values((3, 2), dtype))
    with pytest.raises(ValueError, match="negative"):
        xp.diff(xp.ones(3), n=-1)


# Positions.
def test_positions_of_extremes() -> None:
    for dtype in INTEGERS + REAL:
        x = values((3, 4), dtype)
        for name in ("argmax", "argmin"):
            for keywords in ({}, {"axis": 0}, {"axis": -1, "keepdims": True}, {"keepdims": True}):
                check(name, x, **keywords)


def test_nonzero_and_where() -> None:
    for dtype in ALL:
        check("nonzero", values((3, 4), dtype, -1, 2))
    with pytest.raises(ValueError, match="0-dim"):
        xp.nonzero(xp.ones(()))
    mask = values((2, 3), "bool")
    check("where", mask, values((2, 3), "int8"), values((3,), "int16", seed=1))
    check("where", mask, values((2, 3), "float32"), 2)
    check("where", mask, 1.5, values((), "float32"))
    with pytest.raises(TypeError, match="must be of bool"):
        xp.where(xp.ones(2), xp.ones(2), xp.ones(2))


def test_searchsorted() -> None:
    for dtype in INTEGERS + REAL:
        x = np.sort(values((6,), dtype))
        for side in ("left", "right"):
            check("searchsorted", x, values((2, 3), dtype, seed=1), side=side)
    x = values((6,), "float64")
    check("searchsorted", x, values((4,), "float64", seed=1), sorter=np.argsort(x))
    assert xp.searchsorted(xp.asarray([1, 2, 3]), 2).item() == 1
    with pytest.raises(ValueError, match="side"):
        xp.searchsorted(xp.ones(2), xp.ones(2), side="middle")


# Sorting and sets.
def test_sorting() -> None:
    for dtype in ("bool", *INTEGERS, *REAL):
        x = values((4, 5), dtype)
        for axis in (0, -1):
            assert_same(xp.sort(vt.asarray(x), axis=axis), np.sort(x, axis=axis))
            assert_same(xp.argsort(vt.asarray(x), axis=axis), np.argsort(x, axis=axis, stable=True))
            down = xp.sort(vt.asarray(x), axis=axis, descending=True)
            assert_same(down, np.flip(np.sort(x, axis=axis), axis))
    x = np.array([1, 0, 1, 0, 1])
    assert xp.argsort(vt.asarray(x), descending=True).tolist() == [0, 2, 4, 1, 3]
    assert xp.sort(vt.asarray([2.0, np.nan, 1.0])).tolist()[:2] == [1, 2]


@pytest.mark.parametrize("name", ["unique_all", "unique_counts", "unique_inverse", "unique_values"])
def test_distinct_elements(name: str) -> None:
    for dtype in ALL:
        for shape in ((12,), (3, 4), (), (0,), (2, 0)):
            x = values(shape, dtype, -2, 3)
            if dtype in FLOATING:
                x = np.round(x)
            expected = getattr(np, name)(x)
            got = getattr(xp, name)(vt.asarray(x))
            if name == "unique_values":
                assert_same(got, np.sort(expected))
                continue
            assert got._fields == expected._fields
            assert_same(tuple(got), tuple(expected))


def test_every_nan_is_distinct() -> None:
    got = xp.unique_all(vt.asarray([np.nan, 1.0, np.nan, -0.0, 0.0]))
    assert got.counts.tolist() == [2, 1, 1, 1]
    assert got.values.tolist()[:2] == [0, 1]
    assert got.inverse_indices.tolist() == [2, 1, 3, 0, 0]
    assert got.indices.tolist() == [3, 1, 0, 2]


# Products and linear algebra.
def test_products() -> None:
    for dtype in NUMERIC:
        a, b, v = values((2, 3), dtype), values((3, 2), dtype, seed=1), values((3,), dtype, seed=2)
        for pair in ((a, b), (a, v), (v, b), (v, v), (values((2, 2, 3), dtype), b)):
            check("matmul", *pair)
        check("tensordot", a, b, axes=1)
        check("tensordot", a, b, axes=((1,), (0,)))
        check("tensordot", a, a, axes=2)
        check("tensordot", v, v, axes=0)
        check("vecdot", a, v)
        check("vecdot", a, a, axis=0)
    check("matmul", values((2, 3), "int8"), values((3, 2), "int32"))
    check("vecdot", values((3,), "float32"), values((3,), "complex64"))
    for function in (xp.matmul, xp.vecdot):
        with pytest.raises(ValueError, match="0-dim"):
            function(xp.ones(()), xp.ones(2))
    with pytest.raises(ValueError, match="sizes must match"):
        xp.vecdot(xp.ones(2), xp.ones(3))


def matrices(shape: tuple[int, ...], dtype: str) -> np.ndarray:
    return (values(shape, dtype, -1, 1) + 3 * np.eye(shape[-1])).astype(dtype)


@pytest.mark.parametrize("dtype", FLOATING)
def test_linear_algebra(dtype: str) -> None:
    def compare(name: str, *args: Any, **keywords: Any) -> None:
        tensors = [to_tensor(arg) for arg in args]
        got = getattr(xp.linalg, name)(*tensors, **{k: to_tensor(v) for k, v in keywords.items()})
        expected = getattr(np.linalg, name)(*args, **keywords)
        tolerance = 5e-5 if dtype in ("float32", "complex64") else 1e-11
        parts = zip(got, expected, strict=True) if isinstance(expected, tuple) else ((got, expected),)
        for ours, theirs in parts:
            assert ours.dtype.name == np.asarray(theirs).dtype.name
            np.testing.assert_allclose(ours.numpy(), theirs, rtol=tolerance, atol=tolerance, err_msg=name)

    square, batch, wide = matrices((3, 3), dtype), matrices((2, 3, 3), dtype), values((2, 4, 3), dtype)
    hermitian = (batch + batch.mT.conj()).astype(dtype)
    positive = (batch @ batch.mT.conj() + np.eye(3)).astype(dtype)
    for upper in (False, True):
        compare("cholesky", positive, upper=upper)
    for name in ("det", "inv", "slogdet"):
        compare(name, square)
        compare(name, batch)
    compare("eigvalsh", hermitian)
    for name in ("svdvals", "pinv", "matrix_transpose"):
        compare(name, wide)
    for ord in ("fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf):
        compare("matrix_norm", wide, ord=ord)
        compare("matrix_norm", wide, ord=ord, keepdims=True)
    for ord in (2, 1, 0, np.inf, -np.inf, 3):
        compare("vector_norm", wide, ord=ord)
        compare("vector_norm", wide, axis=1, ord=ord)
        compare("vector_norm", wide, axis=(0, 2), keepdims=True, ord=ord)
    for n in (0, 1, 3, -2):
        compare("matrix_power", batch, n)
    compare("matrix_rank", wide)
    compare("matrix_rank", np.ones((3, 3), dtype))
    compare("matrix_rank", wide, rtol=0.9)
    compare("pinv", wide, rtol=0.5)
    compare("cross", values((2, 3), dtype), values((2, 3), dtype, seed=1))
    compare("outer", values((2,), dtype), values((3,), dtype))
    compare("diagonal", wide, offset=1)
    compare("trace", wide, offset=-1)
    compare("solve", batch, values((3,), dtype))
    compare("solve", batch, values((2, 3, 2), dtype))
    compare("solve", batch, values((3, 2), dtype))
    compare("solve", square, values((3, 2), dtype))
    q, r = xp.linalg.qr(to_tensor(wide))
    assert_allclose = np.testing.assert_allclose
    assert_allclose((q @ r).numpy(), wide, rtol=1e-4, atol=1e-4)
    assert tuple(xp.linalg.qr(to_tensor(wide), mode="complete").Q.shape) == (2, 4, 4)
    u, s, vh = xp.linalg.svd(to_tensor(wide), full_matrices=False)
    assert_allclose((u * s[:, None, :].to(dtype=u.dtype) @ vh).numpy(), wide, rtol=1e-4, atol=1e-4)
    found = xp.linalg.eigh(to_tensor(hermitian))
    rebuilt = found.eigenvectors * found.eigenvalues[:, None, :].to(dtype=u.dtype) @ found.eigenvectors.mH
    assert_allclose(rebuilt.numpy(), hermitian, rtol=1e-4, atol=1e-4)


def test_solve_takes_only_one_dimension_for_a_vector() -> None:
    a, b = matrices((3, 3, 3), "float64"), values((3, 3), "float64")
    got = xp.linalg.solve(vt.asarray(a), vt.asarray(b))
    np.testing.assert_allclose(got.numpy(), np.linalg.solve(a, b), rtol=1e-11)


def test_fourier_transforms() -> None:
    z, x = values((3, 4, 6), "complex128"), values((3, 4, 6), "float64")
    for norm in ("backward", "ortho", "forward"):
        for name in ("fft", "ifft", "irfft", "hfft"):
            for keywords in ({}, {"n": 5}, {"axis": 0}):
                got = getattr(xp.fft, name)(vt.asarray(z), norm=norm, **keywords)
                assert_same(got, getattr(np.fft, name)(z, norm=norm, **keywords))
        for name in ("rfft", "ihfft"):
            assert_same(getattr(xp.fft, name)(vt.asarray(x), norm=norm), getattr(np.fft, name)(x, norm=norm))
        for name in ("fftn", "ifftn", "irfftn"):
            for keywords in ({}, {"axes": (0, 2)}, {"s": (2, 5), "axes": (1, 2)}):
                got = getattr(xp.fft, name)(vt.asarray(z), norm=norm, **keywords)
                assert_same(got, getattr(np.fft, name)(z, norm=norm, **keywords))
        assert_same(xp.fft.rfftn(vt.asarray(x), norm=norm), np.fft.rfftn(x, norm=norm))
    for n in (5, 8):
        assert_same(xp.fft.fftfreq(n, d=0.5, dtype=xp.float64), np.fft.fftfreq(n, 0.5))
        assert_same(xp.fft.rfftfreq(n, dtype=xp.float64), np.fft.rfftfreq(n))
    for axes in (None, 0, (1, 2)):
        assert_same(xp.fft.fftshift(vt.asarray(x), axes=axes), np.fft.fftshift(x, axes))
        assert_same(xp.fft.ifftshift(vt.asarray(x), axes=axes), np.fft.ifftshift(x, axes))


# The namespace and the arrays.
def test_the_namespace_of_a_tensor() -> None:
    x = vt.ops.ones([2, 3])
    for version in (None, "2021.12", "2022.12", "2023.12", "2024.12"):
        assert x.__array_namespace__(api_version=version) is xp
    with pytest.raises(ValueError, match="unknown version"):
        x.__array_namespace__(api_version="2020.01")
    assert xp.__array_api_version__ == "2024.12"
    assert set(xp.__all__) <= set(dir(xp))


def test_what_the_namespace_says_of_itself() -> None:
    info = xp.__array_namespace_info__()
    assert info.capabilities() == {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}
    assert info.default_device() == vt.device("cpu")
    assert info.default_device() in info.devices()
    defaults = {
        "real floating": xp.float32,
        "complex floating": xp.complex64,
        "integral": xp.int64,
        "indexing": xp.int64,
    }
    assert info.default_dtypes() == info.default_dtypes(device=vt.device("cpu")) == defaults
    assert info.dtypes() == {name: getattr(xp, name) for name in ALL}
    for kind in (
        "bool",
        "signed integer",
        "unsigned integer",
        "integral",
        "real floating",
        "complex floating",
        "numeric",
    ):
        expected = {name: getattr(xp, name) for name in ALL if np.isdtype(np.dtype(name), kind)}
        assert info.dtypes(kind=kind) == expected
    assert set(info.dtypes(kind=("bool", "real floating"))) == {"bool", "float32", "float64"}
    with pytest.raises(ValueError, match="unknown kind"):
        info.dtypes(kind="numbers")


def test_attributes_and_methods_of_arrays() -> None:
    x = vt.ops.ones([2, 3])
    assert x.dtype == xp.float32
    assert x.device == vt.device("cpu")
    assert x.ndim == 2
    assert x.shape == (2, 3)
    assert x.mT.shape == x.T.shape == (3, 2)
    assert x.to_device("cpu") is x
    assert x.to_device(vt.device("meta")).device == vt.device("meta")
    with pytest.raises(ValueError, match="stream must be None"):
        x.to_device("cpu", stream=1)
    assert complex(vt.tensor(2.0)) == 2
    assert int(vt.tensor(2)) == vt.tensor(2).__index__() == 2
    with pytest.raises(TypeError):
        vt.tensor(2.0).__index__()


def test_operators_equal_functions() -> None:
    functions = {
        "__add__": "add",
        "__sub__": "subtract",
        "__mul__": "multiply",
        "__truediv__": "divide",
        "__floordiv__": "floor_divide",
        "__mod__": "remainder",
        "__pow__": "pow",
        "__eq__": "equal",
        "__ne__": "not_equal",
        "__lt__": "less",
        "__le__": "less_equal",
        "__gt__": "greater",
        "__ge__": "greater_equal",
        "__and__": "bitwise_and",
        "__or__": "bitwise_or",
        "__xor__": "bitwise_xor",
        "__lshift__": "bitwise_left_shift",
        "__rshift__": "bitwise_right_shift",
    }
    for operator, name in functions.items():
        for dtype in BINARY[name]:
            a, b = vt.asarray(values((2, 3), dtype, 1)), vt.asarray(second(name, (3,), dtype))
            assert_same(getattr(a, operator)(b), getattr(xp, name)(a, b).numpy(), operator)


def test_constants() -> None:
    assert (xp.e, xp.pi, xp.inf, xp.newaxis) == (np.e, np.pi, np.inf, None)
    assert np.isnan(xp.nan)


def parameters(function: Any) -> Iterator[tuple[str, str]]:
    for parameter in inspect.signature(function).parameters.values():
        yield parameter.name, parameter.kind.name


def test_signatures_are_the_standards() -> None:
    strict = pytest.importorskip("array_api_strict")
    strict.set_array_api_strict_flags(api_version="2024.12")
    newer = {"broadcast_shapes", "isin"}  # of 2025.12
    compared = 0
    for ours, theirs in ((xp, strict), (xp.linalg, strict.linalg), (xp.fft, strict.fft)):
        for name in theirs.__all__:
            reference = getattr(theirs, name)
            if name in newer or name.startswith("_") or "strict" in name.lower() or not inspect.isfunction(reference):
                continue
            assert list(parameters(getattr(ours, name))) == list(parameters(reference)), name
            compared += 1
    assert compared > 150
