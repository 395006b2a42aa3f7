// SPDX-License-Identifier: Apache-2.0
// Checking what a backward is asked for, and finding its edges.
#include "engine/request.hpp"

#include <algorithm>
#include <string>

#include "engine/calls.hpp"
#include "engine/grad_mode.hpp"
#include "engine/gradient.hpp"
#include "variable/variable.hpp"

namespace vt::autograd {

namespace {

OwnedEdge edge_at(const VtGradientEdge& edge) {
  if (edge.tensor) return edge_of(edge.tensor);
  Node* node = to_node(edge.node);
  if (edge.output_nr >= node->num_outputs)
    fail(VT_ERROR_INDEX, std::string(node_name(node)) + ": got result number " + std::to_string(edge.output_nr) +
                             ", expected 0 to " + std::to_string(node->num_outputs) + " (exclusive)");
  return {NodeRef::share(node), edge.output_nr};
}

Tensor checked_grad(size_t i, const VtTensorMeta& root, VtTensor* grad) {
  if (!std::ranges::equal(autograd::sizes_of(root), vt::sizes_of(grad)))
    fail(VT_ERROR_RUNTIME, "backward: mismatch in shape: grad_output[" + std::to_string(i) + "] has a shape of " +
                               describe_sizes(vt::sizes_of(grad)) + " and output[" + std::to_string(i) +
                               "] has a shape of " + describe_sizes(autograd::sizes_of(root)));
  const bool complex_grad = dtype_info(grad->dl.dtype).category == Category::kComplex;
  const bool complex_root = dtype_info(root.dtype).category == Category::kComplex;
  if (complex_grad != complex_root)
    fail(VT_ERROR_RUNTIME,
         "backward: for complex Tensors, both grad_output and output are required to have the same "
         "dtype: got " +
             describe(grad) + ", expected " + describe(root));
  if (!same_device(root.device, grad->dl.device))
    fail(VT_ERROR_DEVICE_MISMATCH,
         "backward: grad_output[" + std::to_string(i) + "]: got " + describe(grad) + ", expected " + describe(root));
  return Tensor::share(grad);
}

void check_begins_with_one(const VtTensorMeta& root) {
  if (!std::ranges::all_of(autograd::sizes_of(root), [](int64_t size) { return size == 1; }))
    fail(VT_ERROR_RUNTIME, "backward: grad can be implicitly created only for scalar outputs: got " + describe(root));
  if (dtype_info(root.dtype).category != Category::kFloating)
    fail(VT_ERROR_RUNTIME,
         "backward: grad can be implicitly created only for real scalar outputs: got " + describe(root));
}

Root root_at(const BackwardRequest& request, size_t i, OwnedEdge edge, const VtTensorMeta& meta) {
  VtTensor* given = request.grads.empty() ? nullptr : request.grads[i];
  if (given) return {std::move(edge), checked_grad(i, meta, given)};
  check_begins_with_one(meta);
  return {std::move(edge), {}};
}

[[noreturn]] void fail_root(size_t i) {
  fail(VT_ERROR_RUNTIME,
       "backward: element " + std::to_string(i) + " of tensors does not require grad and does not have a grad_fn");
}

}  // namespace

void check_request(const BackwardRequest& request) {
  if (request.roots.empty() && request.root_edges.empty())
    fail(VT_ERROR_RUNTIME, "backward: got no tensors, expected at least one");
  for (VtTensor* root : request.roots)
    if (!root) fail(VT_ERROR_VALUE, "backward: a tensor is NULL");
  for (VtTensor* input : request.inputs)
    if (!input) fail(VT_ERROR_VALUE, "backward: an input is NULL");
  for (const auto edges : {request.root_edges, request.input_edges})
    for (const VtGradientEdge& edge : edges)
      if (!edge.tensor && !edge.node) fail(VT_ERROR_VALUE, "backward: an edge has neither tensor nor node");
}

Tensor ones_like(const OutputMeta& output) {
  const GradModeGuard off(false);
  const Tensor ones = Tensor::empty({output.sizes, static_cast<size_t>(output.ndim)}, output.dtype, output.device);
  return ops().fill.into(ones, ones, 1.0);
}

std::vector<OwnedEdge> inputs_of(const BackwardRequest& request) {
  std::vector<OwnedEdge> inputs;
  auto add = [&](OwnedEdge edge) {
    if (!edge.node) fail(VT_ERROR_RUNTIME, "grad: one of the differentiated Tensors does not require grad");
    inputs.push_back(std::move(edge));
  };
  for (VtTensor* input : request.inputs) add(edge_of(input));
  for (const VtGradientEdge& input : request.input_edges) add(edge_at(input));
  return inputs;
}

std::vector<Root> roots_of(const BackwardRequest& request) {
  std::vector<Root> roots;
  for (size_t i = 0; i < request.roots.size(); ++i) {
    OwnedEdge edge = edge_of(request.roots[i]);
    if (!edge.node) fail_root(i);
    roots.push_back(root_at(request, i, std::move(edge), meta_of(request.roots[i])));
  }
  for (size_t i = 0; i < request.root_edges.size(); ++i) {
    OwnedEdge edge = edge_at(request.root_edges[i]);
    if (!edge.node) fail_root(i);
    const VtTensorMeta meta = meta_of(edge.node->outputs()[edge.output_nr]);
    roots.push_back(root_at(request, i, std::move(edge), meta));
  }
  return roots;
}

}  // namespace vt::autograd
