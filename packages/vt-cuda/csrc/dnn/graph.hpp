// SPDX-License-Identifier: Apache-2.0
// A graph of operations for cuDNN (Note [cuDNN]): tensors in memory or only between operations, and what is made of them.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "descriptor.hpp"

namespace vt::cuda {

// Sizes, and strides in elements.
struct DnnLayout {
  std::vector<int64_t> sizes;
  std::vector<int64_t> strides;

  static DnnLayout row_major(std::vector<int64_t> sizes);
  // The same elements with the last two dimensions exchanged.
  DnnLayout transposed() const;
};

class Graph {
 public:
  class Tensor {
   public:
    const DnnLayout& layout() const noexcept { return layout_; }

   private:
    friend class Graph;
    Tensor(Descriptor descriptor, DnnLayout layout) : descriptor_(std::move(descriptor)), layout_(std::move(layout)) {}
    Descriptor descriptor_;
    DnnLayout layout_;
  };

  Graph(const DnnCall& call, dn::Handle handle) : call_(call), handle_(handle) {}

  // A tensor in memory of which a run tells the address by `id`, from 1 to 1000. It is aligned to so many bytes.
  const Tensor& in_memory(int64_t id, dn::DataType type, DnnLayout layout, int64_t alignment = 16);
  // One that a run tells a float of.
  const Tensor& number(int64_t id);
  // One between two operations.
  const Tensor& between(dn::DataType type, DnnLayout layout);

  // Results are given, or made like x.
  const Tensor& pointwise(dn::PointwiseMode mode, const Tensor& x, const Tensor* b = nullptr,
                          const Tensor* out = nullptr);
  // The index along `axis` of each element of x, as an integer.
  const Tensor& index(const Tensor& x, int64_t axis);
  // x >= b, of integers.
  const Tensor& greater_equal(const Tensor& x, const Tensor& b);
  // x where `condition` is true, else b.
  const Tensor& select(const Tensor& condition, const Tensor& x, const Tensor& b);
  const Tensor& matmul(const Tensor& a, const Tensor& b, const Tensor& out);
  const Tensor& reduce(dn::ReductionMode mode, const Tensor& x, const Tensor& out);
  const Tensor& reshape(const Tensor& x, const Tensor& out);

  struct Convolution {
    std::vector<int64_t> strides;
    std::vector<int64_t> paddings;
    std::vector<int64_t> dilations;
  };
  // One of the three sums of Note [Convolutions] in vt/cpp/spatial/convolution.hpp; the result is one of the tensors.
  void convolve(dn::DescriptorType operation, const Convolution& convolution, const Tensor& large, const Tensor& weight,
                const Tensor& small);

  Descriptor finish();

 private:
  const Tensor& add_tensor(int64_t id, dn::DataType type, DnnLayout layout, int64_t alignment,
                           const dn::Attribute* special);
  void add_pointwise(dn::PointwiseMode mode, dn::DataType compute_type, const int64_t* axis, const Tensor& x,
                     const Tensor* b, const Tensor* t, const Tensor& y);

  DnnCall call_;
  dn::Handle handle_;
  std::deque<Tensor> tensors_;
  std::deque<Descriptor> parts_;  // which operations refer to
  std::deque<Descriptor> operations_;
  int64_t last_unnamed_ = 1000;  // above all numbers of tensors in memory
};

}  // namespace vt::cuda
