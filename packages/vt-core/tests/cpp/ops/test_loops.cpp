// SPDX-License-Identifier: Apache-2.0
// The loops of all instruction sets give the same bits.
#include <gtest/gtest.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/pointwise_rules.hpp>

#include <cstring>
#include <random>
#include <vector>

#include "ops/loops/activation.hpp"
#include "ops/loops/binary.hpp"
#include "ops/loops/convert.hpp"
#include "ops/loops/nonlinear.hpp"
#include "ops/loops/reduction.hpp"
#include "ops/loops/search.hpp"
#include "ops/loops/ternary.hpp"
#include "ops/loops/unary.hpp"

namespace vt::core {

namespace loops_v2 {
void fill_tables();
}
namespace loops_v3 {
void fill_tables();
}
namespace loops_v4 {
void fill_tables();
}

namespace {

constexpr int64_t kCount = 1500;
constexpr auto kCountOfDtypes = static_cast<size_t>(kNumDtypes);

std::vector<char> random_bytes(size_t count, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<char> bytes(count);
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

// The tables that the tests look at, as one instruction set fills them.
struct Level {
  const char* name;
  ConvertLoops convert;
  BinaryLoops binary;
  UnaryLoops unary;
  ActivationLoops activation;
  NonlinearLoops nonlinear;
  TernaryLoops ternary;
  ReductionLoops reduction;
  SearchLoops search;
};

Level level_of(const char* name, void (*fill_tables)()) {
  fill_tables();
  return {name,
          loops<ConvertLoops>(),
          loops<BinaryLoops>(),
          loops<UnaryLoops>(),
          loops<ActivationLoops>(),
          loops<NonlinearLoops>(),
          loops<TernaryLoops>(),
          loops<ReductionLoops>(),
          loops<SearchLoops>()};
}

// Those the machine has, the baseline first.
const std::vector<Level>& levels() {
  static const std::vector<Level> all = [] {
    std::vector<Level> out{level_of("v2", loops_v2::fill_tables)};
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
      out.push_back(level_of("v3", loops_v3::fill_tables));
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
      out.push_back(level_of("v4", loops_v4::fill_tables));
    return out;
  }();
  return all;
}

// The payload of a NaN depends on the order of a commutative instruction's operands: any NaN is as good as another.
void forget_nan_payloads(std::vector<char>& bytes, DtypeIndex dtype) {
  auto each = [&]<class Bits>(Bits infinity, Bits magnitude) {
    for (size_t i = 0; i + sizeof(Bits) <= bytes.size(); i += sizeof(Bits)) {
      Bits bits;
      std::memcpy(&bits, &bytes[i], sizeof bits);
      if (static_cast<Bits>(bits & magnitude) > infinity) bits = magnitude;
      std::memcpy(&bytes[i], &bits, sizeof bits);
    }
  };
  switch (dtype) {
    case DtypeIndex::kFloat16: return each.operator()<uint16_t>(0x7c00, 0x7fff);
    case DtypeIndex::kBFloat16: return each.operator()<uint16_t>(0x7f80, 0x7fff);
    case DtypeIndex::kFloat8E4M3: return each.operator()<uint8_t>(0x7e, 0x7f);
    case DtypeIndex::kFloat8E5M2: return each.operator()<uint8_t>(0x7c, 0x7f);
    case DtypeIndex::kFloat32:
    case DtypeIndex::kComplex64: return each.operator()<uint32_t>(0x7f800000, 0x7fffffff);
    case DtypeIndex::kFloat64:
    case DtypeIndex::kComplex128: return each.operator()<uint64_t>(0x7ff0000000000000, 0x7fffffffffffffff);
    default: return;
  }
}

TEST(Loops, ConvertAlikeOnAllInstructionSets) {
  for (size_t dst = 0; dst < kCountOfDtypes; ++dst)
    for (size_t src = 0; src < kCountOfDtypes; ++src) {
      const int64_t dst_size = kDtypeInfo[dst].itemsize;
      const int64_t src_size = kDtypeInfo[src].itemsize;
      const auto in = random_bytes(static_cast<size_t>(2 * kCount * src_size), dst * 100 + src);
      for (const int64_t gap : {1, 2}) {
        std::vector<char> expected;
        for (const Level& level : levels()) {
          std::vector<char> out(static_cast<size_t>(kCount * dst_size));
          level.convert.from_to[dst][src](out.data(), dst_size, in.data(), gap * src_size, kCount);
          forget_nan_payloads(out, DtypeIndex(dst));
          if (expected.empty()) expected = out;
          ASSERT_EQ(out, expected) << level.name << ": " << kDtypeInfo[src].name << " to " << kDtypeInfo[dst].name;
        }
      }
    }
}

TEST(Loops, BinaryAlikeOnAllInstructionSets) {
  for (size_t kind = 0; kind < kNumBinaryKinds; ++kind)
    for (size_t dtype = 0; dtype < kCountOfDtypes; ++dtype) {
      if (!levels()[0].binary.by_kind[kind][dtype]) continue;
      const int64_t size = kDtypeInfo[dtype].itemsize;
      const auto a = random_bytes(static_cast<size_t>(2 * kCount * size), dtype);
      auto b = random_bytes(static_cast<size_t>(2 * kCount * size), dtype + 50);
      for (auto& byte : b) byte |= 1;  // no integer is zero: callers refuse such divisors
      alignas(16) const float alpha[4] = {1.25f, 3.5f, 0.5f, 2.0f};
      for (const int64_t gap : {1, 2, 0}) {
        const int64_t strides[3] = {size, gap == 2 ? 2 * size : size, gap * size};
        std::vector<char> expected;
        for (const Level& level : levels()) {
          std::vector<char> out(static_cast<size_t>(kCount * size));
          level.binary.by_kind[kind][dtype](out.data(), a.data(), b.data(), kCount, strides, alpha);
          forget_nan_payloads(out, DtypeIndex(dtype));
          if (expected.empty()) expected = out;
          ASSERT_EQ(out, expected) << level.name << ": kind " << kind << ", " << kDtypeInfo[dtype].name;
        }
      }
    }
}

template <class List>
void check_pointwise(const PointwiseLoops<List> Level::* family) {
  const pointwise::Parameters parameters{1.5, 2.0, 0.75};
  List::for_each([&]<class Op, size_t kOp>() {
    for (size_t dtype = 0; dtype < kCountOfDtypes; ++dtype) {
      if (!(levels()[0].*family).loop[kOp][dtype]) continue;
      const int64_t size = kDtypeInfo[dtype].itemsize;
      const auto a = random_bytes(static_cast<size_t>(kCount * size), kOp * 100 + dtype);
      const auto b = random_bytes(static_cast<size_t>(kCount * size), kOp * 100 + dtype + 50);
      const bool gives_bool = kRuleOf<Op>.gives_bool();
      std::vector<char> expected;
      for (const Level& level : levels()) {
        std::vector<char> out(static_cast<size_t>(kCount * (gives_bool ? 1 : size)));
        (level.*family).loop[kOp][dtype](out.data(), a.data(), b.data(), kCount, &parameters);
        if (!gives_bool) forget_nan_payloads(out, DtypeIndex(dtype));
        if (expected.empty()) expected = out;
        ASSERT_EQ(out, expected) << level.name << ": " << Op::kName << ", " << kDtypeInfo[dtype].name;
      }
    }
  });
}

TEST(Loops, PointwiseAlikeOnAllInstructionSets) {
  check_pointwise(&Level::unary);
  check_pointwise(&Level::activation);
  check_pointwise(&Level::nonlinear);
}

TEST(Loops, TernaryAlikeOnAllInstructionSets) {
  for (size_t kind = 0; kind < kNumTernaryKinds; ++kind)
    for (size_t dtype = 0; dtype < kCountOfDtypes; ++dtype) {
      if (!levels()[0].ternary.by_kind[kind][dtype]) continue;
      const int64_t size = kDtypeInfo[dtype].itemsize;
      std::vector<char> in[3];
      for (size_t k = 0; k < 3; ++k) in[k] = random_bytes(static_cast<size_t>(2 * kCount * size), dtype + 50 * k);
      alignas(16) const float value[4] = {1.25f, 3.5f, 0.5f, 2.0f};
      for (const int64_t gap : {1, 2, 0}) {
        const int64_t strides[4] = {size, gap == 2 ? 2 * size : size, gap * size, gap * size};
        std::vector<char> expected;
        for (const Level& level : levels()) {
          std::vector<char> out(static_cast<size_t>(kCount * size));
          level.ternary.by_kind[kind][dtype](out.data(), in[0].data(), in[1].data(), in[2].data(), kCount, strides,
                                             value);
          forget_nan_payloads(out, DtypeIndex(dtype));
          if (expected.empty()) expected = out;
          ASSERT_EQ(out, expected) << level.name << ": kind " << kind << ", " << kDtypeInfo[dtype].name;
        }
      }
    }
}

// Every kind of reduction of a dtype, along a run and down columns.
TEST(Loops, ReductionsAlikeOnAllInstructionSets) {
  std::vector<char> values(static_cast<size_t>(3 * kCount) * 16);
  std::mt19937_64 random(7);
  for (size_t dtype = 0; dtype < kCountOfDtypes; ++dtype) {
    const int64_t size = kDtypeInfo[dtype].itemsize;
    // Finite values of every dtype, made from small doubles.
    std::vector<double> doubles(values.size() / 8);
    for (double& d : doubles) d = static_cast<double>(random() % 4096) / 512 - 4;
    levels()[0].convert.from_to[dtype][static_cast<size_t>(DtypeIndex::kFloat64)](
        values.data(), size, reinterpret_cast<const char*>(doubles.data()), 8, 3 * kCount);
    ReduceSettings settings;
    settings.count = kCount;
    settings.exponent = 2.5;
    for (size_t kind = 0; kind < kNumReduceKinds; ++kind)
      for (const int64_t gap : {1, 2}) {
        std::vector<char> expected;
        for (const Level& level : levels()) {
          const ReduceLoops& loops = level.reduction.reduce[kind][dtype];
          if (!loops.run) continue;
          alignas(16) char cells[11 * kMaxReduceCell];
          char* columns = cells + loops.cell_bytes;
          loops.clear(cells, 11);
          loops.run(values.data(), gap * size, kCount, 0, cells, settings);
          loops.rows(values.data(), 20 * size, 60, gap * size, 10, 0, columns, settings);
          std::vector<char> out(22 * 16);
          char* const slots[] = {out.data(), out.data() + 11 * 16};
          const int64_t strides[] = {16, 16};
          loops.store(cells, 11, slots, strides, settings);
          forget_nan_payloads(out, DtypeIndex(dtype));
          if (expected.empty()) expected = out;
          ASSERT_EQ(out, expected) << level.name << ": kind " << kind << ", " << kDtypeInfo[dtype].name;
        }
      }
  }
}

TEST(Loops, SortsAlikeOnAllInstructionSets) {
  for (size_t dtype = 0; dtype < kCountOfDtypes; ++dtype) {
    if (!levels()[0].search.sort[dtype]) continue;
    const int64_t size = kDtypeInfo[dtype].itemsize;
    const auto values = random_bytes(static_cast<size_t>(kCount * size), dtype + 90);
    for (const int64_t k : {int64_t{7}, kCount}) {
      std::vector<char> expected;
      for (const Level& level : levels()) {
        std::vector<char> out(static_cast<size_t>(kCount * (size + 8)));
        std::vector<uint64_t> scratch(sort_scratch_bytes(kCount) / 8);
        level.search.sort[dtype](
            {values.data(), size, kCount, k, true, out.data(), size, out.data() + kCount * size, 8, scratch.data()});
        if (expected.empty()) expected = out;
        ASSERT_EQ(out, expected) << level.name << ": " << kDtypeInfo[dtype].name << ", " << k;
      }
    }
  }
}

}  // namespace
}  // namespace vt::core
