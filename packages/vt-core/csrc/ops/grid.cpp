// SPDX-License-Identifier: Apache-2.0
// grid_sampler and affine_grid_generator, composed of gathers and products: on any device, with derivatives of any order.
#include <vt/cpp/rows.hpp>

#include "ops/calls.hpp"

// Note [Grid sampling]
// A grid holds places in an image, x first, where -1 and 1 are its ends: the middles of the outermost elements when corners are
// aligned, else their outer edges. What lies around a place is gathered from the image, seen as (batch, channels, elements), by
// numbers of elements, and weighted. Places outside read zeros, or are moved to the border or reflected there first. As in
// PyTorch a place that was moved to the border, or lies on it, has no derivative.
namespace vt::core {

namespace {

using calls::Ints;
using calls::span_of;

enum class Interpolation { kLinear, kNearest, kCubic };
enum class Outside { kZeros, kBorder, kReflection };

Tensor where(const Tensor& condition, const VtValue& a, const VtValue& b) {
  static const Op op("where");
  return op(condition, a, b);
}
VtValue value(const Tensor& t) noexcept { return value_of(t.get()); }
Tensor compared(const char* name, const Tensor& t, double number) { return Op(name)(t, number); }
Tensor scaled(const Tensor& t, double factor) { return calls::mul(t, value_of(factor)); }
Tensor moved(const Tensor& t, double by) {
  static const Op op("add");
  return op(t, by);
}
Tensor floor(const Tensor& t) {
  static const Op op("floor");
  return op(t);
}
Tensor both(const Tensor& a, const Tensor& b) {
  static const Op op("logical_and");
  return a ? op(a, b) : b;
}

struct Sampler {
  Outside outside;
  bool align_corners;

  // From [-1, 1] to numbers of elements.
  Tensor element(const Tensor& place, int64_t size) const {
    const auto n = static_cast<double>(size);
    return align_corners ? scaled(moved(place, 1), (n - 1) / 2) : scaled(moved(scaled(moved(place, 1), n), -1), 0.5);
  }
  // Those outside moved, as far as the mode says.
  Tensor inside(const Tensor& x, int64_t size) const {
    const auto n = static_cast<double>(size);
    if (outside == Outside::kZeros) return x;
    if (outside == Outside::kBorder) return clipped(x, n - 1);
    return clipped(align_corners ? reflected(x, 0, n - 1) : reflected(x, -0.5, n - 0.5), n - 1);
  }

 private:
  // NaN becomes zero.
  static Tensor clipped(const Tensor& x, double last) {
    const Tensor below = where(compared("lt", x, last), value(x), value_of(last));
    return where(compared("gt", x, 0), value(below), value_of(0.0));
  }
  static Tensor reflected(const Tensor& x, double low, double high) {
    static const Op abs("abs");
    static const Op fmod("fmod");
    static const Op remainder("remainder");
    if (low == high) return scaled(x, 0);
    const double span = high - low;
    const Tensor distance = abs(moved(x, -low));
    const Tensor extra = fmod(distance, span);
    const Tensor flips = remainder(floor(scaled(distance, 1 / span)), 2.0);
    return where(compared("eq", flips, 0), value(moved(extra, low)), value(moved(scaled(extra, -1), span + low)));
  }
};

// What is read along one dimension: numbers of elements, whether they are there, and weights.
struct Reads {
  Tensor element;  // int64, in range
  Tensor valid;
  Tensor weight;  // empty for one
};

Reads reads_at(const Tensor& x, int64_t size, Tensor weight) {
  static const Op to("to.dtype");
  static const Op clamp("clamp");
  const Tensor whole = to(x, kInt64);
  return {clamp(whole, int64_t{0}, size - 1),
          both(compared("ge", x, 0), compared("le", x, static_cast<double>(size - 1))), std::move(weight)};
}

// Weights of four neighbours by how far a place lies behind the second (Keys, 1981, with a = -0.75).
Tensor cubic_weight(const Tensor& t, int neighbour) {
  constexpr double kA = -0.75;
  const auto polynomial = [](const Tensor& x, double c3, double c2, double c1, double c0) {
    return moved(calls::mul(moved(calls::mul(moved(scaled(x, c3), c2), x), c1), x), c0);
  };
  const auto near = [&](const Tensor& x) { return polynomial(x, kA + 2, -(kA + 3), 0, 1); };
  const auto far = [&](const Tensor& x) { return polynomial(x, kA, -5 * kA, 8 * kA, -4 * kA); };
  switch (neighbour) {
    case 0: return far(moved(t, 1));
    case 1: return near(t);
    case 2: return near(moved(scaled(t, -1), 1));
    default: return far(moved(scaled(t, -1), 2));
  }
}

std::vector<Reads> reads_along(const Sampler& sampler, Interpolation mode, const Tensor& place, int64_t size) {
  static const Op round("round");
  const Tensor x = sampler.element(place, size);
  std::vector<Reads> reads;
  if (mode == Interpolation::kNearest) {
    const Tensor nearest = round(sampler.inside(x, size));
    reads.push_back(reads_at(nearest, size, Tensor()));
    // A place's gradient is zero, not none.
    if (calls::is_recorded(place.get()))
      reads[0].weight = moved(where(reads[0].valid, value(scaled(nearest, 0)), value_of(0.0)), 1);
  } else if (mode == Interpolation::kLinear) {
    const Tensor at = sampler.inside(x, size);
    const Tensor first = floor(at);
    const Tensor part = calls::sub(at, first);
    reads.push_back(reads_at(first, size, moved(scaled(part, -1), 1)));
    reads.push_back(reads_at(moved(first, 1), size, part));
  } else {
    const Tensor first = floor(x);
    const Tensor part = calls::sub(x, first);
    for (int i = 0; i < 4; ++i)
      reads.push_back(reads_at(sampler.inside(moved(first, i - 1), size), size, cubic_weight(part, i)));
  }
  return reads;
}

// The sum over all choices of one read per dimension. `flat` is (batch, channels, elements), reads are (batch, places).
Tensor sampled(const Tensor& flat, const std::vector<std::vector<Reads>>& dims, std::span<const int64_t> sizes) {
  static const Op gather("gather");
  const int64_t batch = flat.sizes()[0];
  const int64_t channels = flat.sizes()[1];
  Tensor sum;
  std::vector<size_t> choice(dims.size(), 0);
  while (true) {
    Tensor element;
    Tensor valid;
    Tensor weight;
    for (size_t d = 0; d < dims.size(); ++d) {
      const Reads& read = dims[d][choice[d]];
      element = element ? calls::add(calls::mul(element, value_of(sizes[d])), read.element) : read.element;
      valid = both(valid, read.valid);
      if (read.weight) weight = weight ? calls::mul(weight, read.weight) : read.weight;
    }
    const int64_t places = element.sizes()[1];
    const Tensor index = calls::expand(calls::unsqueeze(element, 1), {batch, channels, places});
    Tensor term = where(calls::unsqueeze(valid, 1), value(gather(flat, int64_t{2}, index)), value_of(0.0));
    if (weight) term = calls::mul(term, calls::unsqueeze(weight, 1));
    sum = sum ? calls::add(sum, term) : std::move(term);
    size_t d = dims.size();
    while (d > 0 && ++choice[d - 1] == dims[d - 1].size()) choice[--d] = 0;
    if (d == 0) return sum;
  }
}

int64_t choice_of(const char* op, const char* name, const VtValue& v, int64_t most) {
  if (v.as.i < 0 || v.as.i > most)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": " + name + " must be from 0 to " + std::to_string(most) + ": got " +
                               std::to_string(v.as.i));
  return v.as.i;
}

void check_grid(const char* op, const Tensor& input, const Tensor& grid, size_t rank) {
  const auto sizes = input.sizes();
  const std::string got =
      "input with sizes " + format_sizes(sizes) + " and grid with sizes " + format_sizes(grid.sizes());
  const std::string at = std::string(op) + ": ";
  if (sizes.empty() || grid.ndim() == 0 || sizes[0] != grid.sizes()[0])
    fail(VT_ERROR_SHAPE, at + "expected grid and input to have same batch size, but got " + got);
  if ((sizes.size() != 4 && sizes.size() != 5) || sizes.size() != static_cast<size_t>(grid.ndim()) ||
      (rank != 0 && sizes.size() != rank + 2))
    fail(VT_ERROR_SHAPE, at + "expected " + (rank == 0 ? "4D or 5D" : std::to_string(rank + 2) + "D") +
                             " input and grid with same number of dimensions, but got " + got);
  if (grid.sizes().back() != static_cast<int64_t>(sizes.size() - 2))
    fail(VT_ERROR_SHAPE, at + "expected grid to have size " + std::to_string(sizes.size() - 2) +
                             " in last dimension, but got grid with sizes " + format_sizes(grid.sizes()));
  for (size_t d = 2; d < sizes.size(); ++d)
    if (sizes[d] == 0)
      fail(VT_ERROR_SHAPE, at + "expected input to have non-empty spatial dimensions, but input has sizes " +
                               format_sizes(sizes) + " with dimension " + std::to_string(d) + " being empty");
}

// grid_sampler(input, grid, interpolation_mode, padding_mode, align_corners); kRank 0 for two or three dimensions.
template <size_t kRank>
void grid_sampler(const VtValue* args, VtValue* result) {
  const char* op = kRank == 0 ? "grid_sampler" : kRank == 2 ? "grid_sampler_2d" : "grid_sampler_3d";
  static const Op select("select");
  static const Op to("to.dtype");
  const Tensor input = calls::shared(args[0]);
  const Tensor grid = calls::shared(args[1]);
  const auto mode = static_cast<Interpolation>(choice_of(op, "interpolation_mode", args[2], 2));
  const Sampler sampler{static_cast<Outside>(choice_of(op, "padding_mode", args[3], 2)), args[4].as.i != 0};
  check_grid(op, input, grid, kRank);
  const auto sizes = input.sizes();
  const size_t rank = sizes.size() - 2;
  if (mode == Interpolation::kCubic && rank != 2)
    fail(VT_ERROR_RUNTIME, std::string(op) + ": bicubic interpolation only supports 4D input");
  rows::check_dtype(op, input.get());
  if (!same_dtype(input.dtype(), grid.dtype()))
    fail(VT_ERROR_DTYPE, std::string(op) + ": expected a grid of the input's dtype: got " +
                             std::string(dtype_name(grid.dtype())) + " with an input of " +
                             std::string(dtype_name(input.dtype())));
  const DLDataType compute = rows::compute_dtype(input.dtype());
  Ints out_sizes{sizes[0], sizes[1]};
  int64_t places = 1;
  int64_t elements = 1;
  for (size_t d = 0; d < rank; ++d) {
    out_sizes.push_back(grid.sizes()[1 + d]);
    places *= grid.sizes()[1 + d];
    elements *= sizes[2 + d];
  }
  const Tensor flat = calls::reshape(to(input, compute), {sizes[0], sizes[1], elements});
  const Tensor points = calls::reshape(to(grid, compute), {sizes[0], places, static_cast<int64_t>(rank)});
  std::vector<std::vector<Reads>> dims;
  for (size_t d = 0; d < rank; ++d)
    dims.push_back(
        reads_along(sampler, mode, select(points, int64_t{2}, static_cast<int64_t>(rank - 1 - d)), sizes[2 + d]));
  const Tensor out = calls::reshape(sampled(flat, dims, sizes.subspan(2)), out_sizes);
  result[0] = rows::owned(to(out, input.dtype()));
}

// Places of `size` elements from end to end.
Tensor places_along(int64_t size, bool align_corners, const Tensor& like) {
  static const Op linspace("linspace");
  const double end = size <= 1 ? 0 : align_corners ? 1 : static_cast<double>(size - 1) / static_cast<double>(size);
  return linspace(-end, end, size, like.dtype(), like.device());
}

// affine_grid_generator(theta, size, align_corners)
void affine_grid_generator(const VtValue* args, VtValue* result) {
  static const Op stack("stack");
  static const Op ones("ones");
  const char* op = "affine_grid_generator";
  static const Op to("to.dtype");
  const DLDataType dtype = args[0].as.tensor->dl.dtype;
  rows::check_dtype(op, args[0].as.tensor);
  const Tensor theta = to(args[0], rows::compute_dtype(dtype));
  const auto size = ints_of(args[1]);
  if (size.size() != 4 && size.size() != 5)
    fail(VT_ERROR_RUNTIME, std::string(op) +
                               ": AffineGridGenerator needs 4d (spatial) or 5d (volumetric) inputs: got " +
                               format_sizes(size));
  const auto rank = static_cast<int64_t>(size.size()) - 2;
  for (const int64_t n : size)
    if (n < 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": sizes must not be negative: got " + format_sizes(size));
  if (theta.ndim() != 3 || theta.sizes()[0] != size[0] || theta.sizes()[1] != rank || theta.sizes()[2] != rank + 1)
    fail(VT_ERROR_SHAPE, std::string(op) + ": Expected a batch of " + std::to_string(rank) +
                             "D affine matrices of shape " + std::to_string(size[0]) + "x" + std::to_string(rank) +
                             "x" + std::to_string(rank + 1) + " for size " + format_sizes(size) + ": got " +
                             format_sizes(theta.sizes()));
  const Ints spatial(size.begin() + 2, size.end());
  std::vector<Tensor> columns;
  for (int64_t d = rank - 1; d >= 0; --d) {
    Ints shape(static_cast<size_t>(rank), 1);
    shape[static_cast<size_t>(d)] = spatial[static_cast<size_t>(d)];
    columns.push_back(calls::expand(
        calls::reshape(places_along(spatial[static_cast<size_t>(d)], args[2].as.i != 0, theta), shape), spatial));
  }
  columns.push_back(calls::expand(ones(std::span<const int64_t>(), theta.dtype(), theta.device()), spatial));
  std::vector<VtTensor*> handles;
  for (const Tensor& column : columns) handles.push_back(column.get());
  VtValue list = none();
  list.tag = VT_TENSOR_LIST;
  list.count = static_cast<uint32_t>(handles.size());
  list.as.tensors = handles.data();
  const Tensor base = calls::reshape(stack(list, int64_t{-1}), {-1, rank + 1});
  const int64_t places = base.sizes()[0];
  const Tensor grid =
      calls::matmul(calls::expand(calls::unsqueeze(base, 0), {size[0], places, rank + 1}), calls::transpose(theta));
  Ints out(size.begin() + 2, size.end());
  out.insert(out.begin(), size[0]);
  out.push_back(rank);
  result[0] = rows::owned(to(calls::reshape(grid, out), dtype));
}

constexpr char kSamplerDoc[] = R"(The image's values at the places of a grid: `nn.functional.grid_sample`.

Parameters
----------
input : Tensor
    (N, C, H, W) or (N, C, D, H, W); float16, bfloat16, float32 or float64.
grid : Tensor
    (N, ..., 2) or (N, ..., 3), x first, of the input's dtype; -1 and 1 are the ends of the image.
interpolation_mode : int
    0 linear, 1 nearest, 2 cubic, which is for images only.
padding_mode : int
    What lies outside: 0 zeros, 1 the border, 2 reflections.
align_corners : bool
    Whether the ends are the middles of the outermost elements; else their outer edges.

Returns
-------
Tensor
    (N, C, ...) by the grid. Half types are computed in float32.

Raises
------
RuntimeError
    If sizes or dtypes do not fit together.

References
----------
Jaderberg et al., Spatial Transformer Networks, arXiv:1506.02025.)";

constexpr char kAffineDoc[] =
    R"(The places that an affine map sends an image's elements to: `nn.functional.affine_grid`.

Parameters
----------
theta : Tensor
    (N, 2, 3) or (N, 3, 4); a floating dtype, half types computed in float32.
size : int[]
    Of the image, with batch and channels.
align_corners : bool
    As in `grid_sampler`.

Returns
-------
Tensor
    (N, ..., 2) or (N, ..., 3), x first.

Raises
------
RuntimeError
    If `size` has other than 4 or 5 numbers or does not fit `theta`.)";

}  // namespace

void register_grid(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor",
       kComposite, kSamplerDoc},
      {"grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> "
       "Tensor",
       kComposite, kSamplerDoc},
      {"grid_sampler_3d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> "
       "Tensor",
       kComposite, kSamplerDoc},
      {"affine_grid_generator(Tensor theta, int[] size, bool align_corners) -> Tensor", kComposite, kAffineDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow composites[] = {{"grid_sampler", boxed<grid_sampler<0>>},
                                      {"grid_sampler_2d", boxed<grid_sampler<2>>},
                                      {"grid_sampler_3d", boxed<grid_sampler<3>>},
                                      {"affine_grid_generator", boxed<affine_grid_generator>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
