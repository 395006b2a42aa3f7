// SPDX-License-Identifier: Apache-2.0
// The stack's dtypes: their DLPack codes, names and number categories.
#pragma once

#include <dlpack/dlpack.h>

#include <bit>
#include <cstdint>
#include <string_view>

namespace vt {

constexpr DLDataType make_dtype(int code, int bits) noexcept {
  return DLDataType{static_cast<uint8_t>(code), static_cast<uint8_t>(bits), 1};
}

inline constexpr DLDataType kBool = make_dtype(kDLBool, 8);
inline constexpr DLDataType kUInt8 = make_dtype(kDLUInt, 8);
inline constexpr DLDataType kUInt16 = make_dtype(kDLUInt, 16);
inline constexpr DLDataType kUInt32 = make_dtype(kDLUInt, 32);
inline constexpr DLDataType kUInt64 = make_dtype(kDLUInt, 64);
inline constexpr DLDataType kInt8 = make_dtype(kDLInt, 8);
inline constexpr DLDataType kInt16 = make_dtype(kDLInt, 16);
inline constexpr DLDataType kInt32 = make_dtype(kDLInt, 32);
inline constexpr DLDataType kInt64 = make_dtype(kDLInt, 64);
inline constexpr DLDataType kFloat8E4M3 = make_dtype(kDLFloat8_e4m3fn, 8);
inline constexpr DLDataType kFloat8E5M2 = make_dtype(kDLFloat8_e5m2, 8);
inline constexpr DLDataType kFloat16 = make_dtype(kDLFloat, 16);
inline constexpr DLDataType kBFloat16 = make_dtype(kDLBfloat, 16);
inline constexpr DLDataType kFloat32 = make_dtype(kDLFloat, 32);
inline constexpr DLDataType kFloat64 = make_dtype(kDLFloat, 64);
inline constexpr DLDataType kComplex64 = make_dtype(kDLComplex, 64);
inline constexpr DLDataType kComplex128 = make_dtype(kDLComplex, 128);

// Dense index of a dtype, for tables; kNumDtypes for a dtype the stack does not have.
enum class DtypeIndex : uint8_t {
  kBool,
  kUInt8,
  kUInt16,
  kUInt32,
  kUInt64,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kFloat8E4M3,
  kFloat8E5M2,
  kFloat16,
  kBFloat16,
  kFloat32,
  kFloat64,
  kComplex64,
  kComplex128,
  kCount
};
inline constexpr int kNumDtypes = static_cast<int>(DtypeIndex::kCount);

// Number category in order of promotion.
enum class Category : uint8_t { kBool, kInteger, kFloating, kComplex };

struct DtypeInfo {
  DLDataType dtype;
  std::string_view name;
  Category category;
  uint8_t itemsize;
};

inline constexpr DtypeInfo kDtypeInfo[kNumDtypes] = {
    {kBool, "bool", Category::kBool, 1},
    {kUInt8, "uint8", Category::kInteger, 1},
    {kUInt16, "uint16", Category::kInteger, 2},
    {kUInt32, "uint32", Category::kInteger, 4},
    {kUInt64, "uint64", Category::kInteger, 8},
    {kInt8, "int8", Category::kInteger, 1},
    {kInt16, "int16", Category::kInteger, 2},
    {kInt32, "int32", Category::kInteger, 4},
    {kInt64, "int64", Category::kInteger, 8},
    {kFloat8E4M3, "float8_e4m3fn", Category::kFloating, 1},
    {kFloat8E5M2, "float8_e5m2", Category::kFloating, 1},
    {kFloat16, "float16", Category::kFloating, 2},
    {kBFloat16, "bfloat16", Category::kFloating, 2},
    {kFloat32, "float32", Category::kFloating, 4},
    {kFloat64, "float64", Category::kFloating, 8},
    {kComplex64, "complex64", Category::kComplex, 8},
    {kComplex128, "complex128", Category::kComplex, 16},
};

constexpr uint32_t dtype_bits(DLDataType d) noexcept {
  return static_cast<uint32_t>(d.code) | static_cast<uint32_t>(d.bits) << 8 | static_cast<uint32_t>(d.lanes) << 16;
}
constexpr bool same_dtype(DLDataType a, DLDataType b) noexcept { return dtype_bits(a) == dtype_bits(b); }

namespace detail {
struct DtypeIndexTable {
  uint8_t index[32][8]{};  // by code, then by log2 of the bytes
};
constexpr DtypeIndexTable make_index_table() {
  DtypeIndexTable table;
  for (auto& row : table.index)
    for (auto& entry : row) entry = kNumDtypes;
  for (int i = 0; i < kNumDtypes; ++i) {
    int log2_bytes = 0;
    while ((1 << log2_bytes) < kDtypeInfo[i].itemsize) ++log2_bytes;
    table.index[kDtypeInfo[i].dtype.code][log2_bytes] = static_cast<uint8_t>(i);
  }
  return table;
}
inline constexpr DtypeIndexTable kIndexTable = make_index_table();
}  // namespace detail

constexpr DtypeIndex dtype_index(DLDataType d) noexcept {
  if (d.lanes != 1 || d.code >= 32 || d.bits < 8 || (d.bits & (d.bits - 1)) != 0) return DtypeIndex::kCount;
  return static_cast<DtypeIndex>(detail::kIndexTable.index[d.code][std::countr_zero(d.bits) - 3]);
}
constexpr bool is_known_dtype(DLDataType d) noexcept { return dtype_index(d) != DtypeIndex::kCount; }
constexpr const DtypeInfo& dtype_info(DtypeIndex i) noexcept { return kDtypeInfo[static_cast<int>(i)]; }
constexpr const DtypeInfo& dtype_info(DLDataType d) noexcept { return dtype_info(dtype_index(d)); }
// float16, bfloat16 and the float8 formats: computed in float32.
constexpr bool is_small_float(DLDataType d) noexcept {
  return d.bits <= 16 && is_known_dtype(d) && dtype_info(d).category == Category::kFloating;
}
constexpr std::string_view dtype_name(DLDataType d) noexcept {
  return is_known_dtype(d) ? dtype_info(d).name : std::string_view("unknown dtype");
}

}  // namespace vt
