// SPDX-License-Identifier: Apache-2.0
// Indexing by tensors, masks and sequences: keys are taken apart here, the ops index and index_put do the work.
#include "advanced_indexing.hpp"

#include <algorithm>

#include "construct.hpp"
#include "errors.hpp"
#include "indexing.hpp"
#include "numbers.hpp"
#include "tensor_type.hpp"

// Note [Keys]
// As in PyTorch, integers, slices, None and ... are applied first, as views; the remaining tensors index the view. An
// integer is thus no tensor of one index, other than in NumPy: it does not pull the indices' dimensions to the front. True
// and False insert a dimension of size one and take or drop it. Lists, tuples and foreign arrays within a key are tensors.
namespace vt::python {
namespace {

struct IndexOps {
  const VtOp* index = nullptr;
  const VtOp* index_put = nullptr;
  const VtOp* masked_fill = nullptr;
  const VtOp* to = nullptr;
  const VtOp* full = nullptr;
  const VtOp* reshape = nullptr;
} ops;

constexpr DLDevice kHost{kDLCPU, 0};

bool is_mask(const Tensor& t) noexcept { return t && same_dtype(t.dtype(), kBool); }

Tensor moved(const Tensor& t, DLDataType dtype, DLDevice device) {
  const VtValue args[] = {value_of(t.get()), value_of(dtype), value_of(device)};
  return call_indexing_op(ops.to, "to", args, 3);
}

// An entry of a key: a basic one, or a tensor; True and False have one index or none into an inserted dimension.
struct Entry {
  PyObject* basic = nullptr;
  Tensor index;
  bool inserts = false;

  int64_t consumes() const noexcept {
    if (inserts) return 0;
    if (!basic) return is_mask(index) ? index.ndim() : 1;
    return basic != Py_None && basic != Py_Ellipsis;
  }
};

bool truth_entry(bool value, DLDevice device, Entry& out) {
  const int64_t sizes[] = {value ? 1 : 0};
  const VtValue args[] = {value_of(std::span<const int64_t>(sizes)), value_of(int64_t{0}), value_of(kInt64),
                          value_of(device)};
  out.inserts = true;
  out.index = call_indexing_op(ops.full, "full", args, 4);
  return static_cast<bool>(out.index);
}

bool tensor_entry(Tensor t, bool is_foreign, DLDevice device, Entry& out) {
  const Category category = dtype_info(t.dtype()).category;
  if (is_foreign && t.numel() == 0 && category == Category::kFloating) {
    t = moved(t, kInt64, t.device());  // an empty list says nothing of its dtype
    if (!t) return false;
  } else if (category > Category::kInteger || (!is_foreign && same_dtype(t.dtype(), kUInt8))) {
    PyErr_Format(PyExc_IndexError, "tensors used as indices must be integers or bool, and not uint8: got %s",
                 std::string(dtype_name(t.dtype())).c_str());
    return false;
  }
  const bool is_index = same_dtype(t.dtype(), kInt64) || same_dtype(t.dtype(), kInt32) || is_mask(t);
  const bool is_here = t.device().device_type == device.device_type && t.device().device_id == device.device_id;
  if (!is_index || !is_here) t = moved(t, is_index ? t.dtype() : kInt64, device);
  out.index = std::move(t);
  return static_cast<bool>(out.index);
}

bool make_entry(PyObject* object, DLDevice device, Entry& out) {
  if (is_tensor(object)) {
    VtTensor* t = tensor_of(object);
    if (t->dl.ndim > 0) return tensor_entry(Tensor::share(t), false, device, out);
    if (same_dtype(t->dl.dtype, kBool)) {
      const int truth = PyObject_IsTrue(object);
      return truth >= 0 && truth_entry(truth != 0, device, out);
    }
  }
  if (number_kind(object) == NumberKind::kBool) return truth_entry(PyObject_IsTrue(object) == 1, device, out);
  if (is_basic_entry(object)) {
    out.basic = object;
    return true;
  }
  if (number_kind(object) != NumberKind::kNone || PyUnicode_Check(object) || PyDict_Check(object) ||
      (!PySequence_Check(object) && !PyObject_CheckBuffer(object))) {
    PyErr_Format(
        PyUnicode_Check(object) ? PyExc_TypeError : PyExc_IndexError,
        "indices must be ints, slices, None, ..., tensors, masks, sequences of ints or a tuple of them, got %U",
        type_name(object).get());
    return false;
  }
  VtTensor* t = tensor_from_object(object, nullptr, nullptr);
  if (!t) return false;
  const Tensor made = Tensor::steal(t);
  if (made.ndim() > 0) return tensor_entry(made, true, device, out);
  PyErr_SetString(PyExc_IndexError, "a 0-dim array is no index; convert it by int() or bool()");
  return false;
}

bool make_entries(PyObject* key, DLDevice device, std::vector<Entry>& out) {
  if (!PyTuple_Check(key)) return make_entry(key, device, out.emplace_back());
  const Py_ssize_t num_entries = PyTuple_Size(key);
  out.reserve(static_cast<size_t>(num_entries));
  for (Py_ssize_t i = 0; i < num_entries; ++i)
    if (!make_entry(PyTuple_GetItem(key, i), device, out.emplace_back())) return false;
  return true;
}

bool check_mask(const Tensor& mask, const Tensor& view, int64_t dim) {
  for (int32_t d = 0; d < mask.ndim(); ++d) {
    if (mask->dl.shape[d] == view->dl.shape[dim + d]) continue;
    PyErr_Format(PyExc_IndexError,
                 "the mask has size %lld in dimension %d, but the indexed tensor has size %lld in dimension %lld",
                 static_cast<long long>(mask->dl.shape[d]), d, static_cast<long long>(view->dl.shape[dim + d]),
                 static_cast<long long>(dim + d));
    return false;
  }
  return true;
}

// Applies the entries from left to right, so that dimensions to the left of `dim` are those of the final view.
bool apply_entries(const std::vector<Entry>& entries, int64_t skipped, Selection& out) {
  int64_t dim = 0;
  int64_t covered = 0;  // dimensions that `indices` accounts for
  for (const Entry& entry : entries) {
    if (entry.basic == Py_Ellipsis) {
      dim += skipped;
      continue;
    }
    if (entry.basic) {
      out.view = apply_basic_entry(out.view.get(), entry.basic, dim);
      if (!out.view) return false;
      continue;
    }
    if (entry.inserts) {
      out.view = insert_dimension(out.view.get(), dim);
      if (!out.view) return false;
    } else if (is_mask(entry.index) && !check_mask(entry.index, out.view, dim)) {
      return false;
    }
    for (; covered < dim; ++covered) out.indices.emplace_back();
    out.indices.push_back(entry.index);
    dim += entry.inserts ? 1 : entry.consumes();
    covered = dim;
  }
  return true;
}

std::vector<VtTensor*> handles_of(const std::vector<Tensor>& tensors) {
  std::vector<VtTensor*> out;
  for (const Tensor& t : tensors) out.push_back(t.get());
  return out;
}

// The value to write, in the dtype and on the device of the view, without leading dimensions of size one.
Tensor value_to_write(const Tensor& view, PyObject* object) {
  if (const NumberKind kind = number_kind(object); kind != NumberKind::kNone) {
    VtValue number;
    double pair[2];
    if (!value_from_number(object, kind, number, pair)) return {};
    const VtValue args[] = {value_of(std::span<const int64_t>()), number, value_of(view.dtype()),
                            value_of(view.device())};
    return call_indexing_op(ops.full, "full", args, 4);
  }
  const bool is_foreign = !is_tensor(object);
  Tensor value =
      is_foreign ? Tensor::steal(tensor_from_object(object, nullptr, nullptr)) : Tensor::share(tensor_of(object));
  if (!value) return {};
  const bool travels = is_foreign || (value.ndim() == 0 && value.device().device_type == kDLCPU);
  const DLDevice device = travels ? view.device() : value.device();
  const bool is_there =
      device.device_type == value.device().device_type && device.device_id == value.device().device_id;
  if (!same_dtype(value.dtype(), view.dtype()) || !is_there) value = moved(value, view.dtype(), device);
  if (!value) return {};
  int32_t ones = 0;
  while (ones < value.ndim() && value->dl.shape[ones] == 1) ++ones;
  if (ones == 0) return value;
  const VtValue args[] = {value_of(value.get()), value_of(value.sizes().subspan(static_cast<size_t>(ones)))};
  return call_indexing_op(ops.reshape, "reshape", args, 2);
}

// x[mask] = number, for which no index has to be known: on a device nothing waits. True when it was done or failed.
bool fill_by_mask(const Selection& selection, const Tensor& value, bool& failed) {
  if (!ops.masked_fill || value.ndim() != 0) return false;
  const Tensor& mask = selection.indices.back();
  for (size_t i = 0; i + 1 < selection.indices.size(); ++i)
    if (selection.indices[i]) return false;
  if (!is_mask(mask)) return false;
  const auto trailing =
      static_cast<size_t>(selection.view.ndim()) - (selection.indices.size() - 1) - static_cast<size_t>(mask.ndim());
  std::vector<int64_t> sizes(mask.sizes().begin(), mask.sizes().end());
  sizes.insert(sizes.end(), trailing, 1);
  const VtValue shape[] = {value_of(mask.get()), value_of(std::span<const int64_t>(sizes))};
  const Tensor seen = call_indexing_op(ops.reshape, "reshape", shape, 2);
  const VtValue args[] = {value_of(selection.view.get()), value_of(seen.get()), value_of(value.get())};
  failed = !seen || !call_indexing_op(ops.masked_fill, "masked_fill", args, 3, selection.view.get());
  return true;
}

}  // namespace

bool select_key(VtTensor* self, PyObject* key, Selection& out) {
  std::vector<Entry> entries;
  if (!make_entries(key, self->dl.device, entries)) return false;
  int64_t consumed = 0;
  int num_ellipses = 0;
  for (const Entry& entry : entries) {
    consumed += entry.consumes();
    num_ellipses += entry.basic == Py_Ellipsis;
  }
  if (num_ellipses > 1) {
    PyErr_SetString(PyExc_IndexError, "an index can only have a single ellipsis ('...')");
    return false;
  }
  if (consumed > self->dl.ndim) {
    PyErr_Format(PyExc_IndexError, "too many indices for tensor of dimension %d: got %lld", self->dl.ndim,
                 static_cast<long long>(consumed));
    return false;
  }
  out.view = Tensor::share(self);
  return apply_entries(entries, self->dl.ndim - consumed, out);
}

PyObject* read_selection(const Selection& selection) {
  const std::vector<VtTensor*> indices = handles_of(selection.indices);
  const VtValue args[] = {value_of(selection.view.get()), value_of(std::span<VtTensor* const>(indices))};
  Tensor out = call_indexing_op(ops.index, "index", args, 2);
  return out ? wrap(out.release()) : nullptr;
}

bool write_selection(const Selection& selection, PyObject* object) {
  const Tensor value = value_to_write(selection.view, object);
  if (!value) return false;
  bool failed = false;
  if (fill_by_mask(selection, value, failed)) return !failed;
  const std::vector<VtTensor*> indices = handles_of(selection.indices);
  const VtValue args[] = {value_of(selection.view.get()), value_of(std::span<VtTensor* const>(indices)),
                          value_of(value.get()), value_of(false)};
  return static_cast<bool>(call_indexing_op(ops.index_put, "index_put", args, 4, selection.view.get()));
}

void refresh_advanced_indexing() {
  const VtDispatchApi& dispatch = *tables().dispatch;
  ops = {dispatch.find_op("index"), dispatch.find_op("index_put"), dispatch.find_op("masked_fill"),
         dispatch.find_op("to"),    dispatch.find_op("full"),      dispatch.find_op("reshape")};
}

}  // namespace vt::python
