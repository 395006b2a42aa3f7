# SPDX-License-Identifier: Apache-2.0
"""Rows of `gpu.py kernels` and `gpu.py calls`: one function per family, which makes the same row in either library."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from gpu_timing import Clock
from torch.nn.attention import SDPBackend, sdpa_kernel

Show = Callable[..., None]


@dataclass(frozen=True)
class Row:
    """A call, and the bytes or floating-point operations it cannot do without."""

    name: str
    call: Callable[[], Any]
    moved: float = 0
    flops: float = 0
    in_a_row: int = 0  # calls without empty caches; 0 for cold ones


class Maker:
    """Makes rows in one library; sizes shrink where no GPU is measured."""

    def __init__(self, lib: Any, is_cuda: bool) -> None:
        self.lib, self.F, self.is_cuda = lib, lib.nn.functional, is_cuda
        self.device = "cuda" if is_cuda else "cpu"

    def size(self, *sizes: int) -> tuple[int, ...]:
        return sizes if self.is_cuda else tuple(max(2, min(n, 16)) for n in sizes)

    def draw(self, *sizes: int, dtype: Any = None, grad: bool = False) -> Any:
        drawn = self.lib.randn(*sizes, device=self.device, dtype=dtype or self.lib.bfloat16)
        return drawn.requires_grad_() if grad else drawn

    def round_float32(self, rounds: bool) -> None:
        """Let float32 operands of convolutions be rounded to TF32, or not."""
        if self.lib is torch:
            torch.backends.cudnn.allow_tf32 = rounds
        elif self.is_cuda:
            import vt_cuda

            vt_cuda.set_float32_matmul_precision("high" if rounds else "highest")

    def labels(self, high: int, *sizes: int) -> Any:
        return self.lib.randint(0, high, sizes, device=self.device)

    def forward_and_backward(
        self, name: str, function: Callable[..., Any], inputs: tuple[Any, ...], grad: Any, units: tuple[float, float]
    ) -> Iterator[Row]:
        """Yield the forward pass, and both passes; `units` are the bytes of each."""
        plain = tuple(t.detach() for t in inputs)
        wanted = tuple(t for t in inputs if t.requires_grad)
        yield Row(f"{name} fwd", lambda: function(*plain), units[0])
        yield Row(f"{name} fwd+bwd", lambda: self.lib.autograd.grad(function(*inputs), wanted, grad), units[1])


def norms(m: Maker) -> Iterator[Row]:
    rows, size = m.size(4096, 8192)
    x, w, b, grad = m.draw(rows, size, grad=True), m.draw(size, grad=True), m.draw(size, grad=True), m.draw(rows, size)
    unit = 2.0 * rows * size
    layer = lambda x, w, b: m.F.layer_norm(x, (size,), w, b, 1e-5)  # noqa: E731
    yield from m.forward_and_backward("layer_norm bf16", layer, (x, w, b), grad, (2 * unit, 5 * unit))
    rms = lambda x, w: m.F.rms_norm(x, (size,), w, 1e-6)  # noqa: E731
    yield from m.forward_and_backward("rms_norm bf16", rms, (x, w), grad, (2 * unit, 5 * unit))


def rotary(m: Maker) -> Iterator[Row]:
    batch, heads, time, dim = m.size(4, 8, 2048, 128)
    q, k = m.draw(batch, heads, time, dim), m.draw(batch, heads, time, dim)
    cos, sin = m.draw(time, dim // 2), m.draw(time, dim // 2)
    if m.lib is torch:

        def turned(x: Any) -> Any:
            first, second = x.chunk(2, -1)
            return torch.cat((first * cos - second * sin, second * cos + first * sin), -1)

    else:
        cos, sin = cos.float(), sin.float()
        turned = lambda x: m.F.rotary_embedding(x, cos, sin)  # noqa: E731
    yield Row("rotary bf16 q,k", lambda: (turned(q), turned(k)), 8.0 * q.numel())


def softmax(m: Maker) -> Iterator[Row]:
    rows, size = m.size(8192, 8192)
    unit = 2.0 * rows * size
    call = lambda x: m.F.softmax(x, -1)  # noqa: E731
    inputs, grad = (m.draw(rows, size, grad=True),), m.draw(rows, size)
    yield from m.forward_and_backward("softmax bf16", call, inputs, grad, (2 * unit, 5 * unit))


def cross_entropy(m: Maker) -> Iterator[Row]:
    rows, size = m.size(8192, 50304)
    labels = m.labels(size, rows)
    call = lambda x: m.F.cross_entropy(x, labels)  # noqa: E731
    for name, dtype in (("bf16", m.lib.bfloat16), ("f32", m.lib.float32)):
        x = m.draw(rows, size, dtype=dtype, grad=True)
        unit = 1.0 * rows * size * x.element_size()
        yield from m.forward_and_backward(f"cross_entropy {name}", call, (x,), None, (unit, 3 * unit))


def embedding(m: Maker) -> Iterator[Row]:
    (num,), (dim,), (tokens,) = m.size(50304), m.size(1024), m.size(65536)
    weight, grad, index = m.draw(num, dim, grad=True), m.draw(tokens, dim), m.labels(num, tokens)
    plain = weight.detach()
    yield Row("embedding bf16 fwd", lambda: m.F.embedding(index, plain), 4.0 * tokens * dim)
    out = m.F.embedding(index, weight)
    backward = lambda: m.lib.autograd.grad(out, weight, grad, retain_graph=True)  # noqa: E731
    yield Row("embedding bf16 bwd", backward, 2.0 * dim * (tokens + num))


def adamw(m: Maker) -> Iterator[Row]:
    total = 100_000_000 if m.is_cuda else 1000
    for count in (1, 148):
        parameters = [m.draw(total // count, dtype=m.lib.float32, grad=True) for _ in range(count)]
        for p in parameters:
            p.grad = m.lib.randn_like(p)
        optimizer = m.lib.optim.AdamW(parameters, lr=1e-3, weight_decay=0.1, fused=True)
        yield Row(f"AdamW f32, {count} tensors", optimizer.step, 28.0 * (total // count) * count, in_a_row=4)


def column_sums(m: Maker) -> Iterator[Row]:
    for rows, size in (m.size(20480, 256), m.size(20480, 1024), m.size(8192, 4096)):
        for name, dtype in (("bf16", m.lib.bfloat16), ("f32", m.lib.float32)):
            x = m.draw(rows, size, dtype=dtype)
            call = lambda x=x: x.sum(0)  # noqa: E731
            yield Row(f"sum of columns {name} {rows}x{size}", call, 1.0 * rows * size * x.element_size())


def pointwise(m: Maker) -> Iterator[Row]:
    rows, size = m.size(8192, 8192)
    unit = 2.0 * rows * size
    x, grad, single = m.draw(rows, size, grad=True), m.draw(rows, size), m.draw(rows, size, dtype=m.lib.float32)
    gelu = lambda x: m.F.gelu(x, approximate="tanh")  # noqa: E731
    yield from m.forward_and_backward("gelu tanh bf16", gelu, (x,), grad, (2 * unit, 5 * unit))
    yield Row("add bf16", lambda: grad + grad, 2 * unit)
    yield Row("add f32 and bf16", lambda: single + grad, 5 * unit)
    yield Row("cast f32 to bf16", lambda: single.to(m.lib.bfloat16), 3 * unit)


def lines(m: Maker) -> Iterator[Row]:
    for shape, dim in (((1, 1 << 26), 1), ((8192, 8192), 1), ((8192, 8192), 0)):
        rows, size = m.size(*shape)
        x = m.draw(rows, size, dtype=m.lib.float32)
        unit = 4.0 * rows * size
        name = f"f32 {shape[0]}x{shape[1]} along {dim}"
        yield Row(f"cumsum {name}", lambda x=x, dim=dim: m.lib.cumsum(x, dim), 2 * unit)
        yield Row(f"cummax {name}", lambda x=x, dim=dim: m.lib.cummax(x, dim), 4 * unit)
    (long,), (rows, size) = m.size(1 << 24), m.size(65536, 256)
    for name, x in (
        ("f32 16777216", m.draw(long, dtype=m.lib.float32)),
        ("f32 65536x256", m.draw(rows, size, dtype=m.lib.float32)),
    ):
        yield Row(f"sort {name}", lambda x=x: m.lib.sort(x, -1), 16.0 * x.numel())
        yield Row(f"median {name}", lambda x=x: m.lib.median(x, -1), 4.0 * x.numel())


def scatters(m: Maker) -> Iterator[Row]:
    (num,), (size,), (count,) = m.size(1 << 20), m.size(64), m.size(1 << 16)
    x, values = m.draw(count, size, dtype=m.lib.float32), m.draw(num, size, dtype=m.lib.float32)
    line = m.labels(count, num)
    for name, index in (("rows", line.unsqueeze(1).expand(num, size)), ("elements", m.labels(count, num, size))):
        moved = 4.0 * (num + 2 * count) * size + 8.0 * (num if name == "rows" else num * size)
        yield Row(f"scatter_add f32 {name}", lambda index=index: x.scatter_add(0, index, values), moved)
        largest = lambda index=index: x.scatter_reduce(0, index, values, "amax")  # noqa: E731
        yield Row(f"scatter_reduce amax f32 {name}", largest, moved)


def attention(m: Maker) -> Iterator[Row]:
    shapes = (
        (32, 10, 10, 2048, 128, True),
        (4, 16, 16, 8192, 128, True),
        (2, 8, 4, 1024, 128, True),
        (256, 8, 8, 80, 32, False),
        (64, 8, 8, 128, 32, True),
    )
    for *sizes, causal in shapes:
        batch_, heads_, shared_, time_, dim = m.size(*sizes)
        q, k, v = (m.draw(batch_, n, time_, dim, grad=True) for n in (heads_, shared_, shared_))
        grad = m.draw(batch_, heads_, time_, dim)
        flops = (2.0 if causal else 4.0) * batch_ * heads_ * time_ * time_ * dim
        name = f"attention bf16 {','.join(map(str, sizes))}{' causal' if causal else ''}"

        def call(q: Any, k: Any, v: Any, grouped: bool = heads_ != shared_, causal: bool = causal) -> Any:
            cudnn = m.lib is torch and m.is_cuda
            with sdpa_kernel(SDPBackend.CUDNN_ATTENTION) if cudnn else contextlib.nullcontext():
                return m.F.scaled_dot_product_attention(q, k, v, is_causal=causal, enable_gqa=grouped)

        plain = tuple(t.detach() for t in (q, k, v))
        yield Row(f"{name} fwd", lambda plain=plain, call=call: call(*plain), flops=flops, in_a_row=5)
        out = call(q, k, v)
        backward = lambda out=out, inputs=(q, k, v), grad=grad: m.lib.autograd.grad(  # noqa: E731
            out, inputs, grad, retain_graph=True
        )
        yield Row(f"{name} bwd", backward, flops=2.5 * flops, in_a_row=5)


def convolutions(m: Maker) -> Iterator[Row]:
    batch, channels, size = m.size(64, 64, 56)
    flops = 2.0 * batch * size * size * channels * channels * 9
    for name, dtype, rounds in (("f32", "float32", False), ("tf32", "float32", True), ("bf16", "bfloat16", False)):
        for layout in ("contiguous_format", "channels_last"):
            kind, format_ = getattr(m.lib, dtype), getattr(m.lib, layout)
            x, w, grad = (
                m.draw(*sizes, dtype=kind).contiguous(memory_format=format_)
                for sizes in ((batch, channels, size, size), (channels, channels, 3, 3), (batch, channels, size, size))
            )

            def call(x: Any, w: Any, rounds: bool = rounds) -> Any:
                m.round_float32(rounds)
                return m.F.conv2d(x, w, padding=1)

            def both(x: Any = x, w: Any = w, grad: Any = grad, call: Any = call) -> Any:
                return m.lib.autograd.grad(call(x, w), (x, w), grad)

            plain = tuple(t.detach().clone() for t in (x, w))
            x.requires_grad_(), w.requires_grad_()
            title = f"conv 3x3 {name} {'channels-last' if layout == 'channels_last' else 'NCHW'}"
            yield Row(f"{title} fwd", lambda plain=plain, call=call: call(*plain), flops=flops, in_a_row=10)
            yield Row(f"{title} fwd+bwd", both, flops=3 * flops, in_a_row=5)


def products(m: Maker) -> Iterator[Row]:
    for size, calls in ((4096, 20), (8192, 6)):
        (n,) = m.size(size)
        a, b = m.draw(n, n), m.draw(n, n)
        yield Row(f"gemm bf16 {size}", lambda a=a, b=b: a @ b, flops=2.0 * n**3, in_a_row=calls)
    for rows, inner, columns in ((20480, 256, 1024), (8192, 256, 4096), (256, 20480, 1024)):
        rows_, inner_, columns_ = m.size(rows, inner, columns)
        c, d = (m.draw(*s, dtype=m.lib.float32) for s in ((rows_, inner_), (inner_, columns_)))
        name = f"gemm f32 {rows}x{inner}x{columns}"
        yield Row(name, lambda c=c, d=d: c @ d, flops=2.0 * rows_ * inner_ * columns_, in_a_row=20)
    rows, inner, columns = m.size(8192, 4096, 16384)
    x, w, b = m.draw(rows, inner), m.draw(columns, inner), m.draw(columns)
    layer = lambda: m.F.gelu(m.F.linear(x, w, b), approximate="tanh")  # noqa: E731
    yield Row("linear+bias+gelu bf16 8192x4096x16384", layer, flops=2.0 * rows * inner * columns, in_a_row=4)
    fused = lambda: m.lib._addmm_activation(b, x, w.t(), use_gelu=True)  # noqa: E731
    yield Row("the same by _addmm_activation", fused, flops=2.0 * rows * inner * columns, in_a_row=4)


FAMILIES = (
    *(norms, rotary, softmax, cross_entropy, embedding, adamw, column_sums, pointwise),
    *(lines, scatters, attention, convolutions, products),
)


def ceilings(clock: Clock) -> tuple[float, float]:
    """Return the bytes per second of a large copy and the operations per second of a large product of bfloat16."""
    if not clock.is_cuda:
        return 1.0, 1.0
    a = torch.randint(-128, 127, (4 << 30,), dtype=torch.int8, device="cuda")
    b = torch.empty_like(a)
    copied = 2 * a.numel() / clock.sustained({"copy": lambda: b.copy_(a)}, 3)["copy"]
    x, y = (torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16) for _ in range(2))
    return 1e3 * copied, 1e3 * 2 * 8192**3 / clock.sustained({"product": lambda: x @ y}, 6)["product"]


def run_kernels(libraries: dict[str, Any], clock: Clock, only: list[str], show: Show) -> list[dict[str, Any]]:
    """Time all rows whose name has one of `only`."""
    bandwidth, rate = ceilings(clock)
    if clock.is_cuda:
        print(f"ceilings: {bandwidth / 1e9:.0f} GB/s, {rate / 1e12:.0f} TFLOP/s", flush=True)
    records: list[dict[str, Any]] = []
    for family in FAMILIES:
        makers = [family(Maker(lib, clock.is_cuda)) for lib in libraries.values()]
        for rows in zip(*makers, strict=True):
            row = rows[0]
            if only and not any(part in row.name for part in only):
                continue
            jobs = {name: side.call for name, side in zip(libraries, rows, strict=True)}
            samples = 20 if clock.is_cuda else 1
            figures = clock.sustained(jobs, row.in_a_row) if row.in_a_row else clock.cold(jobs, samples)
            amount, ceiling = (row.moved, bandwidth) if row.moved else (row.flops, rate)
            parts = {name: amount / (1e-3 * ms) / ceiling for name, ms in figures.items()}
            note = "of the ceiling: " + ", ".join(f"{name} {part:.1%}" for name, part in parts.items())
            show(row.name, figures, "ms", note if clock.is_cuda else "")
            records.append({"row": row.name, "unit": "ms", **figures, "ceiling": parts})
        del makers, rows, row
        gc.collect()
        if clock.is_cuda:
            torch.cuda.empty_cache()
    return records


def simple_calls(lib: Any, device: str) -> dict[str, Callable[[], Any]]:
    """Return calls whose kernels take no time."""
    functional = lib.nn.functional
    a, b = (lib.randn(1024, device=device) for _ in range(2))
    recorded, m = lib.randn(1024, device=device).requires_grad_(), lib.randn(64, 64, device=device)
    bias = lib.randn(64, device=device)
    return {
        "add": lambda: a + b,
        "add, recorded": lambda: recorded + b,
        "view": lambda: a.view(32, 32),
        "x[0]": lambda: m[0],
        "empty": lambda: lib.empty(1024, device=device),
        "sum": lambda: a.sum(),
        "mm 64x64": lambda: m @ m,
        "linear 64x64 with bias": lambda: functional.linear(m, m, bias),
    }


def chain_backward(lib: Any, device: str, length: int = 50) -> Callable[[], Any]:
    """Return what runs backward through a kept chain of products with a constant."""
    c, x = lib.randn(1024, device=device), lib.randn(1024, device=device).requires_grad_()
    out = x
    for _ in range(length):
        out = out * c
    return lambda: lib.autograd.grad(out, x, c, retain_graph=True)


def small_step(lib: Any, device: str) -> Callable[[], Any]:
    """Return a training step of a small network."""
    nn = lib.nn
    model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)).to(device)
    optimizer = lib.optim.SGD(model.parameters(), lr=0.01)
    x, y = lib.randn(32, 64, device=device), lib.randint(0, 10, (32,), device=device)

    def step() -> None:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()

    return step


def allocator_pairs(nbytes: int = 1024) -> dict[str, Callable[[], Any]]:
    """Return what takes a block from each allocator and gives it back, as directly as Python can."""
    import vt_cuda
    from vt_cuda import _C

    theirs: Any = torch._C
    stream, number = torch.cuda.current_stream().cuda_stream, vt_cuda.current_stream().number
    return {
        "ours": lambda: _C.free_memory(0, _C.allocate_memory(0, nbytes, number)),
        "torch": lambda: theirs._cuda_cudaCachingAllocator_raw_delete(
            theirs._cuda_cudaCachingAllocator_raw_alloc(nbytes, stream)
        ),
    }


def run_calls(libraries: dict[str, Any], clock: Clock, only: list[str], show: Show) -> list[dict[str, Any]]:
    """Time the host's part of all calls whose name has one of `only`."""
    device = "cuda" if clock.is_cuda else "cpu"
    rows = {name: simple_calls(lib, device) for name, lib in libraries.items()}
    calls = {row: ({name: rows[name][row] for name in libraries}, 400, 1) for row in rows["ours"]}
    calls["backward, per op of a chain of 50"] = (
        {name: chain_backward(lib, device) for name, lib in libraries.items()},
        8,
        50,
    )
    calls["training step of a small network"] = (
        {name: small_step(lib, device) for name, lib in libraries.items()},
        20,
        1,
    )
    if clock.is_cuda:
        calls["allocator pair, 1 KiB"] = (allocator_pairs(), 400, 1)
    records: list[dict[str, Any]] = []
    for row, (jobs, num, parts) in calls.items():
        if only and not any(part in row for part in only):
            continue
        figures = {name: us / parts for name, us in clock.host(jobs, num).items()}
        show(row, figures, "us")
        records.append({"row": row, "unit": "us", **figures})
    return records
