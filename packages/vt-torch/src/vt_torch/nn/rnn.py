# SPDX-License-Identifier: Apache-2.0
"""Recurrent networks as modules: RNN, LSTM and GRU over whole sequences."""

from __future__ import annotations

import math
import warnings
from typing import Any

from vt_core import ops

from vt_torch import _recurrent
from vt_torch._tensor import Tensor
from vt_torch.nn import init
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter
from vt_torch.nn.utils.rnn import PackedSequence

__all__ = ["GRU", "LSTM", "RNN", "RNNBase"]

_GATES = {"LSTM": 4, "GRU": 3, "RNN_TANH": 1, "RNN_RELU": 1}


class RNNBase(Module):
    """What RNN, LSTM and GRU share.

    Parameters
    ----------
    mode : {"LSTM", "GRU", "RNN_TANH", "RNN_RELU"}
    input_size, hidden_size : int
    num_layers : int
    bias : bool
    batch_first : bool
        Sequences are ``(B, T, size)`` instead of ``(T, B, size)``.
    dropout : float
        Of the results of each layer but the last.
    bidirectional : bool
    proj_size : int
        Of an LSTM: the size to which hidden states are projected; 0 for none.
    device, dtype : optional
        Of the parameters.

    Attributes
    ----------
    weight_ih_l[k], weight_hh_l[k], bias_ih_l[k], bias_hh_l[k], weight_hr_l[k] : Parameter
        Of layer k, with ``_reverse`` behind the name for the other direction; from U(-s, s) with
        ``s = 1 / sqrt(hidden_size)``.
    """

    def __init__(
        self,
        mode: str,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        if mode not in _GATES:
            raise ValueError("Unrecognized RNN mode: " + mode)
        _check_sizes(input_size, hidden_size, num_layers, proj_size)
        _check_options(bias, batch_first, dropout, num_layers)
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        gates, out_size = _GATES[mode] * hidden_size, proj_size or hidden_size
        directions = 2 if bidirectional else 1
        self._all_weights: list[list[str]] = []
        for layer in range(num_layers):
            for suffix in ("", "_reverse")[:directions]:
                in_size = input_size if layer == 0 else out_size * directions
                shapes: dict[str, tuple[int, ...]] = {"weight_ih": (gates, in_size), "weight_hh": (gates, out_size)}
                if bias:
                    shapes |= {"bias_ih": (gates,), "bias_hh": (gates,)}
                if proj_size:
                    shapes["weight_hr"] = (proj_size, hidden_size)
                names = [f"{name}_l{layer}{suffix}" for name in shapes]
                for name, shape in zip(names, shapes.values()):
                    setattr(self, name, Parameter(ops.empty(shape, dtype=dtype, device=device)))
                self._all_weights.append(names)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        bound = 1 / math.sqrt(self.hidden_size)
        for parameter in self.parameters():
            init.uniform_(parameter, -bound, bound)

    def flatten_parameters(self) -> None:
        """Do nothing: the parameters of a layer need not lie in one piece."""

    @property
    def all_weights(self) -> list[list[Parameter]]:
        """The parameters by layer and direction."""
        return [[getattr(self, name) for name in names] for names in self._all_weights]

    def extra_repr(self) -> str:
        """Return sizes and the options that are not the default."""
        parts = [f"{self.input_size}, {self.hidden_size}"]
        defaults = {"proj_size": 0, "num_layers": 1, "bias": True, "batch_first": False, "dropout": 0}
        for name, default in {**defaults, "bidirectional": False}.items():
            if getattr(self, name) != default:
                parts.append(f"{name}={getattr(self, name)}")
        return ", ".join(parts)

    def _forward(self, input: Any, hx: Any) -> tuple[Any, tuple[Tensor, ...]]:
        """Run over padded, unbatched or packed sequences; `hx` is a tuple of states or None."""
        if isinstance(input, PackedSequence):
            return self._forward_packed(input, hx)
        if input.dim() not in (2, 3):
            name = self.mode.partition("_")[0]
            noun = " tensor" if name == "RNN" else ""
            raise ValueError(f"{name}: Expected input to be 2D or 3D, got {input.dim()}D{noun} instead")
        is_batched, batch_dim = input.dim() == 3, 0 if self.batch_first else 1
        _check_dims(hx, is_batched)
        if not is_batched:
            input = input.unsqueeze(batch_dim)
            hx = None if hx is None else tuple(state.unsqueeze(1) for state in hx)
        states = self._states(input, hx, input.shape[batch_dim], 3)
        run = getattr(_recurrent, self.mode.lower())
        options = (self.bias, self.num_layers, self.dropout, self.training, self.bidirectional, self.batch_first)
        out, *last = run(input, self._given(states), self._flat(), *options)
        if not is_batched:
            out, last = out.squeeze(batch_dim), [state.squeeze(1) for state in last]
        return out, tuple(last)

    def _forward_packed(self, input: PackedSequence, hx: Any) -> tuple[PackedSequence, tuple[Tensor, ...]]:
        data, batch_sizes, order, back = input
        if hx is not None and order is not None:
            hx = tuple(state.index_select(1, order) for state in hx)
        states = self._states(data, hx, int(batch_sizes[0].item()), 2)
        run = getattr(_recurrent, self.mode.lower())
        options = (self.bias, self.num_layers, self.dropout, self.training, self.bidirectional)
        out, *last = run(data, batch_sizes, self._given(states), self._flat(), *options)
        if back is not None:
            last = [state.index_select(1, back) for state in last]
        return PackedSequence(out, batch_sizes, order, back), tuple(last)

    def _flat(self) -> list[Parameter]:
        return [parameter for group in self.all_weights for parameter in group]

    def _given(self, states: tuple[Tensor, ...]) -> Any:
        return states if self.mode == "LSTM" else states[0]

    def _states(self, input: Tensor, hx: Any, batch: int, ndim: int) -> tuple[Tensor, ...]:
        """The states to start with, zeros when none are given, once all sizes are checked."""
        weight = getattr(self, self._all_weights[0][0])
        if input.dtype != weight.dtype:
            raise ValueError(
                f"RNN input dtype ({input.dtype}) does not match weight dtype ({weight.dtype}). "
                f"Convert input: input.to({weight.dtype}), or convert model: model.to({input.dtype})"
            )
        if input.dim() != ndim:
            raise RuntimeError(f"input must have {ndim} dimensions, got {input.dim()}")
        if input.shape[-1] != self.input_size:
            raise RuntimeError(
                f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.shape[-1]}"
            )
        count = len(self._all_weights)
        sizes = [(count, batch, self.proj_size or self.hidden_size)]
        if self.mode == "LSTM":
            sizes.append((count, batch, self.hidden_size))
        if hx is None:
            return tuple(ops.zeros(size, dtype=input.dtype, device=input.device) for size in sizes)
        for i, (state, size) in enumerate(zip(hx, sizes)):
            if tuple(state.shape) != size:
                name = f"hidden[{i}]" if self.mode == "LSTM" else "hidden"
                raise RuntimeError(f"Expected {name} size {size}, got {list(state.shape)}")
        return tuple(hx)


class RNN(RNNBase):
    """Layers of ``h' = tanh(W_ih x + b_ih + W_hh h + b_hh)``, or of ReLU; arguments as in `RNNBase`, without `mode`.

    Parameters
    ----------
    nonlinearity : {"tanh", "relu"}
        The fourth argument.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        nonlinearity: str = "tanh",
        *args: Any,
        **kwargs: Any,
    ) -> None:
        _refuse_projection(kwargs)
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")
        super().__init__(f"RNN_{nonlinearity.upper()}", input_size, hidden_size, num_layers, *args, **kwargs)
        self.nonlinearity = nonlinearity

    def forward(self, input: Any, hx: Tensor | None = None) -> Any:
        """Return the hidden states of all times ``(T, B, directions * size)`` and the last ones of each layer."""
        out, (hidden,) = self._forward(input, None if hx is None else (hx,))
        return out, hidden


class GRU(RNNBase):
    """Gated recurrent units (Cho et al., 2014, arXiv:1406.1078); arguments as in `RNNBase`, without `mode`.

    ``r = s(W_ir x + b_ir + W_hr h + b_hr)``, ``z`` alike, ``n = tanh(W_in x + b_in + r (W_hn h + b_hn))``,
    ``h' = (1 - z) n + z h``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _refuse_projection(kwargs)
        super().__init__("GRU", *args, **kwargs)

    def forward(self, input: Any, hx: Tensor | None = None) -> Any:
        """Return the hidden states of all times ``(T, B, directions * size)`` and the last ones of each layer."""
        out, (hidden,) = self._forward(input, None if hx is None else (hx,))
        return out, hidden


class LSTM(RNNBase):
    """Long short-term memory (Hochreiter and Schmidhuber, 1997); arguments as in `RNNBase`, without `mode`.

    ``i, f, o = s(W x + b + W' h + b')``, ``g = tanh(...)`` alike, ``c' = f c + i g``, ``h' = o tanh(c')``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("LSTM", *args, **kwargs)

    def forward(self, input: Any, hx: tuple[Tensor, Tensor] | None = None) -> Any:
        """Return the hidden states of all times ``(T, B, directions * size)``, and the last ones with the last cells."""
        return self._forward(input, hx)


def _refuse_projection(kwargs: dict[str, Any]) -> None:
    if "proj_size" in kwargs:
        raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")


def _check_sizes(input_size: int, hidden_size: int, num_layers: int, proj_size: int) -> None:
    for name, value in (("input_size", input_size), ("hidden_size", hidden_size)):
        if not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"{name} should be of type int, got: {type(value).__name__}")
        if value <= 0:
            raise ValueError(f"{name} must be greater than zero")
    if num_layers <= 0:
        raise ValueError("num_layers must be greater than zero")
    if proj_size < 0:
        raise ValueError("proj_size should be a positive integer or zero to disable projections")
    if proj_size >= hidden_size:
        raise ValueError("proj_size has to be smaller than hidden_size")


def _check_options(bias: Any, batch_first: Any, dropout: Any, num_layers: int) -> None:
    if isinstance(dropout, bool) or not isinstance(dropout, (int, float)) or not 0 <= dropout <= 1:
        raise ValueError(
            "dropout should be a number in range [0, 1] representing the probability of an element being zeroed"
        )
    if dropout > 0 and num_layers == 1:
        warnings.warn(
            "dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers "
            f"greater than 1, but got dropout={dropout} and num_layers={num_layers}",
            stacklevel=4,
        )
    for name, value in (("bias", bias), ("batch_first", batch_first)):
        if not isinstance(value, bool):
            raise TypeError(f"{name} should be of type bool, got: {type(value).__name__}")


def _check_dims(hx: Any, is_batched: bool) -> None:
    if hx is None or all(state.dim() == (3 if is_batched else 2) for state in hx):
        return
    kind, ndim = ("batched 3-D", 3) if is_batched else ("unbatched 2-D", 2)
    names = "hx and cx" if len(hx) == 2 else "hx"
    found = ", ".join(f"{state.dim()}-D" for state in hx)
    found = f"({found}) tensors" if len(hx) == 2 else f"{found} tensor"
    raise RuntimeError(f"For {kind} input, {names} should also be {ndim}-D but got {found}")
