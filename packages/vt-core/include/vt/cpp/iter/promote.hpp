// SPDX-License-Identifier: Apache-2.0
// Type promotion: the common dtype of tensors and Python numbers, by PyTorch's rules.
#pragma once

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>
#include <vt/cpp/tables.hpp>

#include <array>
#include <string>

namespace vt {

// Note [Promotion]
// Two dtypes promote to the smallest one that holds both categories: bool < integer < floating < complex; f16 with bf16 is
// f32, uint8 with int8 is int16. As in PyTorch uint16, uint32 and uint64 promote only with floating dtypes, and float8 with
// nothing but itself. Operands count in three classes: tensors with dimensions, 0-dim tensors, and numbers. A lower class
// decides only by a higher category: int8[3] + int64[] is int8, int8[3] + 2.5 is float32. A number stands for bool, int64,
// the default dtype or its complex counterpart, complex128 for float64 and else complex64. There is no 32-bit complex dtype:
// float16 with a complex number is complex64.

constexpr bool is_float8(DtypeIndex i) noexcept { return i == DtypeIndex::kFloat8E4M3 || i == DtypeIndex::kFloat8E5M2; }
constexpr bool is_wide_unsigned(DtypeIndex i) noexcept {
  return i == DtypeIndex::kUInt16 || i == DtypeIndex::kUInt32 || i == DtypeIndex::kUInt64;
}
constexpr Category category_of(DtypeIndex i) noexcept { return dtype_info(i).category; }

namespace detail {

constexpr DtypeIndex promote_rule(DtypeIndex a, DtypeIndex b) noexcept {
  if (a == b) return a;
  if (is_float8(a) || is_float8(b)) return DtypeIndex::kCount;
  if (category_of(a) > category_of(b)) std::swap(a, b);  // b has the higher category
  const bool wide_unsigned = is_wide_unsigned(a) || is_wide_unsigned(b);
  switch (category_of(b)) {
    case Category::kComplex:
      if (wide_unsigned) return DtypeIndex::kCount;
      return a == DtypeIndex::kFloat64 || a == DtypeIndex::kComplex128 ? DtypeIndex::kComplex128 : b;
    case Category::kFloating:
      if (category_of(a) != Category::kFloating) return b;
      if (a == DtypeIndex::kFloat64 || b == DtypeIndex::kFloat64) return DtypeIndex::kFloat64;
      return DtypeIndex::kFloat32;
    default:
      if (wide_unsigned) return DtypeIndex::kCount;
      if (category_of(a) == Category::kBool) return b;
      if (a == DtypeIndex::kUInt8 || b == DtypeIndex::kUInt8) {
        const DtypeIndex other = a == DtypeIndex::kUInt8 ? b : a;
        return other == DtypeIndex::kInt8 ? DtypeIndex::kInt16 : other;
      }
      return dtype_info(a).itemsize > dtype_info(b).itemsize ? a : b;
  }
}

inline constexpr auto kPromotionTable = [] {
  std::array<std::array<DtypeIndex, kNumDtypes>, kNumDtypes> table{};
  for (int a = 0; a < kNumDtypes; ++a)
    for (int b = 0; b < kNumDtypes; ++b)
      table[static_cast<size_t>(a)][static_cast<size_t>(b)] =
          promote_rule(static_cast<DtypeIndex>(a), static_cast<DtypeIndex>(b));
  return table;
}();

}  // namespace detail

// kCount when the two have no common dtype.
constexpr DtypeIndex promote(DtypeIndex a, DtypeIndex b) noexcept {
  return detail::kPromotionTable[static_cast<size_t>(a)][static_cast<size_t>(b)];
}

// The floating dtype of what is computed from no floating operand; float32 beside a core that has no other.
inline DtypeIndex default_dtype_index() noexcept {
  const VtIterApi* iter = tables().iter;
  return iter && VT_HAS_FIELD(iter, VtIterApi, default_dtype) ? dtype_index(iter->default_dtype())
                                                              : DtypeIndex::kFloat32;
}

// Of integers and bool the default dtype, in which their quotients, roots and the like are; any other dtype itself.
inline DLDataType floating_dtype(DLDataType dtype) noexcept {
  return dtype_info(dtype).category <= Category::kInteger ? dtype_info(default_dtype_index()).dtype : dtype;
}

// What a number of a category stands for.
inline DtypeIndex number_dtype_index(Category category) noexcept {
  switch (category) {
    case Category::kBool: return DtypeIndex::kBool;
    case Category::kInteger: return DtypeIndex::kInt64;
    case Category::kFloating: return default_dtype_index();
    case Category::kComplex: break;
  }
  return default_dtype_index() == DtypeIndex::kFloat64 ? DtypeIndex::kComplex128 : DtypeIndex::kComplex64;
}

// Whether a result of dtype `from` may be stored in `to`: never to a lower category.
constexpr bool can_cast(DLDataType from, DLDataType to) noexcept {
  const Category target = dtype_info(to).category;
  const Category source = dtype_info(from).category;
  return source <= target || (source == Category::kInteger && target == Category::kInteger);
}

constexpr DtypeIndex known_dtype_index(DLDataType dtype) {
  const DtypeIndex index = dtype_index(dtype);
  if (index == DtypeIndex::kCount) fail(VT_ERROR_DTYPE, "a dtype of the stack is required: got one it does not have");
  return index;
}

// Collects the operands of one op. `op` is for messages and must outlive the object.
class Promotion {
 public:
  explicit Promotion(const char* op) noexcept : op_(op) {}

  void add_tensor(DLDataType dtype, int32_t ndim) {
    DtypeIndex& slot = ndim > 0 ? dimensioned_ : zero_dim_;
    slot = join(slot, known_dtype_index(dtype));
  }
  void add_number(Category category) { number_ = join(number_, number_dtype_index(category)); }
  // kCount when nothing was added.
  DtypeIndex result() const { return combine(dimensioned_, combine(zero_dim_, number_)); }

 private:
  DtypeIndex join(DtypeIndex a, DtypeIndex b) const {
    if (a == DtypeIndex::kCount) return b;
    if (b == DtypeIndex::kCount) return a;
    const DtypeIndex common = promote(a, b);
    if (common == DtypeIndex::kCount) fail_join(a, b);
    return common;
  }
  DtypeIndex combine(DtypeIndex higher, DtypeIndex lower) const {
    if (higher == DtypeIndex::kCount) return lower;
    if (lower == DtypeIndex::kCount || category_of(lower) <= category_of(higher)) return higher;
    if (category_of(higher) == Category::kBool) return join(higher, lower);
    if (category_of(lower) == Category::kComplex) {
      if (category_of(higher) == Category::kFloating) {
        if (is_float8(higher)) fail_join(higher, lower);
        return higher == DtypeIndex::kFloat64 ? DtypeIndex::kComplex128 : DtypeIndex::kComplex64;
      }
      return is_wide_unsigned(higher) ? lower : join(higher, lower);
    }
    return join(higher, lower);
  }
  [[noreturn]] void fail_join(DtypeIndex a, DtypeIndex b) const {
    fail(VT_ERROR_DTYPE, std::string(op_) + ": no common dtype: got " + std::string(dtype_info(a).name) + " and " +
                             std::string(dtype_info(b).name) + "; convert one of them");
  }

  const char* op_;
  DtypeIndex dimensioned_ = DtypeIndex::kCount;
  DtypeIndex zero_dim_ = DtypeIndex::kCount;
  DtypeIndex number_ = DtypeIndex::kCount;
};

}  // namespace vt
