# SPDX-License-Identifier: Apache-2.0
"""Attention against PyTorch: every option of the function, the module of several heads, refusals."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from programs import LIBRARIES, check, fill, values


def leaf(torch: ModuleType, shape: tuple[int, ...], seed: int = 0) -> Any:
    return torch.from_numpy(values(shape, seed)).requires_grad_()


def seen(torch: ModuleType, shape: tuple[int, ...]) -> Any:
    """A boolean mask; the first query of all sees no key."""
    mask = np.random.default_rng(5).random(shape) < 0.6
    mask[..., 0, :] = False
    return torch.from_numpy(mask)


MASKS: dict[str, Callable[[ModuleType], Any]] = {
    "none": lambda t: None,
    "all": lambda t: seen(t, (2, 4, 5, 6)),
    "of pairs": lambda t: seen(t, (5, 6)),
    "of batches": lambda t: seen(t, (2, 1, 5, 6)),
    "of keys": lambda t: t.from_numpy(values((2, 1, 1, 6), 7)),
    "added": lambda t: t.from_numpy(values((4, 5, 6), 7)),
}


# PyTorch takes a mask or is_causal.
@pytest.mark.parametrize(("mask", "is_causal"), [*((mask, False) for mask in MASKS), ("none", True)])
@pytest.mark.parametrize("width", [3, 8])
def test_masks(mask: str, is_causal: bool, width: int) -> None:
    def program(torch: ModuleType) -> Any:
        q, k, v = leaf(torch, (2, 4, 5, width)), leaf(torch, (2, 4, 6, width), 1), leaf(torch, (2, 4, 6, 7), 2)
        out = torch.nn.functional.scaled_dot_product_attention(q, k, v, MASKS[mask](torch), is_causal=is_causal)
        (out * out).sum().backward()
        return out, q.grad, k.grad, v.grad

    check(program)


def test_scale_and_shared_heads() -> None:
    def program(torch: ModuleType) -> Any:
        q, k, v = leaf(torch, (2, 6, 5, 4)), leaf(torch, (2, 2, 6, 4), 1), leaf(torch, (2, 2, 6, 4), 2)
        out = torch.nn.functional.scaled_dot_product_attention(q, k, v, scale=0.3, enable_gqa=True)
        (out * out).sum().backward()
        return out, q.grad, k.grad, v.grad

    check(program)


@pytest.mark.parametrize("shape", [(5, 6), (2, 4, 5, 6), (4, 1, 6)])
def test_gradient_of_an_added_mask(shape: tuple[int, ...]) -> None:
    def program(torch: ModuleType) -> Any:
        q, k, v = leaf(torch, (2, 4, 5, 3)), leaf(torch, (2, 4, 6, 3), 1), leaf(torch, (2, 4, 6, 3), 2)
        mask = leaf(torch, shape, 7)
        out = torch.nn.functional.scaled_dot_product_attention(q, k, v, mask)
        (out * out).sum().backward()
        return out, q.grad, k.grad, v.grad, mask.grad

    check(program)


def test_second_derivatives() -> None:
    def program(torch: ModuleType) -> Any:
        q, k, v = (leaf(torch, (2, 4, 5, 3), i) for i in range(3))
        if torch is LIBRARIES[0]:
            out = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:  # PyTorch's kernel has none
            scores = (q @ k.transpose(-2, -1) / 3**0.5).masked_fill(~torch.ones(5, 5).tril().bool(), float("-inf"))
            out = scores.softmax(-1) @ v
        first = torch.autograd.grad((out * out).sum(), [q, k, v], create_graph=True)
        return torch.autograd.grad(sum((g * g).sum() for g in first), [q, k, v])

    check(program, 1e-4)


def test_half_types() -> None:
    def program(torch: ModuleType) -> Any:
        q, k, v = (leaf(torch, (2, 4, 5, 8), i).bfloat16() for i in range(3))
        mask = seen(torch, (5, 5))
        return torch.nn.functional.scaled_dot_product_attention(q, k, v, mask)

    check(program, 2e-2)


def test_dropout_of_weights() -> None:
    torch = LIBRARIES[0]
    q, v = torch.zeros(1, 1, 1, 4), torch.ones(1, 1, 2000, 1)
    k = torch.zeros(1, 1, 2000, 4)
    mask = torch.zeros(1, 2000, requires_grad=True)
    for given in (None, mask):
        out = torch.nn.functional.scaled_dot_product_attention(q, k, v, given, 0.25)
        assert abs(out.item() - 1) < 0.1
        assert out.item() != 1


OPTIONS: dict[str, dict[str, Any]] = {
    "plain": {},
    "no bias": {"bias": False},
    "other features": {"kdim": 5, "vdim": 7},
    "added keys": {"add_bias_kv": True, "add_zero_attn": True},
    "batch first": {"batch_first": True},
}
CALLS: dict[str, Callable[[ModuleType], dict[str, Any]]] = {
    "weights": lambda t: {},
    "no weights": lambda t: {"need_weights": False},
    "weights of heads": lambda t: {"average_attn_weights": False},
    "padding": lambda t: {"key_padding_mask": t.tensor([[False, False, True, False], [False, True, True, False]])},
    "mask": lambda t: {"attn_mask": t.ones(3, 4).tril().bool().logical_not(), "need_weights": False},
    "masks of heads": lambda t: {"attn_mask": t.from_numpy(values((4, 3, 4), 7))},
    "both": lambda t: {
        "attn_mask": t.from_numpy(values((3, 4), 7)),
        "key_padding_mask": t.from_numpy(values((2, 4), 8)),
        "need_weights": False,
    },
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("option", OPTIONS)
def test_module(option: str, call: str) -> None:
    def program(torch: ModuleType) -> Any:
        options = OPTIONS[option]
        net = fill(torch.nn.MultiheadAttention(6, 2, **options), torch)
        q = leaf(torch, (3, 2, 6))
        k, v = leaf(torch, (4, 2, options.get("kdim", 6)), 1), leaf(torch, (4, 2, options.get("vdim", 6)), 2)
        given = [x.transpose(0, 1) for x in (q, k, v)] if net.batch_first else [q, k, v]
        out, weights = net(*given, **CALLS[call](torch))
        (out * out).sum().backward()
        grads = {name: p.grad for name, p in net.named_parameters()}
        return list(net.state_dict()), out, weights, q.grad, k.grad, v.grad, grads

    check(program, 1e-4)


def test_module_on_itself_and_without_a_batch() -> None:
    def program(torch: ModuleType) -> Any:
        net = fill(torch.nn.MultiheadAttention(6, 3, batch_first=True), torch)
        x = leaf(torch, (2, 4, 6))
        mask = torch.ones(4, 4).triu(1).bool()
        causal = net(x, x, x, attn_mask=mask, is_causal=True, need_weights=False)
        alone = net(x[0], x[0], x[0], key_padding_mask=torch.tensor([False, False, True, True]))
        same = net.eval()(x, x, x)
        return list(causal), list(alone), list(same), list(net(x, x[:, :2], x[:, :2]))

    check(program)


REFUSALS: dict[str, Callable[[ModuleType], Any]] = {
    "heads": lambda t: t.nn.MultiheadAttention(6, 4),
    "no heads": lambda t: t.nn.MultiheadAttention(6, 0),
    "dimensions": lambda t: t.nn.MultiheadAttention(6, 2)(*[t.ones(1, 2, 3, 6)] * 3),
    "key": lambda t: t.nn.MultiheadAttention(6, 2)(t.ones(3, 2, 6), t.ones(3, 6), t.ones(3, 6)),
    "width": lambda t: t.nn.MultiheadAttention(6, 2)(*[t.ones(3, 2, 4)] * 3),
    "mask": lambda t: t.nn.MultiheadAttention(6, 2)(*[t.ones(3, 2, 6)] * 3, attn_mask=t.ones(2, 3)),
    "mask of heads": lambda t: t.nn.MultiheadAttention(6, 2)(*[t.ones(3, 2, 6)] * 3, attn_mask=t.ones(2, 3, 3)),
    "padding": lambda t: t.nn.MultiheadAttention(6, 2)(*[t.ones(3, 2, 6)] * 3, key_padding_mask=t.ones(2, 4)),
    "integers": lambda t: t.nn.MultiheadAttention(6, 2)(*[t.ones(3, 2, 6)] * 3, attn_mask=t.ones(3, 3).long()),
    "causal": lambda t: t.nn.MultiheadAttention(6, 2)(*[t.ones(3, 2, 6)] * 3, is_causal=True),
    "probability": lambda t: t.nn.functional.alpha_dropout(t.ones(2), 1.5),
    "channels": lambda t: t.nn.functional.dropout1d(t.ones(2)),
    "module probability": lambda t: t.nn.Dropout2d(-0.5),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refuses_what_pytorch_refuses(name: str) -> None:
    classes = []
    for torch in LIBRARIES:
        with pytest.raises(Exception) as caught:
            REFUSALS[name](torch)
        classes.append(caught.type)
    assert issubclass(classes[0], classes[1])


@pytest.mark.parametrize(
    "name", ["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"]
)
def test_dropout_modules(name: str) -> None:
    for torch in LIBRARIES:
        net = getattr(torch.nn, name)(1.0)
        x = torch.ones((2, 3, 4, 5, 6)[: 5 if name[-2:] not in ("1d", "2d") else 2 + int(name[-2])])
        assert net(x).abs().sum().item() == 0
        assert torch.equal(net.eval()(x), x)
        inplace = getattr(torch.nn, name)(1.0, inplace=True)
        assert (inplace(x) is x) == ("Alpha" not in name)
        assert repr(net) == f"{name}(p=1.0, inplace=False)"
