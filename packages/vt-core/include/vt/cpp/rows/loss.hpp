// SPDX-License-Identifier: Apache-2.0
// Arguments, shapes and results of cross_entropy, the same on every device; a device brings the loops over rows.
#pragma once

#include <vt/cpp/rows.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

// Note [Cross entropy]
// A row is the logits x of one target t over C classes; with lse = log(sum(exp(x))), class weights w (1 by default), their sum
// W and label smoothing e:
//   loss = (1 - e) w_t (lse - x_t) + e / C (W lse - sum(w x)), 0 where t is ignore_index
//   mean = sum(loss) / sum(w_t) over the rows that are not ignored
// Gradient of x_j, with g that of the row's loss:  g ((1 - e) w_t + e W / C) exp(x_j - lse) - g (1 - e) w_t [j = t] - g e w_j / C
// Neither direction makes anything of the logits' size but the gradient.
namespace vt::rows {

enum class Reduction : uint8_t { kNone, kMean, kSum };

inline Reduction reduction_of(const char* op, const char* text) {
  const std::string_view given(text);
  if (given == "none") return Reduction::kNone;
  if (given == "mean") return Reduction::kMean;
  if (given == "sum") return Reduction::kSum;
  fail(VT_ERROR_VALUE,
       std::string(op) + ": reduction must be 'none', 'mean' or 'sum': got '" + std::string(given) + "'");
}

// Dense rows. losses, weight, lse and total_weight are in the compute dtype.
struct CrossEntropy {
  int64_t num_rows;
  int64_t num_classes;
  int64_t ignore_index;
  double smoothing;
  Reduction reduction;
  DLDataType dtype;
  const void* input;
  const int64_t* target;
  const void* weight;  // NULL for ones
  // Forward.
  void* losses;        // of each row
  void* loss;          // their sum or mean, NULL without reduction
  void* lse;           // read by the backward
  void* total_weight;  // one number: the weights of the rows that count; read by the backward
  // Backward.
  const void* grad;  // of each row's loss, one number when reduced; in the compute dtype; NULL for ones
  void* out;         // of a forward: the gradient for ones, made along unless NULL
};

namespace detail {

inline void check_class_weight(const char* op, const VtTensor* weight, DLDataType dtype, int64_t num_classes) {
  check_parameter_dtype(op, "weight", weight, dtype);
  if (!same_sizes(sizes_of(weight), std::span<const int64_t>(&num_classes, 1)))
    fail(VT_ERROR_SHAPE, std::string(op) + ": weight must have one number for each class: got " +
                             format_sizes(sizes_of(weight)) + ", expected (" + std::to_string(num_classes) + ",)");
}

// The arguments input, target, weight, and what follows from their sizes.
class Classes {
 public:
  Classes(const char* op, VtTensor* input, VtTensor* target, const VtValue& weight) : input_(input) {
    check_dtype(op, input);
    const auto sizes = sizes_of(input);
    if (!same_dtype(target->dl.dtype, kInt64))
      fail(VT_ERROR_DTYPE, std::string(op) + ": target must hold class indices: got " +
                               std::string(dtype_name(target->dl.dtype)) + ", expected int64; convert it");
    if (sizes.empty())
      fail(VT_ERROR_SHAPE, std::string(op) + ": input must have a dimension of classes: got (), expected (N, C)");
    class_dim_ = sizes.size() == 1 ? 0 : 1;
    for (size_t d = 0; d < sizes.size(); ++d)
      if (d != class_dim_) row_sizes_.push_back(sizes[d]);
    num_classes_ = sizes[class_dim_];
    if (!same_sizes(row_sizes_, sizes_of(target)))
      fail(VT_ERROR_SHAPE, std::string(op) + ": target must have the sizes of the input without its classes: got " +
                               format_sizes(sizes_of(target)) + ", expected " + format_sizes(row_sizes_));
    if (is_tensor(weight)) check_class_weight(op, weight.as.tensor, input->dl.dtype, num_classes_);
    for (size_t d = 0; d < sizes.size(); ++d)
      if (d != class_dim_) classes_last_.push_back(static_cast<int64_t>(d));
    classes_last_.push_back(static_cast<int64_t>(class_dim_));
  }

  int64_t num_classes() const noexcept { return num_classes_; }
  int64_t num_rows() const noexcept {
    int64_t rows = 1;
    for (const int64_t size : row_sizes_) rows *= size;
    return rows;
  }
  std::span<const int64_t> row_sizes() const noexcept { return row_sizes_; }

  // The logits with the classes of a row side by side.
  Tensor rows() const {
    if (class_dim_ + 1 == sizes_of(input_).size()) return dense(input_);
    static const Op permute("permute");
    return dense(permute(value_of(input_), std::span<const int64_t>(classes_last_)).get());
  }
  // Room for as many numbers, in that order in memory; to be seen through as_input.
  Tensor empty_rows() const {
    std::vector<int64_t> sizes(row_sizes_);
    sizes.push_back(num_classes_);
    return Tensor::empty(sizes, input_->dl.dtype, input_->dl.device);
  }
  // Rows seen with the input's order of dimensions.
  Tensor as_input(Tensor&& rows) const {
    if (class_dim_ + 1 == sizes_of(input_).size()) return std::move(rows);
    static const Op permute("permute");
    std::vector<int64_t> back(classes_last_.size());
    for (size_t d = 0; d < back.size(); ++d) back[static_cast<size_t>(classes_last_[d])] = static_cast<int64_t>(d);
    return permute(rows, std::span<const int64_t>(back));
  }

 private:
  VtTensor* input_;
  size_t class_dim_ = 0;
  int64_t num_classes_ = 0;
  std::vector<int64_t> row_sizes_;
  std::vector<int64_t> classes_last_;
};

inline double smoothing_of(const char* op, const VtValue& v) {
  if (!(v.as.f >= 0 && v.as.f <= 1))
    fail(VT_ERROR_RUNTIME,
         std::string(op) + ": label_smoothing must be between 0 and 1: got " + std::to_string(v.as.f));
  return v.as.f;
}

}  // namespace detail

// native_cross_entropy(input, target, weight, ignore_index, reduction, label_smoothing, with_gradient) -> (loss, lse,
// total_weight, gradient). The gradient is made where `makes_gradient`, of the numbers of rows and classes, says so.
template <class Run>
void cross_entropy(const VtValue* args, VtValue* result, Run&& run,
                   bool (*makes_gradient)(int64_t, int64_t) noexcept = nullptr) {
  const char* op = "cross_entropy";
  VtTensor* t = args[0].as.tensor;
  const detail::Classes classes(op, t, args[1].as.tensor, args[2]);
  const Reduction reduction = reduction_of(op, args[4].as.string);
  const double smoothing = detail::smoothing_of(op, args[5]);
  const DLDataType compute = compute_dtype(t->dl.dtype);
  const DLDevice device = t->dl.device;
  Tensor losses = Tensor::empty(classes.row_sizes(), compute, device);
  Tensor loss = reduction == Reduction::kNone ? Tensor() : Tensor::empty({}, compute, device);
  Tensor lse = Tensor::empty(classes.row_sizes(), compute, device);
  Tensor total = Tensor::empty({}, compute, device);
  const bool has_gradient = args[6].as.i != 0 && loss && makes_gradient && t->numel > 0 &&
                            makes_gradient(classes.num_rows(), classes.num_classes());
  Tensor gradient = has_gradient ? classes.empty_rows() : Tensor();
  if (!is_meta(t)) {
    const Tensor input = classes.rows();
    const Tensor target = dense(args[1].as.tensor);
    const Tensor weight = dense_as(args[2], compute);
    run(CrossEntropy{classes.num_rows(), classes.num_classes(), args[3].as.i, smoothing, reduction, t->dl.dtype,
                     data_of(input), target.data<const int64_t>(), data_of(weight), data_of(losses), data_of(loss),
                     data_of(lse), data_of(total), nullptr, data_of(gradient)});
  }
  result[0] = owned(cast((loss ? loss : losses).get(), t->dl.dtype));
  result[1] = owned(std::move(lse));
  result[2] = owned(std::move(total));
  if (has_gradient) result[3] = owned(classes.as_input(std::move(gradient)));
}

// native_cross_entropy_backward(grad, input, target, weight, lse, total_weight, reduction, ignore_index, label_smoothing)
template <class Run>
void cross_entropy_backward(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "native_cross_entropy_backward";
  VtTensor* t = args[1].as.tensor;
  const detail::Classes classes(op, t, args[2].as.tensor, args[3]);
  const Reduction reduction = reduction_of(op, args[6].as.string);
  const double smoothing = detail::smoothing_of(op, args[8]);
  const DLDataType compute = compute_dtype(t->dl.dtype);
  const auto check_sizes = [&](const char* name, const VtTensor* given, std::span<const int64_t> sizes) {
    if (!same_sizes(sizes_of(given), sizes))
      fail(VT_ERROR_SHAPE, std::string(op) + ": " + name + " has the wrong sizes: got " +
                               format_sizes(sizes_of(given)) + ", expected " + format_sizes(sizes));
    check_parameter_dtype(op, name, given, t->dl.dtype);
  };
  if (is_tensor(args[0]))
    check_sizes("grad", args[0].as.tensor,
                reduction == Reduction::kNone ? classes.row_sizes() : std::span<const int64_t>());
  check_sizes("lse", args[4].as.tensor, classes.row_sizes());
  check_sizes("total_weight", args[5].as.tensor, {});
  Tensor out = classes.empty_rows();
  if (!is_meta(t) && t->numel > 0) {
    const Tensor grad = dense_as(args[0], compute);
    const Tensor input = classes.rows();
    const Tensor target = dense(args[2].as.tensor);
    const Tensor weight = dense_as(args[3], compute);
    const Tensor lse = dense_as(args[4], compute);
    const Tensor total = dense_as(args[5], compute);
    run(CrossEntropy{classes.num_rows(), classes.num_classes(), args[7].as.i, smoothing, reduction, t->dl.dtype,
                     data_of(input), target.data<const int64_t>(), data_of(weight), nullptr, nullptr, data_of(lse),
                     data_of(total), data_of(grad), data_of(out)});
  }
  result[0] = owned(classes.as_input(std::move(out)));
}

}  // namespace vt::rows
