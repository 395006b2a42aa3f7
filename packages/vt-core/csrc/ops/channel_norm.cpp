// SPDX-License-Identifier: Apache-2.0
// batch_norm and group_norm on the CPU, with their fused backward passes: the inner ops.
#include "ops/channel_norm.hpp"

#include <vt/cpp/spatial/channel_norm.hpp>

#include <cmath>
#include <limits>

#include "ops/loops/channel_norm.hpp"
#include "ops/runs.hpp"

// Note [Runs and columns]
// A run is the `size` elements of one batch entry and channel, next to each other. Where runs are long, each is measured and
// written by itself. Where they are short, rows of several runs are worked on column by column, with the factors of each
// column in an array: for batch_norm a row is a batch entry, for group_norm a group.
namespace vt::core {

namespace {

using channel_norm::Backward;
using channel_norm::Channels;
using channel_norm::Forward;

// Runs from this length on are long: to group_norm, whose short runs lie next to each other, and to batch_norm.
constexpr int64_t kLongRunOfGroup = 64;
constexpr int64_t kLongRun = 16;
bool has_long_runs(const Channels& c) noexcept { return c.size >= (c.groups ? kLongRunOfGroup : kLongRun); }
// Rows whose columns are added up before they join the others'. By sizes alone.
constexpr int64_t kMaxBlockRows = 32;

const char* at(const void* data, int64_t element, DLDataType dtype) noexcept {
  return static_cast<const char*>(data) + element * itemsize_of(dtype);
}
char* at(void* data, int64_t element, DLDataType dtype) noexcept {
  return static_cast<char*>(data) + element * itemsize_of(dtype);
}

// Numbers of channels or statistics, in the compute dtype: float unless the elements are double.
class Numbers {
 public:
  Numbers(const void* data, DLDataType dtype) noexcept
      : data_(const_cast<void*>(data)), is_double_(same_dtype(dtype, kFloat64)) {}
  explicit operator bool() const noexcept { return data_ != nullptr; }
  double operator[](int64_t i) const noexcept {
    return is_double_ ? static_cast<const double*>(data_)[i] : static_cast<double>(static_cast<const float*>(data_)[i]);
  }
  double get(int64_t i, double otherwise) const noexcept { return data_ ? (*this)[i] : otherwise; }
  void set(int64_t i, double value) const noexcept {
    if (is_double_) {
      static_cast<double*>(data_)[i] = value;
    } else {
      static_cast<float*>(data_)[i] = static_cast<float>(value);
    }
  }

 private:
  void* data_;
  bool is_double_;
};

// The statistic of run (batch entry, channel), and the j-th run of a statistic.
int64_t stat_of(const Channels& c, int64_t run) noexcept {
  return c.groups ? run / c.runs_per_stat() : run % c.channels;
}
int64_t run_of(const Channels& c, int64_t stat, int64_t j) noexcept {
  return c.groups ? stat * c.runs_per_stat() + j : j * c.channels + stat;
}

// Calls `measure` and `write` for every run with `settle` for its statistic in between: one statistic after the other, whose
// elements are then still in the cache, unless there are too few of them for all threads.
template <class Measure, class Settle, class Write>
void over_runs(const Channels& c, Measure&& measure, Settle&& settle, Write&& write) {
  const int64_t stats = c.num_stats();
  const int64_t per_stat = c.runs_per_stat();
  if (stats >= num_threads() || c.numel() <= kGrain) {
    parallel_for(0, stats, rows_per_grain(c.count()), [&](int64_t begin, int64_t end) {
      for (int64_t stat = begin; stat < end; ++stat) {
        for (int64_t j = 0; j < per_stat; ++j) measure(run_of(c, stat, j));
        settle(stat);
        for (int64_t j = 0; j < per_stat; ++j) write(run_of(c, stat, j));
      }
    });
    return;
  }
  const auto each = [&](auto&& body) {
    parallel_for(0, c.num_runs(), rows_per_grain(c.size), [&](int64_t begin, int64_t end) {
      for (int64_t run = begin; run < end; ++run) body(run);
    });
  };
  each(measure);
  for (int64_t stat = 0; stat < stats; ++stat) settle(stat);
  each(write);
}

// Rows of columns, cut into blocks that are added up on their own.
struct Columns {
  explicit Columns(const Channels& c)
      : rows(c.groups ? 1 : c.batch),
        width(c.groups ? c.count() : c.channels * c.size),
        block(std::min(rows, kMaxBlockRows)),
        num_blocks(rows > 0 ? (rows + block - 1) / block : 0) {}

  // Adds up each column of each array: add(first row, rows, arrays of sums of one block).
  template <size_t kArrays, class Add>
  std::array<std::vector<double>, kArrays> sums(DLDataType compute, Add&& add) const {
    const int64_t sizes[] = {num_blocks, static_cast<int64_t>(kArrays), width};
    const Tensor parts = Tensor::empty(sizes, compute, DLDevice{kDLCPU, 0});
    std::memset(parts->dl.data, 0, static_cast<size_t>(parts.numel() * itemsize_of(compute)));
    const auto part = [&](int64_t k, size_t array) {
      return at(parts->dl.data, (k * static_cast<int64_t>(kArrays) + static_cast<int64_t>(array)) * width, compute);
    };
    parallel_for(0, num_blocks, rows_per_grain(block * width), [&](int64_t begin, int64_t end) {
      for (int64_t k = begin; k < end; ++k) {
        std::array<void*, kArrays> own;
        for (size_t array = 0; array < kArrays; ++array) own[array] = part(k, array);
        add(k * block, std::min(block, rows - k * block), own);
      }
    });
    std::array<std::vector<double>, kArrays> totals;
    for (size_t array = 0; array < kArrays; ++array) {
      totals[array].assign(static_cast<size_t>(width), 0);
      for (int64_t k = 0; k < num_blocks; ++k) {
        const Numbers own(part(k, array), compute);
        for (int64_t i = 0; i < width; ++i) totals[array][static_cast<size_t>(i)] += own[i];
      }
    }
    return totals;
  }

  int64_t rows;
  int64_t width;
  int64_t block;
  int64_t num_blocks;
};

double sum_of(const std::vector<double>& values, int64_t begin, int64_t num) noexcept {
  double sum = 0;
  for (int64_t i = begin; i < begin + num; ++i) sum += values[static_cast<size_t>(i)];
  return sum;
}

// Arrays of factors, one entry per column.
class FactorRows {
 public:
  FactorRows(int64_t width, DLDataType compute) : compute_(compute) {
    const int64_t sizes[] = {4, width};
    data_ = Tensor::empty(sizes, compute, DLDevice{kDLCPU, 0});
    void* rows[4];
    for (int64_t k = 0; k < 4; ++k) rows[k] = at(data_->dl.data, k * width, compute);
    columns_ = {rows[0], rows[1], rows[2], rows[3]};
  }
  const ColumnFactors& columns() const noexcept { return columns_; }
  void fill(int64_t begin, int64_t num, const RunFactors& f) const {
    if (same_dtype(compute_, kFloat64)) {
      fill_as<double>(begin, num, f);
    } else {
      fill_as<float>(begin, num, f);
    }
  }

 private:
  template <class W>
  void fill_as(int64_t begin, int64_t num, const RunFactors& f) const {
    const auto fill_one = [&](void* row, double value) {
      std::fill_n(static_cast<W*>(row) + begin, num, static_cast<W>(value));
    };
    fill_one(columns_.mean, f.mean);
    fill_one(columns_.grad, f.grad);
    fill_one(columns_.product, f.product);
    fill_one(columns_.shift, f.shift);
  }

  Tensor data_;
  DLDataType compute_;
  ColumnFactors columns_;
};

class ForwardPass {
 public:
  explicit ForwardPass(const Forward& f)
      : f_(f),
        c_(f.shape),
        loop_(loops<ChannelNormLoops>().by_dtype[static_cast<size_t>(dtype_index(f.dtype))]),
        compute_(rows::compute_dtype(f.dtype)),
        mean_(f.mean, compute_),
        rstd_(f.rstd, compute_),
        weight_(f.weight, compute_),
        bias_(f.bias, compute_),
        running_mean_(f.running_mean, compute_),
        running_var_(f.running_var, compute_) {}

  void run() {
    if (c_.numel() == 0) {
      // Statistics of nothing; running ones stay as they are.
      for (int64_t stat = 0; f_.measures && stat < c_.num_stats(); ++stat) {
        mean_.set(stat, std::numeric_limits<double>::quiet_NaN());
        rstd_.set(stat, std::numeric_limits<double>::quiet_NaN());
      }
    } else if (has_long_runs(c_)) {
      long_runs();
    } else if (c_.groups) {
      short_runs_by_group();
    } else {
      short_runs_by_channel();
    }
  }

 private:
  void settle(int64_t stat, double mean, double squares) const {
    const auto count = static_cast<double>(c_.count());
    mean_.set(stat, mean);
    rstd_.set(stat, 1 / std::sqrt(squares / count + f_.eps));
    const auto move = [&](const Numbers& running, double value) {
      if (running) running.set(stat, (1 - f_.momentum) * running[stat] + f_.momentum * value);
    };
    move(running_mean_, mean);
    move(running_var_, squares / (count - 1));
  }
  RunFactors factors(int64_t run) const noexcept {
    const int64_t stat = stat_of(c_, run);
    const int64_t channel = run % c_.channels;
    return {mean_[stat], rstd_[stat] * weight_.get(channel, 1), 0, bias_.get(channel, 0)};
  }

  void long_runs() {
    std::vector<RunMoments> moments(f_.measures ? static_cast<size_t>(c_.num_runs()) : 0);
    over_runs(
        c_,
        [&](int64_t run) {
          if (f_.measures)
            moments[static_cast<size_t>(run)] = loop_.moments(at(f_.input, run * c_.size, f_.dtype), c_.size);
        },
        [&](int64_t stat) {
          if (!f_.measures) return;
          double mean = 0;
          double squares = 0;
          for (int64_t j = 0; j < c_.runs_per_stat(); ++j) {
            const RunMoments& own = moments[static_cast<size_t>(run_of(c_, stat, j))];
            const double apart = own.mean - mean;
            const auto before = static_cast<double>(j);
            mean += apart / (before + 1);
            squares += own.squares + apart * apart * static_cast<double>(c_.size) * (before / (before + 1));
          }
          settle(stat, mean, squares);
        },
        [&](int64_t run) {
          const int64_t first = run * c_.size;
          loop_.apply(at(f_.input, first, f_.dtype), at(f_.out, first, f_.dtype), c_.size, factors(run));
        });
  }

  void short_runs_by_group() {
    const int64_t width = c_.count();
    const int64_t per_stat = c_.runs_per_stat();
    parallel_for(0, c_.num_stats(), rows_per_grain(width), [&](int64_t begin, int64_t end) {
      const FactorRows own(width, compute_);
      for (int64_t stat = begin; stat < end; ++stat) {
        const char* x = at(f_.input, stat * width, f_.dtype);
        const RunMoments moments = loop_.moments(x, width);
        settle(stat, moments.mean, moments.squares);
        for (int64_t j = 0; j < per_stat; ++j) own.fill(j * c_.size, c_.size, factors(run_of(c_, stat, j)));
        loop_.apply_columns(x, at(f_.out, stat * width, f_.dtype), 1, width, own.columns());
      }
    });
  }

  void short_runs_by_channel() {
    const Columns columns(c_);
    const FactorRows all(columns.width, compute_);
    const auto fill = [&] {
      for (int64_t k = 0; k < c_.channels; ++k) all.fill(k * c_.size, c_.size, factors(k));
    };
    if (f_.measures) {
      const auto count = static_cast<double>(c_.count());
      const auto add = [&](const void* means) {
        return columns.sums<1>(compute_, [&](int64_t row, int64_t rows, const std::array<void*, 1>& sums) {
          loop_.add_columns(at(f_.input, row * columns.width, f_.dtype), rows, columns.width, means, sums[0]);
        })[0];
      };
      const std::vector<double> totals = add(nullptr);
      for (int64_t k = 0; k < c_.channels; ++k) mean_.set(k, sum_of(totals, k * c_.size, c_.size) / count);
      fill();
      const std::vector<double> squares = add(all.columns().mean);
      for (int64_t k = 0; k < c_.channels; ++k) settle(k, mean_[k], sum_of(squares, k * c_.size, c_.size));
    }
    fill();
    parallel_for(0, columns.rows, rows_per_grain(columns.width), [&](int64_t begin, int64_t end) {
      const int64_t first = begin * columns.width;
      loop_.apply_columns(at(f_.input, first, f_.dtype), at(f_.out, first, f_.dtype), end - begin, columns.width,
                          all.columns());
    });
  }

  const Forward& f_;
  const Channels& c_;
  const ChannelNormLoop& loop_;
  DLDataType compute_;
  Numbers mean_, rstd_, weight_, bias_, running_mean_, running_var_;
};

class BackwardPass {
 public:
  explicit BackwardPass(const Backward& b)
      : b_(b),
        c_(b.shape),
        loop_(loops<ChannelNormLoops>().by_dtype[static_cast<size_t>(dtype_index(b.dtype))]),
        compute_(rows::compute_dtype(b.dtype)),
        mean_(b.mean, compute_),
        rstd_(b.rstd, compute_),
        weight_(b.weight, compute_),
        // Sums of each run; of batch_norm with short runs, of each channel.
        sums_(static_cast<size_t>(sums_are_of_channels() ? c_.channels : c_.num_runs())),
        along_(static_cast<size_t>(c_.num_stats()), 0),
        level_(static_cast<size_t>(c_.num_stats()), 0) {}

  void run() {
    if (c_.numel() > 0) {
      if (has_long_runs(c_)) {
        long_runs();
      } else if (c_.groups) {
        short_runs_by_group();
      } else {
        short_runs_by_channel();
      }
    }
    parameters();
  }

 private:
  bool sums_are_of_channels() const noexcept { return !c_.groups && !has_long_runs(c_); }
  bool needs_sums() const noexcept { return b_.weight_grad || b_.bias_grad || (b_.measured && b_.input_grad); }

  // What is taken from every element's gradient of a statistic.
  void settle(int64_t stat) {
    if (!b_.measured) return;
    double grads = 0;
    double products = 0;
    const int64_t num = sums_are_of_channels() ? 1 : c_.runs_per_stat();
    for (int64_t j = 0; j < num; ++j) {
      const int64_t run = sums_are_of_channels() ? stat : run_of(c_, stat, j);
      const RunSums& own = sums_[static_cast<size_t>(run)];
      const double weight = weight_.get(run % c_.channels, 1);
      grads += weight * own.grad;
      products += weight * own.product;
    }
    const auto count = static_cast<double>(c_.count());
    const double rstd = rstd_[stat];
    along_[static_cast<size_t>(stat)] = -rstd * rstd * rstd * products / count;
    level_[static_cast<size_t>(stat)] = -rstd * grads / count;
  }
  RunFactors factors(int64_t run) const noexcept {
    const int64_t stat = stat_of(c_, run);
    return {mean_[stat], rstd_[stat] * weight_.get(run % c_.channels, 1), along_[static_cast<size_t>(stat)],
            level_[static_cast<size_t>(stat)]};
  }

  void long_runs() {
    over_runs(
        c_,
        [&](int64_t run) {
          const int64_t first = run * c_.size;
          if (needs_sums())
            sums_[static_cast<size_t>(run)] = loop_.sums(at(b_.grad, first, b_.dtype), at(b_.input, first, b_.dtype),
                                                         c_.size, mean_[stat_of(c_, run)]);
        },
        [&](int64_t stat) { settle(stat); },
        [&](int64_t run) {
          const int64_t first = run * c_.size;
          if (b_.input_grad)
            loop_.gradient(at(b_.grad, first, b_.dtype), at(b_.input, first, b_.dtype),
                           at(b_.input_grad, first, b_.dtype), c_.size, factors(run));
        });
  }

  void short_runs_by_group() {
    const int64_t width = c_.count();
    const int64_t per_stat = c_.runs_per_stat();
    parallel_for(0, c_.num_stats(), rows_per_grain(width), [&](int64_t begin, int64_t end) {
      const FactorRows own(width, compute_);
      const ColumnFactors& columns = own.columns();
      for (int64_t stat = begin; stat < end; ++stat) {
        const char* g = at(b_.grad, stat * width, b_.dtype);
        const char* x = at(b_.input, stat * width, b_.dtype);
        // Until the factors are known their arrays take sums.
        own.fill(0, width, {mean_[stat], 0, 0, 0});
        loop_.add_products(g, x, 1, width, columns.mean, columns.grad, columns.product);
        const Numbers grads(columns.grad, compute_);
        const Numbers products(columns.product, compute_);
        for (int64_t j = 0; j < per_stat; ++j) {
          RunSums sums{0, 0};
          for (int64_t i = j * c_.size; i < (j + 1) * c_.size; ++i) {
            sums.grad += grads[i];
            sums.product += products[i];
          }
          sums_[static_cast<size_t>(stat * per_stat + j)] = sums;
        }
        settle(stat);
        if (!b_.input_grad) continue;
        for (int64_t j = 0; j < per_stat; ++j) own.fill(j * c_.size, c_.size, factors(stat * per_stat + j));
        loop_.gradient_columns(g, x, at(b_.input_grad, stat * width, b_.dtype), 1, width, columns);
      }
    });
  }

  void short_runs_by_channel() {
    const Columns columns(c_);
    const FactorRows all(columns.width, compute_);
    const auto fill = [&] {
      for (int64_t k = 0; k < c_.channels; ++k) all.fill(k * c_.size, c_.size, factors(k));
    };
    fill();
    if (needs_sums()) {
      const auto totals = columns.sums<2>(compute_, [&](int64_t row, int64_t rows, const std::array<void*, 2>& sums) {
        const int64_t first = row * columns.width;
        loop_.add_products(at(b_.grad, first, b_.dtype), at(b_.input, first, b_.dtype), rows, columns.width,
                           all.columns().mean, sums[0], sums[1]);
      });
      for (int64_t k = 0; k < c_.channels; ++k) {
        sums_[static_cast<size_t>(k)] = {sum_of(totals[0], k * c_.size, c_.size),
                                         sum_of(totals[1], k * c_.size, c_.size)};
        settle(k);
      }
      fill();
    }
    if (!b_.input_grad) return;
    parallel_for(0, columns.rows, rows_per_grain(columns.width), [&](int64_t begin, int64_t end) {
      const int64_t first = begin * columns.width;
      loop_.gradient_columns(at(b_.grad, first, b_.dtype), at(b_.input, first, b_.dtype),
                             at(b_.input_grad, first, b_.dtype), end - begin, columns.width, all.columns());
    });
  }

  void parameters() {
    if (!b_.weight_grad && !b_.bias_grad) return;
    std::vector<RunSums> totals(static_cast<size_t>(c_.channels), RunSums{0, 0});
    const auto num = static_cast<int64_t>(sums_.size());
    for (int64_t first = 0; first < num; first += c_.channels) {
      for (int64_t channel = 0; channel < c_.channels; ++channel) {
        const RunSums& own = sums_[static_cast<size_t>(first + channel)];
        totals[static_cast<size_t>(channel)].grad += own.grad;
        totals[static_cast<size_t>(channel)].product += own.product * rstd_[stat_of(c_, first + channel)];
      }
    }
    for (int64_t channel = 0; channel < c_.channels; ++channel) {
      const RunSums& own = totals[static_cast<size_t>(channel)];
      if (b_.weight_grad) Numbers(b_.weight_grad, compute_).set(channel, own.product);
      if (b_.bias_grad) Numbers(b_.bias_grad, compute_).set(channel, own.grad);
    }
  }

  const Backward& b_;
  const Channels& c_;
  const ChannelNormLoop& loop_;
  DLDataType compute_;
  Numbers mean_, rstd_, weight_;
  std::vector<RunSums> sums_;
  std::vector<double> along_;
  std::vector<double> level_;
};

void run_forward(const Forward& f) { ForwardPass(f).run(); }
void run_backward(const Backward& b) { BackwardPass(b).run(); }

void batch_norm_train(const VtValue* args, VtValue* result) { channel_norm::batch_train(args, result, run_forward); }
void batch_norm_apply(const VtValue* args, VtValue* result) { channel_norm::batch_apply(args, result, run_forward); }
void batch_norm_backward(const VtValue* args, VtValue* result) {
  channel_norm::batch_backward(args, result, run_backward);
}
void native_group_norm(const VtValue* args, VtValue* result) { channel_norm::group_forward(args, result, run_forward); }
void native_group_norm_backward(const VtValue* args, VtValue* result) {
  channel_norm::group_backward(args, result, run_backward);
}

constexpr char kTrainDoc[] = R"(Batch normalisation by the statistics of the batch, which also move the running ones.

Parameters
----------
input : Tensor
    (N, C, ...); float16, bfloat16, float32 or float64.
weight, bias : Tensor, optional
    (C,). With a half `input` they may be float32, as the running statistics.
running_mean, running_var : Tensor, optional
    (C,). Written: ``(1 - momentum) running + momentum statistic``, the variance divided by one less than the count.
momentum : float
eps : float
    Added to the variance.

Returns
-------
out : Tensor
    Like `input`, contiguous. Half types are computed in float32.
mean, rstd : Tensor
    (C,), what the gradient reads; float32 for half types.)";
constexpr char kApplyDoc[] = R"(Batch normalisation by given statistics: ``(input - mean) rstd weight + bias``.

Parameters
----------
input : Tensor
weight, bias : Tensor, optional
    As in `batch_norm_train`.
mean, rstd : Tensor
    (C,), in the dtype that elements are computed in.)";
constexpr char kBatchBackwardDoc[] = R"(The gradients of `batch_norm_train` and, without `train`, of `batch_norm_apply`.

Parameters
----------
grad : Tensor
    Like `input`.
input : Tensor
mean, rstd : Tensor
    The statistics that `input` was normalised by.
weight, bias : Tensor, optional
train : bool
    Whether they are statistics of `input`.
needed : int
    Bit 0 asks for the input's gradient, 1 for the weight's, 2 for the bias's.

Returns
-------
input, weight, bias : Tensor or None
    None where not needed.)";
constexpr char kGroupDoc[] = R"(Group normalisation with the statistics that its gradient reads.

Parameters
----------
input : Tensor
    N C HxW elements, batch entry by batch entry and channel by channel; float16, bfloat16, float32 or float64.
weight, bias : Tensor, optional
    (C,). With a half `input` they may be float32.
N, C, HxW : int
group : int
    Divides C.
eps : float
    Added to the variance.

Returns
-------
out : Tensor
    Like `input`, contiguous. Half types are computed in float32.
mean, rstd : Tensor
    (N, group); float32 for half types.)";
constexpr char kGroupBackwardDoc[] = R"(The gradients of `native_group_norm`.

Parameters
----------
grad : Tensor
    Like `input`.
input : Tensor
mean, rstd : Tensor
    Results of the forward.
weight, bias : Tensor, optional
N, C, HxW, group : int
needed : int
    Bit 0 asks for the input's gradient, 1 for the weight's, 2 for the bias's.

Returns
-------
input, weight, bias : Tensor or None
    None where not needed.)";

}  // namespace

void register_channel_norm(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"batch_norm_train(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!)? running_mean, Tensor(b!)? running_var, "
       "float momentum, float eps) -> (Tensor out, Tensor mean, Tensor rstd)",
       VT_OP_FUNCTION, kTrainDoc},
      {"batch_norm_apply(Tensor input, Tensor? weight, Tensor? bias, Tensor mean, Tensor rstd) -> Tensor",
       VT_OP_FUNCTION, kApplyDoc},
      {"batch_norm_backward(Tensor grad, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, bool train, "
       "int needed) -> (Tensor? input, Tensor? weight, Tensor? bias)",
       VT_OP_FUNCTION, kBatchBackwardDoc},
      {"native_group_norm(Tensor input, Tensor? weight, Tensor? bias, int N, int C, int HxW, int group, float eps) -> "
       "(Tensor out, Tensor mean, Tensor rstd)",
       VT_OP_FUNCTION, kGroupDoc},
      {"native_group_norm_backward(Tensor grad, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, int "
       "N, int C, int HxW, int group, int needed) -> (Tensor? input, Tensor? weight, Tensor? bias)",
       VT_OP_FUNCTION, kGroupBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"batch_norm_train", boxed<batch_norm_train>},
                                   {"batch_norm_apply", boxed<batch_norm_apply>},
                                   {"batch_norm_backward", boxed<batch_norm_backward>},
                                   {"native_group_norm", boxed<native_group_norm>},
                                   {"native_group_norm_backward", boxed<native_group_norm_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  register_channel_norm_forms(plugin);
}

}  // namespace vt::core
