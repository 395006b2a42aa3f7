# SPDX-License-Identifier: Apache-2.0
"""What PyTorch refuses and the stack computes: operators, the message, and what it is for."""

from __future__ import annotations

# Names are matched as a whole, messages anywhere.
WIDER: tuple[tuple[str, str, str], ...] = (
    # Destinations of other dtypes are cast into, as elementwise operators of both do.
    (
        r"\w+",
        "Found dtype|Expected out tensor to have dtype|out tensor to be|output tensor to have dtype",
        "destinations",
    ),
    (r"where|nan_to_num|vdot", "Expected out type|dtype of out|does not match input dtype", "destinations"),
    (r"signbit|is(pos|neg)inf", "does not support non-boolean outputs", "destinations"),
    (r"(special_)?logsumexp", "doesn't match the broadcast shape", "destinations are resized"),
    (r"diff", r"start out of range.*\[empty\]", "a destination for no differences"),
    # Dtypes.
    (r"n?a?n?(cum)?(sum|prod)|slice_scatter", "Autograd not support dtype", "gradients of integers are not asked for"),
    (r"nansum", "functions with out=", "sums in a dtype of integers have no gradient"),
    (r"sum", r"Dimension out of range.*\[empty\]", "a destination that is the operand is resized afterwards"),
    (r"ormqr", "tau.shape", "fewer reflections than there are columns"),
    (r"isin", "Unsupported input type", "every dtype has equality"),
    (r"linalg_vander", "supports floating point", "half types have powers"),
    (r"one_hot", "only applicable to index tensor", "other integers name classes"),
    (r"\w+", "not support automatic differentiation for outputs with complex dtype", "derivatives of complex numbers"),
    (r"arg(max|min)|topk|kl_div|cross_entropy|nan_to_num", "not support", "dtypes"),
    (r"masked_fill", "Autograd not support dtype", "gradients of integers are not asked for"),
    (r"take", "expected to have the same dtype|Expected a long tensor", "int32 indices, destinations"),
    (r"index_copy|index_add", "Expected a long tensor|Expected.*(LongTensor|dtype int64)", "int32 indices"),
    (r"linalg_(matrix_)?norm", "dtype", "destinations, and norms in dtypes of other kinds"),
    (r"linalg_(matrix_rank|pinv)", r"complex type is not supported.*\[empty\]", "tolerances for nothing"),
    (r"(linalg_)?cross|cdist|heaviside", "expected scalar type|different dtypes|only support", "operands are promoted"),
    (r"scatter\w*", r"Expected self.dtype.*\[empty\]", "sources of nothing may have any dtype"),
    (r"margin_ranking_loss", "on a bool tensor", "booleans count as numbers"),
    (r"(smooth_)?l1_loss", "with a bool tensor", "booleans count as numbers beside floating-point ones"),
    (r"gaussian_nll_loss|binary_cross_entropy_with_logits", "can't be cast", "integers count in the result's dtype"),
    (r"native_layer_norm", "mixed dtype", "weights may be coarser than the input"),
    (r"linalg_lstsq", "must match the size|have the same dtype", "more sizes and dtypes of destinations"),
    (r"\w+", "without overflow", "numbers that a dtype cannot hold are refused where they count"),
    # Memory.
    (r"native_group_norm", "is_contiguous", "any layout"),
    (r"kron|isin|view|conv_tbc|take_along_dim|local_response_norm", "view size is not compatible", "layouts"),
    (r"(linalg_)?matrix_exp", "view size is not compatible", "layouts"),
    (r"\w+", "refer to a single memory location", "operands of one memory are read before it is written"),
    (r"\w+", r"refers to a single memory location.*\[expanded\]", "destinations that are resized lie apart"),
    (r"as_strided_scatter", "INTERNAL ASSERT", "any layout"),
    (r"view", "not supported for conjugate view tensors", "conjugates are tensors like others"),
    (r"stft|fill_diagonal_", "setStorage", "PyTorch steps beyond the storage"),
    (
        r"unfold(_copy)?|view|view_copy",
        "cannot be represented as a SymInt|self.stride",
        "strides of nothing do not matter",
    ),
    # Sizes.
    (r"adaptive_(max|avg)_pool\dd|max_unpool\dd", "output_size|tuple index", "one size for all dimensions"),
    (r"lp_pool\dd|max_unpool\dd", "not enough values to unpack|tuple index", "one size for all dimensions"),
    (r"bilinear", r"unspecified dimension.*\[empty\]", "of no features nothing but the bias is left"),
    (
        r"norm_except_dim|instance_norm|linalg_tensorinv",
        "Dimension specified|ArrayRef|reshape|out of range",
        "of little or nothing",
    ),
    (
        r"repeat_interleave|take_along_dim",
        "Dimension (out of range|specified)",
        "a number counts as one of one dimension",
    ),
    (r"nonzero_static|unique_consecutive", "zero sized dimensions|nonzero_static", "more sizes"),
    (r"multilabel_margin_loss", "is out of range", "classes after the first -1 are not read"),
    (r"linalg_lstsq", "input.dim", "more sizes"),
    (r"index_select", "Index to scalar", "a number counts as one of one dimension"),
    (
        r"binary_cross_entropy_with_logits|soft_margin_loss",
        "doesn't match the broadcast shape",
        "weights and targets broadcast",
    ),
    (r"norm", "dim must be a 2-tuple", "a norm over more dimensions is that of all their elements"),
    # Arguments.
    (r"cdist", r"not a valid value for compute_mode.*\[empty\]", "a mode for nothing"),
    (r"cholesky(_inverse)?", "LinAlgError", "factors that are not finite, or singular"),
    (r"\w+", r"functions with out=.*\[(empty|of one memory)\]", "a gradient of nothing, or of what is overwritten"),
    (r"scaled_dot_product_attention", "Explicit attn_mask", "a mask and the causal one both hold"),
    (r"ldexp", "INTERNAL ASSERT", "operands are cast"),
    # Gradients.
    (r"\w+", "is not differentiable with respect to", "targets and running statistics have none here"),
    (r"backward", "derivative for .* is not implemented|not implemented for|is not implemented", "derivatives"),
    (
        r"backward",
        "modified by an inplace operation|Expected a proper Tensor|is invalid for input of size|returned an invalid gradient"
        "|tensor does not have a device|isFloatingType|must match the size of tensor|view size is not compatible"
        "|doesn't match the broadcast shape|cannot be represented as a SymInt|up to multiplication by|Found dtype"
        "|index out of range in self|on a bool tensor|with (a|two) bool tensor|must have the same dtype|INTERNAL ASSERT"
        "|grad_input must be contiguous|can't be cast",
        "PyTorch saves other tensors, and its derivatives fail on empty and on mixed ones",
    ),
)
