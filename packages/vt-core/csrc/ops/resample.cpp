// SPDX-License-Identifier: Apache-2.0
// Resampling on the CPU: the inner op, its gradient, and PyTorch's names for both over any device.
#include <vt/cpp/spatial/resample.hpp>

#include "ops/calls.hpp"
#include "ops/loops/resample.hpp"
#include "ops/resample_bytes.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using calls::span_of;
using resample::Method;
using resample::Mode;
using resample::Shape;
using resample::Taps;

// Owns the taps of all dimensions.
class Axes {
 public:
  Axes(const Shape& s, DLDataType dtype) {
    for (size_t d = 0; d < 3; ++d) {
      taps_[d] = resample::taps_of(s.method, s.in[d], s.out[d], s.scales[d], dtype);
      single_[d].assign(taps_[d].weight.begin(), taps_[d].weight.end());
      planes.axes[d] = {s.in[d],
                        s.out[d],
                        taps_[d].num,
                        taps_[d].index.data(),
                        same_dtype(dtype, kFloat64) ? static_cast<const void*>(taps_[d].weight.data())
                                                    : static_cast<const void*>(single_[d].data()),
                        is_same(taps_[d], s.in[d], s.out[d])};
    }
  }
  Axes(const Axes&) = delete;
  Axes& operator=(const Axes&) = delete;

  ResamplePlanes planes;

 private:
  // Whether every position is its own only tap.
  static bool is_same(const Taps& taps, int64_t in, int64_t out) {
    if (in != out) return false;
    for (int64_t o = 0; o < out; ++o)
      for (int64_t j = 0; j < taps.num; ++j) {
        const auto at = static_cast<size_t>(o * taps.num + j);
        if (taps.weight[at] != (taps.index[at] == o && (j == 0 || taps.num == 4) ? 1.0 : 0.0)) return false;
      }
    return true;
  }

  Taps taps_[3];
  std::vector<float> single_[3];
};

void run(const Shape& s, ResampleLoop loop, const Tensor& from, const Tensor& to) {
  Axes axes(s, from.dtype());
  axes.planes.from = from->dl.data;
  axes.planes.to = to->dl.data;
  int64_t most = 1;
  for (size_t d = 0; d < 3; ++d) most *= std::max(s.in[d], s.out[d]);
  parallel_for(0, s.planes, rows_per_grain(most), [&](int64_t begin, int64_t end) {
    const auto scratch = std::make_unique_for_overwrite<double[]>(static_cast<size_t>(3 * most));
    loop(axes.planes, begin, end, scratch.get());
  });
}

size_t index_of(const Tensor& t) noexcept { return static_cast<size_t>(dtype_index(t.dtype())); }

void native_resample(const VtValue* args, VtValue* result) {
  resample::forward(args, result, [](const Shape& s, const Tensor& from, const Tensor& to) {
    if (same_dtype(from.dtype(), kUInt8) && s.method.mode > Mode::kNearestExact)
      return resample_bytes(s, from.data<const uint8_t>(), to.data<uint8_t>());
    run(s, loops<ResampleLoops>().gather[index_of(from)], from, to);
  });
}
void native_resample_backward(const VtValue* args, VtValue* result) {
  resample::backward(args, result, [](const Shape& s, const Tensor& from, const Tensor& to) {
    run(s, loops<ResampleLoops>().spread[index_of(from)], from, to);
  });
}

// A name of PyTorch's: (self, output_size[, align_corners], a scale per dimension).
struct Form {
  const char* name;
  const char* mode;
  size_t rank;
  bool antialias;
};
constexpr Form kForms[] = {
    {"upsample_nearest1d", "nearest", 1, false},
    {"upsample_nearest2d", "nearest", 2, false},
    {"upsample_nearest3d", "nearest", 3, false},
    {"_upsample_nearest_exact1d", "nearest-exact", 1, false},
    {"_upsample_nearest_exact2d", "nearest-exact", 2, false},
    {"_upsample_nearest_exact3d", "nearest-exact", 3, false},
    {"upsample_linear1d", "linear", 1, false},
    {"upsample_bilinear2d", "linear", 2, false},
    {"upsample_trilinear3d", "linear", 3, false},
    {"upsample_bicubic2d", "cubic", 2, false},
    {"_upsample_bilinear2d_aa", "linear", 2, true},
    {"_upsample_bicubic2d_aa", "cubic", 2, true},
    {"_upsample_lanczos2d_aa", "lanczos", 2, true},
};
constexpr bool has_corners(const Form& form) noexcept { return form.mode[0] != 'n'; }

template <size_t kForm>
void upsample(const VtValue* args, VtValue* result) {
  constexpr const Form& form = kForms[kForm];
  static const Op native("native_resample");
  static const Op contiguous("contiguous");
  const Tensor self = calls::shared(args[0]);
  if (ints_of(args[1]).size() != form.rank)
    fail(VT_ERROR_RUNTIME, std::string(form.name) + ": It is expected output_size equals to " +
                               std::to_string(form.rank) + ", but got size " + std::to_string(ints_of(args[1]).size()));
  const VtValue* scales = args + (has_corners(form) ? 3 : 2);
  double given[3] = {0, 0, 0};
  for (size_t d = 0; d < form.rank; ++d)
    if (!is_none(scales[d])) given[d] = scales[d].as.f;
  VtValue list = none();
  list.tag = VT_FLOAT_LIST;
  list.count = form.rank;
  list.as.floats = given;
  Tensor out = native(self, args[1], form.mode, has_corners(form) && args[2].as.i != 0, list, form.antialias);
  const MemoryFormat format = format_suggested_by(self.get());
  if (format != MemoryFormat::kContiguous) out = contiguous(out, static_cast<int64_t>(format));
  result[0] = value_of(out.release());
}

constexpr char kResampleDoc[] = R"(An image of other sizes: each dimension is resampled by itself.

Parameters
----------
self : Tensor
    (N, C, ...) with one to three dimensions more; float16, bfloat16, float32 or float64; uint8 for neighbours, and
    for sums over two dimensions, to the bits of PyTorch and Pillow.
output_size : int[]
    One number per dimension.
mode : str
    'nearest', 'nearest-exact', 'linear', 'cubic' or 'lanczos'.
align_corners : bool
    Whether the middles of the outermost elements stay where they are; else their outer edges.
scales : float[], optional
    By which positions are computed; output_size by the input's size where there is none, or 0.
antialias : bool
    Whether as many elements count as the result is coarser than the input.

Returns
-------
Tensor
    Half types are computed in float32.)";
constexpr char kBackwardDoc[] = R"(The gradient of `native_resample`.

Parameters
----------
grad : Tensor
    float16, bfloat16, float32 or float64.
input_size : int[]
    Of the resampled dimensions of the input.
mode : str
align_corners : bool
scales : float[], optional
antialias : bool)";
constexpr char kFormDoc[] = R"(An image of other sizes, by the method in the name: see `nn.functional.interpolate`.

Parameters
----------
self : Tensor
    (N, C, ...); float16, bfloat16, float32 or float64, for neighbours uint8 too.
output_size : int[]
scales : float, optional
    Per dimension: by which positions are computed, instead of by the sizes.

Raises
------
RuntimeError
    If a size is not positive.)";

std::string schema_of(const Form& form) {
  std::string text = std::string(form.name) + "(Tensor self, int[" + std::to_string(form.rank) + "] output_size";
  if (has_corners(form)) text += ", bool align_corners";
  const char* const names[] = {", float? scales_d=None", ", float? scales_h=None", ", float? scales_w=None"};
  if (form.rank == 1) return text + ", float? scales=None) -> Tensor";
  for (size_t d = 3 - form.rank; d < 3; ++d) text += names[d];
  return text + ") -> Tensor";
}

template <size_t... kForm>
void register_forms(VtPlugin* plugin, std::index_sequence<kForm...>) {
  const std::string schemas[] = {schema_of(kForms[kForm])...};
  const OpRow ops[] = {{schemas[kForm].c_str(), VT_OP_FUNCTION | VT_OP_COMPOSITE, kFormDoc}...};
  define_ops(plugin, ops);
  const vt::KernelRow composites[] = {{kForms[kForm].name, boxed<upsample<kForm>>}...};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace

void register_resample(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"native_resample(Tensor self, int[] output_size, str mode, bool align_corners, float[]? scales, bool antialias) "
       "-> Tensor",
       VT_OP_FUNCTION, kResampleDoc},
      {"native_resample_backward(Tensor grad, int[] input_size, str mode, bool align_corners, float[]? scales, bool "
       "antialias) -> Tensor",
       VT_OP_FUNCTION, kBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"native_resample", boxed<native_resample>},
                                   {"native_resample_backward", boxed<native_resample_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  register_forms(plugin, std::make_index_sequence<std::size(kForms)>());
}

}  // namespace vt::core
