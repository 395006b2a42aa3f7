# SPDX-License-Identifier: Apache-2.0
"""Second derivatives of attention under dropout: of the call that was made, with the factors it drew."""

import math

import pytest
import vt_autograd as ag
import vt_core as vt


def numbers(*shape, dtype=vt.float64):
    flat = [math.sin(1.0 + 2.0 * k) for k in range(math.prod(shape))]
    return vt.tensor(flat, dtype=vt.float64).reshape(shape).to(dtype)


# Sizes of query, key and value, and further arguments.
CASES = {
    "heads": ((1, 2, 3, 2), (1, 2, 4, 2), (1, 2, 4, 3), {}),
    "causal": ((2, 1, 3, 2), (2, 1, 3, 2), (2, 1, 3, 1), {"is_causal": True}),
    "shared heads": ((1, 4, 2, 2), (1, 2, 3, 2), (1, 2, 3, 2), {"enable_gqa": True}),
    "one head": ((3, 2), (4, 2), (4, 2), {"scale": 0.5}),
    "mask": ((2, 3, 2), (2, 3, 2), (2, 3, 2), {"attn_mask": [[True, False, True], [True, True, False], [False] * 3]}),
}


def case_of(name, dtype=vt.float64):
    *sizes, options = CASES[name]
    leaves = [numbers(*shape, dtype=dtype).requires_grad_() for shape in sizes]
    if "attn_mask" in options:
        options = {**options, "attn_mask": vt.tensor(options["attn_mask"])}

    def function(query, key, value):
        vt.manual_seed(5)  # the same factors each time
        return vt.ops.scaled_dot_product_attention(query, key, value, dropout_p=0.4, **options)

    return function, leaves


@pytest.mark.parametrize("name", CASES)
def test_second_derivatives_under_dropout(name):
    function, leaves = case_of(name)
    assert ag.gradcheck(function, leaves)
    assert ag.gradgradcheck(function, leaves)


@pytest.mark.parametrize("dtype", [vt.float64, vt.float32, vt.bfloat16])
@pytest.mark.parametrize("name", CASES)
def test_recorded_gradients_are_those_of_the_fused_backward(name, dtype):
    function, leaves = case_of(name, dtype)
    result = function(*leaves)
    seed = numbers(*result.shape, dtype=dtype)
    fused = ag.grad(result, leaves, seed, retain_graph=True)
    recorded = ag.grad(result, leaves, seed, create_graph=True)
    tolerance = {vt.float64: 1e-12, vt.float32: 1e-5, vt.bfloat16: 0.05}[dtype]
    for a, b in zip(fused, recorded, strict=True):
        assert b.requires_grad
        assert (a - b).abs().max().item() <= tolerance
