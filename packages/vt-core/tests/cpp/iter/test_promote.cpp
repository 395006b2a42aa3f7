// SPDX-License-Identifier: Apache-2.0
// Type promotion: laws of the table, classes of operands, and refusals.
#include <gtest/gtest.h>
#include <vt/cpp/iter/promote.hpp>

#include <cstddef>
#include <utility>

namespace vt {
namespace {

DLDataType promoted(DLDataType a, DLDataType b) { return dtype_info(promote(dtype_index(a), dtype_index(b))).dtype; }

#define EXPECT_DTYPE(actual, expected) EXPECT_EQ(dtype_name(actual), dtype_name(expected))

TEST(Promote, IsSymmetricAndIdempotent) {
  for (int a = 0; a < kNumDtypes; ++a) {
    EXPECT_EQ(static_cast<int>(promote(DtypeIndex(a), DtypeIndex(a))), a);
    for (int b = 0; b < kNumDtypes; ++b)
      EXPECT_EQ(promote(DtypeIndex(a), DtypeIndex(b)), promote(DtypeIndex(b), DtypeIndex(a)));
  }
}

TEST(Promote, Pairs) {
  EXPECT_DTYPE(promoted(kUInt8, kInt8), kInt16);
  EXPECT_DTYPE(promoted(kUInt8, kInt32), kInt32);
  EXPECT_DTYPE(promoted(kBool, kInt8), kInt8);
  EXPECT_DTYPE(promoted(kInt64, kFloat16), kFloat16);
  EXPECT_DTYPE(promoted(kFloat16, kBFloat16), kFloat32);
  EXPECT_DTYPE(promoted(kUInt32, kFloat32), kFloat32);
  EXPECT_DTYPE(promoted(kFloat64, kComplex64), kComplex128);
  EXPECT_DTYPE(promoted(kInt64, kComplex64), kComplex64);
}

TEST(Promote, WideUnsignedAndFloat8HaveNoCommonIntegers) {
  EXPECT_EQ(promote(DtypeIndex::kUInt16, DtypeIndex::kInt8), DtypeIndex::kCount);
  EXPECT_EQ(promote(DtypeIndex::kUInt64, DtypeIndex::kBool), DtypeIndex::kCount);
  EXPECT_EQ(promote(DtypeIndex::kUInt16, DtypeIndex::kComplex64), DtypeIndex::kCount);
  EXPECT_EQ(promote(DtypeIndex::kFloat8E4M3, DtypeIndex::kFloat8E5M2), DtypeIndex::kCount);
  EXPECT_EQ(promote(DtypeIndex::kFloat8E4M3, DtypeIndex::kFloat32), DtypeIndex::kCount);
}

TEST(Promotion, ALowerClassDecidesOnlyByItsCategory) {
  auto of = [](DLDataType dimensioned, DLDataType zero_dim) {
    Promotion p("op");
    p.add_tensor(dimensioned, 1);
    p.add_tensor(zero_dim, 0);
    return dtype_info(p.result()).dtype;
  };
  EXPECT_DTYPE(of(kInt8, kInt64), kInt8);
  EXPECT_DTYPE(of(kInt8, kFloat64), kFloat64);
  EXPECT_DTYPE(of(kFloat16, kFloat64), kFloat16);
  EXPECT_DTYPE(of(kFloat16, kComplex128), kComplex64);
  EXPECT_DTYPE(of(kFloat64, kComplex64), kComplex128);
  EXPECT_DTYPE(of(kBool, kUInt8), kUInt8);
  EXPECT_DTYPE(of(kUInt16, kInt64), kUInt16);
  EXPECT_DTYPE(of(kUInt16, kComplex64), kComplex64);
}

TEST(Promotion, NumbersStandForDefaultDtypes) {
  auto of = [](DLDataType dtype, Category number) {
    Promotion p("op");
    p.add_tensor(dtype, 2);
    p.add_number(number);
    return dtype_info(p.result()).dtype;
  };
  EXPECT_DTYPE(of(kUInt8, Category::kInteger), kUInt8);
  EXPECT_DTYPE(of(kBool, Category::kInteger), kInt64);
  EXPECT_DTYPE(of(kInt8, Category::kFloating), kFloat32);
  EXPECT_DTYPE(of(kBFloat16, Category::kFloating), kBFloat16);
  EXPECT_DTYPE(of(kFloat64, Category::kComplex), kComplex128);
  EXPECT_DTYPE(of(kInt64, Category::kComplex), kComplex64);
}

TEST(Promotion, FloatsAndIntegersBecomeTheDefaultDtypeOfTheTable) {
  VtIterApi table{};
  table.header.struct_size = sizeof(VtIterApi);
  table.default_dtype = [] { return kFloat64; };
  const VtIterApi* loaded = std::exchange(detail::loaded_tables.iter, &table);
  auto of = [](DLDataType dtype, Category number) {
    Promotion p("op");
    p.add_tensor(dtype, 2);
    p.add_number(number);
    return dtype_info(p.result()).dtype;
  };
  EXPECT_DTYPE(of(kInt8, Category::kFloating), kFloat64);
  EXPECT_DTYPE(of(kInt8, Category::kComplex), kComplex128);
  EXPECT_DTYPE(of(kFloat16, Category::kFloating), kFloat16);
  EXPECT_DTYPE(of(kFloat32, Category::kComplex), kComplex64);
  EXPECT_DTYPE(floating_dtype(kBool), kFloat64);
  EXPECT_DTYPE(floating_dtype(kBFloat16), kBFloat16);
  table.default_dtype = [] { return kBFloat16; };
  EXPECT_DTYPE(of(kInt8, Category::kFloating), kBFloat16);
  EXPECT_DTYPE(of(kInt8, Category::kComplex), kComplex64);
  // A core of 1.0 has no such entry.
  table.header.struct_size = offsetof(VtIterApi, default_dtype);
  EXPECT_DTYPE(of(kInt8, Category::kFloating), kFloat32);
  detail::loaded_tables.iter = loaded;
}

TEST(Promotion, RefusalNamesBothDtypes) {
  Promotion p("add");
  p.add_tensor(kUInt16, 1);
  try {
    p.add_tensor(kInt8, 1);
    FAIL() << "promoted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), VT_ERROR_DTYPE);
    EXPECT_STREQ(error.what(), "add: no common dtype: got uint16 and int8; convert one of them");
  }
}

TEST(CanCast, NeverToALowerCategory) {
  EXPECT_TRUE(can_cast(kInt64, kInt8));
  EXPECT_TRUE(can_cast(kFloat64, kFloat16));
  EXPECT_TRUE(can_cast(kBool, kInt8));
  EXPECT_FALSE(can_cast(kFloat32, kInt64));
  EXPECT_FALSE(can_cast(kComplex64, kFloat64));
  EXPECT_FALSE(can_cast(kInt8, kBool));
}

}  // namespace
}  // namespace vt
