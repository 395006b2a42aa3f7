// SPDX-License-Identifier: Apache-2.0
// Tracking views, deriving their history, and CopySlices.
#include "variable/view.hpp"

#include <vt/cpp/dtype.hpp>
#include <vt/cpp/memory_format.hpp>

#include <memory>
#include <vector>

#include "engine/calls.hpp"
#include "engine/gradient.hpp"
#include "engine/host_node.hpp"
#include "engine/observers.hpp"
#include "engine/results.hpp"
#include "engine/row_mark.hpp"
#include "engine/saved.hpp"

namespace vt::autograd {

namespace {

// Where a view lies in its base, and how the base lies in memory.
struct Geometry {
  explicit Geometry(const VtTensor* t)
      : sizes(vt::sizes_of(t).begin(), vt::sizes_of(t).end()),
        strides(vt::strides_of(t).begin(), vt::strides_of(t).end()),
        offset(tables().tensor->storage_offset(t)) {}
  std::vector<int64_t> sizes;
  std::vector<int64_t> strides;
  int64_t offset;
};

struct CopySlices {
  Geometry base;
  Geometry view;
  DLDataType view_dtype;
};

bool is_complex(DLDataType dtype) noexcept { return dtype_info(dtype).category == Category::kComplex; }

// Note [Views of another dtype]
// A view may show the numbers of a complex base as pairs of real ones, or the other way round; no other change of dtype has a
// derivative. What a view shows is found in real numbers where the two differ: offsets and strides of complex ones are twice
// as many, and the pair is a last dimension.
Geometry in_pairs(const Geometry& complex) {
  Geometry pairs = complex;
  for (int64_t& stride : pairs.strides) stride *= 2;
  pairs.sizes.push_back(2);
  pairs.strides.push_back(1);
  pairs.offset *= 2;
  return pairs;
}

Tensor seen_at(const Tensor& t, const Geometry& g, int64_t offset) {
  return ops().as_strided(t, std::span<const int64_t>(g.sizes), std::span<const int64_t>(g.strides), offset);
}

// The elements of `base` that a view shows, as the view's dtype or, of a complex view on real numbers, in pairs. Offsets count
// from `origin` elements of the base into the storage.
Tensor shown_part(const Tensor& base, const Geometry& view, DLDataType view_dtype, int64_t origin) {
  const bool complex_base = is_complex(base.dtype());
  if (complex_base == is_complex(view_dtype)) return seen_at(base, view, view.offset - origin);
  if (complex_base) return seen_at(ops().view_as_real(base), view, view.offset - 2 * origin);
  const Geometry pairs = in_pairs(view);
  return seen_at(base, pairs, pairs.offset - origin);
}

// The base's gradient before the write: the incoming one with the view's part set to zero. What was written gets that
// part.
void copy_slices_backward(const CopySlices& self, VtTensor* grad, VtTensor** out) {
  VtTensor* raw = nullptr;
  check(tables().tensor->empty_strided(self.base.sizes.data(), self.base.strides.data(),
                                       static_cast<int32_t>(self.base.sizes.size()), grad->dl.dtype, grad->dl.device,
                                       &raw));
  const Tensor whole = Tensor::steal(raw);
  ops().copy.into(whole, whole, Tensor::share(grad));
  const Tensor part = shown_part(whole, self.view, self.view_dtype, self.base.offset);
  Tensor written = ops().clone(part, value_of(static_cast<int64_t>(MemoryFormat::kContiguous)));
  if (is_complex(self.view_dtype) && !is_complex(part.dtype())) written = ops().view_as_complex(written);
  ops().fill.into(part, part, 0.0);
  out[0] = Tensor(whole).release();
  out[1] = written.release();
}

int apply(void* context, VtTensor* const* grads, VtTensor** out) {
  return guard([&] { copy_slices_backward(*static_cast<CopySlices*>(context), grads[0], out); });
}

void release_context(void* context) { delete static_cast<CopySlices*>(context); }

// The argument that an op's result is a view of.
VtTensor* view_source(const VtSchema& schema, const VtValue* args) noexcept {
  for (int32_t i = 0; i < schema.num_args; ++i)
    if ((schema.args[i].flags & VT_ARG_ALIASED) && args[i].tag == VT_TENSOR) return args[i].as.tensor;
  return schema.num_args && args[0].tag == VT_TENSOR ? args[0].as.tensor : nullptr;
}

}  // namespace

void track_view(VtTensor* view, VtTensor* source) {
  Meta* meta = make_meta();
  const Meta* outer = meta_slot(source);
  meta->base = outer && outer->base ? outer->base : source;
  tables().tensor->retain(meta->base);
  meta->version.store(tables().tensor->version(view), std::memory_order_relaxed);
  tables().tensor->set_autograd_slot(view, meta, 0);
  tables().tensor->update_flags(view, kLayerBit, 0);
}

Tensor part_of(const Tensor& twin, VtTensor* base, VtTensor* view) {
  const int64_t origin = tables().tensor->storage_offset(base) - tables().tensor->storage_offset(twin.get());
  Tensor part = shown_part(twin, Geometry(view), view->dl.dtype, origin);
  return is_complex(view->dl.dtype) && !is_complex(part.dtype()) ? ops().view_as_complex(part) : part;
}

void refresh_view(VtTensor* view, Meta* meta) {
  if (!meta->base) return;
  const uint32_t version = tables().tensor->version(view);
  if (version == meta->version.load(std::memory_order_relaxed)) [[likely]]
    return;
  NodeRef before;  // the former history, released after the lock
  OwnedEdge derived;
  const Tensor base = Tensor::share(meta->base);
  if (requires_grad(base.get())) {
    const GradModeGuard recording(true);
    derived = edge_of(part_of(base, base.get(), view).get());
  }
  if (meta->retaining_hook && derived.node) retain_on(derived.node.get(), derived.output_nr, meta);
  const std::lock_guard lock(meta->lock);
  before = NodeRef::steal(std::exchange(meta->node, derived.node.release()));
  meta->output_nr = derived.output_nr;
  meta->version.store(version, std::memory_order_relaxed);
}

namespace {

bool is_unrecorded_view(const VtTensor* t) noexcept {
  return (t->flags & VT_TENSOR_IS_VIEW) && (t->flags & kLayerBit) && !slot_of(t);
}

}  // namespace

bool hides_history(const VtTensor* t) noexcept {
  const Meta* meta = meta_slot(t);
  return is_unrecorded_view(meta && meta->base ? meta->base : t);
}

void note_unrecorded_views(const VtSchema& schema, const VtValue* args, const VtValue* result) {
  VtTensor* source = view_source(schema, args);
  if (!source || !(source->flags & kLayerBit) || !(is_unrecorded_view(source) || requires_grad(source))) return;
  for (int32_t i = 0; i < schema.num_returns; ++i)
    for (VtTensor* view : tensors_of(result[i]))
      if (view != source && is_differentiable(view->dl.dtype) && !slot_of(view) &&
          tables().tensor->is_alias_of(view, source))
        tables().tensor->update_flags(view, kLayerBit, 0);
}

const char* refusal_to_write(VtTensor* t) {
  const Meta* meta = meta_slot(t);
  VtTensor* base = meta ? meta->base : nullptr;
  if (requires_grad(t) && is_leaf(t))
    return "a leaf Variable that requires grad is being used in an in-place operation.";
  if (base && requires_grad(base) && is_leaf(base))
    return "a view of a leaf Variable that requires grad is being used in an in-place operation.";
  if (((t->flags & VT_TENSOR_IS_VIEW) && !base) || (base && is_unrecorded_view(base)))
    return "a view that was created in no_grad mode or inference mode is being modified inplace with grad mode enabled; write "
           "into its base, or take the view in grad mode";
  if (base && !(base->flags & VT_TENSOR_NON_OVERLAPPING))
    return "a view of a tensor whose elements share memory is being modified inplace; clone the base first";
  return nullptr;
}

void settle_history(VtTensor* view, Meta* meta) {
  const OwnedEdge base = edge_of(meta->base);
  const OwnedEdge own = edge_of(view);
  const Node* node = own.node.get();
  for (bool escapes = false; node && node->kind == ObjectKind::kRow && node->num_edges > 0;) {
    const Edge& next = node->edges()[0];
    if (next.node == base.node.get() && next.output_nr == base.output_nr) break;
    escapes |= is_marked(*static_cast<const RowNode*>(node)->row, RowMark::kPlaced);
    node = next.node;
    if (!escapes) continue;
    meta->version.store(tables().tensor->version(view) - 1, std::memory_order_relaxed);
    refresh_view(view, meta);
    return;
  }
}

void rebase_base(VtTensor* view, Meta* meta, NodeRef written, uint32_t output_nr) {
  const Tensor base = Tensor::share(meta->base);
  OwnedEdge before = edge_of(base.get());
  auto context = std::make_unique<CopySlices>(CopySlices{Geometry(base.get()), Geometry(view), view->dl.dtype});
  const VtNodeDef def{.struct_size = sizeof(VtNodeDef),
                      .num_inputs = 2,
                      .num_outputs = 1,
                      .name = "CopySlices",
                      .context = context.get(),
                      .apply = apply,
                      .release = release_context,
                      .visit = nullptr,
                      .free_saved = nullptr};
  VtTensor* result = base.get();
  NodeRef node = make_host_node(def, 2, 1, {&result, 1});
  context.release();
  node->reaches_host = written->reaches_host || (before.node && before.node->reaches_host);
  node->edges()[0] = {before.node.release(), before.output_nr};
  node->edges()[1] = {written.release(), output_nr};
  if (is_watched()) notify_recorded(node.get());
  set_history(base.get(), std::move(node), 0);
  // The view's own history follows from the base's when it is next asked for.
  meta->version.store(tables().tensor->version(view) - 1, std::memory_order_relaxed);
  tables().tensor->update_flags(view, kLayerBit, 0);
}

int tracking_layer(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  const auto* op = static_cast<const VtOp*>(context);
  const VtDispatchApi& dispatch = *tables().dispatch;
  const int status = dispatch.redispatch_boxed(op, VT_LAYER_TRACKING, args, num_args, result);
  if (status != 0) return status;
  const VtSchema& schema = *dispatch.schema(op);
  if (schema.flags & VT_OP_NOT_DIFFERENTIABLE) return 0;
  const int tracked = guard([&] {
    if (!grad_mode()) return note_unrecorded_views(schema, args, result);
    VtTensor* source = view_source(schema, args);
    for (int32_t i = 0; i < schema.num_returns; ++i)
      for (VtTensor* view : tensors_of(result[i]))
        if (source && view != source && tables().tensor->is_alias_of(view, source) &&
            is_differentiable(view->dl.dtype) && !slot_of(view))
          track_view(view, source);
  });
  if (tracked != 0)
    for (int32_t i = 0; i < schema.num_returns; ++i) release_result(result[i]);
  return tracked;
}

}  // namespace vt::autograd
