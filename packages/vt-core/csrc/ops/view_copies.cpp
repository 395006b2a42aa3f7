// SPDX-License-Identifier: Apache-2.0
// Views as copies: for each view op one that returns the same elements in memory of their own.
#include <vt/cpp/iter/reduce_rules.hpp>
#include <vt/cpp/op.hpp>

#include "ops/lists.hpp"
#include "ops/ops.hpp"
#include "ops/view.hpp"

namespace vt::core {

namespace {

struct ViewCopy {
  const char* schema;
  const char* view;  // the op that gives the view from the same arguments
  uint32_t flags = 0;
};

// A list result: the tensors are taken over, its array is given back.
std::vector<Tensor> taken_list(const VtValue& list) {
  std::vector<Tensor> tensors;
  for (VtTensor* t : tensors_of(list)) tensors.push_back(Tensor::steal(t));
  tables().alloc->free(const_cast<VtTensor**>(list.as.tensors), list.count * sizeof(VtTensor*));
  return tensors;
}

// The kernel of all of them; its context is the view's name.
int copy_view(void* context, const VtValue* args, int32_t num_args, VtValue* result) noexcept {
  return guard([&] {
    static const Op clone("clone");
    const VtValue format = value_of(static_cast<int64_t>(MemoryFormat::kContiguous));
    VtValue seen = none();
    check(tables().dispatch->call_boxed(Op(static_cast<const char*>(context)).get(), args, num_args, &seen));
    if (seen.tag == VT_TENSOR_LIST) {
      std::vector<Tensor> parts = taken_list(seen);
      for (Tensor& part : parts) part = clone(part, format);
      result[0] = list_value(parts);
    } else {
      const Tensor view = Tensor::steal(seen.as.tensor);
      const std::string name = static_cast<const char*>(context);
      check_destination_dtype(((name == "reshape" ? "view" : name) + "_copy").c_str(), result[0], view.dtype());
      result[0] = value_of(clone.into(result[0], view, format).release());
    }
  });
}

constexpr char kDoc[] = "A row-major copy of what the view of this name without `_copy` shows.";

}  // namespace

void register_view_copies(VtPlugin* plugin) {
  const ViewCopy rows[] = {
      {"alias_copy(Tensor self) -> Tensor", "alias"},
      {"as_strided_copy(Tensor self, int[] size, int[] stride, int? storage_offset=None) -> Tensor", "as_strided"},
      {"detach_copy(Tensor self) -> Tensor", "detach", VT_OP_NOT_DIFFERENTIABLE},
      {"diagonal_copy(Tensor self, int offset=0, int dim1=0, int dim2=1) -> Tensor", "diagonal"},
      {"expand_copy(Tensor self, int[] size) -> Tensor", "expand"},
      {"narrow_copy(Tensor self, int dim, int start, int length) -> Tensor", "narrow"},
      {"permute_copy(Tensor self, int[] dims) -> Tensor", "permute"},
      {"select_copy(Tensor self, int dim, int index) -> Tensor", "select"},
      {"slice_copy(Tensor self, int dim=0, int? start=None, int? end=None, int step=1) -> Tensor", "slice"},
      {"split_copy(Tensor self, int|int[] split_size, int dim=0) -> Tensor[]", "split"},
      {"split_with_sizes_copy(Tensor self, int[] split_sizes, int dim=0) -> Tensor[]", "split_with_sizes"},
      {"squeeze_copy(Tensor self) -> Tensor", "squeeze"},
      {"squeeze_copy.dim(Tensor self, int[] dim) -> Tensor", "squeeze.dim"},
      {"t_copy(Tensor self) -> Tensor", "t"},
      {"transpose_copy(Tensor self, int dim0, int dim1) -> Tensor", "transpose"},
      {"unbind_copy(Tensor self, int dim=0) -> Tensor[]", "unbind"},
      {"unfold_copy(Tensor self, int dimension, int size, int step) -> Tensor", "unfold"},
      {"unsqueeze_copy(Tensor self, int dim) -> Tensor", "unsqueeze"},
      {"view_as_complex_copy(Tensor self) -> Tensor", "view_as_complex"},
      {"view_as_real_copy(Tensor self) -> Tensor", "view_as_real"},
      {"view_copy(Tensor self, int[] size) -> Tensor", "reshape"},
      {"view_copy.dtype(Tensor self, dtype dtype) -> Tensor", "view.dtype", VT_OP_NOT_DIFFERENTIABLE},
  };
  std::vector<OpRow> ops;
  std::vector<std::string> names;
  for (const ViewCopy& row : rows) {
    const std::string schema = row.schema;
    const uint32_t out = schema.ends_with("[]") ? 0 : VT_OP_OUT;
    ops.push_back({row.schema, VT_OP_FUNCTION | VT_OP_COMPOSITE | out | row.flags, kDoc});
    names.push_back(schema.substr(0, schema.find('(')));
  }
  define_ops(plugin, ops);
  std::vector<VtKernelDef> kernels;
  for (size_t i = 0; i < names.size(); ++i)
    kernels.push_back({sizeof(VtKernelDef), 0, names[i].c_str(), VT_LAYER_DEVICE, kEveryDevice, copy_view, nullptr, 0,
                       const_cast<char*>(rows[i].view)});
  check(tables().dispatch->register_kernels(plugin, kernels.data(), kernels.size()));
}

}  // namespace vt::core
