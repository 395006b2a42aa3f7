// SPDX-License-Identifier: Apache-2.0
// Views that read the same bytes as another dtype, the parts of complex numbers, and what follows from them.
#include <vt/cpp/op.hpp>

#include "ops/ops.hpp"
#include "ops/view.hpp"

// Note [Conjugates]
// PyTorch marks a tensor as conjugated or negated and computes it when it is read. Here conj and neg compute at once: no tensor
// carries such a mark, so is_conj and is_neg are False and resolve_conj and resolve_neg give the tensor itself.
namespace vt::core {

namespace {

bool is_complex(const VtTensor* t) noexcept { return dtype_info(t->dl.dtype).category == Category::kComplex; }

TensorImpl* view_as_dtype(const VtTensor* self, const Sizes& sizes, const Sizes& strides, DLDataType dtype) {
  TensorImpl* view = make_view_unchecked(impl(self), sizes, strides, self->dl.data);
  view->dl.dtype = dtype;
  return view;
}

struct Reinterpretation {
  const char* op;
  const VtTensor* self;
  DLDataType dtype;

  [[noreturn]] void refuse(const std::string& what, const std::string& got) const {
    fail(VT_ERROR_RUNTIME, std::string(op) + ": " + what + " to view " + std::string(dtype_name(self->dl.dtype)) +
                               " as " + std::string(dtype_name(dtype)) + ": got " + got);
  }
  void check_last_dim() const {
    const auto last = static_cast<size_t>(self->dl.ndim) - 1;
    if (self->dl.ndim == 0) refuse("at least one dimension is needed", "none");
    if (self->dl.strides[last] != 1)
      refuse("the last dimension must have stride 1", "strides " + format_sizes(strides_of(self)));
  }

  // Several elements become one.
  void merge(int64_t ratio, Sizes& sizes, Sizes& strides) const {
    check_last_dim();
    const size_t last = sizes.size() - 1;
    const std::string by = " must be divisible by " + std::to_string(ratio);
    if (sizes[last] % ratio != 0)
      refuse("the size of the last dimension" + by, "sizes " + format_sizes(sizes_of(self)));
    if (const int64_t offset = storage_offset(impl(self)); offset % ratio != 0)
      refuse("the storage offset" + by, std::to_string(offset));
    for (size_t d = 0; d < last; ++d)
      if (strides[d] % ratio != 0)
        refuse("the stride of dimension " + std::to_string(d) + by, "strides " + format_sizes(strides_of(self)));
    sizes[last] /= ratio;
    for (size_t d = 0; d < last; ++d) strides[d] /= ratio;
  }

  // One element becomes several.
  void divide(int64_t ratio, Sizes& sizes, Sizes& strides) const {
    check_last_dim();
    const size_t last = sizes.size() - 1;
    bool overflow = __builtin_mul_overflow(sizes[last], ratio, &sizes[last]);
    for (size_t d = 0; d < last; ++d) overflow |= __builtin_mul_overflow(strides[d], ratio, &strides[d]);
    if (overflow) refuse("sizes and strides must fit in 64 bits", "sizes " + format_sizes(sizes_of(self)));
  }
};

void view_dtype(const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  const DLDataType dtype = args[1].as.dtype;
  known_dtype_index(dtype);
  const int64_t from = itemsize_of(self->dl.dtype);
  const int64_t to = itemsize_of(dtype);
  Sizes sizes;
  Sizes strides;
  sizes.assign(sizes_of(self));
  strides.assign(strides_of(self));
  const Reinterpretation seen{"view", self, dtype};
  if (to > from) {
    seen.merge(to / from, sizes, strides);
  } else if (to < from) {
    seen.divide(from / to, sizes, strides);
  }
  result[0] = value_of(view_as_dtype(self, sizes, strides, dtype));
}

void view_as_real(const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  if (!is_complex(self))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         "view_as_real: only supported for complex tensors: got " + std::string(dtype_name(self->dl.dtype)));
  const auto ndim = static_cast<size_t>(self->dl.ndim);
  if (ndim + 1 > static_cast<size_t>(kMaxDims))
    fail(VT_ERROR_VALUE, "view_as_real: too many dimensions: got " + std::to_string(ndim) + ", expected at most 63");
  Sizes sizes;
  Sizes strides;
  sizes.resize(ndim + 1);
  strides.resize(ndim + 1);
  for (size_t d = 0; d < ndim; ++d) {
    sizes[d] = self->dl.shape[d];
    if (__builtin_mul_overflow(self->dl.strides[d], int64_t{2}, &strides[d]))
      fail(VT_ERROR_OVERFLOW, "view_as_real: strides " + format_sizes(strides_of(self)) + " do not fit in 64 bits");
  }
  sizes[ndim] = 2;
  strides[ndim] = 1;
  result[0] =
      value_of(view_as_dtype(self, sizes, strides, same_dtype(self->dl.dtype, kComplex64) ? kFloat32 : kFloat64));
}

void view_as_complex(const VtValue* args, VtValue* result) {
  const VtTensor* self = args[0].as.tensor;
  const bool single = same_dtype(self->dl.dtype, kFloat32);
  if (!single && !same_dtype(self->dl.dtype, kFloat64))
    fail(VT_ERROR_NOT_IMPLEMENTED, "view_as_complex: only supported for float32 and float64 tensors: got " +
                                       std::string(dtype_name(self->dl.dtype)));
  const auto refuse = [self](const char* what) {
    fail(VT_ERROR_RUNTIME, std::string("view_as_complex: ") + what + ": got sizes " + format_sizes(sizes_of(self)) +
                               ", strides " + format_sizes(strides_of(self)) + " and storage offset " +
                               std::to_string(storage_offset(impl(self))));
  };
  if (self->dl.ndim == 0) refuse("the tensor must have at least one dimension");
  const auto last = static_cast<size_t>(self->dl.ndim) - 1;
  if (self->dl.shape[last] != 2) refuse("the last dimension must have size 2");
  if (self->dl.strides[last] != 1) refuse("the last dimension must have stride 1");
  if (storage_offset(impl(self)) % 2 != 0) refuse("the storage offset must be divisible by 2");
  Sizes sizes;
  Sizes strides;
  sizes.resize(last);
  strides.resize(last);
  for (size_t d = 0; d < last; ++d) {
    if (self->dl.strides[d] % 2 != 0) refuse("the strides of all but the last dimension must be divisible by 2");
    sizes[d] = self->dl.shape[d];
    strides[d] = self->dl.strides[d] / 2;
  }
  result[0] = value_of(view_as_dtype(self, sizes, strides, single ? kComplex64 : kComplex128));
}

// The real (0) or imaginary (1) parts of a complex tensor.
VtValue part_of(const VtValue& self, int64_t part) {
  static const Op as_real("view_as_real");
  static const Op select("select");
  return value_of(select(as_real(self), int64_t{-1}, part).release());
}

void real(const VtValue* args, VtValue* result) {
  result[0] = is_complex(args[0].as.tensor) ? part_of(args[0], 0) : shared_value(args[0].as.tensor);
}

void imag(const VtValue* args, VtValue* result) {
  if (!is_complex(args[0].as.tensor))
    fail(VT_ERROR_NOT_IMPLEMENTED, "imag: not implemented for tensors with non-complex dtypes: got " +
                                       std::string(dtype_name(args[0].as.tensor->dl.dtype)));
  result[0] = part_of(args[0], 1);
}

Tensor conjugated(Tensor t) {
  static const Op conj("conj");
  return is_complex(t.get()) ? conj(t) : std::move(t);
}

void adjoint(const VtValue* args, VtValue* result) {
  static const Op transpose("transpose");
  const int32_t ndim = args[0].as.tensor->dl.ndim;
  if (ndim == 1)
    fail(VT_ERROR_RUNTIME, "adjoint: only supported on matrices or batches of matrices: got a 1-dim tensor");
  result[0] =
      value_of(conjugated(ndim == 0 ? Tensor::share(args[0].as.tensor) : transpose(args[0], int64_t{-2}, int64_t{-1}))
                   .release());
}

void matrix_adjoint(const VtValue* args, VtValue* result) {
  const int32_t ndim = args[0].as.tensor->dl.ndim;
  if (ndim != 0 && ndim != 2)
    fail(VT_ERROR_RUNTIME,
         "matrix_H: only supported on matrices (2-dim tensors): got " + std::to_string(ndim) + " dimensions; use mH");
  adjoint(args, result);
}

void same(const VtValue* args, VtValue* result) { result[0] = shared_value(args[0].as.tensor); }
void never(const VtValue*, VtValue* result) { result[0] = value_of(false); }

constexpr char kViewDtypeDoc[] = R"(The same bytes read as another dtype.

For a dtype of another width the last dimension, of stride 1, grows or shrinks; all other strides and the storage offset must
then be divisible by the ratio of the widths. No derivative, as in PyTorch.

Raises
------
RuntimeError
    If sizes, strides or the offset do not allow it.)";
constexpr char kAsRealDoc[] = R"(A view of complex numbers as pairs of real ones in a new last dimension.

Raises
------
NotImplementedError
    If `self` is not complex.)";
constexpr char kAsComplexDoc[] =
    R"(A view of pairs of real numbers, the last dimension of size 2 and stride 1, as complex ones.

Raises
------
NotImplementedError
    If `self` is not float32 or float64.
RuntimeError
    If its layout has no pairs: other strides and the storage offset must be even.)";
constexpr char kRealDoc[] = "A view of the real parts; a real tensor itself.";
constexpr char kImagDoc[] = R"(A view of the imaginary parts.

Raises
------
NotImplementedError
    If `self` is not complex.)";
constexpr char kAdjointDoc[] =
    R"(The conjugate of the matrices with their dimensions exchanged: a view where `self` is real.

Raises
------
RuntimeError
    If `self` has one dimension.)";
constexpr char kMatrixAdjointDoc[] = "As `adjoint`, for one matrix.";
constexpr char kResolveDoc[] =
    "The tensor itself: it is conjugated and negated when that is asked for, not when it is read.";
constexpr char kNeverDoc[] = "False: no tensor waits for its conjugation or negation to be computed.";

}  // namespace

void register_reinterpret(VtPlugin* plugin) {
  constexpr uint32_t kComposite = kFunctionAndMethod | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"view.dtype(Tensor(a) self, dtype dtype) -> Tensor(a)", VT_OP_METHOD | VT_OP_NOT_DIFFERENTIABLE, kViewDtypeDoc},
      {"view_as_real(Tensor(a) self) -> Tensor(a)", VT_OP_FUNCTION, kAsRealDoc},
      {"view_as_complex(Tensor(a) self) -> Tensor(a)", VT_OP_FUNCTION, kAsComplexDoc},
      {"real(Tensor self) -> Tensor", VT_OP_FUNCTION | VT_OP_COMPOSITE, kRealDoc},
      {"imag(Tensor self) -> Tensor", VT_OP_FUNCTION | VT_OP_COMPOSITE, kImagDoc},
      {"adjoint(Tensor self) -> Tensor", kComposite, kAdjointDoc},
      {"matrix_H(Tensor self) -> Tensor", VT_OP_COMPOSITE, kMatrixAdjointDoc},
      {"resolve_conj(Tensor self) -> Tensor", kComposite, kResolveDoc},
      {"resolve_neg(Tensor self) -> Tensor", kComposite, kResolveDoc},
      {"is_conj(Tensor self) -> bool", kFunctionAndMethod | VT_OP_NOT_DIFFERENTIABLE, kNeverDoc},
      {"is_neg(Tensor self) -> bool", kFunctionAndMethod | VT_OP_NOT_DIFFERENTIABLE, kNeverDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"view.dtype", boxed<view_dtype>},
      {"view_as_real", boxed<view_as_real>},
      {"view_as_complex", boxed<view_as_complex>},
      {"real", boxed<real>},
      {"imag", boxed<imag>},
      {"adjoint", boxed<adjoint>},
      {"matrix_H", boxed<matrix_adjoint>},
      {"resolve_conj", boxed<same>},
      {"resolve_neg", boxed<same>},
      {"is_conj", boxed<never>},
      {"is_neg", boxed<never>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
