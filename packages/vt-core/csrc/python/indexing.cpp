// SPDX-License-Identifier: Apache-2.0
// Basic indexing through view ops, so that autograd sees every step, for reading and writing.
#include "indexing.hpp"

#include "advanced_indexing.hpp"
#include "construct.hpp"
#include "errors.hpp"
#include "methods.hpp"
#include "numbers.hpp"
#include "op_type.hpp"
#include "tensor_type.hpp"

namespace vt::python {
namespace {

// Dimensions of a view.
using Dims = std::vector<int64_t>;

struct ViewOps {
  const VtOp* select = nullptr;
  const VtOp* slice = nullptr;
  const VtOp* flip = nullptr;
  const VtOp* expand = nullptr;
  const VtOp* unsqueeze = nullptr;
  const VtOp* alias = nullptr;
  const Signature* copy = nullptr;
  const Signature* fill = nullptr;
} ops;

// Work on more elements than this is worth giving other threads the interpreter.
constexpr int64_t kLongCall = 32768;

template <class... Args>
Tensor call_view(const VtOp* op, const char* name, VtTensor* self, const Args&... args) {
  const VtValue values[] = {value_of(self), value_of(args)...};
  return call_indexing_op(op, name, values, static_cast<int32_t>(std::size(values)));
}

Tensor select(VtTensor* self, int64_t dim, int64_t index) {
  if (self->dl.ndim == 0) {
    PyErr_SetString(PyExc_IndexError, "invalid index of a 0-dim tensor: use item() to get its number");
    return {};
  }
  const int64_t size = self->dl.shape[dim];
  if (index < -size || index >= size) {
    PyErr_Format(PyExc_IndexError, "index %lld is out of bounds for dimension %lld with size %lld",
                 static_cast<long long>(index), static_cast<long long>(dim), static_cast<long long>(size));
    return {};
  }
  return call_view(ops.select, "select", self, dim, index);
}

// The view of a slice. Strides are not negative: of a slice backwards it is the view of the same elements forwards, and the
// dimension is added to `reversed`; NULL refuses such slices.
Tensor slice_dim(VtTensor* self, int64_t dim, PyObject* slice, Dims* reversed) {
  Py_ssize_t start = 0, stop = 0, step = 0;
  if (PySlice_Unpack(slice, &start, &stop, &step) != 0) return {};
  const Py_ssize_t length = PySlice_AdjustIndices(self->dl.shape[dim], &start, &stop, step);
  if (step < 0) {
    if (!reversed) {
      PyErr_Format(PyExc_ValueError,
                   "slice step must be greater than zero beside index tensors, got %zd; flip the tensor first", step);
      return {};
    }
    reversed->push_back(dim);
    stop = length > 0 ? start + 1 : 0;
    start = length > 0 ? start + (length - 1) * step : 0;
    step = -step;
  }
  if (stop < start) stop = start;
  return call_view(ops.slice, "slice", self, dim, static_cast<int64_t>(start), static_cast<int64_t>(stop),
                   static_cast<int64_t>(step));
}

// True for a slice that takes a whole dimension of the given size.
bool is_full(PyObject* slice, int64_t size) {
  Py_ssize_t start = 0, stop = 0, step = 0;
  if (PySlice_Unpack(slice, &start, &stop, &step) != 0) {
    PyErr_Clear();
    return false;
  }
  return start == 0 && stop >= size && step == 1;
}

// An integer; one beyond int64 is out of bounds for any tensor.
bool index_from(PyObject* entry, int64_t& out) {
  if (int_from(entry, out)) return true;
  if (PyErr_ExceptionMatches(PyExc_OverflowError)) {
    PyErr_Clear();
    PyErr_Format(PyExc_IndexError, "index %S is out of bounds", entry);
  }
  return false;
}

// Whether an entry takes up a dimension of the tensor.
bool consumes(PyObject* entry) { return entry != Py_None && entry != Py_Ellipsis; }

Tensor apply_entry(VtTensor* self, PyObject* entry, int64_t& dim, Dims* reversed) {
  if (entry == Py_None) return insert_dimension(self, dim++);
  if (PySlice_Check(entry)) {
    if (!is_full(entry, self->dl.shape[dim])) return slice_dim(self, dim++, entry, reversed);
    ++dim;
    return Tensor::share(self);
  }
  int64_t index = 0;
  return index_from(entry, index) ? select(self, dim, index) : Tensor();
}

Tensor apply_tuple(VtTensor* self, PyObject* key, Dims& reversed) {
  const Py_ssize_t num_entries = PyTuple_Size(key);
  int64_t consumed = 0;
  int num_ellipses = 0;
  for (Py_ssize_t i = 0; i < num_entries; ++i) {
    PyObject* entry = PyTuple_GetItem(key, i);
    consumed += consumes(entry);
    num_ellipses += entry == Py_Ellipsis;
  }
  if (num_ellipses > 1) {
    PyErr_SetString(PyExc_IndexError, "an index can only have a single ellipsis ('...')");
    return {};
  }
  if (consumed > self->dl.ndim) {
    PyErr_Format(PyExc_IndexError, "too many indices for tensor of dimension %d: got %lld", self->dl.ndim,
                 static_cast<long long>(consumed));
    return {};
  }
  const int64_t skipped = self->dl.ndim - consumed;
  Tensor current;
  int64_t dim = 0;
  for (Py_ssize_t i = 0; i < num_entries; ++i) {
    PyObject* entry = PyTuple_GetItem(key, i);
    VtTensor* from = current ? current.get() : self;
    if (entry == Py_Ellipsis) {
      dim += skipped;
    } else if (PySlice_Check(entry) && is_full(entry, from->dl.shape[dim])) {
      ++dim;
    } else {
      current = apply_entry(from, entry, dim, &reversed);
      if (!current) return {};
    }
  }
  return current ? std::move(current) : call_view(ops.alias, "alias", self);
}

bool is_basic(PyObject* key) {
  if (!PyTuple_Check(key)) return is_basic_entry(key);
  for (Py_ssize_t i = 0; i < PyTuple_Size(key); ++i)
    if (!is_basic_entry(PyTuple_GetItem(key, i))) return false;
  return true;
}

// The view that a basic key gives, but for the order of the dimensions `reversed`.
Tensor view_of(VtTensor* self, PyObject* key, Dims& reversed) {
  if (PyTuple_Check(key)) return apply_tuple(self, key, reversed);
  const Ref tuple(PyTuple_Pack(1, key));
  return tuple ? apply_tuple(self, tuple.get(), reversed) : Tensor();
}

Tensor flip(const Tensor& t, const Dims& dims) {
  return call_view(ops.flip, "flip", t.get(), std::span<const int64_t>(dims));
}

// A copy of `source` in the sizes of `target` with dimensions backwards.
Ref reversed_source(PyObject* source, PyObject* target, const Dims& reversed) {
  const VtTensor* t = tensor_of(target);
  const std::span<const int64_t> sizes(t->dl.shape, static_cast<size_t>(t->dl.ndim));
  const Tensor expanded = call_view(ops.expand, "expand", tensor_of(source), sizes);
  Tensor flipped = expanded ? flip(expanded, reversed) : Tensor();
  return Ref(flipped ? wrap(flipped.release()) : nullptr);
}

PyObject* subscript(PyObject* self, PyObject* key) {
  Tensor view;
  if (PyLong_CheckExact(key)) {
    int64_t index = 0;
    if (index_from(key, index)) view = select(tensor_of(self), 0, index);
  } else if (is_basic(key)) {
    Dims reversed;
    view = view_of(tensor_of(self), key, reversed);
    if (view && !reversed.empty()) view = flip(view, reversed);
  } else {
    Selection selection;
    return select_key(tensor_of(self), key, selection) ? read_selection(selection) : nullptr;
  }
  return view ? wrap(view.release()) : nullptr;
}

PyObject* sequence_item(PyObject* self, Py_ssize_t index) {
  Tensor view = select(tensor_of(self), 0, index);
  return view ? wrap(view.release()) : nullptr;
}

// x[key] = value: copies or fills into the view.
int assign(PyObject* self, PyObject* key, PyObject* value) {
  if (!value) {
    PyErr_SetString(PyExc_TypeError, "Tensor does not support deleting items");
    return -1;
  }
  if (!is_basic(key)) {
    Selection selection;
    return select_key(tensor_of(self), key, selection) && write_selection(selection, value) ? 0 : -1;
  }
  Dims reversed;
  Tensor view = view_of(tensor_of(self), key, reversed);
  const Ref target(view ? wrap(view.release()) : nullptr);
  if (!target) return -1;
  const bool number = number_kind(value) != NumberKind::kNone;
  const Signature* signature = number ? ops.fill : ops.copy;
  if (!signature) {
    PyErr_Format(PyExc_NotImplementedError, "item assignment: no op '%s' is registered", number ? "fill_" : "copy_");
    return -1;
  }
  Ref source = Ref::share(value);
  if (!number && !is_tensor(value)) {
    VtTensor* tensor = tensor_from_object(value, nullptr, nullptr);
    if (!tensor && !PySequence_Check(value) && PyErr_ExceptionMatches(PyExc_RuntimeError)) {
      PyErr_Clear();
      PyErr_Format(PyExc_TypeError, "item assignment: expected a number, a tensor or a sequence: got %U",
                   type_name(value).get());
    }
    source = Ref(tensor ? wrap(tensor) : nullptr);
    if (!source) return -1;
  }
  if (!number && !reversed.empty()) source = reversed_source(source.get(), target.get(), reversed);
  if (!source) return -1;
  PyObject* const args[] = {target.get(), source.get()};
  return Ref(call(*signature, args, 2, nullptr)) ? 0 : -1;
}

Py_ssize_t length(PyObject* self) {
  const VtTensor* t = tensor_of(self);
  if (t->dl.ndim > 0) return static_cast<Py_ssize_t>(t->dl.shape[0]);
  PyErr_SetString(PyExc_TypeError, "len() of a 0-d tensor");
  return -1;
}

PyObject* iterate(PyObject* self) {
  if (tensor_of(self)->dl.ndim == 0) return PyErr_Format(PyExc_TypeError, "iteration over a 0-d tensor");
  return PySeqIter_New(self);
}

}  // namespace

Tensor call_indexing_op(const VtOp* op, const char* name, const VtValue* args, int32_t num_args,
                        VtTensor* destination) {
  if (!op) {
    PyErr_Format(PyExc_NotImplementedError, "indexing: no op '%s' is registered", name);
    return {};
  }
  VtValue result = value_of(destination);
  const auto call = [&] { return tables().dispatch->call_boxed(op, args, num_args, &result); };
  bool is_long = false;
  if (!(tables().dispatch->schema(op)->flags & VT_OP_VIEW))
    for (int32_t i = 0; i < num_args; ++i) {
      if (args[i].tag == VT_TENSOR) is_long |= args[i].as.tensor->numel > kLongCall;
      if (args[i].tag != VT_TENSOR_LIST) continue;
      for (uint32_t k = 0; k < args[i].count; ++k)
        is_long |= args[i].as.tensors[k] && args[i].as.tensors[k]->numel > kLongCall;
    }
  if ((is_long ? without_lock(call) : call()) == 0) return Tensor::steal(result.as.tensor);
  raise_error();
  return {};
}

bool is_basic_entry(PyObject* entry) {
  if (PySlice_Check(entry) || entry == Py_None || entry == Py_Ellipsis) return true;
  if (PyBool_Check(entry)) return false;
  if (PyLong_Check(entry)) return true;
  if (is_tensor(entry)) {
    const VtTensor* t = tensor_of(entry);
    return t->dl.ndim == 0 && !same_dtype(t->dl.dtype, kBool);
  }
  return number_kind(entry) == NumberKind::kInt;
}

Tensor apply_basic_entry(VtTensor* self, PyObject* entry, int64_t& dim) {
  return apply_entry(self, entry, dim, nullptr);
}

Tensor insert_dimension(VtTensor* self, int64_t dim) { return call_view(ops.unsqueeze, "unsqueeze", self, dim); }

void append_indexing_slots(std::vector<PyType_Slot>& slots) {
  for (const PyType_Slot& s :
       {slot(Py_mp_subscript, subscript), slot(Py_mp_ass_subscript, assign), slot(Py_mp_length, length),
        slot(Py_sq_length, length), slot(Py_sq_item, sequence_item), slot(Py_tp_iter, iterate)})
    slots.push_back(s);
}

void refresh_indexing() {
  const VtDispatchApi& dispatch = *tables().dispatch;
  ops = {dispatch.find_op("select"),    dispatch.find_op("slice"), dispatch.find_op("flip"), dispatch.find_op("expand"),
         dispatch.find_op("unsqueeze"), dispatch.find_op("alias"), find_signature("copy_"),  find_signature("fill_")};
  refresh_advanced_indexing();
}

}  // namespace vt::python
