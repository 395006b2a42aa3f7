// SPDX-License-Identifier: Apache-2.0
// embedding_bag: rows of a table summed, averaged or compared within bags. Composed of embedding and index_add, but for sums
// on the CPU and the places of the largest elements.
#include <vt/cpp/iter/bag_rules.hpp>

#include <algorithm>

#include "dispatch/callers.hpp"
#include "ops/calls.hpp"
#include "ops/embedding.hpp"
#include "ops/indexed.hpp"

namespace vt::core {

namespace {

using calls::Ints;
using calls::reshape;
using calls::unsqueeze;

enum Mode : int64_t { kSum, kMean, kMax };

constexpr const char* kOp = "embedding_bag";

Tensor zeros_of(const Ints& sizes, DLDataType dtype, DLDevice device) {
  static const Op zeros("zeros");
  return zeros(calls::span_of(sizes), dtype, device);
}

// zeros of `count` entries with `values` added at indices.
Tensor added_at(int64_t count, const Tensor& index, const Tensor& values) {
  static const Op add("index_add");
  Ints sizes = calls::ints(values.sizes());
  sizes[0] = count;
  return add(zeros_of(sizes, values.dtype(), values.device()), int64_t{0}, index, values);
}

// Offsets on the CPU as dense int64. They start at 0, do not fall, and stay within the indices.
Tensor checked_offsets(const Tensor& offsets, int64_t num_indices) {
  Tensor dense = Tensor::empty(offsets.sizes(), kInt64, offsets.device());
  copy_tensor(dense.get(), offsets.get(), false);
  const auto* values = dense.data<const int64_t>();
  int64_t last = 0;
  for (int64_t i = 0; i < offsets.numel(); ++i) {
    if (values[i] < last || values[i] > num_indices || (i == 0 && values[i] != 0))
      fail(VT_ERROR_RUNTIME, "embedding_bag: offsets must start at 0, not fall, and not pass the " +
                                 std::to_string(num_indices) + " indices: got " + std::to_string(values[i]) +
                                 " at position " + std::to_string(i));
    last = values[i];
  }
  return dense;
}

// The bag of each index, on the CPU: how many bags but the first have begun.
Tensor bags_from(const Tensor& begins, int64_t num_indices, int64_t num_bags) {
  const int64_t sizes[] = {num_indices};
  Tensor bags = Tensor::empty(sizes, kInt64, begins.device());
  const auto* at = begins.data<const int64_t>();
  for (int64_t k = 0; k < std::max<int64_t>(num_bags, 1); ++k)
    std::fill(bags.data<int64_t>() + (k > 0 ? at[k] : 0),
              bags.data<int64_t>() + (k + 1 < num_bags ? at[k + 1] : num_indices), k);
  return bags;
}

// The operands of a call.
struct Bags {
  explicit Bags(const VtValue* args)
      : weight(Tensor::share(args[0].as.tensor)),
        indices(Tensor::share(args[1].as.tensor)),
        offsets(Tensor::share(args[2].as.tensor)),
        scales_grad(args[3].as.i != 0),
        mode(args[4].as.i),
        sample_weights(calls::shared(args[6])) {
    check_index_dtype(kOp, indices.get());
    check_index_dtype(kOp, offsets.get());
    check_table_dtype(kOp, weight.dtype());
    if (weight.ndim() != 2)
      fail(VT_ERROR_RUNTIME,
           "embedding_bag: weight must have two dimensions: got sizes " + format_sizes(weight.sizes()));
    if (indices.ndim() != 1 || offsets.ndim() != 1)
      fail(VT_ERROR_RUNTIME, "embedding_bag: indices and offsets must have one dimension: got sizes " +
                                 format_sizes(indices.sizes()) + " and " + format_sizes(offsets.sizes()));
    if (args[5].as.i != 0)
      fail(VT_ERROR_NOT_IMPLEMENTED, "embedding_bag: sparse is not implemented: gradients are dense");
    if (mode < kSum || mode > kMax)
      fail(VT_ERROR_RUNTIME, "embedding_bag: mode must be 0 (sum), 1 (mean) or 2 (max): got " + std::to_string(mode));
    if (mode == kMax && scales_grad)
      fail(VT_ERROR_RUNTIME, "embedding_bag: scale_grad_by_freq is for sums and means, not for mode 2 (max)");
    const bool includes_last = args[7].as.i != 0;
    if (includes_last && offsets.numel() == 0)
      fail(VT_ERROR_RUNTIME, "embedding_bag: include_last_offset needs at least one offset");
    if (is_cpu(offsets.get())) begins = checked_offsets(offsets, indices.numel());
    num_bags = offsets.numel() - includes_last;
    padding = embedding_padding(kOp, args[8], weight->dl.shape[0]);
    check_sample_weights();
  }

  void check_sample_weights() const {
    if (!sample_weights) return;
    if (mode != kSum)
      fail(VT_ERROR_RUNTIME,
           "embedding_bag: per_sample_weights are for mode 0 (sum): got mode " + std::to_string(mode));
    if (!same_sizes(sample_weights.sizes(), indices.sizes()))
      fail(VT_ERROR_RUNTIME, "embedding_bag: per_sample_weights must have the sizes of the indices: got " +
                                 format_sizes(sample_weights.sizes()) + ", expected " + format_sizes(indices.sizes()));
    if (!same_dtype(sample_weights.dtype(), weight.dtype()))
      fail(VT_ERROR_RUNTIME, "embedding_bag: per_sample_weights must have the dtype of weight: got " +
                                 std::string(dtype_name(sample_weights.dtype())) + ", expected " +
                                 std::string(dtype_name(weight.dtype())));
  }

  // The bag of each index. On a device the offsets are looked at as it is found.
  Tensor bag_of() const {
    if (begins) return bags_from(begins, indices.numel(), num_bags);
    static const Op find("_embedding_bag_of");
    return find(offsets, indices.numel(), num_bags);
  }

  // How many indices of each bag count.
  Tensor sizes_of_bags(const Tensor& bags) const {
    static const Op to("to.dtype");
    if (!begins || padding >= 0) return added_at(num_bags, bags, to(kept(), kInt64));
    const int64_t sizes[] = {num_bags};
    Tensor counts = Tensor::empty(sizes, kInt64, indices.device());
    for (int64_t k = 0; k < num_bags; ++k) counts.data<int64_t>()[k] = end(k) - begin(k);
    return counts;
  }

  // The indices of a bag, on the CPU.
  int64_t begin(int64_t bag) const noexcept { return begins.data<const int64_t>()[bag]; }
  int64_t end(int64_t bag) const noexcept { return bag + 1 < num_bags ? begin(bag + 1) : indices.numel(); }

  // Which indices count.
  Tensor kept() const {
    static const Op ne("ne");
    static const Op ones_like("ones_like");
    return padding >= 0 ? ne(indices, padding) : ones_like(indices, kBool);
  }

  Tensor weight, indices, offsets;
  Tensor begins;  // the offsets, on the CPU
  bool scales_grad;
  int64_t mode;
  Tensor sample_weights;
  int64_t num_bags = 0;
  int64_t padding = -1;
};

Tensor cast(const Tensor& t, DLDataType dtype) {
  static const Op to("to.dtype");
  return to(t, dtype);
}

// Whether a layer, autograd say, looks at what the op is composed of.
bool is_watched(const Tensor& t) { return (t->flags & VT_TENSOR_LAYER_MASK) || thread_state().layers.include != 0; }

// Sums of rows on the CPU, as they are read; half types in float32.
Tensor added_rows(const Bags& b) {
  static const Op contiguous("contiguous");
  const Tensor weight = contiguous(b.weight);
  const int64_t columns = weight->dl.shape[1];
  const int64_t row = columns * itemsize_of(weight.dtype());
  IndexPlan plan;
  plan.indexed.push_back({b.indices.get(), 0, weight->dl.shape[0], row, false});
  plan.index_shape.assign(b.indices.sizes());
  const Offsets rows("embedding", plan);
  const DLDataType dtype = is_small_float(weight.dtype()) ? kFloat32 : weight.dtype();
  const int64_t itemsize = itemsize_of(dtype);
  const Tensor factors = b.sample_weights ? contiguous(cast(b.sample_weights, dtype)) : Tensor();
  Tensor out = zeros_of({b.num_bags, columns}, dtype, weight.device());
  if (out.numel() == 0) return out;
  const AddRowsLoop add = loops<IndexLoops>().add_rows[static_cast<size_t>(dtype_index(weight.dtype()))];
  const int64_t work = std::max<int64_t>(b.indices.numel() * columns / b.num_bags, 1);
  parallel_for(0, b.num_bags, std::max<int64_t>(kGrain / work, 1), [&](int64_t first, int64_t last) {
    for (int64_t bag = first; bag < last; ++bag) {
      const int64_t begin = b.begin(bag);
      add(out.data<char>() + bag * columns * itemsize, weight.data<const char>(), rows.data() + begin,
          factors ? factors.data<const char>() + begin * itemsize : nullptr, b.end(bag) - begin, columns,
          b.padding < 0 ? -1 : b.padding * row);
    }
  });
  return out;
}

// Sums within bags; half types in float32.
Tensor summed(const Bags& b, const Tensor& bag_of, const Tensor& bag_size) {
  static const Op embedding("embedding");
  static const Op masked_fill("masked_fill");
  static const Op logical_not("logical_not");
  static const Op clamp("clamp");
  static const Op div("div");
  Tensor out;
  const bool watched = is_watched(b.weight) || (b.sample_weights && is_watched(b.sample_weights));
  if (b.begins && !watched) {
    out = added_rows(b);
  } else {
    Tensor rows = embedding(b.weight, b.indices, none(), b.scales_grad);
    if (is_small_float(rows.dtype())) rows = cast(rows, kFloat32);
    if (b.padding >= 0) rows = masked_fill(rows, unsqueeze(logical_not(b.kept()), 1), int64_t{0});
    if (b.sample_weights) rows = calls::mul(rows, unsqueeze(cast(b.sample_weights, rows.dtype()), 1));
    out = added_at(b.num_bags, bag_of, rows);
  }
  if (b.mode == kMean) out = div(out, unsqueeze(clamp(bag_size, int64_t{1}), 1));
  return cast(out, b.weight.dtype());
}

// The rows that the largest elements come from, and those elements; 0 in an empty bag.
Tensor largest(const Bags& b, const Tensor& bag_of, Tensor& places) {
  static const Op find("_embedding_bag_places");
  static const Op gather("gather");
  static const Op clamp("clamp");
  static const Op lt("lt");
  static const Op masked_fill("masked_fill");
  places = find(b.weight, b.indices, bag_of, b.num_bags, b.padding);
  if (b.weight->dl.shape[0] == 0) return zeros_of(calls::ints(places.sizes()), b.weight.dtype(), b.weight.device());
  const Tensor taken = gather(b.weight, int64_t{0}, clamp(places, int64_t{0}));
  return masked_fill(taken, lt(places, int64_t{0}), int64_t{0});
}

void embedding_bag(const VtValue* args, VtValue* result) {
  const CalledAs named(kOp);
  const Bags b(args);
  const Tensor bag_of = b.bag_of();
  const Tensor bag_size = b.sizes_of_bags(bag_of);
  Tensor places;
  Tensor out;
  if (b.mode == kMax) {
    out = largest(b, bag_of, places);
  } else {
    out = summed(b, bag_of, bag_size);
    places = zeros_of({0}, kInt64, b.weight.device());
  }
  result[0] = value_of(out.release());
  result[1] = value_of(Tensor(bag_of).release());
  result[2] = value_of(Tensor(bag_size).release());
  result[3] = value_of(places.release());
}

// _embedding_bag_of(offsets, num_indices, num_bags)
void find_bags(const VtValue* args, VtValue* result) {
  check_bag_offsets(args);
  const Tensor offsets = Tensor::share(args[0].as.tensor);
  const int64_t sizes[] = {args[1].as.i};
  result[0] = is_meta(offsets.device())
                  ? value_of(Tensor::empty(sizes, kInt64, offsets.device()).release())
                  : value_of(bags_from(checked_offsets(offsets, sizes[0]), sizes[0], args[2].as.i).release());
}

// _embedding_bag_places(weight, indices, bag_of, num_bags, padding_idx). The first of equal elements counts, and a NaN as the
// largest. The indices of a bag are neighbours, and bags follow each other.
void find_places(const VtValue* args, VtValue* result) {
  static const Op contiguous("contiguous");
  static const Op embedding("embedding");
  const VtTensor* weight = args[0].as.tensor;
  check_bag_places(args);
  const int64_t num_bags = args[3].as.i;
  const int64_t columns = weight->dl.shape[1];
  const int64_t sizes[] = {num_bags, columns};
  Owned out(empty(sizes, kInt64, weight->dl.device));
  if (!is_meta(weight->dl.device)) {
    const int64_t padding = args[4].as.i;
    const Tensor taken = contiguous(cast(embedding(args[0], args[1]), kFloat64));
    const Tensor rows = contiguous(cast(Tensor::share(args[1].as.tensor), kInt64));
    const Tensor bags = contiguous(Tensor::share(args[2].as.tensor));
    auto* places = static_cast<int64_t*>(out.get()->dl.data);
    std::fill_n(places, num_bags * columns, int64_t{-1});
    std::vector<double> best(static_cast<size_t>(num_bags * columns));
    for (int64_t i = 0; i < rows.numel(); ++i) {
      const int64_t row = rows.data<const int64_t>()[i];
      if (row == padding) continue;
      if (bags.data<const int64_t>()[i] < 0 || bags.data<const int64_t>()[i] >= num_bags)
        fail(VT_ERROR_INDEX, "_embedding_bag_places: bag " + std::to_string(bags.data<const int64_t>()[i]) +
                                 " is out of range for " + std::to_string(num_bags));
      const int64_t first = bags.data<const int64_t>()[i] * columns;
      const double* values = taken.data<const double>() + i * columns;
      for (int64_t c = 0; c < columns; ++c) {
        double& largest = best[static_cast<size_t>(first + c)];
        const bool is_larger = largest == largest && !(values[c] <= largest);
        if (places[first + c] >= 0 && !is_larger) continue;
        places[first + c] = row;
        largest = values[c];
      }
    }
  }
  result[0] = value_of(out.take());
}

constexpr char kDoc[] = R"(Rows of a table at indices, reduced within bags.

Parameters
----------
weight : Tensor
    The table, of sizes (rows, columns); floating.
indices : Tensor
    int64 or int32, one-dimensional.
offsets : Tensor
    int64 or int32: where in `indices` each bag begins; the first is 0.
scale_grad_by_freq : bool
    Divide the gradient of a row by the number of times it is taken; not for mode 2.
mode : int
    0 sums, 1 averages, 2 takes the largest element of each column.
sparse : bool
    Must be False: gradients are dense.
per_sample_weights : Tensor, optional
    A factor per index, of the dtype of `weight`; for mode 0.
include_last_offset : bool
    The last of `offsets` is the number of indices and begins no bag.
padding_idx : int, optional
    A row that is left out of every bag and gets no gradient; it may count from the end.

Returns
-------
tuple of Tensor
    The bags, of sizes (bags, columns), zeros for an empty one; the bag of each index; the number of indices in each bag; and for
    mode 2 the row of each element of the bags, -1 in an empty one.

Raises
------
IndexError
    If an index is out of range. On CUDA that is reported when the device is next waited for.
RuntimeError
    If sizes, dtypes, `mode` or `offsets` do not fit; of offsets on CUDA that is reported when the device is next waited for.
NotImplementedError
    For `sparse`.

Notes
-----
Rows are added in the order of the indices, half types in float32.)";
constexpr char kBagOfDoc[] =
    "The bag of each of `num_indices` indices, from where bags begin; the first of `num_bags` begins at 0.";
constexpr char kPlacesDoc[] =
    "The row of the largest element of each column within each bag, -1 in an empty one; the row `padding_idx` is left out.";

}  // namespace

void register_embedding_bag(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"_embedding_bag_of(Tensor offsets, int num_indices, int num_bags) -> Tensor", VT_OP_NOT_DIFFERENTIABLE,
       kBagOfDoc},
      {"_embedding_bag_places(Tensor weight, Tensor indices, Tensor bag_of, int num_bags, int padding_idx) -> Tensor",
       VT_OP_NOT_DIFFERENTIABLE, kPlacesDoc},
      {"embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, "
       "bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int? padding_idx=None) -> "
       "(Tensor, Tensor, Tensor, Tensor)",
       VT_OP_FUNCTION | VT_OP_COMPOSITE, kDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"_embedding_bag_of", boxed<find_bags>},
                                   {"_embedding_bag_places", boxed<find_places>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"embedding_bag", boxed<embedding_bag>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
