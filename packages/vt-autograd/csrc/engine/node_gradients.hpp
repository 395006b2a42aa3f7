// SPDX-License-Identifier: Apache-2.0
// The gradients on both sides of a node while it runs: those of its results, and those that it makes.
#pragma once

#include <memory>
#include <utility>

#include "engine/node.hpp"

namespace vt::autograd {

// The gradients of a node's results, owned while it runs.
class IncomingGradients {
 public:
  // `grad`: of a node with one result, or NULL.
  IncomingGradients(Node* node, VtTensor* grad) noexcept : node_(node), one_(grad), data_(grad ? &one_ : nullptr) {}
  IncomingGradients(const IncomingGradients&) = delete;
  IncomingGradients& operator=(const IncomingGradients&) = delete;
  ~IncomingGradients() {
    for (uint32_t i = 0; data_ && i < node_->num_outputs; ++i)
      if (data_[i]) tables().tensor->release(data_[i]);
    delete[] many_;
  }
  // Those of a table's entry.
  void take_over(VtTensor** grads) noexcept {
    if (node_->num_outputs == 1) {
      one_ = reinterpret_cast<VtTensor*>(grads);
      data_ = &one_;
    } else {
      many_ = data_ = grads;
    }
  }
  VtTensor* operator[](uint32_t i) const noexcept { return data_ ? data_[i] : nullptr; }
  VtTensor* const* data() const noexcept { return data_; }
  // As many as the node has results, NULL entries included.
  VtTensor** writable() {
    if (!data_) many_ = data_ = new VtTensor*[node_->num_outputs]();
    return data_;
  }
  Tensor take(uint32_t i) noexcept { return Tensor::steal(std::exchange(data_[i], nullptr)); }
  void replace(uint32_t i, Tensor grad) noexcept {
    VtTensor* old = std::exchange(data_[i], grad.release());
    tables().tensor->release(old);
  }

 private:
  Node* node_;
  VtTensor* one_ = nullptr;
  VtTensor** data_ = nullptr;
  VtTensor** many_ = nullptr;
};

// What a node makes for its edges, owned until it is handed on.
class ProducedGradients {
 public:
  explicit ProducedGradients(uint32_t count) : count_(count) {
    if (count <= kInline) [[likely]]
      return;
    many_.reset(new VtTensor*[count]());
    many_wanted_.reset(new bool[count]());
    grads_ = many_.get();
    wanted_ = many_wanted_.get();
  }
  ProducedGradients(const ProducedGradients&) = delete;
  ProducedGradients& operator=(const ProducedGradients&) = delete;
  ~ProducedGradients() {
    for (uint32_t e = 0; e < count_; ++e)
      if (grads_[e]) tables().tensor->release(grads_[e]);
  }
  VtTensor** data() noexcept { return grads_; }
  bool* wanted() noexcept { return wanted_; }
  Tensor take(uint32_t e) noexcept { return Tensor::steal(std::exchange(grads_[e], nullptr)); }

 private:
  static constexpr uint32_t kInline = 4;
  uint32_t count_;
  VtTensor* few_[kInline] = {};
  bool few_wanted_[kInline] = {};
  VtTensor** grads_ = few_;
  bool* wanted_ = few_wanted_;
  std::unique_ptr<VtTensor*[]> many_;
  std::unique_ptr<bool[]> many_wanted_;
};

}  // namespace vt::autograd
