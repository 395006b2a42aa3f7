// SPDX-License-Identifier: Apache-2.0
// Kernels of the random family.
#include "elements.cuh"
#include "random.hpp"

namespace vt::cuda {
namespace {

template <class T>
struct alignas(kRandomPerThread * sizeof(T)) Quad {
  T element[kRandomPerThread];
};

template <class T>
inline constexpr bool kIsFloating = kIsSmallFloat<T> || std::is_floating_point_v<T>;

template <class T>
VT_DEVICE T rounded(float v) {
  if constexpr (kIsSmallFloat<T>) {
    return narrow<T>(v);
  } else {
    return static_cast<T>(v);
  }
}

// As the CPU's loops: no more binary digits than the dtype holds.
template <class T>
VT_DEVICE T uniform(uint32_t word, float from, float to) {
  if constexpr (kIsSmallFloat<T>) {
    const T value = narrow<T>(rng::between(rng::unit(word, std::is_same_v<T, Half> ? 11 : 8), from, to));
    return widen(value) < to ? value : narrow<T>(from);
  } else {
    return rng::between(rng::unit(word, 24), from, to);
  }
}

// Four elements of four words.
template <RandomKind Kind, class T>
VT_DEVICE void draw_narrow(const uint32_t (&words)[4], const Distribution& d, T (&out)[kRandomPerThread]) {
  if constexpr (Kind == RandomKind::kNormal) {
    for (int k = 0; k < 2; ++k) {
      const rng::Pair<float> z = rng::normal_pair(words + 2 * k);
      out[2 * k] = rounded<T>(z.first * static_cast<float>(d.b) + static_cast<float>(d.a));
      out[2 * k + 1] = rounded<T>(z.second * static_cast<float>(d.b) + static_cast<float>(d.a));
    }
  } else {
    for (int k = 0; k < kRandomPerThread; ++k) {
      if constexpr (Kind == RandomKind::kUniform) {
        out[k] = uniform<T>(words[k], static_cast<float>(d.a), static_cast<float>(d.b));
      } else if constexpr (Kind == RandomKind::kExponential) {
        out[k] = rounded<T>(rng::exponential(words[k]) / static_cast<float>(d.a));
      } else {
        const bool one = rng::happens(words[k], d.last, d.possible);
        out[k] = convert<T>(Number{Number::kSigned, one, 0, 0});
      }
    }
  }
}

// Four elements of eight words.
template <RandomKind Kind, class T>
VT_DEVICE void draw_wide(const uint32_t (&words)[8], const Distribution& d, T (&out)[kRandomPerThread]) {
  if constexpr (Kind == RandomKind::kNormal) {
    for (int k = 0; k < 2; ++k) {
      const rng::Pair<double> z = rng::normal_pair_of_double(words + 4 * k);
      out[2 * k] = z.first * d.b + d.a;
      out[2 * k + 1] = z.second * d.b + d.a;
    }
  } else {
    for (int k = 0; k < kRandomPerThread; ++k) {
      if constexpr (Kind == RandomKind::kUniform) {
        out[k] = rng::between(rng::unit_of_two(words[2 * k], words[2 * k + 1]), d.a, d.b);
      } else if constexpr (Kind == RandomKind::kExponential) {
        out[k] = rng::exponential(words[2 * k], words[2 * k + 1]) / d.a;
      } else {
        const int64_t integer = rng::integer(words[2 * k], words[2 * k + 1], d.low, d.range);
        out[k] = convert<T>(Number{Number::kSigned, integer, 0, 0});
      }
    }
  }
}

template <RandomKind Kind, class T>
__global__ void __launch_bounds__(kBlockThreads) random_draw(const __grid_constant__ RandomDraw p) {
  wait_for_previous_kernel();
  constexpr bool kWide = Kind == RandomKind::kInteger || (Kind != RandomKind::kChance && std::is_same_v<T, double>);
  const int64_t group = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t first = group * kRandomPerThread;
  if (first >= p.num) return;
  Quad<T> quad;
  if constexpr (kWide) {
    const PhiloxWords low = p.numbers(2 * static_cast<uint64_t>(group));
    const PhiloxWords high = p.numbers(2 * static_cast<uint64_t>(group) + 1);
    const uint32_t words[8] = {low.word[0],  low.word[1],  low.word[2],  low.word[3],
                               high.word[0], high.word[1], high.word[2], high.word[3]};
    draw_wide<Kind, T>(words, p.distribution, quad.element);
  } else {
    draw_narrow<Kind, T>(p.numbers(static_cast<uint64_t>(group)).word, p.distribution, quad.element);
  }
  T* out = reinterpret_cast<T*>(p.out) + first;
  if (p.aligned && first + kRandomPerThread <= p.num) {
    *reinterpret_cast<Quad<T>*>(out) = quad;
  } else {
    for (int k = 0; k < kRandomPerThread && first + k < p.num; ++k) out[k] = quad.element[k];
  }
}

template <class T>
__global__ void __launch_bounds__(kBlockThreads) bernoulli_draw(const __grid_constant__ BernoulliDraw p) {
  wait_for_previous_kernel();
  const int64_t group = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  const int64_t first = group * kRandomPerThread;
  if (first >= p.num) return;
  const PhiloxWords words = p.numbers(static_cast<uint64_t>(group));
  for (int k = 0; k < kRandomPerThread && first + k < p.num; ++k) {
    const Number chance = number_of(reinterpret_cast<const T*>(p.p)[first + k]);
    const bool one = rng::happens(words.word[k], chance.real);
    reinterpret_cast<T*>(p.out)[first + k] = convert<T>(Number{Number::kSigned, one, 0, 0});
  }
}

VT_DEVICE double probability(const Multinomial& p, int64_t at) {
  const int64_t itemsize = p.dtype == DtypeIndex::kFloat64 ? 8 : p.dtype == DtypeIndex::kFloat32 ? 4 : 2;
  return load_any(p.p + at * itemsize, p.dtype).real;
}

// One block per row. Every sum is made in order, as on the CPU.
__global__ void __launch_bounds__(kBlockThreads) multinomial_sums(const __grid_constant__ Multinomial p) {
  wait_for_previous_kernel();
  const int64_t row = blockIdx.x;
  double* ends = p.ends + row * p.num_blocks;
  for (int64_t b = threadIdx.x; b < p.num_blocks; b += kBlockThreads) {
    const int64_t stop = (b + 1) * p.block < p.categories ? (b + 1) * p.block : p.categories;
    double sum = 0;
    for (int64_t k = b * p.block; k < stop; ++k) sum += probability(p, row * p.categories + k);
    ends[b] = sum;
  }
  __syncthreads();
  if (threadIdx.x != 0) return;
  double total = 0;
  for (int64_t b = 0; b < p.num_blocks; ++b) ends[b] = total += ends[b];
}

__global__ void __launch_bounds__(kBlockThreads) multinomial_draw(const __grid_constant__ Multinomial p) {
  wait_for_previous_kernel();
  const int64_t i = static_cast<int64_t>(blockIdx.x) * kBlockThreads + threadIdx.x;
  if (i >= p.num) return;
  const int64_t row = i / p.per_row;
  const double* ends = p.ends + row * p.num_blocks;
  const PhiloxWords words = p.numbers(static_cast<uint64_t>(i / 2));
  const double u =
      i % 2 == 0 ? rng::unit_of_two(words.word[0], words.word[1]) : rng::unit_of_two(words.word[2], words.word[3]);
  const double target = u * ends[p.num_blocks - 1];
  int64_t low = 0;
  int64_t high = p.num_blocks - 1;
  while (low < high) {
    const int64_t middle = (low + high) / 2;
    if (ends[middle] > target) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  double sum = low == 0 ? 0 : ends[low - 1];
  const int64_t first = low * p.block;
  const int64_t stop = first + p.block < p.categories ? first + p.block : p.categories;
  int64_t category = first;
  for (int64_t k = first; k < stop; ++k) {
    const double chance = probability(p, row * p.categories + k);
    sum += chance;
    if (!(chance > 0)) continue;
    category = k;
    if (sum > target) break;
  }
  p.out[i] = category;
}

template <class T>
const void* draw_of(RandomKind kind) noexcept {
  if constexpr (kIsFloating<T>) {
    if (kind == RandomKind::kUniform) return reinterpret_cast<const void*>(&random_draw<RandomKind::kUniform, T>);
    if (kind == RandomKind::kNormal) return reinterpret_cast<const void*>(&random_draw<RandomKind::kNormal, T>);
    if (kind == RandomKind::kExponential)
      return reinterpret_cast<const void*>(&random_draw<RandomKind::kExponential, T>);
  }
  return kind == RandomKind::kInteger ? reinterpret_cast<const void*>(&random_draw<RandomKind::kInteger, T>)
                                      : reinterpret_cast<const void*>(&random_draw<RandomKind::kChance, T>);
}

}  // namespace

const void* random_draw_kernel(RandomKind kind, DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kBool: return draw_of<Bool>(kind);
    case DtypeIndex::kUInt8: return draw_of<uint8_t>(kind);
    case DtypeIndex::kUInt16: return draw_of<uint16_t>(kind);
    case DtypeIndex::kUInt32: return draw_of<uint32_t>(kind);
    case DtypeIndex::kUInt64: return draw_of<uint64_t>(kind);
    case DtypeIndex::kInt8: return draw_of<int8_t>(kind);
    case DtypeIndex::kInt16: return draw_of<int16_t>(kind);
    case DtypeIndex::kInt32: return draw_of<int32_t>(kind);
    case DtypeIndex::kInt64: return draw_of<int64_t>(kind);
    case DtypeIndex::kFloat16: return draw_of<Half>(kind);
    case DtypeIndex::kBFloat16: return draw_of<BFloat>(kind);
    case DtypeIndex::kFloat32: return draw_of<float>(kind);
    case DtypeIndex::kFloat64: return draw_of<double>(kind);
    default: return nullptr;
  }
}

const void* multinomial_sums_kernel() noexcept { return reinterpret_cast<const void*>(&multinomial_sums); }
const void* multinomial_draw_kernel() noexcept { return reinterpret_cast<const void*>(&multinomial_draw); }

const void* bernoulli_draw_kernel(DtypeIndex dtype) noexcept {
  switch (dtype) {
    case DtypeIndex::kFloat16: return reinterpret_cast<const void*>(&bernoulli_draw<Half>);
    case DtypeIndex::kBFloat16: return reinterpret_cast<const void*>(&bernoulli_draw<BFloat>);
    case DtypeIndex::kFloat32: return reinterpret_cast<const void*>(&bernoulli_draw<float>);
    case DtypeIndex::kFloat64: return reinterpret_cast<const void*>(&bernoulli_draw<double>);
    default: return nullptr;
  }
}

}  // namespace vt::cuda
