# SPDX-License-Identifier: Apache-2.0
"""Gradients through complex numbers and their parts, and writes through views that show one as the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import vt_autograd as ag
import vt_core as vt

ops = vt.ops


def pairs(x: vt.Tensor) -> vt.Tensor:
    return ops.view_as_complex(x.reshape(3, 2))


def write_real_part(x: vt.Tensor) -> vt.Tensor:
    z = pairs(x) * 1
    z.real.mul_(x[:3])
    return ops.view_as_real(z)


def write_imaginary_part_of_a_slice(x: vt.Tensor) -> vt.Tensor:
    z = pairs(x) * 1
    z[1:].imag.copy_(x[:2] * 2)
    return ops.view_as_real(z)


def write_pairs(x: vt.Tensor) -> vt.Tensor:
    y = x * 1
    ops.view_as_complex(y.view(3, 2)).mul_(2 + 1j)
    return y


def write_pairs_behind_an_odd_offset(x: vt.Tensor) -> vt.Tensor:
    y = ops.cat((x, x * 2))[1:]
    ops.view_as_complex(y[1:5].view(2, 2))[0].mul_(3j)
    return y


def read_after_a_write_to_the_base(x: vt.Tensor) -> vt.Tensor:
    y = x * 1
    z = ops.view_as_complex(y.view(3, 2))
    y.mul_(x)
    return ops.view_as_real(z * 1j)


def read_part_after_a_write_to_the_base(x: vt.Tensor) -> vt.Tensor:
    z = pairs(x) * 1
    part = z.imag
    z.mul_(z.detach())
    return part * part


FUNCTIONS: dict[str, Callable[[vt.Tensor], vt.Tensor]] = {
    "pairs": lambda x: ops.view_as_real(pairs(x) * (1 + 2j)),
    "pairs copied": lambda x: ops.view_as_real_copy(ops.view_as_complex_copy(x.reshape(3, 2)) * 1j),
    "real": lambda x: (pairs(x) * (1 - 2j)).real,
    "imag": lambda x: (pairs(x) * pairs(x)).imag,
    "imag of strided": lambda x: ops.view_as_complex(ops.cat((x, x)).view(3, 4)[:, :2])[::2].imag,
    "adjoint": lambda x: ops.view_as_real(ops.adjoint(pairs(x).reshape(3, 1)) * (2 + 1j)),
    "complex": lambda x: ops.view_as_real(ops.complex(x[:3], x[1:4]) * (1 + 1j)),
    "complex broadcast": lambda x: ops.view_as_real(ops.complex(x.view(2, 3), x[:3]) * 1j),
    "polar": lambda x: ops.view_as_real(ops.polar(x[:3], x[3:])),
    "write real part": write_real_part,
    "write imaginary part of a slice": write_imaginary_part_of_a_slice,
    "write pairs": write_pairs,
    "write pairs behind an odd offset": write_pairs_behind_an_odd_offset,
    "read after a write to the base": read_after_a_write_to_the_base,
    "read part after a write to the base": read_part_after_a_write_to_the_base,
}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_gradients(function: Callable[[vt.Tensor], vt.Tensor]) -> None:
    x = vt.tensor([0.5, -1.0, 2.0, 0.25, 1.5, -0.75], dtype=vt.float64, requires_grad=True)
    if function is not read_part_after_a_write_to_the_base:  # detaches: its derivative is not that of its values
        assert ag.gradcheck(function, (x,))
        assert ag.gradgradcheck(lambda x: function(x * x), (x,))
    ops.sum(function(x)).backward()
    assert x.grad is not None


def test_a_part_is_a_view_of_its_complex_tensor() -> None:
    x = vt.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
    z = ops.view_as_complex((x * 1).view(2, 2))
    z.real = 5.0
    z.imag = vt.tensor([7.0, 8.0])
    assert z.tolist() == [5 + 7j, 5 + 8j]
    ops.sum(ops.view_as_real(z)).backward()
    assert x.grad.tolist() == [0, 0, 0, 0]


def test_reinterpreted_bytes_have_no_gradient() -> None:
    x = vt.tensor([1.0, 2.0], requires_grad=True)
    assert not (x * 1).view(vt.int32).requires_grad
    assert not (x * 1).view(vt.complex64).requires_grad
