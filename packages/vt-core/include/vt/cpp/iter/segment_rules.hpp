// SPDX-License-Identifier: Apache-2.0
// The reductions of segments: their names, and what _segment_reduce asks of a device.
#pragma once

#include <vt/cpp/iter/search_rules.hpp>

#include <limits>
#include <string_view>

namespace vt {

enum class SegmentKind : uint8_t { kSum, kMean, kMax, kMin, kProd };

inline SegmentKind segment_kind_of(const VtValue& name) {
  const std::string_view text = name.as.string;
  if (text == "sum") return SegmentKind::kSum;
  if (text == "mean") return SegmentKind::kMean;
  if (text == "max" || text == "amax") return SegmentKind::kMax;
  if (text == "min" || text == "amin") return SegmentKind::kMin;
  if (text == "prod") return SegmentKind::kProd;
  fail(VT_ERROR_RUNTIME,
       "segment_reduce: reduce argument must be either sum, prod, mean, max or min: got " + std::string(text));
}

// What a reduction of no elements gives, but for the mean.
inline double segment_start(SegmentKind kind) noexcept {
  if (kind == SegmentKind::kMax) return -std::numeric_limits<double>::infinity();
  if (kind == SegmentKind::kMin) return std::numeric_limits<double>::infinity();
  return kind == SegmentKind::kProd ? 1 : 0;
}

// _segment_reduce(data, reduce, offsets, axis, initial)
struct SegmentRequest {
  SegmentKind kind;
  int32_t axis;
  int64_t num_segments;  // of each line
  bool has_initial;
  double initial;
};
// `sizes` become those of the result.
inline SegmentRequest segment_request(const VtValue* args, Sizes& sizes) {
  const VtTensor* data = args[0].as.tensor;
  const VtTensor* offsets = args[2].as.tensor;
  const SegmentKind kind = segment_kind_of(args[1]);
  detail::check_real_floating("segment_reduce", data->dl.dtype);
  if (!same_dtype(offsets->dl.dtype, kInt64))
    fail(VT_ERROR_NOT_IMPLEMENTED, detail::unsupported("segment_reduce", "offsets must be int64", offsets->dl.dtype));
  const bool has_initial = !is_none(args[4]);
  const SegmentRequest r{kind, static_cast<int32_t>(args[3].as.i), offsets->dl.shape[offsets->dl.ndim - 1] - 1,
                         has_initial, has_initial ? number_of(args[4]).real : segment_start(kind)};
  sizes.assign(sizes_of(data));
  sizes[static_cast<size_t>(r.axis)] = r.num_segments;
  return r;
}

}  // namespace vt
