// SPDX-License-Identifier: Apache-2.0
// Describes tensors and operations to cuDNN.
#include "graph.hpp"

#include <string>

#include "../runtime/error.hpp"

namespace vt::cuda {

void fail_status(const DnnCall& call, const char* function, int status) {
  const char* name = call.library.error_string(status);
  throw Error(ErrorKind::kCuda, std::string(call.op) + ": " + function + " failed: got cuDNN status " +
                                    std::to_string(status) + " (" + (name != nullptr ? name : "unknown") +
                                    "), expected 0; see vt_cuda.cudnn() for the library in use, and install "
                                    "nvidia-cudnn-cu13 anew, or uninstall it to use own kernels");
}

DnnLayout DnnLayout::row_major(std::vector<int64_t> sizes) {
  std::vector<int64_t> strides(sizes.size());
  int64_t stride = 1;
  for (size_t d = sizes.size(); d-- > 0; stride *= sizes[d]) strides[d] = stride;
  return {std::move(sizes), std::move(strides)};
}

DnnLayout DnnLayout::transposed() const {
  DnnLayout out = *this;
  std::swap(out.sizes.end()[-1], out.sizes.end()[-2]);
  std::swap(out.strides.end()[-1], out.strides.end()[-2]);
  return out;
}

const Graph::Tensor& Graph::add_tensor(int64_t id, dn::DataType type, DnnLayout layout, int64_t alignment,
                                       const dn::Attribute* special) {
  Descriptor tensor(call_, dn::kTensor);
  tensor.set(dn::kTensorDataType, dn::kOfDataType, type)
      .set(dn::kTensorDimensions, dn::kOfInt64, std::span<const int64_t>(layout.sizes))
      .set(dn::kTensorStrides, dn::kOfInt64, std::span<const int64_t>(layout.strides))
      .set(dn::kTensorId, dn::kOfInt64, id)
      .set(dn::kTensorAlignment, dn::kOfInt64, alignment);
  if (special != nullptr) tensor.set(*special, dn::kOfBool, true);
  tensor.finalize();
  tensors_.push_back(Tensor(std::move(tensor), std::move(layout)));
  return tensors_.back();
}

const Graph::Tensor& Graph::in_memory(int64_t id, dn::DataType type, DnnLayout layout, int64_t alignment) {
  return add_tensor(id, type, std::move(layout), alignment, nullptr);
}

const Graph::Tensor& Graph::number(int64_t id) {
  constexpr dn::Attribute kSpecial = dn::kTensorIsByValue;
  return add_tensor(id, dn::kReal32, {{1, 1, 1, 1}, {1, 1, 1, 1}}, 16, &kSpecial);
}

const Graph::Tensor& Graph::between(dn::DataType type, DnnLayout layout) {
  constexpr dn::Attribute kSpecial = dn::kTensorIsVirtual;
  return add_tensor(++last_unnamed_, type, std::move(layout), 16, &kSpecial);
}

void Graph::add_pointwise(dn::PointwiseMode mode, dn::DataType compute_type, const int64_t* axis, const Tensor& x,
                          const Tensor* b, const Tensor* t, const Tensor& y) {
  Descriptor& kind = parts_.emplace_back(call_, dn::kPointwise);
  kind.set(dn::kPointwiseMode, dn::kOfPointwiseMode, mode)
      .set(dn::kPointwiseComputeType, dn::kOfDataType, compute_type);
  if (axis != nullptr) kind.set(dn::kPointwiseAxis, dn::kOfInt64, *axis);
  kind.finalize();
  Descriptor& operation = operations_.emplace_back(call_, dn::kPointwiseOperation);
  operation.set(dn::kPointwiseDescriptor, kind).set(dn::kPointwiseX, x.descriptor_).set(dn::kPointwiseY, y.descriptor_);
  if (b != nullptr) operation.set(dn::kPointwiseB, b->descriptor_);
  if (t != nullptr) operation.set(dn::kPointwiseT, t->descriptor_);
  constexpr float kOne = 1;
  operation.set(dn::kPointwiseAlpha1, dn::kOfFloat, kOne).set(dn::kPointwiseAlpha2, dn::kOfFloat, kOne);
  operation.finalize();
}

const Graph::Tensor& Graph::pointwise(dn::PointwiseMode mode, const Tensor& x, const Tensor* b, const Tensor* out) {
  const Tensor& y = out != nullptr ? *out : between(dn::kReal32, x.layout());
  add_pointwise(mode, dn::kReal32, nullptr, x, b, nullptr, y);
  return y;
}

const Graph::Tensor& Graph::index(const Tensor& x, int64_t axis) {
  const Tensor& y = between(dn::kInt32, x.layout());
  add_pointwise(dn::kIndex, dn::kReal32, &axis, x, nullptr, nullptr, y);
  return y;
}

const Graph::Tensor& Graph::greater_equal(const Tensor& x, const Tensor& b) {
  const Tensor& y = between(dn::kBool, x.layout());
  add_pointwise(dn::kGreaterEqual, dn::kBool, nullptr, x, &b, nullptr, y);
  return y;
}

const Graph::Tensor& Graph::select(const Tensor& condition, const Tensor& x, const Tensor& b) {
  const Tensor& y = between(dn::kReal32, x.layout());
  add_pointwise(dn::kSelect, dn::kReal32, nullptr, x, &b, &condition, y);
  return y;
}

const Graph::Tensor& Graph::matmul(const Tensor& a, const Tensor& b, const Tensor& out) {
  Descriptor& kind = parts_.emplace_back(call_, dn::kMatmul);
  kind.set(dn::kMatmulComputeType, dn::kOfDataType, dn::kReal32).finalize();
  Descriptor& operation = operations_.emplace_back(call_, dn::kMatmulOperation);
  operation.set(dn::kMatmulA, a.descriptor_).set(dn::kMatmulB, b.descriptor_).set(dn::kMatmulC, out.descriptor_);
  operation.set(dn::kMatmulDescriptor, kind).finalize();
  return out;
}

const Graph::Tensor& Graph::reduce(dn::ReductionMode mode, const Tensor& x, const Tensor& out) {
  Descriptor& kind = parts_.emplace_back(call_, dn::kReduction);
  kind.set(dn::kReductionComputeType, dn::kOfDataType, dn::kReal32).set(dn::kReductionMode, dn::kOfReductionMode, mode);
  kind.set(dn::kReductionIsDeterministic, dn::kOfBool, false).finalize();
  Descriptor& operation = operations_.emplace_back(call_, dn::kReductionOperation);
  operation.set(dn::kReductionDescriptor, kind).set(dn::kReductionX, x.descriptor_);
  operation.set(dn::kReductionY, out.descriptor_).finalize();
  return out;
}

const Graph::Tensor& Graph::reshape(const Tensor& x, const Tensor& out) {
  Descriptor& operation = operations_.emplace_back(call_, dn::kReshapeOperation);
  operation.set(dn::kReshapeX, x.descriptor_).set(dn::kReshapeY, out.descriptor_).finalize();
  return out;
}

void Graph::convolve(dn::DescriptorType operation, const Convolution& c, const Tensor& large, const Tensor& weight,
                     const Tensor& small) {
  using Ints = std::span<const int64_t>;
  Descriptor& kind = parts_.emplace_back(call_, dn::kConvolution);
  kind.set(dn::kConvolutionComputeType, dn::kOfDataType, dn::kReal32)
      .set(dn::kConvolutionMode, dn::kOfConvolutionMode, dn::kCrossCorrelation)
      .set(dn::kConvolutionDilations, dn::kOfInt64, Ints(c.dilations))
      .set(dn::kConvolutionStrides, dn::kOfInt64, Ints(c.strides))
      .set(dn::kConvolutionPostPaddings, dn::kOfInt64, Ints(c.paddings))
      .set(dn::kConvolutionPrePaddings, dn::kOfInt64, Ints(c.paddings))
      .set(dn::kConvolutionSpatialDims, dn::kOfInt64, static_cast<int64_t>(c.strides.size()));
  kind.finalize();
  const dn::Attribute first = operation == dn::kConvolutionForward        ? dn::kForwardFirst
                              : operation == dn::kConvolutionBackwardData ? dn::kDataFirst
                                                                          : dn::kFilterFirst;
  constexpr float kOne = 1;
  constexpr float kZero = 0;
  Descriptor& added = operations_.emplace_back(call_, operation);
  added.set(first + dn::kAlpha, dn::kOfFloat, kOne).set(first + dn::kBeta, dn::kOfFloat, kZero);
  added.set(first + dn::kOfConvolution, kind).set(first + dn::kLarge, large.descriptor_);
  added.set(first + dn::kWeight, weight.descriptor_).set(first + dn::kSmall, small.descriptor_).finalize();
}

Descriptor Graph::finish() {
  std::vector<dn::RawDescriptor> operations;
  for (const Descriptor& operation : operations_) operations.push_back(operation.raw());
  Descriptor graph(call_, dn::kOperationGraph);
  graph.set(dn::kGraphOperations, dn::kOfDescriptor, std::span<const dn::RawDescriptor>(operations))
      .set(dn::kGraphHandle, dn::kOfHandle, handle_);
  graph.finalize();
  return graph;
}

}  // namespace vt::cuda
