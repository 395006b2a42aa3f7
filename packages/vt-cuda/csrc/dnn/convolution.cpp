// SPDX-License-Identifier: Apache-2.0
// Which convolutions go to cuDNN, and how they are put to it.
//
// Note [Convolutions by the library]
// What it is asked for was measured on an H200, cuDNN 9.19 against own kernels and products of columns by cuBLASLt. On tensor cores
// (half types, float32 rounded to TF32) it wins by two to twenty times but for windows that lie apart, whose columns are a mere copy,
// and calls too small to matter. In full float32 its sums of products over positions are either slow or of low precision, those of
// the two other kinds are better where windows overlap. Of a channel to a group its kernels are the better in all three, and those for
// row-major tensors by so much that channels-last ones are copied.
#include "convolution.hpp"

#include <vt/cpp/memory_format.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "../blas/matmul.hpp"
#include "../ops/ops.hpp"
#include "plans.hpp"

namespace vt::cuda {
namespace {

using convolution::Axis;
using convolution::Shape;

enum Id : int64_t { kLarge = 1, kWeight, kSmall };

bool has_sums(DtypeIndex dtype) noexcept {
  return dtype == DtypeIndex::kFloat16 || dtype == DtypeIndex::kBFloat16 || dtype == DtypeIndex::kFloat32;
}

// The small size is that of a plain convolution of the large one: a transposed one may be told of a larger one.
bool fits(const Axis& a) noexcept {
  const int64_t room = a.large + 2 * a.padding - (a.kernel - 1) * a.dilation - 1;
  return room >= 0 && room / a.stride + 1 == a.small;
}

// Products of one sum below which own kernels have less to do around it.
constexpr double kLeastProducts = int64_t{1} << 21;

double num_products(const Shape& s) noexcept {
  return static_cast<double>(s.batch * s.small_volume()) * static_cast<double>(s.groups * s.small_channels) *
         static_cast<double>(s.large_channels * s.taps());
}

// A channel to a group.
bool is_depthwise(const Shape& s) noexcept { return s.groups > 1 && s.large_channels == 1; }

bool are_windows_apart(const Shape& s) noexcept {
  return std::all_of(std::begin(s.axes), std::end(s.axes),
                     [](const Axis& a) { return a.padding == 0 && a.stride > (a.kernel - 1) * a.dilation; });
}

// Operands may be rounded to TF32, and gain by it.
bool is_on_tensor_cores(const Shape& s, DtypeIndex dtype) noexcept {
  return dtype != DtypeIndex::kFloat32 || (float32_precision() != Float32Precision::kHighest && !is_depthwise(s));
}

bool is_better(DnnSum sum, const Shape& s, DtypeIndex dtype) {
  if (!has_sums(dtype) || !std::all_of(std::begin(s.axes), std::end(s.axes), fits)) return false;
  if (num_products(s) < kLeastProducts) return false;
  if (is_depthwise(s)) return true;
  const bool apart = are_windows_apart(s);
  if (is_on_tensor_cores(s, dtype)) return sum == DnnSum::kSpread || !apart || (sum == DnnSum::kWeigh && s.taps() == 1);
  if (s.groups > 1 || sum == DnnSum::kWeigh) return false;
  return sum == DnnSum::kCorrelate ? !apart : s.rank > 1 && !(apart && s.taps() == 1);
}

MemoryFormat format_of(const Shape& s, const Tensor& large, const Tensor& small) noexcept {
  if (is_depthwise(s)) return MemoryFormat::kContiguous;
  const MemoryFormat format = format_suggested_by(large.get());
  return format != MemoryFormat::kContiguous ? format : format_suggested_by(small.get());
}

Tensor empty_in(const Tensor& like, MemoryFormat format) {
  Sizes strides;
  strides_in("convolution", like.sizes(), format, strides);
  VtTensor* out = nullptr;
  vt::check(tables().tensor->empty_strided(like.sizes().data(), strides.data(), static_cast<int32_t>(strides.size()),
                                           like.dtype(), like.device(), &out));
  return Tensor::steal(out);
}

// The tensor itself where it lies in the format, else a copy.
Tensor in_format(const Tensor& t, MemoryFormat format) {
  if (is_in_format(t.get(), format)) return t;
  Tensor copy = empty_in(t, format);
  copy_within(copy.get(), t.get());
  return copy;
}

int64_t alignment_of(std::initializer_list<const Tensor*> tensors) noexcept {
  std::uintptr_t address = 16;
  for (const Tensor* t : tensors) address |= reinterpret_cast<std::uintptr_t>((*t)->dl.data);
  return static_cast<int64_t>(address & (~address + 1));
}

class Problem final : public DnnProblem {
 public:
  Problem(DnnSum sum, const Shape& shape, DtypeIndex dtype, bool channels_last, int64_t alignment)
      : sum_(sum), s_(shape), dtype_(dtype), channels_last_(channels_last), alignment_(alignment) {}

  DnnKey key() const override {
    DnnKey key{1,
               static_cast<int64_t>(sum_),
               static_cast<int64_t>(dtype_),
               rounds_operands(),
               channels_last_,
               alignment_,
               s_.batch,
               s_.groups,
               s_.large_channels,
               s_.small_channels};
    auto* next = key.data() + 10;
    for (const Axis& a : s_.axes)
      for (const int64_t part : {a.large, a.small, a.kernel, a.stride, a.padding, a.dilation}) *next++ = part;
    return key;
  }

  bool rounds_operands() const noexcept override { return is_on_tensor_cores(s_, dtype_); }
  bool is_dear() const noexcept override { return false; }

  void describe(Graph& graph) const override {
    const Axis* first = s_.axes + 3 - rank();
    const auto of_axes = [&](int64_t Axis::* part, int64_t batch, int64_t channels) {
      std::vector<int64_t> sizes{batch, channels};
      for (const Axis* a = first; a != std::end(s_.axes); ++a) sizes.push_back(a->*part);
      return layout(std::move(sizes));
    };
    Graph::Convolution c;
    for (const Axis* a = first; a != std::end(s_.axes); ++a) {
      c.strides.push_back(a->stride);
      c.paddings.push_back(a->padding);
      c.dilations.push_back(a->dilation);
    }
    const auto& large = add(graph, kLarge, of_axes(&Axis::large, s_.batch, s_.groups * s_.large_channels));
    const auto& weight = add(graph, kWeight, of_axes(&Axis::kernel, s_.groups * s_.small_channels, s_.large_channels));
    const auto& small = add(graph, kSmall, of_axes(&Axis::small, s_.batch, s_.groups * s_.small_channels));
    graph.convolve(operation(), c, large, weight, small);
  }

 private:
  // One dimension is taken as two.
  size_t rank() const noexcept { return std::max<size_t>(s_.rank, 2); }

  dn::DescriptorType operation() const noexcept {
    return sum_ == DnnSum::kCorrelate ? dn::kConvolutionForward
           : sum_ == DnnSum::kSpread  ? dn::kConvolutionBackwardData
                                      : dn::kConvolutionBackwardFilter;
  }

  const Graph::Tensor& add(Graph& graph, Id id, DnnLayout layout) const {
    const dn::DataType type = dtype_ == DtypeIndex::kFloat16    ? dn::kReal16
                              : dtype_ == DtypeIndex::kBFloat16 ? dn::kRealBrain16
                                                                : dn::kReal32;
    return graph.in_memory(id, type, std::move(layout), alignment_);
  }

  DnnLayout layout(std::vector<int64_t> sizes) const {
    DnnLayout out = DnnLayout::row_major(std::move(sizes));
    if (!channels_last_) return out;
    out.strides[1] = 1;
    int64_t stride = out.sizes[1];
    for (size_t d = out.sizes.size(); d-- > 2; stride *= out.sizes[d]) out.strides[d] = stride;
    return out;
  }

  DnnSum sum_;
  const Shape& s_;
  DtypeIndex dtype_;
  bool channels_last_;
  int64_t alignment_;
};

}  // namespace

bool dnn_convolve(const char* op, DnnSum sum, const Shape& shape, const Tensor& large, const Tensor& weight,
                  const Tensor& small) {
  const DtypeIndex dtype = known_dtype_index(large.dtype());
  if (!is_better(sum, shape, dtype) || cudnn() == nullptr) return false;
  const MemoryFormat format = format_of(shape, large, small);
  const auto prepared = [&](const Tensor& t, bool is_result) {
    if (!is_result) return in_format(t, format);
    return is_in_format(t.get(), format) ? t : empty_in(t, format);
  };
  const Tensor x = prepared(large, sum == DnnSum::kSpread);
  const Tensor w = prepared(weight, sum == DnnSum::kWeigh);
  const Tensor y = prepared(small, sum == DnnSum::kCorrelate);
  const Problem problem(sum, shape, dtype, format != MemoryFormat::kContiguous, alignment_of({&x, &w, &y}));
  const DnnOperand operands[] = {{kLarge, x->dl.data}, {kWeight, w->dl.data}, {kSmall, y->dl.data}};
  if (!dnn_run(op, large.device(), problem, operands)) return false;
  const auto& [result, wanted] = sum == DnnSum::kCorrelate ? std::pair(&y, &small)
                                 : sum == DnnSum::kSpread  ? std::pair(&x, &large)
                                                           : std::pair(&w, &weight);
  if (result->get() != wanted->get()) copy_within(wanted->get(), result->get());
  return true;
}

}  // namespace vt::cuda
