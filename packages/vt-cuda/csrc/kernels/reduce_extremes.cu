// SPDX-License-Identifier: Apache-2.0
// The largest and smallest elements, with their positions or without.
#include "reduce_engine.cuh"

namespace vt::cuda {
namespace {

VT_DEVICE void take(const Number& n, double& value) { value = n.real; }
VT_DEVICE void take(const Number& n, int64_t& value) { value = n.integer; }
VT_DEVICE void take(const Number& n, uint64_t& value) { value = static_cast<uint64_t>(n.integer); }
VT_DEVICE Number number_from(double value) { return real_number(value); }
VT_DEVICE Number number_from(int64_t value) { return integer_number(value); }
VT_DEVICE Number number_from(uint64_t value) { return {Number::kUnsigned, static_cast<int64_t>(value), 0, 0}; }

// A NaN prevails.
template <class Value, bool kMaximum>
VT_DEVICE bool betters(Value a, Value b) {
  return (kMaximum ? a > b : a < b) || (a != a && b == b);
}

template <class Value, bool kMaximum>
struct Extreme {
  Value value{};
  bool any = false;
  VT_DEVICE void add(const Number& n, int64_t, const ReduceSettings&) {
    Value x;
    take(n, x);
    if (!any || betters<Value, kMaximum>(x, value)) value = x;
    any = true;
  }
  VT_DEVICE void add(const Extreme& other) {
    if (!other.any) return;
    if (!any || betters<Value, kMaximum>(other.value, value)) *this = other;
  }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    store_slot(out[0], dtypes[0], number_from(value));
  }
};

// The first of equal elements; the first NaN where there is one.
template <class Value, bool kMaximum>
struct Position {
  Value value{};
  int64_t index = -1;
  VT_DEVICE void add(const Number& n, int64_t position, const ReduceSettings&) {
    Value x;
    take(n, x);
    if (index >= 0 && !betters<Value, kMaximum>(x, value)) return;
    value = x;
    index = position;
  }
  VT_DEVICE void add(const Position& other) {
    if (other.index < 0) return;
    const bool earlier = other.index < index && !betters<Value, kMaximum>(value, other.value);
    if (index < 0 || earlier || betters<Value, kMaximum>(other.value, value)) *this = other;
  }
  VT_DEVICE void store(char* const* out, const DtypeIndex* dtypes, const ReduceSettings&) const {
    store_slot(out[0], dtypes[0], number_from(value));
    store_slot(out[1], dtypes[1], integer_number(index));
  }
};

template <template <class, bool> class Cell, bool kMaximum>
ReduceKernels by_value(DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  if (dtype_info(element).category == Category::kFloating)
    return kernels_of<Cell<double, kMaximum>, Half, BFloat, float, double>(in, element, wide);
  if (element == DtypeIndex::kUInt64) return kernels_of<Cell<uint64_t, kMaximum>>(in, element, wide);
  return kernels_of<Cell<int64_t, kMaximum>, int64_t>(in, element, wide);
}

}  // namespace

ReduceKernels extreme_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  return kind == ReduceKind::kMax ? by_value<Extreme, true>(in, element, wide)
                                  : by_value<Extreme, false>(in, element, wide);
}

ReduceKernels position_kernels(ReduceKind kind, DtypeIndex in, DtypeIndex element, bool wide) noexcept {
  return kind == ReduceKind::kArgmax ? by_value<Position, true>(in, element, wide)
                                     : by_value<Position, false>(in, element, wide);
}

}  // namespace vt::cuda
