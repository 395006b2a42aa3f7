# SPDX-License-Identifier: Apache-2.0
"""Random programs of out-of-place, in-place and view operations: values and gradients equal PyTorch's."""

import random

import pytest
import vt_autograd as ag
import vt_core as vt

torch = pytest.importorskip("torch")

SHAPE = (3, 4)


def unary_views(rng):
    """Yield a name and a function that both libraries understand; the result has two dimensions."""
    dim = rng.randrange(2)
    start = rng.randrange(2)
    return rng.choice(
        [
            ("transpose", lambda t: t.transpose(0, 1)),
            ("slice", lambda t: t[start:] if dim == 0 else t[:, start:]),
            ("step", lambda t: t[::2] if dim == 0 else t[:, ::2]),
            ("reshape", lambda t: t.reshape(tuple(reversed(t.shape)))),
            ("select", lambda t: t[0].unsqueeze(0) if dim == 0 else t[:, 0].unsqueeze(1)),
            ("permute", lambda t: t.permute((1, 0))),
            ("strided", lambda t: t.as_strided((2, 2), (1, 2))),
            ("squeeze", lambda t: t.unsqueeze(0).squeeze(0)),
        ]
    )


class Program:
    """A seeded program, replayed in either library."""

    def __init__(self, seed):
        self.seed = seed

    def run(self, lib, leaf_of):
        rng = random.Random(self.seed)
        leaves = [leaf_of([[rng.uniform(-1, 1) for _ in range(SHAPE[1])] for _ in range(SHAPE[0])]) for _ in range(2)]
        plain = lib.tensor([[rng.uniform(-1, 1) for _ in range(SHAPE[1])] for _ in range(SHAPE[0])], dtype=lib.float64)
        values = [leaves[0] * 1.0, leaves[1] * 2.0, plain, plain * 3.0]
        errors = []
        for step in range(rng.randrange(4, 12)):
            kind = rng.choice(["view", "view", "binary", "scalar_", "binary_", "copy_", "zero_", "fill_", "leafmul_"])
            a = values[rng.randrange(len(values))]
            factor = rng.uniform(-1, 1)
            leaf = leaves[rng.randrange(2)]
            _, view = unary_views(rng)
            b = values[rng.randrange(len(values))]
            _ = a.grad_fn  # PyTorch calls a view whose base came to require grad a leaf until its grad_fn is looked at
            try:
                if kind == "view":
                    values.append(view(a))
                elif kind == "binary":
                    values.append((a * b if tuple(a.shape) == tuple(b.shape) else a * factor) + factor)
                elif kind == "scalar_":
                    a *= factor
                elif kind == "binary_" and tuple(a.shape) == tuple(b.shape):
                    a += b * 1.0
                elif kind == "copy_" and tuple(a.shape) == tuple(b.shape):
                    a.copy_(b * factor)
                elif kind == "zero_":
                    a.zero_()
                elif kind == "fill_":
                    a.fill_(factor)
                elif kind == "leafmul_":
                    a += leaf.sum() * factor
            except RuntimeError:
                errors.append(step)
        total = None
        for value in values:
            part = (value * value).sum()
            total = part if total is None else total + part
        try:
            total.backward()
        except RuntimeError as error:
            return errors, type(error).__name__, None
        return errors, total.item(), [None if leaf.grad is None else leaf.grad.tolist() for leaf in leaves]


def close(a, b):
    if a is None or b is None:
        return a is b
    if isinstance(a, list):
        return len(a) == len(b) and all(close(x, y) for x, y in zip(a, b))
    return abs(a - b) <= 1e-9 + 1e-9 * abs(b)


@pytest.mark.parametrize("block", range(20))
def test_random_programs_equal_pytorch(block):
    for seed in range(block * 40, block * 40 + 40):
        program = Program(seed)
        expected = program.run(torch, lambda rows: torch.tensor(rows, dtype=torch.float64, requires_grad=True))
        got = program.run(vt, lambda rows: vt.tensor(rows, dtype=vt.float64).requires_grad_())
        assert got[0] == expected[0], f"seed {seed}: refused steps {got[0]}, PyTorch {expected[0]}"
        assert type(got[1]) is type(expected[1]), f"seed {seed}: {got[1]} against {expected[1]}"
        if isinstance(got[1], float):
            assert close(got[1], expected[1]), f"seed {seed}"
        assert close(got[2], expected[2]), f"seed {seed}: {got[2]} against {expected[2]}"
    assert ag.is_grad_enabled()
