// SPDX-License-Identifier: Apache-2.0
// Where tangents are kept, and how they follow views.
#include "forward/dual.hpp"

#include <algorithm>

#include "engine/calls.hpp"
#include "engine/gradient.hpp"
#include "variable/view.hpp"

namespace vt::autograd {

namespace {

std::unique_ptr<Tangent>* place_of(VtTensor* t) noexcept {
  SlotObject* slot = slot_of(t);
  if (!slot) return nullptr;
  if (slot->kind == ObjectKind::kMeta) return &static_cast<Meta*>(slot)->tangent;
  return slot->kind == ObjectKind::kAccumulate ? &static_cast<Accumulator*>(slot)->tangent : nullptr;
}

// The base whose tangent a view shows a part of.
VtTensor* base_of(VtTensor* view) noexcept {
  const Meta* meta = meta_slot(view);
  return meta && meta->base && meta->shows_tangent ? meta->base : nullptr;
}

bool same_strides(const VtTensor* a, const VtTensor* b) noexcept {
  for (int32_t i = 0; i < a->dl.ndim; ++i)
    if (a->dl.shape[i] > 1 && a->dl.strides[i] != b->dl.strides[i]) return false;
  return true;
}

Tensor empty_as(const VtTensor* t) {
  VtTensor* out = nullptr;
  check(tables().tensor->empty_strided(t->dl.shape, t->dl.strides, t->dl.ndim, t->dl.dtype, t->dl.device, &out));
  return Tensor::steal(out);
}

// `tangent` laid out as `t`. Of a tensor whose elements share memory no view is written, so its tangent may lie anyhow.
Tensor laid_out(Tensor tangent, const VtTensor* t) {
  if (t->numel == 0 || same_strides(t, tangent.get()) || !(t->flags & VT_TENSOR_NON_OVERLAPPING)) return tangent;
  const Tensor copy = empty_as(t);
  return ops().copy.into(copy, copy, tangent);
}

void check_tangent(VtTensor* primal, VtTensor* tangent) {
  if (!std::ranges::equal(vt::sizes_of(primal), vt::sizes_of(tangent)))
    fail(
        VT_ERROR_RUNTIME,
        "make_dual: Trying to set a forward gradient that has a different size than that of the original Tensor, this is not "
        "supported. Tensor is of size " +
            describe_sizes(vt::sizes_of(primal)) + " while the given forward gradient is of size " +
            describe_sizes(vt::sizes_of(tangent)) + ".");
  if (!fits(tangent, meta_of(primal)))
    fail(VT_ERROR_RUNTIME,
         "make_dual: the tangent does not fit the primal: got " + describe(tangent) + ", expected " + describe(primal));
  if (dual_of(primal))
    fail(
        VT_ERROR_RUNTIME,
        "make_dual: Making a dual Tensor based on a Tensor that already has a forward gradient at the same level 0 is not "
        "supported.");
  if (dual_of(tangent))
    fail(VT_ERROR_RUNTIME,
         "make_dual: Setting a forward grad that itself has a forward gradient at the same level 0 is not supported.");
}

// A view that shows nothing of its base's tangent.
Tensor view_apart(const Tensor& t) {
  static const Op alias("alias");
  const ForwardOff off;
  Tensor view = alias(t);
  if (Meta* meta = meta_slot(view.get())) meta->shows_tangent = false;
  return view;
}

}  // namespace

Dual dual_of(VtTensor* t) {
  if (t->flags & kForwardBit) {
    const std::unique_ptr<Tangent>* place = place_of(t);
    if (!place || !*place) return {};
    return {(*place)->get(), (*place)->level()};
  }
  VtTensor* base = t->flags & kLayerBit ? base_of(t) : nullptr;
  if (!base || !(base->flags & kForwardBit)) return {};
  Dual whole = dual_of(base);
  if (!whole) return {};
  const ForwardOff off;
  set_tangent(t, part_of(whole.tangent, base, t), whole.level);
  return dual_of(t);
}

void set_tangent(VtTensor* t, Tensor tangent, const std::shared_ptr<DualLevel>& level) {
  auto fresh = std::make_unique<Tangent>(level, laid_out(std::move(tangent), t));
  std::unique_ptr<Tangent>* place = place_of(t);
  if (!place) {
    ensure_meta(t);
    place = place_of(t);
  }
  *place = std::move(fresh);
  tables().tensor->update_flags(t, kForwardBit, 0);
}

void drop_tangent(VtTensor* t) noexcept {
  if (std::unique_ptr<Tangent>* place = place_of(t)) place->reset();
  tables().tensor->update_flags(t, 0, kForwardBit);
}

Tensor tangent_of_written(VtTensor* t, const std::shared_ptr<DualLevel>& level) {
  VtTensor* base = base_of(t);
  if (!base) return {};
  Tensor zeros = empty_as(base);
  set_tangent(base, ops().fill.into(zeros, zeros, 0.0), level);
  return dual_of(t).tangent;
}

Tensor make_dual(const Tensor& primal, const Tensor& tangent) {
  if (!dual_level())
    fail(
        VT_ERROR_RUNTIME,
        "make_dual: Trying to create a dual Tensor for forward AD but no level exists, make sure to enter_dual_level() "
        "first.");
  check_tangent(primal.get(), tangent.get());
  Tensor dual = view_apart(primal);
  const ForwardOff off;
  set_tangent(dual.get(), tangent, dual_level());
  if (Meta* meta = meta_slot(dual.get())) meta->shows_tangent = false;
  return dual;
}

Tensor primal_of(const Tensor& dual) { return view_apart(dual); }

}  // namespace vt::autograd
