# SPDX-License-Identifier: Apache-2.0
"""lstm, gru, rnn_tanh, rnn_relu and their cells: layers and directions around the operator of one layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vt_core import ops

from vt_torch._tensor import Tensor

__all__ = ["gru", "gru_cell", "lstm", "lstm_cell", "rnn_relu", "rnn_relu_cell", "rnn_tanh", "rnn_tanh_cell"]


def lstm(*args: Any, **kwargs: Any) -> tuple[Tensor, Tensor, Tensor]:
    """A long short-term memory of several layers.

    Called as ``(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first)`` or, for packed
    sequences, ``(data, batch_sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional)``.

    Parameters
    ----------
    input : Tensor
        ``(T, B, input_size)``, or ``(B, T, input_size)`` under `batch_first`.
    hx : pair of Tensor
        Hidden states ``(layers * directions, B, size)`` and cells.
    params : sequence of Tensor
        For each layer and direction: the weights of input and hidden state, their biases, and of a projection.

    Returns
    -------
    output : Tensor
        ``(T, B, directions * size)``, laid out as `input`.
    h_n, c_n : Tensor
        The last states.
    """
    out, hidden, cells = _run("lstm", args, kwargs)
    assert cells is not None
    return out, hidden, cells


def gru(*args: Any, **kwargs: Any) -> tuple[Tensor, Tensor]:
    """Gated recurrent units of several layers; called as `lstm`, with one tensor of hidden states as `hx`."""
    return _run("gru", args, kwargs)[:2]


def rnn_tanh(*args: Any, **kwargs: Any) -> tuple[Tensor, Tensor]:
    """Layers of ``h' = tanh(x W_ih + h W_hh + b)``; called as `gru`."""
    return _run("rnn_tanh", args, kwargs)[:2]


def rnn_relu(*args: Any, **kwargs: Any) -> tuple[Tensor, Tensor]:
    """Layers of ``h' = max(x W_ih + h W_hh + b, 0)``; called as `gru`."""
    return _run("rnn_relu", args, kwargs)[:2]


def lstm_cell(
    input: Tensor,
    hx: Sequence[Tensor],
    w_ih: Tensor,
    w_hh: Tensor,
    b_ih: Tensor | None = None,
    b_hh: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """One step of an LSTM: hidden states and cells ``(B, size)`` after an input ``(B, input_size)``."""
    _, hidden, cells = _layer("lstm", input, [input.shape[0]], hx[0], hx[1], (w_ih, w_hh, b_ih, b_hh, None), False)
    assert cells is not None
    return hidden, cells


def gru_cell(
    input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor | None = None, b_hh: Tensor | None = None
) -> Tensor:
    """One step of gated recurrent units: the hidden states ``(B, size)`` after an input ``(B, input_size)``."""
    return _layer("gru", input, [input.shape[0]], hx, None, (w_ih, w_hh, b_ih, b_hh, None), False)[1]


def rnn_tanh_cell(
    input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor | None = None, b_hh: Tensor | None = None
) -> Tensor:
    """``tanh(input W_ih + hx W_hh + b)``."""
    return _layer("rnn_tanh", input, [input.shape[0]], hx, None, (w_ih, w_hh, b_ih, b_hh, None), False)[1]


def rnn_relu_cell(
    input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor | None = None, b_hh: Tensor | None = None
) -> Tensor:
    """``max(input W_ih + hx W_hh + b, 0)``."""
    return _layer("rnn_relu", input, [input.shape[0]], hx, None, (w_ih, w_hh, b_ih, b_hh, None), False)[1]


Params = tuple[Tensor, Tensor, "Tensor | None", "Tensor | None", "Tensor | None"]


def _layer(
    mode: str, rows: Tensor, batch_sizes: list[int], h0: Tensor, c0: Tensor | None, params: Params, reverse: bool
) -> tuple[Tensor, Tensor, Tensor | None]:
    """One direction of one layer; its biases add to the gates but for a GRU, which keeps one of them apart."""
    w_ih, w_hh, b_ih, b_hh, w_hr = params
    beside = None
    if mode == "gru":
        beside = b_hh
    elif b_ih is not None and b_hh is not None:
        b_ih = ops.add(b_ih, b_hh)
    gates = ops.linear(rows, w_ih, b_ih)
    return ops.recurrent_layer(gates, h0, c0, w_hh, beside, w_hr, batch_sizes, mode, reverse)


def _run(mode: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Tensor, Tensor, Tensor | None]:
    # The second argument of the packed form is a tensor of batch sizes, its third the states.
    if len(args) > 2 and isinstance(args[1], Tensor) and _is_states(mode, args[2]):
        return _run_packed(mode, *args, **kwargs)
    return _run_padded(mode, *args, **kwargs)


def _is_states(mode: str, value: Any) -> bool:
    return isinstance(value, (tuple, list)) if mode == "lstm" else isinstance(value, Tensor)


def _run_padded(
    mode: str,
    input: Tensor,
    hx: Any,
    params: Sequence[Tensor],
    has_biases: bool,
    num_layers: int,
    dropout: float,
    train: bool,
    bidirectional: bool,
    batch_first: bool,
) -> tuple[Tensor, Tensor, Tensor | None]:
    by_time = input.transpose(0, 1) if batch_first else input
    num_times, batch = by_time.shape[:2]
    rows = by_time.reshape((num_times * batch, by_time.shape[2]))
    sizes = [batch] * num_times if batch else []
    out, hidden, cells = _layers(mode, rows, sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional)
    out = out.reshape((num_times, batch, out.shape[1]))
    return out.transpose(0, 1) if batch_first else out, hidden, cells


def _run_packed(
    mode: str,
    data: Tensor,
    batch_sizes: Tensor,
    hx: Any,
    params: Sequence[Tensor],
    has_biases: bool,
    num_layers: int,
    dropout: float,
    train: bool,
    bidirectional: bool,
) -> tuple[Tensor, Tensor, Tensor | None]:
    sizes = batch_sizes.tolist()
    return _layers(mode, data, sizes, hx, params, has_biases, num_layers, dropout, train, bidirectional)


def _layers(
    mode: str,
    rows: Tensor,
    batch_sizes: list[int],
    hx: Any,
    params: Sequence[Tensor],
    has_biases: bool,
    num_layers: int,
    dropout: float,
    train: bool,
    bidirectional: bool,
) -> tuple[Tensor, Tensor, Tensor | None]:
    """All layers; both directions of one are joined before the next."""
    directions = 2 if bidirectional else 1
    states = (hx[0].unbind(0), hx[1].unbind(0)) if mode == "lstm" else (hx.unbind(0), None)
    groups = _grouped(params, num_layers * directions, has_biases)
    hidden: list[Tensor] = []
    cells: list[Tensor] = []
    for layer in range(num_layers):
        outs: list[Tensor] = []
        for direction in range(directions):
            k = layer * directions + direction
            c0 = states[1][k] if states[1] is not None else None
            out, h_n, c_n = _layer(mode, rows, batch_sizes, states[0][k], c0, groups[k], direction == 1)
            outs.append(out)
            hidden.append(h_n)
            if c_n is not None:
                cells.append(c_n)
        rows = outs[0] if len(outs) == 1 else ops.cat(outs, 1)
        if dropout and layer + 1 < num_layers:
            rows = ops.dropout(rows, dropout, train)
    return rows, ops.stack(hidden), ops.stack(cells) if cells else None


def _grouped(params: Sequence[Tensor], num_groups: int, has_biases: bool) -> list[Params]:
    """Weights and biases by layer and direction."""
    each = len(params) // num_groups
    if each * num_groups != len(params) or each not in ((4, 5) if has_biases else (2, 3)):
        raise RuntimeError(f"recurrent layers: got {len(params)} parameters for {num_groups} layers and directions")
    groups: list[Params] = []
    for k in range(num_groups):
        own = params[k * each : (k + 1) * each]
        b_ih, b_hh = (own[2], own[3]) if has_biases else (None, None)
        groups.append((own[0], own[1], b_ih, b_hh, own[-1] if each % 2 else None))
    return groups
