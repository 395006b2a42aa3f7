// SPDX-License-Identifier: Apache-2.0
// What the random ops refuse and how they reserve numbers, the same on every device.
#pragma once

#include <vt/abi/rng.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/error.hpp>
#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/random.hpp>
#include <vt/cpp/tensor.hpp>
#include <vt/cpp/value.hpp>

#include <cmath>
#include <cstdio>
#include <string>

namespace vt {

constexpr int words_per_element(RandomKind kind, DLDataType dtype) noexcept {
  if (kind == RandomKind::kInteger) return 2;
  return kind != RandomKind::kChance && same_dtype(dtype, kFloat64) ? 2 : 1;
}

// The generator that an argument names, borrowed; without one the device's.
inline VtGenerator* generator_of(const VtValue& generator, DLDevice device) {
  VtGenerator* source =
      generator.tag == VT_GENERATOR ? generator.as.generator : tables().rng->default_generator(device);
  if (!source) throw ErrorIsSet();
  return source;
}

// Takes the numbers for `numel` elements of `words` words each.
inline VtGeneratorState reserve_random(VtGenerator* generator, int64_t numel, int words) {
  VtGeneratorState state{};
  const uint64_t total = static_cast<uint64_t>(numel) * static_cast<uint64_t>(words);
  tables().rng->reserve(generator, (total + 3) / 4, &state);
  return state;
}
inline VtGeneratorState reserve_random(const VtValue& generator, DLDevice device, int64_t numel, int words) {
  return reserve_random(generator_of(generator, device), numel, words);
}

namespace detail {

[[noreturn]] inline void fail_random(const char* op, const std::string& what) {
  fail(VT_ERROR_RUNTIME, std::string(op) + ": " + what);
}
inline std::string text_of(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", number);
  return text;
}

}  // namespace detail

inline void check_random_dtype(const char* op, DLDataType dtype, bool integers) {
  const DtypeIndex index = dtype_index(dtype);
  const bool floating = index == DtypeIndex::kFloat16 || index == DtypeIndex::kBFloat16 ||
                        index == DtypeIndex::kFloat32 || index == DtypeIndex::kFloat64;
  if (!floating && !(integers && is_known_dtype(dtype) && dtype_info(dtype).category <= Category::kInteger))
    fail(VT_ERROR_NOT_IMPLEMENTED,
         std::string(op) + ": not implemented for " + std::string(dtype_name(dtype)) + "; draw in float32 and convert");
}

inline Distribution uniform_distribution(const char* op, DLDataType dtype, double from, double to) {
  check_random_dtype(op, dtype, false);
  const double limit = detail::largest_finite(dtype_index(dtype));
  if (!(std::fabs(from) <= limit && std::fabs(to) <= limit))
    detail::fail_random(op, "the bounds must be numbers of " + std::string(dtype_name(dtype)) + ": got " +
                                detail::text_of(from) + " and " + detail::text_of(to));
  if (from > to)
    detail::fail_random(
        op, "from must not be greater than to: got " + detail::text_of(from) + " and " + detail::text_of(to));
  if (!(to - from <= limit))
    detail::fail_random(op, "to - from must be a number of " + std::string(dtype_name(dtype)) + ": got " +
                                detail::text_of(from) + " and " + detail::text_of(to));
  return {.kind = RandomKind::kUniform, .a = from, .b = to};
}

inline Distribution normal_distribution(const char* op, DLDataType dtype, double mean, double std) {
  check_random_dtype(op, dtype, false);
  if (!(std >= 0)) detail::fail_random(op, "std must not be negative: got " + detail::text_of(std));
  return {.kind = RandomKind::kNormal, .a = mean, .b = std};
}

inline Distribution exponential_distribution(const char* op, DLDataType dtype, double rate) {
  check_random_dtype(op, dtype, false);
  if (!(rate > 0)) detail::fail_random(op, "lambd must be greater than 0: got " + detail::text_of(rate));
  return {.kind = RandomKind::kExponential, .a = rate};
}

inline void check_probability(const char* op, double p) {
  if (!(p >= 0 && p <= 1)) detail::fail_random(op, "p must be in [0, 1]: got " + detail::text_of(p));
}

// True with chance p, to 2^-32.
inline Distribution chance(double p) {
  const auto words = static_cast<uint64_t>(std::nearbyint(p * 0x1p32));
  return {.kind = RandomKind::kChance, .last = static_cast<uint32_t>(words - 1), .possible = words != 0};
}

// What dropout refuses, and what it multiplies by.
inline void check_dropout(const char* op, DLDataType dtype, double p) {
  check_random_dtype(op, dtype, false);
  check_probability(op, p);
}
inline double dropout_scale(double p) noexcept { return p == 1 ? 0 : 1 / (1 - p); }
inline void check_dropout_backward(const VtTensor* grad, const VtTensor* mask) {
  check_random_dtype("native_dropout_backward", grad->dl.dtype, false);
  if (!same_dtype(mask->dl.dtype, kBool))
    fail(VT_ERROR_DTYPE,
         "native_dropout_backward: mask must be boolean: got " + std::string(dtype_name(mask->dl.dtype)));
  if (!same_sizes(sizes_of(grad), sizes_of(mask)))
    fail(VT_ERROR_SHAPE, "native_dropout_backward: got a mask of sizes " + format_sizes(sizes_of(mask)) +
                             ", expected " + format_sizes(sizes_of(grad)) + " as of the gradient");
}

// The integers that a dtype counts without a gap: the largest, and for floating dtypes its negative as the smallest.
struct IntegerLimits {
  int64_t smallest;
  int64_t largest;
};
inline IntegerLimits integer_limits(DLDataType dtype) noexcept {
  switch (dtype_index(dtype)) {
    case DtypeIndex::kBool: return {0, 1};
    case DtypeIndex::kFloat16: return {-(1 << 11), 1 << 11};
    case DtypeIndex::kBFloat16: return {-(1 << 8), 1 << 8};
    case DtypeIndex::kFloat32: return {-(1 << 24), 1 << 24};
    case DtypeIndex::kFloat64: return {-(int64_t{1} << 53), int64_t{1} << 53};
    default: break;
  }
  const bool is_signed = dtype.code == kDLInt;
  const int bits = is_signed || dtype.bits == 64 ? dtype.bits - 1 : dtype.bits;
  const auto largest = static_cast<int64_t>((uint64_t{1} << bits) - 1);
  return {is_signed ? -largest - 1 : 0, largest};
}

// The integers of [from, to).
inline Distribution integer_distribution(const char* op, DLDataType dtype, int64_t from, int64_t to) {
  check_random_dtype(op, dtype, true);
  if (from >= to)
    detail::fail_random(op, "from must be less than to: got " + std::to_string(from) + " and " + std::to_string(to));
  const IntegerLimits limits = integer_limits(dtype);
  if (from < limits.smallest || from > limits.largest || to - 1 > limits.largest)
    detail::fail_random(op, "the bounds are outside " + std::string(dtype_name(dtype)) + ": got " +
                                std::to_string(from) + " and " + std::to_string(to));
  return {.kind = RandomKind::kInteger,
          .low = static_cast<uint64_t>(from),
          .range = static_cast<uint64_t>(to) - static_cast<uint64_t>(from)};
}
// The integers from `from` to the largest of the dtype.
inline Distribution integer_distribution_from(const char* op, DLDataType dtype, int64_t from) {
  check_random_dtype(op, dtype, true);
  const IntegerLimits limits = integer_limits(dtype);
  if (from < limits.smallest || from > limits.largest)
    detail::fail_random(op, "from is outside " + std::string(dtype_name(dtype)) + ": got " + std::to_string(from));
  return {.kind = RandomKind::kInteger,
          .low = static_cast<uint64_t>(from),
          .range = static_cast<uint64_t>(limits.largest) - static_cast<uint64_t>(from) + 1};
}

// A permutation of n numbers.
inline void check_permutation(int64_t n, DLDataType dtype) {
  check_random_dtype("randperm", dtype, true);
  if (n < 0) detail::fail_random("randperm", "n must not be negative: got " + std::to_string(n));
  if (n - 1 > integer_limits(dtype).largest)
    detail::fail_random("randperm", "n is too large for " + std::string(dtype_name(dtype)) + ": got " +
                                        std::to_string(n) + "; use a wider dtype");
}

// Samples of the categories that the last dimension counts.
inline constexpr int64_t kMaxCategories = int64_t{1} << 24;
inline constexpr int64_t kCategoryBlock = 256;  // Note [Multinomial] in vt-core
inline void check_multinomial(const VtTensor* t, int64_t num_samples, bool replacement) {
  const char* op = "multinomial";
  check_random_dtype(op, t->dl.dtype, false);
  if (t->dl.ndim < 1 || t->dl.ndim > 2)
    detail::fail_random(op, "probabilities must have 1 or 2 dimensions: got sizes " + format_sizes(sizes_of(t)));
  const int64_t categories = t->dl.shape[t->dl.ndim - 1];
  if (categories < 1 || categories > kMaxCategories)
    detail::fail_random(op, "the number of categories must be from 1 to 2^24: got " + std::to_string(categories));
  if (num_samples < 1) detail::fail_random(op, "num_samples must be positive: got " + std::to_string(num_samples));
  if (!replacement && num_samples > categories)
    detail::fail_random(op, "cannot draw " + std::to_string(num_samples) + " of " + std::to_string(categories) +
                                " categories without replacement");
}

// What an in-place random op with arguments (self, ..., generator) draws; `args` are those after self.
enum class RandomOp : uint8_t {
  kUniform,
  kNormal,
  kExponential,
  kBernoulli,
  kRandom,
  kRandomTo,
  kRandomFrom,
};
inline Distribution distribution_of(RandomOp op, DLDataType dtype, const VtValue* args) {
  const auto real = [&](int i) { return number_of(args[i]).real; };
  switch (op) {
    case RandomOp::kUniform: return uniform_distribution("uniform_", dtype, real(0), real(1));
    case RandomOp::kNormal: return normal_distribution("normal_", dtype, real(0), real(1));
    case RandomOp::kExponential: return exponential_distribution("exponential_", dtype, real(0));
    case RandomOp::kBernoulli:
      check_random_dtype("bernoulli_", dtype, true);
      check_probability("bernoulli_", real(0));
      return chance(real(0));
    case RandomOp::kRandom: return integer_distribution_from("random_", dtype, 0);
    case RandomOp::kRandomTo: return integer_distribution("random_", dtype, 0, args[0].as.i);
    default:
      return is_none(args[1]) ? integer_distribution_from("random_", dtype, args[0].as.i)
                              : integer_distribution("random_", dtype, args[0].as.i, args[1].as.i);
  }
}
constexpr const char* random_op_name(RandomOp op) noexcept {
  constexpr const char* kNames[] = {"uniform_", "normal_", "exponential_", "bernoulli_",
                                    "random_",  "random_", "random_"};
  return kNames[static_cast<int>(op)];
}
// How many arguments stand between self and generator.
constexpr int num_parameters(RandomOp op) noexcept {
  constexpr int kCounts[] = {2, 2, 1, 1, 0, 1, 2};
  return kCounts[static_cast<int>(op)];
}

}  // namespace vt
