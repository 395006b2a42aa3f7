# SPDX-License-Identifier: Apache-2.0
"""Attention and transformers give what PyTorch's give from the same weights, with every kind of mask."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any

import pytest
import torch as reference
import vt_torch
from programs import LIBRARIES, check, fill, values

HEADS, BATCH, QUERIES, KEYS, WIDTH = 2, 3, 4, 5, 6

OPTIONS: dict[str, dict[str, Any]] = {
    "plain": {},
    "no_bias": {"bias": False},
    "batch_first": {"batch_first": True},
    "added": {"add_bias_kv": True, "add_zero_attn": True},
    "widths": {"kdim": 3, "vdim": 7},
}


def masks(torch: ModuleType, kind: str) -> dict[str, Any]:
    pairs = torch.from_numpy(values((QUERIES, KEYS), 7))
    padding = torch.from_numpy(values((BATCH, KEYS), 8))
    heads = torch.from_numpy(values((BATCH * HEADS, QUERIES, KEYS), 9))
    return {
        "none": {},
        "pairs": {"attn_mask": pairs > 1},
        "numbers": {"attn_mask": pairs},
        "heads": {"attn_mask": heads > 1},
        "padding": {"key_padding_mask": padding > 1},
        "both": {"key_padding_mask": padding > 1, "attn_mask": pairs > 1},
    }[kind]


@pytest.mark.parametrize("kind", ["none", "pairs", "numbers", "heads", "padding", "both"])
@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS.keys())
@pytest.mark.parametrize("weights", ["averaged", "each", "unasked"])
def test_attention_gives_the_same_on_both(options: dict[str, Any], kind: str, weights: str) -> None:
    def program(torch: ModuleType) -> Any:
        layer = fill(torch.nn.MultiheadAttention(WIDTH, HEADS, **options), torch)
        first = options.get("batch_first", False)
        inputs = []
        for i, (length, width) in enumerate(((QUERIES, WIDTH), (KEYS, layer.kdim), (KEYS, layer.vdim))):
            shape = (BATCH, length, width) if first else (length, BATCH, width)
            inputs.append(torch.from_numpy(values(shape, i)).requires_grad_())
        output, attention = layer(
            *inputs, need_weights=weights != "unasked", average_attn_weights=weights == "averaged", **masks(torch, kind)
        )
        (output * torch.from_numpy(values(tuple(output.shape), 5))).sum().backward()
        gradients = {n: p.grad for n, p in layer.named_parameters()}
        return repr(layer), list(layer.state_dict()), output, attention, [x.grad for x in inputs], gradients

    check(program, 5e-5)


def test_attention_without_a_batch_and_of_one_tensor() -> None:
    def program(torch: ModuleType) -> Any:
        layer = fill(torch.nn.MultiheadAttention(WIDTH, HEADS), torch)
        x = torch.from_numpy(values((QUERIES, WIDTH))).requires_grad_()
        causal = torch.nn.Transformer.generate_square_subsequent_mask(QUERIES)
        seen: list[Any] = [causal]
        for need in (True, False):
            for options in ({}, {"attn_mask": causal, "is_causal": True}):
                output, attention = layer(x, x, x, need_weights=need, **options)
                output.sum().backward()
                seen += [output, attention, x.grad]
        padding = torch.tensor([False, True, False, False])
        return seen, layer(x, x, x, key_padding_mask=padding)

    check(program, 5e-5)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_what_does_not_fit_is_refused(torch: ModuleType) -> None:
    layer = torch.nn.MultiheadAttention(WIDTH, HEADS)
    x = torch.zeros(QUERIES, BATCH, WIDTH)
    with pytest.raises(RuntimeError, match="Need attn_mask"):
        layer(x, x, x, is_causal=True)
    with pytest.raises(RuntimeError, match="The shape of the 2D attn_mask"):
        layer(x, x, x, attn_mask=torch.zeros(QUERIES, KEYS))
    with pytest.raises(AssertionError):
        layer(x, x[0], x)
    with pytest.raises(AssertionError):
        layer(x, x, x, key_padding_mask=torch.zeros(QUERIES, dtype=torch.bool))
    with pytest.raises(ValueError, match="greater than 0"):
        torch.nn.MultiheadAttention(0, 1)
    with pytest.raises(AssertionError, match="divisible"):
        torch.nn.MultiheadAttention(5, 2)
    with pytest.raises(RuntimeError, match="relu/gelu"):
        torch.nn.TransformerEncoderLayer(4, 2, activation="tanh")


@pytest.mark.parametrize(
    "options", [{}, {"norm_first": True}, {"batch_first": True, "bias": False}, {"activation": "gelu"}]
)
@pytest.mark.parametrize("masked", [False, True])
def test_transformer_gives_the_same_on_both(options: dict[str, Any], masked: bool) -> None:
    def program(torch: ModuleType) -> Any:
        model = torch.nn.Transformer(WIDTH, HEADS, 2, 2, dim_feedforward=8, dropout=0.0, **options)
        fill(model, torch)
        first = options.get("batch_first", False)
        source, target = (
            torch.from_numpy(values((BATCH, n, WIDTH) if first else (n, BATCH, WIDTH), n)).requires_grad_()
            for n in (KEYS, QUERIES)
        )
        arguments: dict[str, Any] = {}
        if masked:
            arguments["tgt_mask"] = model.generate_square_subsequent_mask(QUERIES)
            arguments["src_mask"] = torch.from_numpy(values((KEYS, KEYS), 3)) > 1
            arguments["src_key_padding_mask"] = torch.from_numpy(values((BATCH, KEYS), 4)) > 1
            arguments["memory_key_padding_mask"] = arguments["src_key_padding_mask"]
        output = model(source, target, **arguments)
        (output * torch.from_numpy(values(tuple(output.shape), 5))).sum().backward()
        gradients = {n: p.grad for n, p in model.named_parameters()}
        return repr(model), list(model.state_dict()), output, source.grad, target.grad, gradients

    check(program, 2e-4)


def test_encoder_by_itself_in_evaluation() -> None:
    def program(torch: ModuleType) -> Any:
        layer = torch.nn.TransformerEncoderLayer(WIDTH, HEADS, 8, batch_first=True)
        encoder = fill(torch.nn.TransformerEncoder(layer, 2, enable_nested_tensor=False), torch).eval()
        x = torch.from_numpy(values((BATCH, KEYS, WIDTH)))
        causal = torch.nn.Transformer.generate_square_subsequent_mask(KEYS)
        return encoder(x), encoder(x, mask=causal), encoder(x, mask=causal, is_causal=True)

    check(program, 5e-5)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_transformer_refuses_other_widths_and_batches(torch: ModuleType) -> None:
    model = torch.nn.Transformer(WIDTH, HEADS, 1, 1, 8)
    with pytest.raises(RuntimeError, match="feature number"):
        model(torch.zeros(2, 3, 5), torch.zeros(2, 3, 5))
    with pytest.raises(RuntimeError, match="batch number"):
        model(torch.zeros(2, 3, WIDTH), torch.zeros(2, 4, WIDTH))


@pytest.mark.parametrize(
    "name",
    [
        "MultiheadAttention",
        "Transformer",
        "TransformerDecoder",
        "TransformerDecoderLayer",
        "TransformerEncoder",
        "TransformerEncoderLayer",
    ],
)
def test_arguments_are_pytorchs(name: str) -> None:
    for method in ("__init__", "forward"):
        names = [
            list(inspect.signature(getattr(getattr(torch.nn, name), method)).parameters)
            for torch in (vt_torch, reference)
        ]
        assert names[0] == names[1]
