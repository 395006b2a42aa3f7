# SPDX-License-Identifier: Apache-2.0
"""Where the libraries are meant to differ: one kind of difference of some operators an entry, and why.

Names are those of operators without their overloads, matched as a whole. A difference ends with what its call was like: of
tensors without elements `[empty]`, with several elements at one address `[expanded]`, of operands `[of one memory]`, or with an
order near zero `[of a small order]`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import vt_core

from random_programs.wider import WIDER

LINALG = r"linalg_\w+|cholesky\w*|lu_\w+|svd|qr|nuclear_norm|slogdet|det|logdet|inverse|matrix_power|pinverse"
SINGULAR = (
    r"slogdet|det|logdet|inverse|cholesky\w*|pinverse|linalg_(inv|inv_ex|solve|solve_ex|pinv|matrix_rank|lstsq|cond)"
)

# Names, a pattern of the difference, and why it is meant.
INTENDED: tuple[tuple[str, str, str], ...] = (
    # Results that are not determined, or that PyTorch gets wrong.
    (r"(linalg_)?(svd|qr)|linalg_eigh?|geqrf", r"^\[\d\] value", "factors are determined up to signs and phases"),
    (r"sort|topk|kthvalue|median|nanmedian|mode", r"^\[1\] value", "of equal elements any may come first"),
    (r"argsort", "^value", "of equal elements any may come first"),
    (r"mode", "value.*nan", "PyTorch sorts by <, which puts NaN anywhere"),
    (
        r"nanmedian|median",
        r"^\[0\] value.*\[expanded\]",
        "PyTorch reads beyond tensors whose elements share an address",
    ),
    (r"masked_scatter_|put_?", r"value.*\[of one memory\]", "PyTorch reads what it has just written"),
    (r"put_?|index_put_?", "value", "of values for one position any may be the last"),
    (
        r"multilabel_soft_margin_loss",
        "value",
        "PyTorch subtracts labels of uint8 from one, which wraps unless they are labels",
    ),
    (r"isin", "value", "of what is not unique, which was to be assumed"),
    (r"histogram", r"^\[0\] value", "rounding puts elements on an edge to either side of it"),
    (r"native_group_norm", r"^\[0\] value", "PyTorch takes the weights to be contiguous"),
    (r"addmv", r"shape.*\[empty\]", "where nothing is multiplied PyTorch gives the sizes of the addend"),
    (r"conv\dd", r"shape: .*expected \(\d+, 0.*\[empty\]", "of no channels PyTorch makes no channels"),
    (r"pixel_unshuffle", r"shape.*\[empty\]", "of no elements PyTorch gives the sizes of the input"),
    (r"mean", r"value: got nan, expected 0.*\[empty\]", "PyTorch leaves a destination of nothing as it is"),
    (r"any", r"value: got False.*\[empty\]", "PyTorch leaves a destination of nothing as it is"),
    (r"native_layer_norm", r"^\[[12]\] value.*\[empty\]", "of nothing PyTorch computes no statistics"),
    (r"soft_margin_loss", r"value.*expected.*inf", "PyTorch's exponential overflows"),
    (r"triplet_margin_loss", r"value.*\[of a small order\]", "PyTorch computes norms of orders near zero in float32"),
    (r"softsign", r"value", "PyTorch adds one to an integer's magnitude in its dtype"),
    (SINGULAR, "value", "rounding decides whether a matrix is singular"),
    (r"triangular_solve", r"^\[0\] value.*nan", "infinities less infinities, in another order"),
    (r"(float_power|pow)_", r"value.*nan", "rounding puts bases on either side of zero"),
    (r"(float_)?pow_?|rpow", r"value.*complex", "zero to the power of complex zero is one, as in NumPy"),
    (r"(std|var)(_mean)?", r"value.*(nan|inf)", "corrections that leave nothing to divide by, means of infinities"),
    (r"mean", r"value.*nan.*\(complex", "PyTorch divides by a complex number, of infinities NaN"),
    (
        r"(special_)?i[01]e?_?|special_modified_bessel_i[01]",
        "value.*(nan|inf)",
        "PyTorch multiplies an infinity by zero",
    ),
    (r"special_bessel_[jy][01]|special_airy_ai", "value.*nan", "the limit at infinity is zero"),
    (r"(special_)?polygamma_?", "value.*(nan|inf)", "the limit at infinity is zero, and poles are infinite"),
    (r"(digamma|polygamma)_", "value.*bfloat16", "rounding puts arguments beside poles"),
    (
        r"special_\w+_polynomial_\w+",
        "value.*(nan|inf)",
        "PyTorch makes integers of orders that are none, and overflows otherwise",
    ),
    (r"special_gammaincc?", "value.*nan", "PyTorch gives numbers for arguments that are not positive"),
    (r"cross_entropy", r"(value: got 0.0, expected nan|dtype).*\[empty\]", "the loss of no classes"),
    (r"as_strided_copy", "value", "of copies that are ordered otherwise another part is seen"),
    (r"embedding_bag", r"^\[[123]\]", "what PyTorch keeps for its own derivative, in part not computed"),
    # Dtypes, gradients and memory.
    (r"(linalg_)?matrix_exp|grid_sampler(_2d)?", "value.*(float16|bfloat16)", "half types are computed in float32"),
    (r"\w+", "dtype: got complex64, expected complex32", "there is no 32-bit complex dtype"),
    (
        r"native_(layer|batch|group)_norm",
        r"^\[[12]\] (dtype|requires_grad)",
        "statistics are float32 and have derivatives",
    ),
    (r"detach_copy", "requires_grad: got False", "what is detached has no gradient"),
    (r"geqrf", r"^\[\d\] requires_grad: got False", "PyTorch's derivative is one that fails"),
    (r"lu_unpack", r"^\[1\] requires_grad: got False", "permutations have no gradient"),
    (r"linalg_lstsq", r"^\[\d\] requires_grad: got True", "the residuals have a derivative"),
    (r"triangular_solve", r"^\[1\] requires_grad: got False", "the coefficients come back as they were"),
    (r"special_modified_bessel_i[01]", "requires_grad: got True", "they have a derivative"),
    (r"addr|addmm|addmv|addbmm|baddbmm", "requires_grad: got False", "what is scaled by zero has no gradient"),
    (r"masked_fill_|index_fill_", "requires_grad: got False", "tensors of whole numbers have no gradient"),
    (r"conj|adjoint|conj_physical", "alias|strides", "conjugates are copies, not views that are conjugated later"),
    (
        r"\w+",
        r"(alias|strides).*\[of one memory\]",
        "a destination that outgrows its storage leaves what it shared it with",
    ),
    (r"flatten|reshape|contiguous", "alias", "results that lie otherwise in memory are views or copies otherwise"),
    # Refusals of what PyTorch takes.
    (LINALG, r"refused.*\[empty\]", "PyTorch does not look at empty matrices"),
    (LINALG, "refused: LinAlgError.*not finite", "PyTorch hands infinities and NaN to LAPACK"),
    (r"lu_unpack", "refused.*LU_pivots", "PyTorch does not look at pivots that are not asked for"),
    (r"linalg_vander", r"refused.*got \(\)", "a number is no vector"),
    (r"linalg_vecdot", "refused: IndexError", "PyTorch does not look at the dimension of vectors"),
    (r"embedding", "refused.*padding_idx", "PyTorch does not look at it here"),
    (r"grid_sampler(_[23]d)?", "refused.*must be from 0 to 2", "PyTorch takes any number for a mode"),
    (r"ctc_loss", "refused.*targets must be", "PyTorch reads floats as if they were integers"),
    (
        r"index_add_?|add(b?mm|mv|r)_?|baddbmm_?",
        "refused.*(alpha|beta) must (not change|be)",
        "PyTorch cuts factors down to the dtype",
    ),
    (r"(nan)?median", r"refused.*no elements have no middle one.*\[empty\]", "integers have no NaN"),
    (r"max|min", r"refused.*Expected reduction.*\[empty\]", "PyTorch gives an extreme of nothing to a destination"),
    (r"max|min|any|all|(special_)?logsumexp", "refused: DTypeError: .*destination", "it holds the dtype of the result"),
    (r"cum(max|min|sum|prod)", r"refused: IndexError.*\[empty\]", "PyTorch does not look at dimensions of nothing"),
    (r"matmul|b?mm|add(b?mm|mv|r)|baddbmm", r"refused.*(dtype|integer)", "PyTorch does not look at factors of nothing"),
    (
        r"matmul|b?mm_?|add(b?mm|mv)_?|baddbmm_?",
        r"refused.*shares elements with a factor",
        "PyTorch multiplies what it is overwriting",
    ),
    (r"scatter_?|index_put|masked_fill_?", r"refused.*\[empty\]", "PyTorch does not look at values for nothing"),
    (r"linear", "refused.*bias must have", "PyTorch broadcasts a bias"),
    (r"max_unpool\dd", "refused.*indices must count", "PyTorch does not look at indices into nothing"),
    (
        r"\w+_norm|tile|repeat|mean|repeat_interleave|scaled_dot_product_attention|multilabel_margin_loss|trapz|trapezoid",
        r"refused.*\[empty\]",
        "PyTorch does not look at every argument where there are no elements",
    ),
    (r"(native_)?batch_norm", "refused: ShapeError", "PyTorch does not look at the sizes"),
    (r"pow", "refused: DTypeError: rpow: .*cannot be stored", "PyTorch gives powers of one to any destination"),
    (
        r"pow_?",
        "refused: NotImplementedError.*for bool",
        "PyTorch copies where the exponent is one, and refuses any other",
    ),
    (
        r"as_strided_scatter",
        r"refused.*leave the storage.*\[expanded\]",
        "what is copied has the storage of its elements",
    ),
    (r"\w+", r"refused.*several elements at one address.*\[expanded\]", "PyTorch writes them one after the other"),
    (r"\w+", r"refused.*functions with out=.* don't support", "composed operators of PyTorch drop the gradient"),
    (r"\w+_", "refused.*overwritten by an operator without a derivative", "PyTorch takes the derivative to be zero"),
    (r"logical_\w+_", "refused.*requires grad is being used in an in-place", "PyTorch writes leaves by comparisons"),
    (r"\w+_", "refused.*created in no_grad mode", "PyTorch does not follow views of integers"),
    (r"backward", "refused.*modified by an inplace operation", "other tensors are saved"),
    (r"backward", "refused: NotImplementedError", "a derivative that is not there and says so"),
    # Dtypes without an implementation, which say so.
    (r"\w+", r"refused: NotImplementedError.*\[empty\]", "PyTorch does not look at the dtype of nothing"),
    (
        r"complex|view_as_complex(_copy)?|polar",
        "refused: NotImplementedError.*float16",
        "there is no 32-bit complex dtype",
    ),
    (r"gather|embedding", "refused: NotImplementedError.*gradients are dense", "there are no sparse tensors"),
    (
        r"\w+_window|cummin|cummax",
        "refused: NotImplementedError.*complex",
        "of one element alone PyTorch does not look at the dtype",
    ),
    (r"lu_unpack", "refused: NotImplementedError", "PyTorch unpacks integers"),
    (r"histogram", "refused: NotImplementedError.*float16", "PyTorch takes half types in part"),
    (r"cum(sum|prod)_?|linspace|logspace", "refused: NotImplementedError.*bool", "sums and powers are no booleans"),
    (
        r"\w+_loss|pairwise_distance|rms_norm",
        "refused: NotImplementedError.*(expected float16, bfloat16, float32 or float64|common dtype to be floating)",
        "losses and distances are of floating-point numbers",
    ),
    (
        r"adaptive_avg_pool\dd",
        "refused: NotImplementedError.*int",
        "where there are no windows PyTorch does not look at the dtype",
    ),
    (r"max_unpool\dd", "refused: NotImplementedError.*(int|bool)", "what was pooled is floating"),
    (r"searchsorted|bucketize", "refused: NotImplementedError.*bool", "booleans have no order worth searching"),
)

# Of which PyTorch's derivatives are wrong, or those of other conventions: programs with such a call end without a backward.
OTHER_DERIVATIVES: tuple[tuple[str, str], ...] = (
    (r"polar", "PyTorch takes the sign of a negative length for the direction, and none for a length of zero"),
    (r"as_strided_scatter", "PyTorch gives the gradient of what was overwritten"),
    (r"(std|var)(_mean)?[.(].*(dim=\[\]|, \[\])", "PyTorch divides by the size of no dimension instead of all"),
    (r"cholesky_(solve|inverse)", "what is not read, the other triangle, has no gradient here"),
    (
        r"(linalg_)?cholesky(_ex)?\(torch\.complex",
        "what is not read, imaginary parts of the diagonal, has no gradient here",
    ),
    (
        r"(cum)?prod(\.dim)?\(torch\.complex.*dtype=torch\.float",
        "PyTorch looks for zeros before imaginary parts are dropped",
    ),
    (r"ldexp_?\(.*, torch\.u?int", "PyTorch computes powers of two in the integers' dtype, where they overflow"),
    (r"a(rc)?tan2_?\(torch\.uint8", "PyTorch negates bytes"),
    (r"logcumsumexp", "PyTorch drops gradients that are NaN"),
    (r"linalg_svdvals|svd\(.*compute_uv=False", "where singular values are zero they have no derivative"),
    (r"nanquantile", "of equal elements any may have the gradient"),
    (r"narrow_copy\(.*, -\d+, \d+\)$", "PyTorch drops the gradient where the start is counted from the end"),
    (
        r"scatter_reduce_?\(.*'a(max|min)', include_self=False\)",
        "PyTorch divides gradients among equal elements, and counts those of self, which have no part",
    ),
    (
        r"(native_)?batch_norm\(.*?(\]|\.\.\.), torch\.\w+\(\d+,\)/\([2-9],\)",
        "PyTorch takes the weights to be contiguous",
    ),
    (r"linalg_lu\(.*\binf\b", "PyTorch drops gradients that are NaN"),
)
# Of which PyTorch drops gradients that are NaN: the backward of a program with such a call does not start from one.
DROPS_NAN = {"cumprod"}

# Calls by which PyTorch ends the process, taken as refused by it.
FATAL: tuple[tuple[str, str], ...] = (
    (
        r"native_batch_norm\(.*, None, None, False, [^,]+, [^,]+\)$",
        "PyTorch reads running statistics where there are none",
    ),
)


def is_fatal(call: str) -> bool:
    """Whether PyTorch does not survive a line of a program."""
    return any(re.match(pattern, call) for pattern, _ in FATAL)


def has_other_derivative(call: str) -> bool:
    """Whether the backward of a program with this line is not compared."""
    return any(re.match(pattern, call) for pattern, _ in OTHER_DERIVATIVES)


@cache
def not_differentiable() -> set[str]:
    """Operators of which some form has no derivative."""
    found = ((name, vt_core._C.get_op(name)) for name in vt_core._C.op_names())
    return {name for name, op in found if any("not_differentiable" in flags for flags in op.flags)}


def excused(name: str, what: str, got: Any, expected: Any) -> bool:
    """Whether a difference is none to report."""
    base = name.partition(".")[0]
    if what.startswith("class"):
        # Of two faults of one call either may be named first; the families are held by the tests of errors.
        return isinstance(got.error, (RuntimeError, TypeError, ValueError, IndexError, OverflowError))
    if what.startswith("accepted"):
        # What PyTorch's argument parsers do not take, and what it has no kernel or derivative for, may work here.
        if isinstance(expected.error, (TypeError, NotImplementedError)):
            return True
        return any(re.fullmatch(names, base) and re.search(text, what) for names, text, _ in WIDER)
    if "requires_grad: got False" in what and base.rstrip("_") in not_differentiable():
        return True  # such operators cut the graph; PyTorch fails in backward
    return any(re.fullmatch(names, base) and re.search(text, what) for names, text, _ in INTENDED)
