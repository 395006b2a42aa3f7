// SPDX-License-Identifier: Apache-2.0
// cuDNN, opened when it is first needed: the functions of its graphs of operations, and the constants of those that are used.
//
// Note [cuDNN]
// A graph of operations on described tensors is given to the library, which names engines that compute it, the likely fastest
// first, and makes a plan of one. Everything is a descriptor with attributes: a number, the type of its values, an array. Only the
// library of graphs is opened: it opens the others, and says so by a status where one is missing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace vt::cuda {

// Values of the library's enumerations, as its public interface fixes them.
namespace dn {

inline constexpr int kSuccess = 0;
// Statuses are numbers of a class, in thousands.
inline constexpr int kStatusClass = 1000;
inline constexpr int kNotSupported = 3;

enum DataType : int32_t { kReal32 = 0, kReal64 = 1, kReal16 = 2, kInt32 = 4, kRealBrain16 = 9, kBool = 11 };

enum DescriptorType : int32_t {
  kPointwise = 0,
  kConvolution = 1,
  kEngine = 2,
  kEngineConfig = 3,
  kEngineHeuristic = 4,
  kExecutionPlan = 5,
  kConvolutionForward = 10,
  kConvolutionBackwardFilter = 11,
  kConvolutionBackwardData = 12,
  kPointwiseOperation = 13,
  kOperationGraph = 15,
  kVariantPack = 16,
  kTensor = 17,
  kMatmul = 18,
  kMatmulOperation = 19,
  kReduction = 21,
  kReductionOperation = 22,
  kReshapeOperation = 31
};

enum Attribute : int32_t {
  kPointwiseMode = 0,
  kPointwiseComputeType = 1,
  kPointwiseAxis = 9,
  kConvolutionComputeType = 100,
  kConvolutionMode = 101,
  kConvolutionDilations = 102,
  kConvolutionStrides = 103,
  kConvolutionPostPaddings = 104,
  kConvolutionPrePaddings = 105,
  kConvolutionSpatialDims = 106,
  kHeuristicMode = 200,
  kHeuristicGraph = 201,
  kHeuristicResults = 202,
  kConfigEngine = 300,
  kPlanHandle = 400,
  kPlanConfig = 401,
  kPlanWorkspaceBytes = 402,
  // Of each of the three sums of convolutions alike, from the first on: see `SumAttribute`.
  kForwardFirst = 700,
  kDataFirst = 706,
  kFilterFirst = 712,
  kPointwiseDescriptor = 750,
  kPointwiseX = 751,
  kPointwiseB = 752,
  kPointwiseY = 753,
  kPointwiseAlpha1 = 754,
  kPointwiseAlpha2 = 755,
  kPointwiseT = 758,
  kGraphHandle = 800,
  kGraphOperations = 801,
  kTensorAlignment = 900,
  kTensorDataType = 901,
  kTensorDimensions = 902,
  kTensorStrides = 903,
  kTensorId = 906,
  kTensorIsVirtual = 907,
  kTensorIsByValue = 908,
  kPackIds = 1000,
  kPackPointers = 1001,
  kPackWorkspace = 1003,
  kEngineNumericalNotes = 1303,
  kMatmulComputeType = 1500,
  kMatmulA = 1520,
  kMatmulB = 1521,
  kMatmulC = 1522,
  kMatmulDescriptor = 1523,
  kReductionMode = 1600,
  kReductionComputeType = 1601,
  kReductionIsDeterministic = 1602,
  kReductionX = 1610,
  kReductionY = 1611,
  kReductionDescriptor = 1612,
  kReshapeX = 2200,
  kReshapeY = 2201
};

// What lies so far behind the first attribute of a sum of a convolution.
enum SumAttribute : int32_t { kAlpha = 0, kBeta = 1, kOfConvolution = 2, kWeight = 3, kLarge = 4, kSmall = 5 };
constexpr Attribute operator+(Attribute first, SumAttribute part) noexcept {
  return static_cast<Attribute>(static_cast<int32_t>(first) + static_cast<int32_t>(part));
}

// The types of attributes' values.
enum ValueType : int32_t {
  kOfHandle = 0,
  kOfDataType = 1,
  kOfBool = 2,
  kOfInt64 = 3,
  kOfFloat = 4,
  kOfPointer = 6,
  kOfConvolutionMode = 7,
  kOfHeuristicMode = 8,
  kOfNumericalNote = 11,
  kOfPointwiseMode = 14,
  kOfDescriptor = 15,
  kOfReductionMode = 18
};

enum PointwiseMode : int32_t {
  kAdd = 0,
  kMultiply = 1,
  kDivide = 6,
  kSubtract = 9,
  kExp = 13,
  kLog = 15,
  kIndex = 501,
  kGreaterEqual = 303,
  kSelect = 601
};
enum ReductionMode : int32_t { kSum = 0, kMaximum = 3 };
inline constexpr int32_t kCrossCorrelation = 1;
inline constexpr int32_t kHeuristicA = 3;

enum NumericalNote : int32_t {
  kTensorCore = 0,
  kDownConvertsInputs = 1,
  kReducedPrecisionReduction = 2,
  kFft = 3,
  kNonDeterministic = 4,
  kWinograd = 5
};
inline constexpr int kMostNotes = 10;

using Handle = struct HandleObject*;
using RawDescriptor = void*;

}  // namespace dn

struct CuDnn {
  std::size_t (*get_version)();
  const char* (*error_string)(int status);
  int (*create)(dn::Handle* handle);
  int (*set_stream)(dn::Handle handle, void* stream);
  int (*create_descriptor)(int type, dn::RawDescriptor* descriptor);
  int (*destroy_descriptor)(dn::RawDescriptor descriptor);
  int (*finalize)(dn::RawDescriptor descriptor);
  int (*set_attribute)(dn::RawDescriptor descriptor, int attribute, int value_type, int64_t count, const void* values);
  int (*get_attribute)(dn::RawDescriptor descriptor, int attribute, int value_type, int64_t wanted, int64_t* count,
                       void* values);
  int (*execute)(dn::Handle handle, dn::RawDescriptor plan, dn::RawDescriptor variant_pack);
};

// The library, or null when there is none; looked for once per process. Safe to call from any thread.
const CuDnn* cudnn();

// The library's version and path in words, or why there is none. Looks for it.
std::string dnn_description();

}  // namespace vt::cuda
