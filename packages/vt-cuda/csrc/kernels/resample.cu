// SPDX-License-Identifier: Apache-2.0
// Resampling: Note [Resampling on CUDA].
#include "resample.hpp"

#include "row.cuh"

namespace vt::cuda {
namespace {

// Elements are computed in float unless they are double.
template <class T>
using Real = std::conditional_t<std::is_same_v<T, double>, double, float>;

VT_DEVICE int64_t thread_number() { return static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x; }

template <class W, class Index>
__global__ void __launch_bounds__(kBlockThreads) resample_taps(const __grid_constant__ ResampleParams p) {
  wait_for_previous_kernel();
  const ResampleAxis& axis = p.axes[blockIdx.y];
  const resample::Line& line = axis.line;
  const int64_t o = thread_number();
  if (o >= line.out) return;
  W* weight = static_cast<W*>(axis.weight) + o * line.num;
  if (axis.same) {
    axis.first[o] = static_cast<int32_t>(o);
    axis.count[o] = 1;
    weight[0] = W{1};
    return;
  }
  const resample::Place place = resample::place_of<Index>(line, o);
  const int64_t count = place.count < line.num ? place.count : line.num;
  double sum = 1;
  if (line.method.antialias) {
    sum = 0;
    for (int64_t j = 0; j < place.count; ++j) sum += resample::weight_of<Index>(line, place, j);
  }
  for (int64_t j = 0; j < count; ++j)
    weight[j] = static_cast<W>(sum != 0 ? resample::weight_of<Index>(line, place, j) / sum : 0);
  axis.first[o] = static_cast<int32_t>(place.first);
  axis.count[o] = static_cast<int32_t>(count);
}

// The first of `num` positions for which `reaches` holds; it holds for all after one for which it does.
template <class Reaches>
VT_DEVICE int64_t first_position(int64_t num, Reaches&& reaches) {
  int64_t low = 0;
  int64_t high = num;
  while (low < high) {
    const int64_t middle = (low + high) / 2;
    if (reaches(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

__global__ void __launch_bounds__(kBlockThreads) resample_ranges(const __grid_constant__ ResampleParams p) {
  wait_for_previous_kernel();
  const ResampleAxis& axis = p.axes[blockIdx.y];
  const resample::Line& line = axis.line;
  const int64_t i = thread_number();
  if (i >= line.in) return;
  const auto last = [&](int64_t o) { return resample::element_of(line, int64_t{axis.first[o]} + axis.count[o] - 1); };
  const auto first = [&](int64_t o) { return resample::element_of(line, axis.first[o]); };
  axis.begin[i] = static_cast<int32_t>(first_position(line.out, [&](int64_t o) { return last(o) >= i; }));
  axis.end[i] = static_cast<int32_t>(first_position(line.out, [&](int64_t o) { return first(o) > i; }));
}

// Calls visit(element, weight) for the taps of position `o`.
template <class W, class Visit>
VT_DEVICE void for_each_tap(const ResampleAxis& axis, int64_t o, Visit&& visit) {
  const int64_t first = axis.first[o];
  const W* weight = static_cast<const W*>(axis.weight) + o * axis.line.num;
  const int count = axis.count[o];
  for (int j = 0; j < count; ++j) visit(resample::element_of(axis.line, first + j), weight[j]);
}

// Splits the number of an element into its position along each axis, whose lengths are length(d); returns its plane.
template <class Length>
VT_DEVICE int64_t split(int64_t number, Length&& length, int64_t (&at)[3]) {
#pragma unroll
  for (int d = 2; d >= 0; --d) {
    const int64_t outer = number / length(d);
    at[d] = number - outer * length(d);
    number = outer;
  }
  return number;
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) resample_gather(const __grid_constant__ ResampleParams p) {
  wait_for_previous_kernel();
  using W = Real<T>;
  const int64_t number = thread_number();
  if (number >= p.num) return;
  int64_t at[3];
  const int64_t plane_number = split(number, [&](int d) { return p.axes[d].line.out; }, at);
  const int64_t rows = p.axes[1].line.in;
  const int64_t columns = p.axes[2].line.in;
  const T* plane = static_cast<const T*>(p.from) + plane_number * p.axes[0].line.in * rows * columns;
  W sum = 0;
  for_each_tap<W>(p.axes[0], at[0], [&](int64_t x, W weight_x) {
    W of_rows = 0;
    for_each_tap<W>(p.axes[1], at[1], [&](int64_t y, W weight_y) {
      const T* row = plane + (x * rows + y) * columns;
      W of_row = 0;
      for_each_tap<W>(p.axes[2], at[2],
                      [&](int64_t z, W weight) { of_row += weight * static_cast<W>(to_wide(row[z])); });
      of_rows += weight_y * of_row;
    });
    sum += weight_x * of_rows;
  });
  static_cast<T*>(p.to)[number] = from_wide<T>(static_cast<Wide<T>>(sum));
}

// Calls visit(position, weight) for the positions of the result that read element `i`, once per tap.
template <class W, class Visit>
VT_DEVICE void for_each_reader(const ResampleAxis& axis, int64_t i, Visit&& visit) {
  for (int64_t o = axis.begin[i]; o < axis.end[i]; ++o)
    for_each_tap<W>(axis, o, [&](int64_t element, W weight) {
      if (element == i) visit(o, weight);
    });
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) resample_spread(const __grid_constant__ ResampleParams p) {
  wait_for_previous_kernel();
  using W = Real<T>;
  const int64_t number = thread_number();
  if (number >= p.num) return;
  int64_t at[3];
  const int64_t plane_number = split(number, [&](int d) { return p.axes[d].line.in; }, at);
  const int64_t rows = p.axes[1].line.out;
  const int64_t columns = p.axes[2].line.out;
  const T* plane = static_cast<const T*>(p.from) + plane_number * p.axes[0].line.out * rows * columns;
  W sum = 0;
  for_each_reader<W>(p.axes[2], at[2], [&](int64_t z, W weight_z) {
    W of_rows = 0;
    for_each_reader<W>(p.axes[1], at[1], [&](int64_t y, W weight_y) {
      W of_planes = 0;
      for_each_reader<W>(p.axes[0], at[0], [&](int64_t x, W weight) {
        of_planes += weight * static_cast<W>(to_wide(plane[(x * rows + y) * columns + z]));
      });
      of_rows += weight_y * of_planes;
    });
    sum += weight_z * of_rows;
  });
  static_cast<T*>(p.to)[number] = from_wide<T>(static_cast<Wide<T>>(sum));
}

}  // namespace

const void* resample_taps_kernel(DtypeIndex dtype, bool is_double) noexcept {
  if (dtype != DtypeIndex::kFloat64) return reinterpret_cast<const void*>(&resample_taps<float, float>);
  return is_double ? reinterpret_cast<const void*>(&resample_taps<double, double>)
                   : reinterpret_cast<const void*>(&resample_taps<double, float>);
}
const void* resample_ranges_kernel() noexcept { return reinterpret_cast<const void*>(&resample_ranges); }

const void* resample_gather_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kUInt8: return reinterpret_cast<const void*>(&resample_gather<uint8_t>);
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&resample_gather<Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&resample_gather<BFloat>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&resample_gather<float>);
    default: return reinterpret_cast<const void*>(&resample_gather<double>);
  }
}
const void* resample_spread_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&resample_spread<Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&resample_spread<BFloat>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&resample_spread<float>);
    default: return reinterpret_cast<const void*>(&resample_spread<double>);
  }
}

}  // namespace vt::cuda
