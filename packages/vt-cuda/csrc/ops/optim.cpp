// SPDX-License-Identifier: Apache-2.0
// Optimiser steps and operations on the gradients of a model, on CUDA devices: Note [Many tensors].
#include <vt/cpp/op.hpp>
#include <vt/cpp/optim_rules.hpp>

#include <array>
#include <vector>

#include "../kernels/optim.hpp"
#include "launch.hpp"
#include "ops.hpp"

namespace vt::cuda {
namespace {

constexpr DtypeIndex kStepDtypes[] = {DtypeIndex::kFloat32, DtypeIndex::kBFloat16, DtypeIndex::kFloat16,
                                      DtypeIndex::kFloat64};

// Lists that have been checked. Tensors that no common offset walks are copied, and what was written comes back by `finish`.
template <int kLists>
class Lists {
 public:
  struct Item {
    std::array<char*, kLists> data;
    int64_t num;
    DtypeIndex dtype;
  };

  explicit Lists(std::span<const ListRole> roles) {
    const size_t count = roles[0].tensors.size();
    items_.reserve(count);
    for (size_t i = 0; i < count; ++i) {
      const VtTensor* first = roles[0].tensors[i];
      bool alike = true;
      for (const ListRole& role : roles) alike &= walk_alike(first, role.tensors[i]);
      Item item{{}, first->numel, index_of(first->dl.dtype)};
      for (size_t r = 0; r < kLists; ++r)
        item.data[r] = static_cast<char*>((alike ? roles[r].tensors[i] : copied(roles[r], i))->dl.data);
      items_.push_back(item);
    }
  }

  const std::vector<Item>& items() const noexcept { return items_; }

  void finish() {
    for (const Copy& copy : copies_)
      if (copy.written) copy_within(copy.original, copy.dense.get());
  }

 private:
  struct Copy {
    VtTensor* original;
    Tensor dense;
    bool written;
  };

  VtTensor* copied(const ListRole& role, size_t i) {
    VtTensor* original = role.tensors[i];
    Tensor dense = Tensor::empty(sizes_of(original), original->dl.dtype, original->dl.device);
    copy_within(dense.get(), original);
    copies_.push_back({original, std::move(dense), role.written});
    return copies_.back().dense.get();
  }

  std::vector<Item> items_;
  std::vector<Copy> copies_;
};

// Launches the kernel that `kernel_of(dtype)` names on all items, as many at a time as the table in `params` holds; `before`
// sees the parameters and the number of blocks of each launch.
template <int kLists, class Params, class KernelOf, class Before>
void launch_items(const char* op, const Queue& queue, const std::vector<typename Lists<kLists>::Item>& items,
                  Params& params, KernelOf&& kernel_of, Before&& before) {
  TensorTable<kLists>& table = params.tensors;
  for (const DtypeIndex dtype : kStepDtypes) {
    table.count = 0;
    table.first_block[0] = 0;
    const auto launch = [&] {
      if (table.count == 0) return;
      const int64_t blocks = table.first_block[table.count];
      before(params, blocks);
      queue.launch(op, kernel_of(dtype), blocks, 1, params);
      table.count = 0;
    };
    for (const auto& item : items) {
      if (item.dtype != dtype || item.num == 0) continue;
      const int32_t at = table.count;
      for (size_t k = 0; k < kLists; ++k) table.data[k][at] = item.data[k];
      table.num[at] = item.num;
      table.first_block[at + 1] = table.first_block[at] + static_cast<uint32_t>(ceil_divide(item.num, kStepChunk));
      if (++table.count == TensorTable<kLists>::kTensors) launch();
    }
    launch();
  }
}
template <int kLists, class Params, class KernelOf>
void launch_items(const char* op, const Queue& queue, const std::vector<typename Lists<kLists>::Item>& items,
                  Params& params, KernelOf&& kernel_of) {
  launch_items<kLists>(op, queue, items, params, kernel_of, [](Params&, int64_t) {});
}

DeviceNumber device_number(const StepNumber& number) noexcept {
  if (!number.tensor) return {number.value, nullptr, DtypeIndex::kFloat64};
  return {0, static_cast<const char*>(number.tensor->dl.data), index_of(number.tensor->dl.dtype)};
}

DLDevice device_of(std::span<const ListRole> roles) noexcept { return roles[0].tensors[0]->dl.device; }

template <int kLists>
void run_sgd(std::span<const ListRole> roles, const SgdStep& step) {
  Lists<kLists> lists(roles);
  SgdTensors<kLists> params{};
  params.kind = step.momentum;
  params.decay = step.decay;
  params.scalars = step.scalars;
  params.lr = device_number(step.lr);
  launch_items<kLists>("sgd_step_", Queue(device_of(roles)), lists.items(), params,
                       [](DtypeIndex dtype) { return sgd_kernel(kLists, dtype); });
  lists.finish();
}

void sgd_step_(const VtValue* args, VtValue*) {
  const bool has_buffers = args[2].count > 0 || (args[0].count == 0 && number_of(args[4]).real != 0);
  const SgdStep step = sgd_step(args + 3, has_buffers);
  const ListRole roles[] = {{"params", tensors_of(args[0]), true},
                            {"grads", tensors_of(args[1]), false},
                            {"momentum_buffers", tensors_of(args[2]), true}};
  const std::span<const ListRole> used(roles, has_buffers ? 3 : 2);
  check_lists("sgd_step_", used);
  if (roles[0].tensors.empty()) return;
  has_buffers ? run_sgd<3>(used, step) : run_sgd<2>(used, step);
}

template <int kLists>
void run_adam(std::span<const ListRole> roles, const AdamStep& step) {
  Lists<kLists> lists(roles);
  AdamTensors<kLists> params{};
  params.decay = step.decay;
  params.rule = step.rule;
  params.lr = device_number(step.lr);
  params.step = device_number(step.step);
  launch_items<kLists>("adamw_step_", Queue(device_of(roles)), lists.items(), params,
                       [](DtypeIndex dtype) { return adam_kernel(kLists, dtype); });
  lists.finish();
}

void adamw_step_(const VtValue* args, VtValue*) {
  const bool maximum = args[4].count > 0;
  const AdamStep step = adam_step(args + 5, maximum);
  const ListRole roles[] = {{"params", tensors_of(args[0]), true},
                            {"grads", tensors_of(args[1]), false},
                            {"exp_avgs", tensors_of(args[2]), true},
                            {"exp_avg_sqs", tensors_of(args[3]), true},
                            {"max_exp_avg_sqs", tensors_of(args[4]), true}};
  const std::span<const ListRole> used(roles, maximum ? 5 : 4);
  check_lists("adamw_step_", used);
  if (roles[0].tensors.empty()) return;
  maximum ? run_adam<5>(used, step) : run_adam<4>(used, step);
}

void total_norm(const VtValue* args, VtValue* result) {
  const ListRole role{"tensors", tensors_of(args[0]), false};
  const double power = number_of(args[1]).real;
  const NormKind kind = norm_kind(power);
  const DLDataType dtype = norm_dtype(role.tensors);
  const DLDevice device = role.tensors[0]->dl.device;  // an empty list runs on the CPU
  Tensor out = Tensor::empty({}, dtype, device);
  const Lists<1> lists({&role, 1});
  int64_t num = 0;
  for (const auto& item : lists.items()) num += ceil_divide(item.num, kStepChunk);
  const Queue queue(device);
  const Queue::Scratch scratch(queue, std::max<int64_t>(num, 1) * static_cast<int64_t>(sizeof(double)));
  auto* partials = static_cast<double*>(scratch.data());
  TotalNormTensors params{};
  params.kind = kind;
  params.power = power;
  params.partials = partials;
  int64_t next = 0;
  launch_items<1>("total_norm", queue, lists.items(), params, total_norm_kernel,
                  [&](TotalNormTensors& p, int64_t blocks) {
                    p.first = next;
                    next += blocks;
                  });
  TotalNormFinish finish{partials, num, kind, power, out.data<char>(), index_of(dtype)};
  queue.launch("total_norm", total_norm_finish_kernel(), 1, 1, finish);
  result[0] = value_of(out.release());
}

void run_each(const char* op, const ListRole& role, EachTensor& params) {
  Lists<1> lists({&role, 1});
  launch_items<1>(op, Queue(device_of({&role, 1})), lists.items(), params,
                  [&](DtypeIndex dtype) { return each_kernel(params.kind, dtype); });
  lists.finish();
}

void clip_by_total_norm_(const VtValue* args, VtValue*) {
  const ListRole role{"tensors", tensors_of(args[0]), true};
  check_lists("clip_by_total_norm_", {&role, 1});
  const VtTensor* norm = args[1].as.tensor;
  check_total_norm(norm);
  if (role.tensors.empty()) return;
  EachTensor params{};
  params.kind = EachKind::kClip;
  params.number = static_cast<const char*>(norm->dl.data);
  params.number_dtype = index_of(norm->dl.dtype);
  params.factor = number_of(args[2]).real;
  run_each("clip_by_total_norm_", role, params);
}

void scale_each_(const VtValue* args, VtValue*) {
  const ListRole role{"tensors", tensors_of(args[0]), true};
  check_lists("scale_each_", {&role, 1});
  check_scale_factor(args[1]);
  if (role.tensors.empty()) return;
  EachTensor params{};
  params.kind = EachKind::kScale;
  if (is_tensor(args[1])) {
    params.kind = EachKind::kScaleBy;
    params.number = static_cast<const char*>(args[1].as.tensor->dl.data);
    params.number_dtype = index_of(args[1].as.tensor->dl.dtype);
  } else {
    params.factor = number_of(args[1]).real;
  }
  run_each("scale_each_", role, params);
}

void clamp_each_(const VtValue* args, VtValue*) {
  const ListRole role{"tensors", tensors_of(args[0]), true};
  check_lists("clamp_each_", {&role, 1});
  check_clamp_bounds(args[1], args[2]);
  if (role.tensors.empty()) return;
  EachTensor params{};
  params.kind = EachKind::kClamp;
  params.has_low = !is_none(args[1]);
  params.has_high = !is_none(args[2]);
  params.low = number_of(args[1]).real;
  params.high = number_of(args[2]).real;
  run_each("clamp_each_", role, params);
}

// As bytes; the table's dtype is of no matter then.
void zero_each_(const VtValue* args, VtValue*) {
  const auto tensors = tensors_of(args[0]);
  for (const VtTensor* t : tensors) check_writable("zero_each_", t);
  std::vector<Lists<1>::Item> items;
  items.reserve(tensors.size());
  for (VtTensor* t : tensors) {
    if (t->flags & VT_TENSOR_NON_OVERLAPPING) {
      items.push_back({{static_cast<char*>(t->dl.data)}, t->numel * itemsize_of(t->dl.dtype), kStepDtypes[0]});
    } else {
      const Tensor self = Tensor::share(t);
      Op("fill_").into(self, self, int64_t{0});
    }
  }
  if (items.empty()) return;
  EachTensor params{};
  params.kind = EachKind::kZero;
  launch_items<1>("zero_each_", Queue(tensors[0]->dl.device), items, params,
                  [](DtypeIndex dtype) { return each_kernel(EachKind::kZero, dtype); });
}

}  // namespace

void register_optim(VtPlugin* plugin) {
  const KernelRow rows[] = {
      {"sgd_step_", kernel<sgd_step_>},     {"adamw_step_", kernel<adamw_step_>},
      {"total_norm", kernel<total_norm>},   {"clip_by_total_norm_", kernel<clip_by_total_norm_>},
      {"clamp_each_", kernel<clamp_each_>}, {"zero_each_", kernel<zero_each_>},
      {"scale_each_", kernel<scale_each_>},
  };
  register_kernels(plugin, kDLCUDA, rows);
}

}  // namespace vt::cuda
