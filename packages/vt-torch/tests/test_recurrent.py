# SPDX-License-Identifier: Apache-2.0
"""Recurrent networks and packed sequences against PyTorch: results, gradients, names, refusals."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from programs import LIBRARIES, check, fill, values

LENGTHS = [5, 3, 3, 1]
KINDS = ["RNN", "LSTM", "GRU"]
OPTIONS: dict[str, dict[str, Any]] = {
    "plain": {},
    "no bias": {"bias": False},
    "layers": {"num_layers": 3},
    "bidirectional": {"bidirectional": True, "num_layers": 2},
    "batch first": {"batch_first": True, "bidirectional": True},
    "relu": {"nonlinearity": "relu"},
    "projection": {"proj_size": 2, "num_layers": 2, "bidirectional": True},
}
CASES = [
    (kind, option)
    for kind in KINDS
    for option in OPTIONS
    if (option != "relu" or kind == "RNN") and (option != "projection" or kind == "LSTM")
]


def build(torch: ModuleType, kind: str, option: str) -> Any:
    return fill(getattr(torch.nn, kind)(3, 4, **OPTIONS[option]), torch)


def states(torch: ModuleType, net: Any, batch: int | None) -> Any:
    """States that require gradients, as the module takes them."""
    count = net.num_layers * (2 if net.bidirectional else 1)
    middle = () if batch is None else (batch,)
    hidden = torch.from_numpy(values((count, *middle, net.proj_size or 4), 8)).requires_grad_()
    if net.mode != "LSTM":
        return hidden, [hidden]
    cells = torch.from_numpy(values((count, *middle, 4), 9)).requires_grad_()
    return (hidden, cells), [hidden, cells]


def outcome(net: Any, out: Any, last: Any, leaves: list[Any]) -> Any:
    """Results, and gradients of inputs, states and parameters."""
    last = list(last) if isinstance(last, tuple) else [last]
    total = (out * out).sum() + sum((state * state).sum() for state in last)
    total.backward()
    return out, last, [leaf.grad for leaf in leaves], {name: p.grad for name, p in net.named_parameters()}


@pytest.mark.filterwarnings("ignore:LSTM with projections")
@pytest.mark.parametrize(("kind", "option"), CASES)
def test_padded_sequences(kind: str, option: str) -> None:
    def program(torch: ModuleType) -> Any:
        net = build(torch, kind, option)
        x = torch.from_numpy(values((5, 4, 3), 1)).requires_grad_()
        hx, leaves = states(torch, net, 5 if net.batch_first else 4)
        return list(net.state_dict()), repr(net), outcome(net, *net(x, hx), [x, *leaves]), net(x)[0]

    check(program, 1e-4)


@pytest.mark.filterwarnings("ignore:LSTM with projections")
@pytest.mark.parametrize("is_sorted", [True, False])
@pytest.mark.parametrize(("kind", "option"), CASES)
def test_packed_sequences(kind: str, option: str, is_sorted: bool) -> None:
    def program(torch: ModuleType) -> Any:
        net = build(torch, kind, option)
        rnn = torch.nn.utils.rnn
        shape = (4, 5, 3) if net.batch_first else (5, 4, 3)
        x = torch.from_numpy(values(shape, 1)).requires_grad_()
        lengths = LENGTHS if is_sorted else [3, 5, 1, 3]
        packed = rnn.pack_padded_sequence(x, lengths, net.batch_first, enforce_sorted=is_sorted)
        hx, leaves = states(torch, net, 4)
        out, last = net(packed, hx)
        padded, given = rnn.pad_packed_sequence(out, net.batch_first)
        return outcome(net, padded, last, [x, *leaves]), given, out.batch_sizes, net(packed)[0].data

    check(program, 1e-4)


@pytest.mark.filterwarnings("ignore:LSTM with projections")
@pytest.mark.parametrize(("kind", "option"), CASES)
def test_one_sequence_without_a_batch(kind: str, option: str) -> None:
    def program(torch: ModuleType) -> Any:
        net = build(torch, kind, option)
        x = torch.from_numpy(values((5, 3), 1)).requires_grad_()
        hx, leaves = states(torch, net, None)
        return outcome(net, *net(x, hx), [x, *leaves])

    check(program, 1e-4)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("kind", ["RNNCell", "LSTMCell", "GRUCell"])
def test_cells(kind: str, bias: bool) -> None:
    def program(torch: ModuleType) -> Any:
        net = fill(getattr(torch.nn, kind)(3, 4, bias), torch)
        x = torch.from_numpy(values((2, 3), 1)).requires_grad_()
        first = net(x)
        second = net(x, first)
        leaves = list(second) if isinstance(second, tuple) else [second]
        sum((leaf * leaf).sum() for leaf in leaves).backward()
        single = net(x[0])
        grads = {name: p.grad for name, p in net.named_parameters()}
        return repr(net), list(net.state_dict()), leaves, x.grad, grads, list(single) if bias else None

    check(program, 1e-4)


def test_cell_with_relu() -> None:
    check(lambda torch: fill(torch.nn.RNNCell(3, 4, nonlinearity="relu"), torch)(torch.from_numpy(values((2, 3)))))


def test_second_derivatives() -> None:
    def program(torch: ModuleType) -> Any:
        net = fill(torch.nn.GRU(3, 4, 2, bidirectional=True), torch)
        x = torch.from_numpy(values((3, 2, 3), 1)).requires_grad_()
        out, _ = net(x)
        (first,) = torch.autograd.grad((out * out).sum(), [x], create_graph=True)
        return torch.autograd.grad((first * first).sum(), [x, *net.parameters()])

    check(program, 1e-4)


def test_half_types_and_other_dtypes() -> None:
    def program(torch: ModuleType) -> Any:
        net = fill(torch.nn.GRU(3, 4), torch)
        x = torch.from_numpy(values((3, 2, 3), 1))
        return net.double()(x.double())[0], net.bfloat16()(x.bfloat16())[0]

    check(program, 2e-2)


def test_dropout_between_layers_only_in_training() -> None:
    for torch in LIBRARIES:
        net = fill(torch.nn.LSTM(3, 4, 2, dropout=1.0), torch)
        x = torch.from_numpy(values((3, 2, 3), 1))
        zeros = net(torch.zeros(3, 2, 3))[0]
        trained, evaluated = net(x)[0], net.eval()(x)[0]
        assert not torch.equal(trained, evaluated)
        assert trained.shape == zeros.shape


def test_functions() -> None:
    def program(torch: ModuleType) -> Any:
        net = fill(torch.nn.LSTM(3, 4, 2), torch)
        params = [p for group in net.all_weights for p in group]
        x, hx = torch.from_numpy(values((3, 2, 3), 1)), (torch.zeros(2, 2, 4), torch.zeros(2, 2, 4))
        padded = torch.lstm(x, hx, params, True, 2, 0.0, False, False, False)
        packed = torch.lstm(x.reshape(6, 3), torch.tensor([2, 2, 2]), hx, params, True, 2, 0.0, False, False)
        cell = torch.lstm_cell(x[0], (hx[0][0], hx[1][0]), *params[:4])
        return list(padded), list(packed), list(cell)

    check(program)


def test_sequences_of_different_lengths() -> None:
    def program(torch: ModuleType) -> Any:
        rnn = torch.nn.utils.rnn
        parts = [torch.from_numpy(values((n, 2), n)) for n in (2, 4, 1)]
        padded = rnn.pad_sequence(parts, padding_value=7.0)
        first = rnn.pad_sequence(parts, batch_first=True, padding_side="left")
        packed = rnn.pack_sequence(parts, enforce_sorted=False)
        wide, lengths = rnn.pad_packed_sequence(packed, batch_first=True, padding_value=-1.0, total_length=6)
        return (
            padded,
            first,
            list(packed),
            wide,
            lengths,
            rnn.unpack_sequence(packed),
            rnn.unpad_sequence(padded.clone(), torch.tensor([2, 4, 1])),
            packed.double().data.sum().item(),
            rnn.invert_permutation(torch.tensor([2, 0, 1])),
        )

    check(program)


def test_packed_sequence_is_a_tuple_that_moves() -> None:
    for torch in LIBRARIES:
        packed = torch.nn.utils.rnn.pack_sequence([torch.ones(2, 3), torch.ones(1, 3)])
        assert packed.cpu() is packed
        assert not packed.is_cuda
        _, _, sorted_indices, unsorted_indices = packed
        assert sorted_indices is unsorted_indices is None
        assert packed.half().data.dtype == torch.float16
        assert isinstance(packed.long(), torch.nn.utils.rnn.PackedSequence)


REFUSALS: dict[str, Callable[[ModuleType], Any]] = {
    "projection of a gru": lambda t: t.nn.GRU(3, 4, proj_size=2),
    "projection too large": lambda t: t.nn.LSTM(3, 4, proj_size=4),
    "hidden size": lambda t: t.nn.LSTM(3, 0),
    "input type": lambda t: t.nn.LSTM(3.0, 4),
    "layers": lambda t: t.nn.LSTM(3, 4, 0),
    "dropout": lambda t: t.nn.LSTM(3, 4, 2, dropout=1.5),
    "bias": lambda t: t.nn.LSTM(3, 4, bias=1),
    "nonlinearity": lambda t: t.nn.RNN(3, 4, nonlinearity="sigmoid"),
    "dimensions": lambda t: t.nn.LSTM(3, 4)(t.ones(3)),
    "input size": lambda t: t.nn.LSTM(3, 4)(t.ones(2, 2, 4)),
    "dtype": lambda t: t.nn.LSTM(3, 4)(t.ones(2, 2, 3).double()),
    "hidden": lambda t: t.nn.GRU(3, 4)(t.ones(2, 2, 3), t.ones(2, 2, 4)),
    "hidden dims": lambda t: t.nn.GRU(3, 4)(t.ones(2, 2, 3), t.ones(2, 4)),
    "cell dims": lambda t: t.nn.LSTM(3, 4)(t.ones(2, 3), (t.ones(1, 1, 4), t.ones(1, 1, 4))),
    "cell input": lambda t: t.nn.LSTMCell(3, 4)(t.ones(1, 1, 3)),
    "order": lambda t: t.nn.utils.rnn.pack_padded_sequence(t.ones(3, 2, 1), [1, 3]),
    "number": lambda t: t.nn.utils.rnn.pack_padded_sequence(t.ones(3, 2, 1), [3]),
    "zero length": lambda t: t.nn.utils.rnn.pack_padded_sequence(t.ones(3, 2, 1), [3, 0]),
    "total length": lambda t: t.nn.utils.rnn.pad_packed_sequence(
        t.nn.utils.rnn.pack_sequence([t.ones(3)]), total_length=2
    ),
    "no sequences": lambda t: t.nn.utils.rnn.pad_sequence([]),
    "side": lambda t: t.nn.utils.rnn.pad_sequence([t.ones(2)], padding_side="top"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refuses_what_pytorch_refuses(name: str) -> None:
    classes = []
    for torch in LIBRARIES:
        with pytest.raises(Exception) as caught:
            REFUSALS[name](torch)
        classes.append(caught.type)
    assert issubclass(classes[0], classes[1])


def test_warns_of_dropout_without_effect() -> None:
    for torch in LIBRARIES:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            torch.nn.LSTM(3, 4, dropout=0.5)
        assert any("dropout option adds dropout after all but last" in str(w.message) for w in caught)
