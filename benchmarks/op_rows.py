# SPDX-License-Identifier: Apache-2.0
"""What `ops.py` measures: a row is a statement over tensors that both libraries are given alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# A tensor's recipe: `dtype shape [kind]`, e.g. `f32 4096,1024` or `i64 1000 <100`. Kinds: normal (default), `positive` in
# (0, 4], `unit` in (-1, 1), `above` in [1, 5], `<N` integers in [0, N), `spd` a positive definite matrix, `t` the transpose of
# a normal matrix, `grad` a normal leaf.
Recipe = str


@dataclass(frozen=True)
class Row:
    """A statement to time. `T` is the library, `F` its nn.functional, other names are tensors by recipe."""

    family: str
    statement: str
    tensors: dict[str, Recipe] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Return the statement with its tensors."""
        return f"{self.statement}  [{'; '.join(f'{n}: {r}' for n, r in self.tensors.items())}]"


_DOMAINS = {
    "normal": "abs neg sign exp exp2 expm1 sin cos tan atan sinh cosh tanh asinh sigmoid erf erfc floor ceil round trunc frac "
    "square reciprocal isnan isinf isfinite signbit nan_to_num logical_not sinc deg2rad clone",
    "positive": "log log2 log10 log1p sqrt rsqrt lgamma digamma i0",
    "unit": "asin acos atanh erfinv logit",
    "above": "acosh",
}
_ACTIVATIONS = (
    "relu gelu silu mish hardswish hardtanh hardsigmoid leaky_relu elu selu celu softplus softsign relu6 logsigmoid tanhshrink "
    "softshrink"
)
_BINARY = (
    "add sub mul div maximum minimum fmax fmin pow atan2 fmod remainder hypot floor_divide copysign logaddexp xlogy"
)
_COMPARE = "eq ne lt le gt ge logical_and"
_INTEGER = "add mul bitwise_and bitwise_xor maximum floor_divide remainder eq lt"
_REDUCTIONS = (
    "sum mean prod amax amin argmax argmin any all norm logsumexp nansum std var median cumsum max count_nonzero"
)
_SCANS = "cumsum cumprod cummax logcumsumexp sort argsort flip"
_WHOLE = (
    "sum mean prod amax amin max min argmax any all norm nansum std var median count_nonzero aminmax unique sort argsort "
    "nonzero"
)


def row(family: str, statement: str, tensors: dict[str, Recipe] | None = None) -> Row:
    """Return a row with those of the tensors that its statement names."""
    named = {n: r for n, r in (tensors or {}).items() if re.search(rf"\b{n}\b", statement)}
    return Row(family, statement, named)


def each(text: str) -> list[str]:
    """Return the parts of a text between semicolons."""
    return [part.strip() for part in text.split(";")]


def unary() -> Iterator[Row]:
    """Functions of an element, of large and small tensors."""
    for kind, names in _DOMAINS.items():
        for name in names.split():
            function = f"T.special.{name}" if name in ("logit", "i0") else f"T.{name}"
            for recipe in each("""f32 1000000; bf16 1000000; f64 100000; f32 1000"""):
                yield row("unary", f"{function}(x)", {"x": f"{recipe} {kind}"})
    for name in _ACTIVATIONS.split():
        for recipe in ("f32 1000000", "bf16 1000000"):
            yield row("activation", f"F.{name}(x)", {"x": recipe})
        yield row("activation", f"F.{name}(w).sum().backward()", {"w": "f32 300000 grad"})
    for name in each("""abs; neg; sign; square; clone; bitwise_not"""):
        yield row("unary", f"T.{name}(x)", {"x": "i64 1000000 <100"})


def binary() -> Iterator[Row]:
    """Functions of two elements, broadcasting, comparisons, selection."""
    for name in _BINARY.split():
        for dtype in ("f32", "bf16", "f64"):
            sizes = {"x": f"{dtype} 300000 positive", "y": f"{dtype} 300000 positive"}
            yield row("binary", f"T.{name}(x, y)", sizes)
    for name in _COMPARE.split():
        for dtype in ("f32", "bf16"):
            yield row("compare", f"T.{name}(x, y)", {"x": f"{dtype} 1000000", "y": f"{dtype} 1000000"})
    for name in _INTEGER.split():
        for dtype in ("i64", "i32", "u8"):
            yield row("integer", f"T.{name}(x, y)", {"x": f"{dtype} 300000 <100", "y": f"{dtype} 300000 <100 +1"})
    for shapes in each(
        """64,256,256 256; 64,256,256 256,1; 64,256,256 64,1,1; 512,1 1,512; 1024,1024 1024,1; 32,64,28,28 64,1,1"""
    ):
        a, b = shapes.split()
        for dtype in ("f32", "bf16"):
            yield row("broadcast", "x + y", {"x": f"{dtype} {a}", "y": f"{dtype} {b}"})
            yield row("broadcast", "x * y", {"x": f"{dtype} {a}", "y": f"{dtype} {b}"})
    for statement in each("""x + y.t(); x.t() * 2; x.t().exp(); x[:, ::2] + 1; x[::2] * 3; x.t().contiguous()"""):
        yield row("layout", statement, {"x": "f32 1024,1024", "y": "f32 1024,1024"})
    for dtype in each("""f32; bf16; f64; i64"""):
        x = f"{dtype} 1000000 <100" if dtype == "i64" else f"{dtype} 1000000"
        mask = {"x": x, "m": "bool 1000000"}
        yield row("select", "x.clamp(0, 1)", {"x": x})
        yield row("select", "x.clamp(min=0)", {"x": x})
        yield row("select", "T.where(m, x, y)", {**mask, "y": x})
        yield row("select", "x.masked_fill(m, 0)", mask)
        yield row("select", "x + 1", {"x": x})
        yield row("select", "x * 2", {"x": x})
        yield row("select", "x > 0", {"x": x})
        yield row("select", "x.fill_(1)", {"x": x})
    for x, to in (
        ("f32", "f64"),
        ("f32", "bfloat16"),
        ("bf16", "float32"),
        ("f32", "int64"),
        ("i64", "float32"),
        ("f32", "float16"),
        ("bool", "float32"),
        ("u8", "float32"),
        ("f64", "float32"),
        ("f32", "bool"),
        ("i64", "int32"),
    ):
        name = {"f64": "float64"}.get(to, to)
        yield row("convert", f"x.to(T.{name})", {"x": f"{x} 1000000 <2" if x in ("i64", "u8") else f"{x} 1000000"})
    for statement in each(
        """T.lerp(x, y, 0.3); T.addcmul(x, y, y); T.addcdiv(x, y, y); T.add(x, y, alpha=2); x.pow(2); x ** 3; x.pow(0.5);
        x / 3"""
    ):
        yield row("ternary", statement, {"x": "f32 1000000 positive", "y": "f32 1000000 positive"})


def reductions() -> Iterator[Row]:
    """Reductions of everything, of rows, of columns, and scans."""
    for name in _WHOLE.split():
        for recipe in each("""f32 1000000; bf16 1000000; f64 1000000; i64 1000000 <1000"""):
            if recipe.startswith("i64") and name in ("mean", "norm", "nansum", "std", "var"):
                continue
            yield row("reduce all", f"T.{name}(x)", {"x": recipe})
    for name in _REDUCTIONS.split():
        for dim, shape in ((0, "1024,1024"), (1, "1024,1024"), (-1, "65536,16"), (0, "16,65536"), (1, "64,128,128")):
            for dtype in ("f32", "bf16", "i64"):
                if dtype == "i64" and name in ("mean", "norm", "logsumexp", "nansum", "std", "var"):
                    continue
                arguments = f"x, dim={dim}"
                yield row(
                    "reduce", f"T.{name}({arguments})", {"x": f"{dtype} {shape}" + (" <1000" if dtype == "i64" else "")}
                )
    for name in _SCANS.split():
        for dim, shape in ((0, "1000,1000"), (1, "1000,1000")):
            for dtype in ("f32", "i64") if name != "logcumsumexp" else ("f32",):
                argument = f"({dim},)" if name == "flip" else f"dim={dim}"
                yield row(
                    "scan", f"T.{name}(x, {argument})", {"x": f"{dtype} {shape}" + (" <1000" if dtype == "i64" else "")}
                )
    for statement in each(
        """T.var_mean(x, 1); T.std_mean(x); T.aminmax(x, dim=1); T.aminmax(x, dim=0); T.linalg.vector_norm(x, dim=1);
        x.norm(dim=0); x.sum((0, 1)); T.quantile(x, 0.3, dim=1); T.kthvalue(x, 10, dim=1); T.topk(x, 10);
        T.topk(x, 10, dim=0); T.topk(x, 200); T.mode(x); T.diff(x); T.cdist(x[:200], x[:200]);
        T.linalg.norm(x, ord=1)"""
    ):
        yield row("reduce", statement, {"x": "f32 1000,1000"})
    for statement in each(
        """T.bincount(i); T.histc(x); T.unique(i); T.unique_consecutive(i); T.searchsorted(s, x); T.bucketize(x, s);
        T.isin(i, i[:100])"""
    ):
        names = {"i": "i64 1000000 <1000", "x": "f32 1000000", "s": "f32 1000 sorted"}
        yield row("search", statement, names)


def indexing() -> Iterator[Row]:
    """Reads and writes by index and mask, joins, copies."""
    table = {"x": "f32 10000,64", "i": "i64 10000 <10000"}
    square = {"x": "f32 1000,1000", "j": "i64 1000,1000 <1000"}
    flat = {"v": "f32 1000000", "k": "i64 1000000 <100000", "z": "f32 100000"}
    mask = {"x": "f32 1000000", "m": "bool 1000000"}
    for statement in each(
        """x[i]; x.index_select(0, i); T.zeros(10000, 64).index_add_(0, i, x); x.clone().index_copy_(0, i, x);
        x.index_fill(0, i, 1); F.embedding(i, x); x[i, 3]; x[:, 3]; x[i] = 0; x.take(i);
        x.index_put((i,), x, accumulate=True)"""
    ):
        yield row("index", statement, table)
    for statement in each(
        """T.gather(x, 0, j); T.gather(x, 1, j); x.scatter(1, j, x); x.scatter(0, j, x); x.scatter(1, j, 1.0);
        x.scatter_add(1, j, x); x.scatter_add(0, j, x); x.scatter_reduce(1, j, x, 'amax'); T.take_along_dim(x, j, 1)"""
    ):
        yield row("index", statement, square)
    for statement in each(
        """z.scatter_add(0, k, v); z.index_add(0, k, v); z.index_put((k,), v, accumulate=True); z[k];
        z.scatter_reduce(0, k, v, 'mean')"""
    ):
        yield row("index", statement, flat)
    for statement in each(
        """x[m]; T.masked_select(x, m); x.masked_scatter(m, x); x[m] = 0; T.nonzero(m); T.where(m)"""
    ):
        yield row("index", statement, mask)
    parts = {"x": "f32 64,128,128", "y": "f32 64,128,128"}
    for dim in (0, 1, 2):
        yield row("join", f"T.cat((x, y), {dim})", parts)
        yield row("join", f"T.stack((x, y), {dim})", parts)
    for statement in each(
        """x.repeat(2, 1, 1); x.repeat_interleave(2, 0); x.repeat_interleave(2, 2); x.tile(2); x.roll(3, 1);
        x.roll(3, 2); x.flip(0); x.flip(2); x.rot90(1, (1, 2)); x.permute(2, 0, 1).contiguous();
        x.permute(0, 2, 1).contiguous(); x.permute(1, 0, 2).contiguous(); x.tril(); x.triu();
        x.diagonal(0, 1, 2).contiguous(); F.pad(x, (1, 1)); F.pad(x, (2, 2), mode='reflect');
        F.pad(x, (1, 1, 1, 1), mode='replicate'); x.expand(2, 64, 128, 128).contiguous();
        T.meshgrid(x[0, 0], x[0, 1], indexing='ij')[0].contiguous(); x.unfold(1, 8, 4).contiguous()"""
    ):
        yield row("copy", statement, {"x": "f32 64,128,128"})
    for statement in each(
        """T.arange(1000000); T.linspace(0, 1, 1000000); T.zeros(1000000); T.ones(1000000); T.full((1000000,), 2.0);
        T.eye(1000); T.rand(1000000); T.randn(1000000); T.randint(0, 10, (1000000,)); T.randperm(100000);
        T.bernoulli(x); T.multinomial(x, 10); x.uniform_(); x.normal_(); x.exponential_(); T.tril_indices(500, 500);
        F.one_hot(i, 100)"""
    ):
        yield row("create", statement, {"x": "f32 100000 probability", "i": "i64 10000 <100"})


def products() -> Iterator[Row]:
    """Matrix products and linear algebra."""
    for n in (4, 16, 64, 128, 384):
        for dtype in ("f32", "f64", "bf16"):
            yield row("matmul", "x @ y", {"x": f"{dtype} {n},{n}", "y": f"{dtype} {n},{n}"})
    for shapes in each(
        """1,512 512,512; 8,512 512,512; 512,8 8,512; 1000,10 10,1000; 300,700 700,1; 64,10,10 64,10,10; 512,4,4 512,4,4;
        32,64,64 32,64,64; 2000,2000 2000; 512 512; 16,128,64 64,64; 16 16"""
    ):
        a, b = shapes.split()
        for dtype in ("f32", "bf16"):
            yield row("matmul", "x @ y", {"x": f"{dtype} {a}", "y": f"{dtype} {b}"})
    yield row("matmul", "x @ y", {"x": "i64 128,128 <9", "y": "i64 128,128 <9"})
    yield row("matmul", "x @ y", {"x": "c64 128,128", "y": "c64 128,128"})
    for statement in each(
        """F.linear(x, y); F.linear(x, y, b); T.addmm(b, x, y); x.t() @ y; x @ y.t(); T.outer(b, b);
        T.kron(x[:16, :16], y[:16, :16]); T.einsum('ij,jk->ik', x, y); T.einsum('ij,ij->i', x, y);
        T.einsum('ij,ij->', x, y); T.einsum('ij,kj->ik', x, y); T.tensordot(x, y, 1); T.einsum('i,j->ij', b, b);
        T.linalg.multi_dot((x, y, x)); T.trace(x); T.matrix_power(x, 3); T.dot(b, b); T.mv(x, b)"""
    ):
        yield row("matmul", statement, {"x": "f32 256,256", "y": "f32 256,256", "b": "f32 256"})
    yield row("matmul", "T.einsum('bhid,bhjd->bhij', x, y)", {"x": "f32 4,8,64,32", "y": "f32 4,8,64,32"})
    yield row("matmul", "T.einsum('bij,bjk->bik', x, y)", {"x": "f32 16,64,64", "y": "f32 16,64,64"})
    yield row("matmul", "T.cross(x, y, dim=-1)", {"x": "f32 10000,3", "y": "f32 10000,3"})
    for n in (4, 32, 200):
        for statement in each(
            """inv(a); det(a); slogdet(a); solve(a, b); cholesky(a); qr(a); svd(a); eigh(a); eigvalsh(a); lstsq(a, b);
            pinv(a); lu(a); matrix_exp(a); solve_triangular(a, b, upper=True)"""
        ):
            tensors = {"a": f"f32 {n},{n} spd", "b": f"f32 {n},4"}
            yield row("linalg", f"T.linalg.{statement}", tensors)
    yield row("linalg", "T.linalg.inv(a)", {"a": "f32 1000,4,4 spd"})
    yield row("linalg", "T.linalg.det(a)", {"a": "f32 1000,3,3 spd"})
    for shape in each("""1000; 1024; 64,256; 1000000; 256,256"""):
        yield row("fft", "T.fft.fft(x)", {"x": f"c64 {shape}"})
        yield row("fft", "T.fft.rfft(x)", {"x": f"f32 {shape}"})
    yield row("fft", "T.fft.fft2(x)", {"x": "c64 256,256"})


def networks() -> Iterator[Row]:
    """What networks are made of, forward and with gradients."""
    for shape, weight, rest in (
        ("8,3,112,112", "64,3,7,7", "stride=2, padding=3"),
        ("8,64,56,56", "64,64,3,3", "padding=1"),
        ("8,128,28,28", "128,128,3,3", "padding=1"),
        ("8,256,14,14", "256,256,3,3", "padding=1"),
        ("8,512,7,7", "512,512,3,3", "padding=1"),
        ("8,64,56,56", "256,64,1,1", ""),
        ("8,256,56,56", "64,256,1,1", ""),
        ("8,128,56,56", "128,128,3,3", "stride=2, padding=1"),
        ("8,256,56,56", "512,256,1,1", "stride=2"),
        ("8,128,28,28", "128,1,3,3", "padding=1, groups=128"),
        ("8,128,28,28", "128,32,3,3", "padding=1, groups=4"),
        ("1,64,28,28", "64,64,3,3", "padding=2, dilation=2"),
        ("8,16,32,32", "32,16,5,5", ""),
        ("4,1,28,28", "32,1,3,3", ""),
    ):
        for dtype in ("f32", "bf16"):
            yield row(
                "conv",
                f"F.conv2d(x, w{', ' if rest else ''}{rest})",
                {"x": f"{dtype} {shape}", "w": f"{dtype} {weight}"},
            )
        yield row(
            "conv",
            f"F.conv2d(x, w{', ' if rest else ''}{rest}).sum().backward()",
            {"x": f"f32 {shape} grad", "w": f"f32 {weight} grad"},
        )
    yield row(
        "conv", "F.conv2d(x, w, padding=1).sum().backward()", {"x": "bf16 8,64,56,56 grad", "w": "bf16 64,64,3,3 grad"}
    )
    yield row(
        "conv",
        "F.conv2d(x, w, padding=1).sum().backward()",
        {"x": "bf16 8,256,14,14 grad", "w": "bf16 256,256,3,3 grad"},
    )
    for dtype in ("f32", "bf16"):
        yield row("conv", "F.conv1d(x, w, padding=2)", {"x": f"{dtype} 16,64,256", "w": f"{dtype} 128,64,5"})
        yield row("conv", "F.conv3d(x, w, padding=1)", {"x": f"{dtype} 2,16,16,28,28", "w": f"{dtype} 32,16,3,3,3"})
        yield row("conv", "F.conv_transpose2d(x, w, stride=2)", {"x": f"{dtype} 8,64,28,28", "w": f"{dtype} 64,32,2,2"})
        yield row(
            "conv",
            "F.conv_transpose2d(x, w, stride=2, padding=1)",
            {"x": f"{dtype} 8,64,28,28", "w": f"{dtype} 64,32,4,4"},
        )
    image = "8,64,56,56"
    for dtype in ("f32", "bf16"):
        for statement in each(
            """F.max_pool2d(x, 2); F.max_pool2d(x, 3, 2, 1); F.avg_pool2d(x, 2); F.avg_pool2d(x, 3, 2, 1);
            F.adaptive_avg_pool2d(x, 1); F.adaptive_avg_pool2d(x, 7); F.adaptive_max_pool2d(x, 7);
            F.interpolate(x, scale_factor=2, mode='nearest'); F.interpolate(x, scale_factor=2, mode='bilinear');
            F.interpolate(x, size=(28, 28), mode='bicubic'); F.interpolate(x, size=(28, 28), mode='area');
            F.pixel_shuffle(x, 2); F.group_norm(x, 8); F.instance_norm(x); F.unfold(x, 3); F.dropout(x, 0.1);
            F.dropout2d(x, 0.1); F.normalize(x, dim=1); F.softmax(x, 1); F.glu(x, 1); F.prelu(x, x[0, :, 0, 0])"""
        ):
            yield row("image", statement, {"x": f"{dtype} {image}"})
        for statement in each(
            """F.softmax(x, -1); F.log_softmax(x, -1); F.softmax(x, 0); F.log_softmax(x, 0);
            F.layer_norm(x, (1024,), w, w); F.rms_norm(x, (1024,), w); F.normalize(x); F.gumbel_softmax(x)"""
        ):
            yield row("norm", statement, {"x": f"{dtype} 1024,1024", "w": f"{dtype} 1024"})
        yield row(
            "norm",
            "F.batch_norm(x, m, v, w, w, False)",
            {"x": f"{dtype} {image}", "m": f"{dtype} 64", "v": f"{dtype} 64 positive", "w": f"{dtype} 64"},
        )
        yield row(
            "norm",
            "F.batch_norm(x, m, v, w, w, True)",
            {"x": f"{dtype} {image}", "m": f"{dtype} 64", "v": f"{dtype} 64 positive", "w": f"{dtype} 64"},
        )
        yield row("attention", "F.scaled_dot_product_attention(q, q, q)", {"q": f"{dtype} 4,8,128,64"})
        yield row("attention", "F.scaled_dot_product_attention(q, q, q, is_causal=True)", {"q": f"{dtype} 4,8,128,64"})
        yield row(
            "attention",
            "F.scaled_dot_product_attention(q, q, q, attn_mask=m)",
            {"q": f"{dtype} 4,8,128,64", "m": "bool 128,128"},
        )
    for statement in each(
        """F.max_pool2d(x, 2); F.avg_pool2d(x, 2); F.adaptive_avg_pool2d(x, 7);
        F.interpolate(x, scale_factor=2, mode='bilinear'); F.group_norm(x, 8); F.softmax(x, 1); F.dropout(x, 0.1);
        F.pad(x, (1, 1, 1, 1))"""
    ):
        yield row("image", f"{statement}.sum().backward()", {"x": f"f32 {image} grad"})
    pair = {"x": "f32 1024,1024", "y": "f32 1024,1024"}
    for name in each("""mse_loss; l1_loss; smooth_l1_loss; huber_loss"""):
        yield row("loss", f"F.{name}(x, y)", pair)
    for name in ("cosine_similarity", "pairwise_distance"):
        yield row("loss", f"F.{name}(x, y)", pair)
    unit = {"x": "f32 1024,1024 fraction", "y": "f32 1024,1024 fraction"}
    for statement in each(
        """F.binary_cross_entropy(x, y); F.binary_cross_entropy_with_logits(x, y); F.kl_div(x, y);
        F.kl_div(x, y, reduction='batchmean'); F.soft_margin_loss(x, y); F.gaussian_nll_loss(x, y, y);
        F.poisson_nll_loss(x, y); F.multilabel_soft_margin_loss(x, y); F.margin_ranking_loss(x, y, y);
        F.triplet_margin_loss(x, y, y); F.hinge_embedding_loss(x, y)"""
    ):
        yield row("loss", statement, unit)
    for statement in each(
        """F.cross_entropy(x, i); F.nll_loss(x, i); F.multi_margin_loss(x, i);
        F.cross_entropy(x, i, label_smoothing=0.1)"""
    ):
        yield row("loss", statement, {"x": "f32 1024,1000", "i": "i64 1024 <1000"})
    for statement in ("F.cross_entropy(w, i)", "F.cross_entropy(w, i, label_smoothing=0.1)"):
        yield row("loss", f"{statement}.backward()", {"w": "f32 1024,1000 grad", "i": "i64 1024 <1000"})
    yield row("loss", "F.mse_loss(w, y).backward()", {"w": "f32 1024,1024 grad", "y": "f32 1024,1024"})
    yield row("embedding", "F.embedding_bag(i, x)", {"i": "i64 256,16 <10000", "x": "f32 10000,64"})
    yield row("embedding", "F.embedding(i, w).sum().backward()", {"i": "i64 64,64 <10000", "w": "f32 10000,64 grad"})


def small() -> Iterator[Row]:
    """Small tensors, where the call counts."""
    vector, matrix, wide = {"x": "f32 30"}, {"x": "f32 8,8"}, {"x": "f32 1000"}
    pairs = {"x": "f32 8,8", "y": "f32 8,8"}
    for statement in each(
        """x + x; x * 2; x.exp(); x.sum(); x.mean(); x.max(); x.argmax(); x.std(); x.norm(); x.sort(); x.topk(3);
        x.cumsum(0); x.clone(); x > 0; x.clamp(0, 1); x.view(5, 6); x[2:8]; x[3]; x.unsqueeze(0); T.zeros_like(x);
        x.to(T.float64); x.tolist(); x.numel(); x.any(); x.softmax(0); x.abs().sum(); x.flip(0);
        T.cat((x, x)); T.stack((x, x)); x.roll(1); x.chunk(3); x.split(10); x.unbind(); x[[1, 2, 3]]; x[x > 0];
        x.nonzero(); x.unique(); T.where(x > 0, x, 0.0); x.masked_fill(x > 0, 0); x.add_(1); x.zero_(); x.bfloat16();
        x.expand(4, 30); x.repeat(4)"""
    ):
        yield row("small", statement, vector)
    for statement in each(
        """x @ x; x.t(); x.sum(0); x.sum(1); x.mean(-1, keepdim=True); x.amax(1); x.max(1); x.argmax(1); x.softmax(-1);
        x.log_softmax(-1); F.layer_norm(x, (8,)); x.transpose(0, 1).contiguous(); x.permute(1, 0); x.reshape(64);
        x.flatten(); x[:, 2]; x[1:3, ::2]; x.tril(); x.diag(); x.trace(); F.relu(x); F.gelu(x); x.var(1); x.prod(1);
        x.all(); T.linalg.norm(x); x.squeeze(); x.argsort(1); T.einsum('ij,jk->ik', x, x); x.index_select(0, i);
        x.gather(1, j); F.cross_entropy(x, i); F.embedding(i, x); x[i]; x.scatter(1, j, 1.0); F.one_hot(i, 8);
        F.dropout(x, 0.5); F.linear(x, x); x.pow(2).mean().sqrt(); x.norm(dim=1); F.normalize(x)"""
    ):
        extra = {"i": "i64 8 <8", "j": "i64 8,8 <8"}
        yield row("small", statement, matrix | extra)
    for statement in each(
        """x + y; F.mse_loss(x, y); T.maximum(x, y); x == y; T.equal(x, y); T.allclose(x, y); T.outer(x[0], y[0]);
        T.dot(x[0], y[0]); x.addmm(x, y); x.lerp(y, 0.5)"""
    ):
        yield row("small", statement, pairs)
    for statement in each(
        """x + x; x.exp(); x.tanh(); x.sum(); x.max(); x.sort(); x.std(); x.softmax(0); x.cumsum(0); x.argmax();
        x[::2] + 1; x.median()"""
    ):
        yield row("small", statement, wide)
    for statement in each(
        """T.arange(10); T.zeros(3, 3); T.ones(4); T.tensor([1.0, 2.0]); T.tensor(1.0); T.full((2,), 3.0); T.rand(10);
        T.randn(10); T.randint(0, 9, (10,)); T.linspace(0, 1, 10); T.eye(4); T.randperm(10)"""
    ):
        yield row("small", statement)
    yield row("small", "F.conv2d(x, w, padding=1)", {"x": "f32 1,4,8,8", "w": "f32 4,4,3,3"})
    yield row("small", "F.max_pool2d(x, 2)", {"x": "f32 1,4,8,8"})
    yield row("small", "(w * 2).sum().backward()", {"w": "f32 30 grad"})
    yield row("small", "(w @ w).tanh().mean().backward()", {"w": "f32 8,8 grad"})
    yield row(
        "small",
        "F.cross_entropy(F.relu(x @ w), i).backward()",
        {"x": "f32 8,16", "w": "f32 16,10 grad", "i": "i64 8 <10"},
    )


def all_rows() -> list[Row]:
    """Return every row, each once."""
    rows = [*unary(), *binary(), *reductions(), *indexing(), *products(), *networks(), *small()]
    return list({row.label: row for row in rows}.values())
