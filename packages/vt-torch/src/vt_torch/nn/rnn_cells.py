# SPDX-License-Identifier: Apache-2.0
"""One step of a recurrent network as a module: RNNCell, LSTMCell, GRUCell."""

from __future__ import annotations

import math
from typing import Any

from vt_core import ops

from vt_torch import _recurrent
from vt_torch._tensor import Tensor
from vt_torch.nn import init
from vt_torch.nn.module import Module
from vt_torch.nn.parameter import Parameter

__all__ = ["GRUCell", "LSTMCell", "RNNCell", "RNNCellBase"]


class RNNCellBase(Module):
    """What the cells share: weights of the input and of the hidden state for `num_chunks` gates, and their biases.

    Attributes
    ----------
    weight_ih, weight_hh : Parameter
        ``(num_chunks * hidden_size, input_size)`` and ``(num_chunks * hidden_size, hidden_size)``, from U(-s, s) with
        ``s = 1 / sqrt(hidden_size)``.
    bias_ih, bias_hh : Parameter or None
        ``(num_chunks * hidden_size,)``, alike.
    """

    weight_ih: Parameter
    weight_hh: Parameter
    bias_ih: Parameter | None
    bias_hh: Parameter | None

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool,
        num_chunks: int,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        gates, options = num_chunks * hidden_size, {"dtype": dtype, "device": device}
        self.weight_ih = Parameter(ops.empty((gates, input_size), **options))
        self.weight_hh = Parameter(ops.empty((gates, hidden_size), **options))
        if bias:
            self.bias_ih = Parameter(ops.empty((gates,), **options))
            self.bias_hh = Parameter(ops.empty((gates,), **options))
        else:
            self.register_parameter("bias_ih", None)
            self.register_parameter("bias_hh", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        bound = 1 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for parameter in self.parameters():
            init.uniform_(parameter, -bound, bound)

    def extra_repr(self) -> str:
        """Return sizes and the options that are not the default."""
        text = f"{self.input_size}, {self.hidden_size}"
        if self.bias is not True:
            text += f", bias={self.bias}"
        nonlinearity = getattr(self, "nonlinearity", "tanh")
        return text if nonlinearity == "tanh" else f"{text}, nonlinearity={nonlinearity}"

    def _step(self, function: Any, input: Tensor, states: tuple[Tensor, ...] | None) -> tuple[Tensor, ...]:
        """Call a cell on a batch, a single row being one of one; the states start as zeros."""
        name = type(self).__name__
        if input.dim() not in (1, 2):
            raise ValueError(f"{name}: Expected input to be 1D or 2D, got {input.dim()}D instead")
        for i, state in enumerate(states or ()):
            if state.dim() not in (1, 2):
                what = f"hx[{i}]" if name == "LSTMCell" else "hidden"
                raise ValueError(f"{name}: Expected {what} to be 1D or 2D, got {state.dim()}D instead")
        is_single = input.dim() == 1
        rows = input.unsqueeze(0) if is_single else input
        if states is None:
            zeros = ops.zeros((rows.shape[0], self.hidden_size), dtype=rows.dtype, device=rows.device)
            states = (zeros, zeros)
        elif is_single:
            states = tuple(state.unsqueeze(0) for state in states)
        hx = states if function is _recurrent.lstm_cell else states[0]
        last = function(rows, hx, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        result: tuple[Tensor, ...] = (last,) if isinstance(last, Tensor) else last
        return tuple(state.squeeze(0) for state in result) if is_single else result


class RNNCell(RNNCellBase):
    """``h' = tanh(W_ih x + b_ih + W_hh h + b_hh)``, or the same under ReLU."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        nonlinearity: str = "tanh",
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """Return the hidden state ``(B, hidden_size)`` after an input ``(B, input_size)``; also without B."""
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        function = _recurrent.rnn_tanh_cell if self.nonlinearity == "tanh" else _recurrent.rnn_relu_cell
        return self._step(function, input, None if hx is None else (hx,))[0]


class LSTMCell(RNNCellBase):
    """One step of an LSTM; see `vt_torch.nn.LSTM`."""

    def __init__(
        self, input_size: int, hidden_size: int, bias: bool = True, device: Any = None, dtype: Any = None
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)

    def forward(self, input: Tensor, hx: tuple[Tensor, Tensor] | None = None) -> tuple[Tensor, Tensor]:
        """Return hidden state and cells ``(B, hidden_size)`` after an input ``(B, input_size)``; also without B."""
        hidden, cells = self._step(_recurrent.lstm_cell, input, hx)
        return hidden, cells


class GRUCell(RNNCellBase):
    """One step of gated recurrent units; see `vt_torch.nn.GRU`."""

    def __init__(
        self, input_size: int, hidden_size: int, bias: bool = True, device: Any = None, dtype: Any = None
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """Return the hidden state ``(B, hidden_size)`` after an input ``(B, input_size)``; also without B."""
        return self._step(_recurrent.gru_cell, input, None if hx is None else (hx,))[0]
