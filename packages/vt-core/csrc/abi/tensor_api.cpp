// SPDX-License-Identifier: Apache-2.0
// The vt.core.tensor table.
#include "abi/tables.hpp"
#include "tensor/host_hooks.hpp"
#include "tensor/tensor_impl.hpp"

namespace vt::core {

namespace {

std::span<const int64_t> span_of(const char* function, const int64_t* values, int32_t count) {
  if (count < 0 || count > kMaxDims)
    fail(VT_ERROR_VALUE, std::string(function) + ": got " + std::to_string(count) + " dimensions, expected 0 to 64");
  if (count > 0 && !values) fail(VT_ERROR_VALUE, std::string(function) + ": sizes or strides are NULL");
  return {values, static_cast<size_t>(count)};
}

int empty_entry(const int64_t* sizes, int32_t ndim, DLDataType dtype, DLDevice device, VtTensor** out) {
  return guard([&] { *out = empty(span_of("empty", sizes, ndim), dtype, device); });
}

int empty_strided_entry(const int64_t* sizes, const int64_t* strides, int32_t ndim, DLDataType dtype, DLDevice device,
                        VtTensor** out) {
  if (!strides) return empty_entry(sizes, ndim, dtype, device, out);
  return guard([&] {
    *out = empty_strided(span_of("empty_strided", sizes, ndim), span_of("empty_strided", strides, ndim), dtype, device);
  });
}

int from_blob(void* data, uint64_t nbytes, const int64_t* sizes, const int64_t* strides, int32_t ndim, DLDataType dtype,
              DLDevice device, uint32_t flags, VtDeleter deleter, void* context, VtTensor** out) {
  return guard([&] {
    const auto size_span = span_of("from_blob", sizes, ndim);
    int64_t numel = 0;
    const uint64_t dense = checked_nbytes(size_span, dtype, &numel);
    if (!data && nbytes > 0) fail(VT_ERROR_VALUE, "from_blob: data is NULL but nbytes is " + std::to_string(nbytes));
    Storage* storage = new_storage();
    storage->data = data;
    storage->nbytes = nbytes;
    storage->device = device;
    storage->origin = Origin::kForeign;
    TensorImpl* t = nullptr;
    try {
      int64_t row_major[kMaxDims];
      if (!strides) {
        if (dense > nbytes)
          fail(VT_ERROR_SHAPE, "from_blob: sizes " + format_sizes(size_span) + " need " + std::to_string(dense) +
                                   " bytes, got " + std::to_string(nbytes));
        int64_t stride = 1;
        for (size_t i = size_span.size(); i-- > 0;) {
          row_major[i] = stride;
          stride *= size_span[i] > 1 ? size_span[i] : 1;
        }
      }
      retain(storage);
      TensorImpl* whole = new_header(storage, data, dtype, device);
      set_ndim(whole, 0);
      whole->numel = 1;
      try {
        t = strides ? make_view(whole, size_span, span_of("from_blob", strides, ndim), 0, dtype)
                    : make_view_unchecked(whole, size_span, {row_major, size_span.size()}, data);
      } catch (...) {
        release(whole);
        throw;
      }
      release(whole);
      release(storage);
    } catch (...) {
      release(storage);
      throw;
    }
    t->flags = (t->flags & ~uint32_t{VT_TENSOR_IS_VIEW}) | (flags & VT_TENSOR_READ_ONLY);
    // Only now: until here a failure leaves the memory with the caller.
    t->storage->deleter = deleter;
    t->storage->context = context;
    *out = t;
  });
}

int as_strided(VtTensor* base, const int64_t* sizes, const int64_t* strides, int32_t ndim, int64_t offset,
               VtTensor** out) {
  return guard([&] {
    *out = make_view(impl(base), span_of("as_strided", sizes, ndim), span_of("as_strided", strides, ndim), offset,
                     base->dl.dtype);
  });
}

int alias(VtTensor* tensor, int32_t share_version, VtTensor** out) {
  return guard([&] {
    *out = make_alias(impl(tensor), share_version != 0);
    (*out)->flags &=
        ~uint32_t{VT_TENSOR_IS_VIEW};  // detached: a write to it says nothing about the history of `tensor`
  });
}

int set_data_entry(VtTensor* tensor, VtTensor* source) {
  return guard([&] { set_data(impl(tensor), impl(source)); });
}

int resize_entry(VtTensor* tensor, const int64_t* sizes, int32_t ndim) {
  return guard([&] { resize(impl(tensor), span_of("resize", sizes, ndim)); });
}

int set_host_hooks(const VtHostHooks* hooks) {
  return guard([&] {
    if (!hooks || hooks->struct_size < sizeof(VtHostHooks) || !hooks->hold || !hooks->drop)
      fail(VT_ERROR_VALUE, "set_host_hooks: a hook is missing");
    const VtHostHooks* expected = nullptr;
    if (!installed_host_hooks.compare_exchange_strong(expected, hooks) && expected != hooks)
      fail(VT_ERROR_RUNTIME, "set_host_hooks: another host language has installed its hooks in this process");
  });
}

constexpr uint32_t kSettableFlags = VT_TENSOR_LAYER_MASK | VT_TENSOR_REQUIRES_GRAD | VT_TENSOR_INFERENCE;

}  // namespace

const VtTensorApi* tensor_api() {
  static const VtTensorApi table = {
      .header = table_header<VtTensorApi>(VT_TENSOR_API_MINOR),
      .retain =
          [](VtTensor* t) {
            if (t) retain(t);
          },
      .release =
          [](VtTensor* t) {
            if (t) release(t);
          },
      .use_count =
          [](const VtTensor* t) {
            return static_cast<int64_t>(impl(t)->count.load(std::memory_order_acquire) & ~kRichBit);
          },
      .empty = empty_entry,
      .empty_strided = empty_strided_entry,
      .from_blob = from_blob,
      .as_strided = as_strided,
      .alias = alias,
      .set_data = set_data_entry,
      .resize = resize_entry,
      .storage_offset = [](const VtTensor* t) { return storage_offset(impl(t)); },
      .storage_nbytes = [](const VtTensor* t) { return impl(t)->storage->nbytes; },
      .storage_data = [](const VtTensor* t) { return impl(t)->storage->data; },
      .is_alias_of = [](const VtTensor* a, const VtTensor* b) -> int32_t {
        return impl(a)->storage == impl(b)->storage;
      },
      .version = [](const VtTensor* t) { return impl(t)->version->load(std::memory_order_relaxed); },
      .bump_version = [](VtTensor* t) { impl(t)->version->fetch_add(1, std::memory_order_relaxed); },
      .update_flags =
          [](VtTensor* t, uint32_t set, uint32_t clear) {
            t->flags = (t->flags & ~(clear & kSettableFlags)) | (set & kSettableFlags);
          },
      .autograd_slot =
          [](const VtTensor* t, uint32_t* output_nr) {
            if (output_nr) *output_nr = impl(t)->output_nr;
            return impl(t)->autograd;
          },
      .set_autograd_slot =
          [](VtTensor* t, void* slot, uint32_t output_nr) {
            impl(t)->autograd = slot;
            impl(t)->output_nr = output_nr;
          },
      .set_host_hooks = set_host_hooks,
      .host_wrapper = [](const VtTensor* t) { return impl(t)->wrapper; },
      .set_host_wrapper = [](VtTensor* t, void* wrapper) { impl(t)->wrapper = wrapper; },
      .set_rich =
          [](VtTensor* t, int32_t rich) {
            // One atomic step: a count above one at the turn means the native side takes or gives up its reference now.
            if (rich) {
              const uint64_t before = impl(t)->count.fetch_or(kRichBit, std::memory_order_acq_rel);
              if (!(before & kRichBit) && before > 1) host_hooks().hold(impl(t)->wrapper);
            } else {
              const uint64_t before = impl(t)->count.fetch_and(~kRichBit, std::memory_order_acq_rel);
              if ((before & kRichBit) && (before & ~kRichBit) > 1) host_hooks().drop(impl(t)->wrapper);
            }
          },
      .is_rich = [](const VtTensor* t) -> int32_t {
        return (impl(t)->count.load(std::memory_order_relaxed) & kRichBit) != 0;
      },
      .storage_use_count =
          [](const VtTensor* t) {
            const Storage* storage = impl(t)->storage;
            const bool is_given = storage->origin == Origin::kForeign;  // and seen by who gave it
            return static_cast<int64_t>(storage->count.load(std::memory_order_acquire)) + is_given;
          },
  };
  return &table;
}

}  // namespace vt::core
