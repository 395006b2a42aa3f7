// SPDX-License-Identifier: Apache-2.0
// Tensors joined as rows, columns, layers and blocks, and what gives them the dimensions for it.
#include "ops/calls.hpp"
#include "ops/lists.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using calls::reshape;

// `t` with at least `ndim` dimensions: new ones stand in front, but the third one last.
Tensor at_least(const Tensor& t, int32_t ndim) {
  if (t.ndim() >= ndim) return Tensor(t);
  Ints sizes(static_cast<size_t>(ndim), 1);
  if (t.ndim() > 0) sizes[ndim > 1 ? 1 : 0] = t->dl.shape[t.ndim() - 1];
  if (t.ndim() == 2) sizes[0] = t->dl.shape[0];
  return reshape(t, sizes);
}

template <int32_t kNdim>
void atleast(const VtValue* args, VtValue* result) {
  result[0] = value_of(at_least(Tensor::share(args[0].as.tensor), kNdim).release());
}

template <int32_t kNdim>
std::vector<Tensor> each_at_least(const VtValue& tensors) {
  std::vector<Tensor> out;
  for (VtTensor* t : tensors_of(tensors)) out.push_back(at_least(Tensor::share(t), kNdim));
  return out;
}

template <int32_t kNdim>
void atleast_each(const VtValue* args, VtValue* result) {
  std::vector<Tensor> out = each_at_least<kNdim>(args[0]);
  result[0] = list_value(out);
}

void check_some(const char* op, const VtValue& tensors) {
  if (tensors.count == 0) fail(VT_ERROR_RUNTIME, std::string(op) + ": expected a non-empty list of tensors");
}

void join(const std::vector<Tensor>& parts, int64_t dim, VtValue* result) {
  static const Op cat("cat");
  std::vector<VtTensor*> handles;
  for (const Tensor& t : parts) handles.push_back(t.get());
  result[0] = value_of(cat.into(result[0], std::span<VtTensor* const>(handles), dim).release());
}

void hstack(const VtValue* args, VtValue* result) {
  check_some("hstack", args[0]);
  const std::vector<Tensor> parts = each_at_least<1>(args[0]);
  join(parts, parts[0].ndim() == 1 ? 0 : 1, result);
}

void vstack(const VtValue* args, VtValue* result) {
  check_some("vstack", args[0]);
  join(each_at_least<2>(args[0]), 0, result);
}

void dstack(const VtValue* args, VtValue* result) {
  check_some("dstack", args[0]);
  join(each_at_least<3>(args[0]), 2, result);
}

void column_stack(const VtValue* args, VtValue* result) {
  check_some("column_stack", args[0]);
  std::vector<Tensor> parts;
  for (VtTensor* given : tensors_of(args[0])) {
    const Tensor t = Tensor::share(given);
    parts.push_back(t.ndim() < 2 ? reshape(t, {t.numel(), 1}) : Tensor(t));
  }
  join(parts, 1, result);
}

// Each block stands between zeros to its left and right; the rows of blocks follow one another.
void block_diag(const VtValue* args, VtValue* result) {
  static const Op zeros("zeros");
  static const Op pad("constant_pad_nd");
  std::vector<Tensor> blocks;
  int64_t columns = 0;
  for (VtTensor* given : tensors_of(args[0])) {
    if (given->dl.ndim > 2)
      fail(VT_ERROR_RUNTIME, "block_diag: expected at most 2 dimensions: got " + format_sizes(sizes_of(given)) +
                                 " at position " + std::to_string(blocks.size()));
    blocks.push_back(at_least(Tensor::share(given), 2));
    if (__builtin_add_overflow(columns, blocks.back()->dl.shape[1], &columns))
      fail(VT_ERROR_OVERFLOW, "block_diag: the columns do not fit in 64 bits");
  }
  if (blocks.empty()) {
    const int64_t sizes[] = {1, 0};
    result[0] = value_of(zeros(std::span<const int64_t>(sizes)).release());
    return;
  }
  int64_t left = 0;
  for (Tensor& block : blocks) {
    const int64_t width = block->dl.shape[1];
    const int64_t around[] = {left, columns - left - width};
    block = pad(block, std::span<const int64_t>(around), int64_t{0});
    left += width;
  }
  join(blocks, 0, result);
}

constexpr char kAtleast1dDoc[] = R"(A view with at least one dimension; the tensor itself when it has that.

Several tensors, or a list of them, give a tuple.)";
constexpr char kAtleast2dDoc[] = R"(A view with at least two dimensions; the tensor itself when it has those.

A vector becomes a row. Several tensors, or a list of them, give a tuple.)";
constexpr char kAtleast3dDoc[] = R"(A view with at least three dimensions; the tensor itself when it has those.

A vector of size n becomes (1, n, 1), a matrix gets a last dimension. Several tensors, or a list of them, give a tuple.)";
constexpr char kHstackDoc[] = R"(The tensors side by side: joined along dimension 1, vectors and numbers along 0.

Raises
------
RuntimeError
    If the list is empty.
ShapeError
    If the sizes do not fit together.)";
constexpr char kVstackDoc[] = R"(The tensors on top of each other: joined along dimension 0, vectors as rows.

Raises
------
RuntimeError
    If the list is empty.
ShapeError
    If the sizes do not fit together.)";
constexpr char kDstackDoc[] = R"(The tensors one behind the other: joined along dimension 2 after `atleast_3d`.

Raises
------
RuntimeError
    If the list is empty.
ShapeError
    If the sizes do not fit together.)";
constexpr char kColumnStackDoc[] = R"(The tensors side by side, vectors and numbers as columns.

Raises
------
RuntimeError
    If the list is empty.
ShapeError
    If the sizes do not fit together.)";
constexpr char kBlockDiagDoc[] = R"(The matrix of zeros with the tensors as blocks along its diagonal.

Parameters
----------
tensors : Tensor
    Of at most two dimensions each; vectors and numbers count as one row. The common dtype is the result's.

Raises
------
RuntimeError
    If a tensor has more dimensions.)";

}  // namespace

void register_stack_forms(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"atleast_1d(Tensor self) -> Tensor", kFlags, kAtleast1dDoc},
      {"atleast_1d.Sequence(Tensor[*] tensors) -> Tensor[]", kFlags, kAtleast1dDoc},
      {"atleast_2d(Tensor self) -> Tensor", kFlags, kAtleast2dDoc},
      {"atleast_2d.Sequence(Tensor[*] tensors) -> Tensor[]", kFlags, kAtleast2dDoc},
      {"atleast_3d(Tensor self) -> Tensor", kFlags, kAtleast3dDoc},
      {"atleast_3d.Sequence(Tensor[*] tensors) -> Tensor[]", kFlags, kAtleast3dDoc},
      {"hstack(Tensor[] tensors) -> Tensor", kFlags | VT_OP_OUT, kHstackDoc},
      {"vstack(Tensor[] tensors) -> Tensor", kFlags | VT_OP_OUT, kVstackDoc},
      {"dstack(Tensor[] tensors) -> Tensor", kFlags | VT_OP_OUT, kDstackDoc},
      {"column_stack(Tensor[] tensors) -> Tensor", kFlags | VT_OP_OUT, kColumnStackDoc},
      {"block_diag(Tensor[*] tensors) -> Tensor", kFlags, kBlockDiagDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {
      {"atleast_1d", boxed<atleast<1>>}, {"atleast_1d.Sequence", boxed<atleast_each<1>>},
      {"atleast_2d", boxed<atleast<2>>}, {"atleast_2d.Sequence", boxed<atleast_each<2>>},
      {"atleast_3d", boxed<atleast<3>>}, {"atleast_3d.Sequence", boxed<atleast_each<3>>},
      {"hstack", boxed<hstack>},         {"vstack", boxed<vstack>},
      {"dstack", boxed<dstack>},         {"column_stack", boxed<column_stack>},
      {"block_diag", boxed<block_diag>},
  };
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
