// SPDX-License-Identifier: Apache-2.0
// Resampling of images of bytes: sums of products of bytes and 16-bit weights, one dimension after the other.
#include "ops/resample_bytes.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "ops/runs.hpp"
#include "runtime/thread_pool.hpp"

// Note [Bytes]
// As in PyTorch and Pillow, to the last bit: weights are rounded to multiples of 2^-p, with p so large that the greatest of a
// dimension still fits 16 bits, taps outside the image add their weight to that of its edge before that, and each dimension's
// sums are rounded to bytes, halves up, and held within 0 and 255. Rows are resampled before columns.
namespace vt::core {

namespace {

constexpr int kMaxPrecision = 22;

// The taps of one dimension in whole numbers.
struct ByteTaps {
  int64_t in;
  int64_t out;
  int64_t num;
  int precision = 0;
  std::vector<int64_t> index;
  std::vector<int32_t> weight;

  ByteTaps(const resample::Shape& s, size_t d) : in(s.in[d]), out(s.out[d]) {
    resample::Taps taps = resample::taps_of(s.method, in, out, s.scales[d], kFloat64);
    num = taps.num;
    double greatest = 0;
    for (int64_t o = 0; o < out; ++o) {
      const auto first = static_cast<size_t>(o * num);
      for (size_t j = first; j < first + static_cast<size_t>(num); ++j)
        for (size_t k = first; k < j; ++k)
          if (taps.index[k] == taps.index[j]) {
            taps.weight[k] += taps.weight[j];
            taps.weight[j] = 0;
            break;
          }
      for (size_t j = first; j < first + static_cast<size_t>(num); ++j) greatest = std::max(greatest, taps.weight[j]);
    }
    while (precision < kMaxPrecision && static_cast<int>(0.5 + greatest * (1 << (precision + 1))) < 1 << 15)
      ++precision;
    index = std::move(taps.index);
    for (const double w : taps.weight) {
      const double scaled = w * (1 << precision);
      weight.push_back(static_cast<int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5));
    }
  }

  // Position `o` of a line whose elements are `stride` apart.
  uint8_t at(const uint8_t* line, int64_t stride, int64_t o) const noexcept {
    int64_t sum = precision > 0 ? int64_t{1} << (precision - 1) : 0;
    for (int64_t j = 0; j < num; ++j) {
      const auto tap = static_cast<size_t>(o * num + j);
      sum += int64_t{weight[tap]} * line[index[tap] * stride];
    }
    return static_cast<uint8_t>(std::clamp<int64_t>(sum >> precision, 0, 255));
  }
};

}  // namespace

void resample_bytes(const resample::Shape& shape, const uint8_t* from, uint8_t* to) {
  const ByteTaps rows(shape, 1);
  const ByteTaps columns(shape, 2);
  const int64_t most = std::max(rows.in, rows.out) * std::max(columns.in, columns.out);
  parallel_for(0, shape.planes, rows_per_grain(most), [&](int64_t begin, int64_t end) {
    const auto wide = std::make_unique_for_overwrite<uint8_t[]>(static_cast<size_t>(rows.in * columns.out));
    for (int64_t plane = begin; plane < end; ++plane) {
      const uint8_t* image = from + plane * rows.in * columns.in;
      uint8_t* out = to + plane * rows.out * columns.out;
      for (int64_t y = 0; y < rows.in; ++y)
        for (int64_t x = 0; x < columns.out; ++x)
          wide[static_cast<size_t>(y * columns.out + x)] = columns.at(image + y * columns.in, 1, x);
      for (int64_t y = 0; y < rows.out; ++y)
        for (int64_t x = 0; x < columns.out; ++x) out[y * columns.out + x] = rows.at(wide.get() + x, columns.out, y);
    }
  });
}

}  // namespace vt::core
