// SPDX-License-Identifier: Apache-2.0
// The vt.core.iter table: planning for kernels outside core.
#include <memory>

#include "abi/tables.hpp"
#include "ops/ops.hpp"
#include "runtime/defaults.hpp"

namespace vt::core {

namespace {

// The plan a caller holds: the public face over core's own plan.
struct HeldPlan {
  VtIterPlan face;
  IterPlan plan;

  ~HeldPlan() {
    // Allocated outputs are released by `plan`; the others were retained for it.
    for (size_t i = 0; i < plan.tensors.size(); ++i)
      if (plan.tensors[i] && held && !plan.owned[i]) release(plan.tensors[i]);
  }
  void hold() noexcept {
    for (size_t i = 0; i < plan.tensors.size(); ++i)
      if (plan.tensors[i] && !plan.owned[i]) retain(plan.tensors[i]);
    held = true;
  }
  bool held = false;
};

int plan(const VtIterConfig* config, VtIterPlan** out) {
  return guard([&] {
    if (!config || config->struct_size < sizeof(VtIterConfig) || !config->op || config->num_outputs < 0 ||
        config->num_operands < config->num_outputs || config->num_operands > 64 || !config->operands)
      fail(VT_ERROR_VALUE, "iter.plan: malformed configuration");
    auto held = std::make_unique<HeldPlan>();
    plan_iteration(*config, held->plan, CoreIterAllocator{});
    held->hold();
    const IterPlan& p = held->plan;
    held->face = {sizeof(VtIterPlan), p.ndim,           p.numel,         p.sizes.data(), p.strides.data(),
                  p.data.data(),      p.tensors.data(), p.dtypes.data(), p.common_dtype, p.result_dtype,
                  p.num_operands,     p.num_outputs,    p.fits_32_bit,   p.contiguous};
    *out = &held.release()->face;
  });
}

void free_plan(VtIterPlan* face) {
  // The face is the first member.
  delete reinterpret_cast<HeldPlan*>(face);
}

int promote_types(DLDataType a, DLDataType b, DLDataType* out) {
  return guard([&] {
    Promotion promotion("promote_types");
    promotion.add_tensor(a, 1);
    promotion.add_tensor(b, 1);
    *out = dtype_info(promotion.result()).dtype;
  });
}

int broadcast_shapes(const int64_t* a, int32_t a_ndim, const int64_t* b, int32_t b_ndim, int64_t* out,
                     int32_t* out_ndim) {
  return guard([&] {
    if (a_ndim < 0 || b_ndim < 0 || a_ndim > kMaxDims || b_ndim > kMaxDims)
      fail(VT_ERROR_VALUE, "broadcast_shapes: at most 64 dimensions are supported");
    const std::span<const int64_t> a_sizes(a, static_cast<size_t>(a_ndim));
    const std::span<const int64_t> b_sizes(b, static_cast<size_t>(b_ndim));
    Sizes shape;
    shape.assign(a_sizes);
    if (!broadcast_into(shape, b_sizes)) fail_broadcast("broadcast_shapes", a_sizes, b_sizes);
    std::copy(shape.begin(), shape.end(), out);
    *out_ndim = static_cast<int32_t>(shape.size());
  });
}

}  // namespace

const VtIterApi* iter_api() {
  static const VtIterApi table{
      table_header<VtIterApi>(VT_ITER_API_MINOR), plan, free_plan, promote_types, broadcast_shapes, default_dtype};
  return &table;
}

}  // namespace vt::core
