// SPDX-License-Identifier: Apache-2.0
// The rules by which derivative rows give tangents.
#include "forward/jvp.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>

#include "engine/apply.hpp"
#include "engine/calls.hpp"
#include "engine/engine.hpp"
#include "engine/grad_mode.hpp"
#include "engine/gradient.hpp"
#include "engine/results.hpp"
#include "engine/row_mark.hpp"
#include "variable/variable.hpp"

namespace vt::autograd {

namespace {

// Filled while the plugin is loaded, read-only afterwards.
std::unordered_map<const VtOp*, Jvp>& rules() {
  static auto* rules = new std::unordered_map<const VtOp*, Jvp>;
  return *rules;
}

bool is_complex(DLDataType dtype) noexcept { return dtype_info(dtype).category == Category::kComplex; }

Tensor conjugate(const Tensor& t) {
  static const Op conj("conj");
  return is_complex(t.dtype()) ? conj(t) : t;
}

Tensor zeros(std::span<const int64_t> sizes, DLDataType dtype, DLDevice device) {
  const Tensor out = Tensor::empty(sizes, dtype, device);
  return ops().fill.into(out, out, 0.0);
}
Tensor zeros_as(const VtTensor* t) { return zeros(vt::sizes_of(t), t->dl.dtype, t->dl.device); }

// `t` in the sizes, dtype and on the device of a result, as broadcasting takes it there.
Tensor as_result(Tensor t, const VtTensorMeta& meta) {
  static const Op expand("expand");
  if (!same_device(t.device(), meta.device)) t = ops().to(t, none(), meta.device);
  if (!same_dtype(t.dtype(), meta.dtype)) t = ops().to(t, meta.dtype);
  return std::ranges::equal(t.sizes(), sizes_of(meta)) ? t : expand(t, sizes_of(meta));
}

// The tangents of one gradient's argument, one per edge of it.
struct EdgeTangent {
  uint32_t edge;
  Tensor tangent;
};

std::vector<EdgeTangent> tangents_of_edges(const RecordedCall& call, const RowNode& node, const Tangents& tangents) {
  std::vector<EdgeTangent> out;
  uint32_t edge = 0;
  for (int32_t k = 0; k < call.row->num_gradients; ++k) {
    const auto& given = tangents[static_cast<size_t>(call.row->gradients[k].argument)];
    for (uint32_t i = 0; i < given.size(); ++i)
      if (given[i]) out.push_back({edge + i, given[i]});
    edge += num_edges_of(node, k);
  }
  return out;
}

// The backward of the call; `wanted` names edges. Gradients come back per edge.
std::vector<Tensor> run_backward(RowNode& node, const std::vector<Tensor>& grads, std::span<const EdgeTangent> wanted) {
  std::vector<VtTensor*> in;
  for (const Tensor& grad : grads) in.push_back(grad.get());
  const std::unique_ptr<bool[]> asked(new bool[node.num_edges]());
  for (const EdgeTangent& edge : wanted) asked[edge.edge] = true;
  std::vector<VtTensor*> raw(node.num_edges);
  std::vector<Tensor> out(node.num_edges);
  auto take = [&] {
    for (uint32_t e = 0; e < node.num_edges; ++e) out[e] = Tensor::steal(raw[e]);
  };
  try {
    apply(node, in.data(), asked.get(), true, raw.data());
  } catch (...) {
    take();
    throw;
  }
  take();
  return out;
}

bool any_requires_grad(const RecordedCall& call, const Tangents& tangents) {
  for (const auto& list : tangents)
    for (const Tensor& t : list)
      if (t && requires_grad(t.get())) return true;
  for (int32_t i = 0; i < call.num_args; ++i)
    for (VtTensor* t : tensors_of(call.args[i]))
      if (t && requires_grad(t)) return true;
  return false;
}

std::vector<Tensor> transposed(const RecordedCall& call, RowNode& node, const Tangents& tangents) {
  const std::vector<EdgeTangent> given = tangents_of_edges(call, node, tangents);
  std::vector<Tensor> gradients(node.num_outputs);
  std::vector<VtTensor*> inputs;
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < node.num_outputs; ++i) {
    const VtTensorMeta meta = meta_of(node.outputs()[i]);
    if (!is_differentiable(meta.dtype)) continue;
    gradients[i] = zeros(sizes_of(meta), meta.dtype, meta.device);
    set_requires_grad(gradients[i].get(), true);
    inputs.push_back(gradients[i].get());
    places.push_back(i);
  }
  std::vector<Tensor> owned;
  std::vector<VtTensor*> roots;
  std::vector<VtTensor*> cotangents;
  {
    const GradModeGuard recording(true);
    std::vector<Tensor> produced = run_backward(node, gradients, given);
    for (const EdgeTangent& edge : given) {
      if (!produced[edge.edge]) continue;
      Tensor root = fit(std::move(produced[edge.edge]), meta_of(edge.tangent.get()), node_name(&node), edge.edge);
      if (!requires_grad(root.get())) continue;
      roots.push_back(root.get());
      cotangents.push_back(edge.tangent.get());
      owned.push_back(std::move(root));
    }
  }
  std::vector<Tensor> out(node.num_outputs);
  if (roots.empty()) return out;
  const uint32_t flags =
      VT_BACKWARD_ALLOW_UNUSED | (grad_mode() ? uint32_t{VT_BACKWARD_RETAIN_GRAPH | VT_BACKWARD_CREATE_GRAPH} : 0);
  std::vector<Tensor> found = compute_grad({roots, cotangents, inputs, flags});
  for (size_t i = 0; i < found.size(); ++i) out[places[i]] = std::move(found[i]);
  return out;
}

Tensor sum_of(Tensor a, Tensor b) { return !a ? b : !b ? a : ops().add(a, b); }

std::vector<Tensor> elementwise(const RecordedCall& call, RowNode& node, const Tangents& tangents) {
  const VtTensorMeta meta = meta_of(node.outputs()[0]);
  Tensor total;
  for (const EdgeTangent& edge : tangents_of_edges(call, node, tangents)) {
    const Tensor grad = as_result(conjugate(edge.tangent), meta);
    std::vector<Tensor> produced = run_backward(node, {grad}, {&edge, 1});
    if (produced[edge.edge]) total = sum_of(std::move(total), conjugate(as_result(produced[edge.edge], meta)));
  }
  return {std::move(total)};
}

// The op whose results are fresh: of a form that only writes in place, the one without the underscore.
const VtOp* fresh_form(const VtOp* op, const VtSchema& schema) {
  if (!(schema.flags & VT_OP_INPLACE_ONLY)) return op;
  std::string name = schema.name;
  name.pop_back();
  if (*schema.overload) name += std::string(".") + schema.overload;
  return Op(name.c_str()).get();
}

// Calls with `args` and takes the results over, lists opened.
std::vector<Tensor> call_fresh(const RecordedCall& call, const VtValue* args) {
  std::vector<VtValue> results(static_cast<size_t>(call.schema->num_returns), none());
  check(tables().dispatch->call_boxed(fresh_form(call.op, *call.schema), args, call.num_args, results.data()));
  std::vector<Tensor> out;
  for (VtValue& result : results) {
    if (result.tag == VT_TENSOR || result.tag == VT_TENSOR_LIST) {
      for (VtTensor* t : tensors_of(result)) out.push_back(Tensor::share(t));
      release_result(result);
    } else {
      out.emplace_back();
    }
  }
  return out;
}

// An offset that counts from the start of the storage, where tensor and tangent may begin at different places.
void move_offset(VtValue& offset, const RowNode& node, const Tangents& tangents) {
  if (offset.tag != VT_INT || tangents[0].empty()) return;
  const VtTensorMeta& self = *node.value(0).as.meta;
  offset = value_of(offset.as.i - self.storage_offset + tables().tensor->storage_offset(tangents[0][0].get()));
}

std::vector<Tensor> linear(const RecordedCall& call, const RowNode& node, const Tangents& tangents) {
  std::vector<VtValue> args(call.args, call.args + call.num_args);
  std::vector<Tensor> owned;
  std::vector<std::vector<VtTensor*>> lists;
  lists.reserve(args.size());
  auto tangent = [&](size_t i, size_t place, const VtTensor* primal) -> VtTensor* {
    if (place < tangents[i].size() && tangents[i][place]) return tangents[i][place].get();
    return owned.emplace_back(zeros_as(primal)).get();
  };
  for (int32_t k = 0; k < call.row->num_gradients; ++k) {
    const auto i = static_cast<size_t>(call.row->gradients[k].argument);
    VtValue& value = args[i];
    if (value.tag == VT_TENSOR) {
      value = value_of(tangent(i, 0, value.as.tensor));
    } else if (value.tag == VT_TENSOR_LIST) {
      std::vector<VtTensor*>& list = lists.emplace_back();
      for (uint32_t place = 0; place < value.count; ++place) list.push_back(tangent(i, place, value.as.tensors[place]));
      value = value_of(std::span<VtTensor* const>(list));
    } else if (value.tag != VT_NONE) {
      value = value_of(int64_t{0});  // a number among tensors, as in where
    }
  }
  if (is_marked(*call.row, RowMark::kPlaced)) move_offset(args.back(), node, tangents);
  return call_fresh(call, args.data());
}

std::vector<Tensor> multilinear(const RecordedCall& call, const Tangents& tangents) {
  Tensor total;
  for (int32_t k = 0; k < call.row->num_gradients; ++k) {
    const auto i = static_cast<size_t>(call.row->gradients[k].argument);
    if (tangents[i].empty()) continue;
    std::vector<VtValue> args(call.args, call.args + call.num_args);
    args[i] = value_of(tangents[i][0].get());
    total = sum_of(std::move(total), std::move(call_fresh(call, args.data())[0]));
  }
  return {std::move(total)};
}

std::vector<Tensor> by_function(const RecordedCall& call, const VtValue* results, const Tangents& tangents,
                                JvpFunction function) {
  std::vector<VtValue> given(static_cast<size_t>(call.num_args), none());
  std::vector<std::vector<VtTensor*>> lists;
  lists.reserve(given.size());
  for (size_t i = 0; i < given.size(); ++i) {
    if (tangents[i].empty()) continue;
    std::vector<VtTensor*>& list = lists.emplace_back();
    for (const Tensor& t : tangents[i]) list.push_back(t.get());
    given[i] = call.args[i].tag == VT_TENSOR_LIST ? value_of(std::span<VtTensor* const>(list)) : value_of(list[0]);
  }
  std::vector<VtValue> made(static_cast<size_t>(call.schema->num_returns), none());
  function(call.args, results, given.data(), made.data());
  std::vector<Tensor> out;
  for (const VtValue& value : made) out.push_back(is_tensor(value) ? Tensor::steal(value.as.tensor) : Tensor());
  return out;
}

}  // namespace

Jvp jvp_of(const VtOp* op) noexcept {
  const auto found = rules().find(op);
  return found == rules().end() ? Jvp{} : found->second;
}

void set_jvp(const VtOp* op, Jvp jvp) { rules()[op] = jvp; }

std::vector<Tensor> jvp(const RecordedCall& call, RowNode& node, const VtValue* results, const Tangents& tangents) {
  const Jvp rule = jvp_of(call.op);
  const GradModeGuard mode(grad_mode() && any_requires_grad(call, tangents));
  switch (rule.rule) {
    case JvpRule::kElementwise: return elementwise(call, node, tangents);
    case JvpRule::kLinear: return linear(call, node, tangents);
    case JvpRule::kMultilinear: return multilinear(call, tangents);
    case JvpRule::kFunction: return by_function(call, results, tangents, rule.function);
    case JvpRule::kTransposed: break;
  }
  return transposed(call, node, tangents);
}

}  // namespace vt::autograd
