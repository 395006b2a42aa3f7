// SPDX-License-Identifier: Apache-2.0
// Parameters and look-up of the kernels of the optim family.
#pragma once

#include <vt/cpp/optim.hpp>

#include "params.hpp"

namespace vt::cuda {

// Note [Many tensors]
// One launch works on as many tensors as fit into the parameters of a kernel, which hold their addresses: nothing is copied to
// the device and nothing waits. Blocks are dealt out tensor by tensor, kStepChunk elements each.
inline constexpr int64_t kStepChunk = 16 * kBlockThreads;

template <int kLists>
struct TensorTable {
  static constexpr int kTensors = 3600 / (8 * kLists + 12);

  char* data[kLists][kTensors];
  int64_t num[kTensors];
  uint32_t first_block[kTensors + 1];
  int32_t count;
};

// A number that is given, or is in device memory when the kernel runs.
struct DeviceNumber {
  double value;
  const char* data;  // null when given
  DtypeIndex dtype;
};

// Lists: parameter, gradient and, unless the kind is kNone, momentum buffer.
template <int kLists>
struct SgdTensors {
  TensorTable<kLists> tensors;
  optim::Momentum kind;
  bool decay;
  optim::SgdScalars scalars;
  DeviceNumber lr;  // in the place of the scalars' where it is given
};
// Lists: parameter, gradient, mean, mean square and, for amsgrad, its largest value.
template <int kLists>
struct AdamTensors {
  TensorTable<kLists> tensors;
  bool decay;
  optim::AdamRule rule;
  DeviceNumber lr;
  DeviceNumber step;
};

// A change of each element by itself.
enum class EachKind : uint8_t { kScale, kScaleBy, kClip, kClamp, kZero };
struct EachTensor {
  TensorTable<1> tensors;
  EachKind kind;
  bool has_low;
  bool has_high;
  DtypeIndex number_dtype;
  const char* number;  // kScaleBy: the factor; kClip: the total norm; on the device
  double factor;       // kScale; of kClip the largest norm
  double low;
  double high;
};

// One partial result per block, from partials[first] on.
struct TotalNormTensors {
  TensorTable<1> tensors;
  NormKind kind;
  double power;
  double* partials;
  int64_t first;
};
struct TotalNormFinish {
  const double* partials;
  int64_t num;
  NormKind kind;
  double power;
  char* out;
  DtypeIndex out_dtype;
};

static_assert(sizeof(SgdTensors<3>) <= 4096 && sizeof(AdamTensors<5>) <= 4096 && sizeof(EachTensor) <= 4096);

// NULL where a dtype does not have the operation.
const void* sgd_kernel(int lists, DtypeIndex dtype) noexcept;
const void* adam_kernel(int lists, DtypeIndex dtype) noexcept;
const void* each_kernel(EachKind kind, DtypeIndex dtype) noexcept;
const void* total_norm_kernel(DtypeIndex dtype) noexcept;
const void* total_norm_finish_kernel() noexcept;

}  // namespace vt::cuda
