// SPDX-License-Identifier: Apache-2.0
// Einstein's summation: an equation of subscripts, an order of contractions, each of them a batched matrix product.
#include <algorithm>
#include <bitset>
#include <optional>
#include <string_view>

#include "ops/calls.hpp"

// Note [Contractions]
// A label is a number: letters first, then the dimensions of the ellipsis, counted from the right. An operand is a tensor with one
// label per dimension. Diagonals are taken of labels that stand twice and dimensions of size one are dropped where the label is
// longer elsewhere, so from there on a label has one size. Two operands are contracted by first summing what only one of them
// has and nobody else wants, and then multiplying matrices (batch, rows, inner) and (batch, inner, columns). Pairs are chosen by
// the number of multiplications: exactly for few operands, greedily for many.
namespace vt::core {

namespace {

using calls::Ints;

constexpr int kLetters = 52;
constexpr int kMaxLabels = kLetters + kMaxDims;

using Labels = std::vector<int>;
using LabelSet = std::bitset<kMaxLabels>;
using LabelSizes = std::array<int64_t, kMaxLabels>;

[[noreturn]] void fail_equation(const std::string& what) { fail(VT_ERROR_RUNTIME, "einsum: " + what); }

bool contains(const Labels& labels, int label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}
LabelSet set_of(const Labels& labels) {
  LabelSet set;
  for (const int label : labels) set.set(static_cast<size_t>(label));
  return set;
}
bool has(const LabelSet& set, int label) { return set.test(static_cast<size_t>(label)); }

// Subscripts of one operand or of the output; the ellipsis stands for -1.
constexpr int kEllipsis = -1;

int letter_label(char c) { return c >= 'a' ? 26 + c - 'a' : c - 'A'; }
std::string label_name(int label) {
  if (label >= kLetters) return "of the ellipsis";
  return {static_cast<char>(label < 26 ? 'A' + label : 'a' + label - 26)};
}

// Reads subscripts from equation[begin, end).
Labels read_subscripts(std::string_view equation, size_t begin, size_t end, const std::string& owner) {
  Labels labels;
  for (size_t i = begin; i < end; ++i) {
    const char c = equation[i];
    if (c == ' ') continue;
    if (c == '.') {
      if (contains(labels, kEllipsis))
        fail_equation("found '.' for " + owner + " for which an ellipsis was already found");
      if (equation.substr(i, std::min<size_t>(3, end - i)) != "...")
        fail_equation("found '.' for " + owner + " that is not part of any ellipsis");
      labels.push_back(kEllipsis);
      i += 2;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      labels.push_back(letter_label(c));
    } else {
      fail_equation("invalid subscript given at index " + std::to_string(i) +
                    " in the equation string, subscripts must be in [a-zA-Z]");
    }
  }
  return labels;
}

struct Equation {
  std::vector<Labels> operands;
  std::optional<Labels> output;
};

Equation read_equation(std::string_view text) {
  Equation equation;
  const size_t arrow = text.find("->");
  const size_t inputs_end = std::min(arrow, text.size());
  for (size_t begin = 0; begin <= inputs_end;) {
    const size_t end = std::min(text.find(',', begin), inputs_end);
    equation.operands.push_back(
        read_subscripts(text, begin, end, "operand " + std::to_string(equation.operands.size())));
    begin = end + 1;
  }
  if (arrow == std::string_view::npos) return equation;
  Labels output = read_subscripts(text, arrow + 2, text.size(), "output");
  for (const int label : output)
    if (label != kEllipsis && std::count(output.begin(), output.end(), label) > 1)
      fail_equation("output subscript " + label_name(label) + " appears more than once in the output");
  equation.output = std::move(output);
  return equation;
}

// Labels for the dimensions of operand `index`; those of an ellipsis are aligned at the right.
Labels dimension_labels(const Labels& subscripts, int32_t ndim, size_t index) {
  const bool has_ellipsis = contains(subscripts, kEllipsis);
  const auto covered = static_cast<int32_t>(subscripts.size()) - has_ellipsis;
  if (has_ellipsis ? covered > ndim : covered != ndim)
    fail_equation(
        "the number of subscripts in the equation (" + std::to_string(covered) +
        (has_ellipsis ? ") is more than the number of dimensions (" : ") does not match the number of dimensions (") +
        std::to_string(ndim) + ") for operand " + std::to_string(index) +
        (has_ellipsis ? "" : " and no ellipsis was given"));
  Labels labels;
  for (const int label : subscripts) {
    if (label != kEllipsis)
      labels.push_back(label);
    else
      for (int32_t d = ndim - covered; d > 0; --d) labels.push_back(kLetters + d - 1);
  }
  return labels;
}

// The output's labels. Where the equation has none: the ellipsis, then the labels that stand once, in the alphabet's order.
Labels output_labels(const Equation& equation, const std::vector<Labels>& operands, int ellipsis_ndim) {
  std::array<int, kMaxLabels> counts{};
  for (const Labels& labels : operands)
    for (const int label : labels) ++counts[static_cast<size_t>(label)];
  Labels output;
  const auto add_ellipsis = [&] {
    for (int d = ellipsis_ndim; d > 0; --d) output.push_back(kLetters + d - 1);
  };
  if (!equation.output) {
    add_ellipsis();
    for (int label = 0; label < kLetters; ++label)
      if (counts[static_cast<size_t>(label)] == 1) output.push_back(label);
    return output;
  }
  for (const int label : *equation.output) {
    if (label == kEllipsis) {
      add_ellipsis();
      continue;
    }
    if (counts[static_cast<size_t>(label)] == 0)
      fail_equation("output subscript " + label_name(label) + " does not appear in the equation for any input operand");
    output.push_back(label);
  }
  return output;
}

struct Operand {
  Tensor tensor;
  Labels labels;

  size_t position(int label) const {
    return static_cast<size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
  }
  bool has(int label) const { return contains(labels, label); }
};

// Takes the diagonal of every label that stands more than once.
void take_diagonals(Operand& operand, size_t index) {
  static const Op diagonal("diagonal");
  for (size_t i = 0; i < operand.labels.size(); ++i) {
    const int label = operand.labels[i];
    for (size_t k = operand.labels.size() - 1; k > i; --k) {
      if (operand.labels[k] != label) continue;
      const int64_t first = operand.tensor.sizes()[i];
      const int64_t second = operand.tensor.sizes()[k];
      if (first != second)
        fail_equation("subscript " + label_name(label) + " is repeated for operand " + std::to_string(index) +
                      " but the sizes don't match, " + std::to_string(second) + " != " + std::to_string(first));
      const Tensor taken = diagonal(operand.tensor, int64_t{0}, static_cast<int64_t>(i), static_cast<int64_t>(k));
      // The diagonal is the last dimension now; it goes back to the first of its places.
      operand.labels.erase(operand.labels.begin() + static_cast<ptrdiff_t>(k));
      Ints order(operand.labels.size());
      for (size_t d = 0; d < order.size(); ++d) order[d] = static_cast<int64_t>(d < i ? d : d - 1);
      order[i] = static_cast<int64_t>(order.size()) - 1;
      operand.tensor = calls::permute(taken, order);
    }
  }
}

LabelSizes label_sizes(const std::vector<Operand>& operands) {
  LabelSizes sizes;
  sizes.fill(1);
  for (size_t i = 0; i < operands.size(); ++i)
    for (size_t d = 0; d < operands[i].labels.size(); ++d) {
      const int label = operands[i].labels[d];
      int64_t& seen = sizes[static_cast<size_t>(label)];
      const int64_t size = operands[i].tensor.sizes()[d];
      if (size == 1 || size == seen) continue;
      if (seen != 1)
        fail_equation("subscript " + label_name(label) + " has size " + std::to_string(size) + " for operand " +
                      std::to_string(i) + " which does not broadcast with previously seen size " +
                      std::to_string(seen));
      seen = size;
    }
  return sizes;
}

// Drops dimensions of size one whose label is longer elsewhere.
void drop_broadcast(Operand& operand, const LabelSizes& sizes) {
  for (size_t d = operand.labels.size(); d-- > 0;) {
    if (operand.tensor.sizes()[d] == sizes[static_cast<size_t>(operand.labels[d])]) continue;
    operand.tensor = calls::squeeze(operand.tensor, static_cast<int64_t>(d));
    operand.labels.erase(operand.labels.begin() + static_cast<ptrdiff_t>(d));
  }
}

// Sums over the labels that are not in `wanted`.
void sum_unwanted(Operand& operand, const LabelSet& wanted) {
  static const Op sum("sum.dims");
  Ints dims;
  Labels left;
  for (size_t d = 0; d < operand.labels.size(); ++d) {
    if (has(wanted, operand.labels[d]))
      left.push_back(operand.labels[d]);
    else
      dims.push_back(static_cast<int64_t>(d));
  }
  if (dims.empty()) return;
  operand.tensor = sum(operand.tensor, calls::span_of(dims), false);
  operand.labels = std::move(left);
}

void order_by(Operand& operand, const Labels& labels) {
  if (operand.labels == labels) return;
  Ints order;
  for (const int label : labels) order.push_back(static_cast<int64_t>(operand.position(label)));
  operand.tensor = calls::permute(operand.tensor, order);
  operand.labels = labels;
}

Labels joined(const Labels& a, const Labels& b) {
  Labels all = a;
  all.insert(all.end(), b.begin(), b.end());
  return all;
}

// The product of two operands, without the labels that are not in `wanted`.
Operand contract(Operand a, Operand b, const LabelSet& wanted, const LabelSizes& sizes) {
  sum_unwanted(a, wanted | set_of(b.labels));
  sum_unwanted(b, wanted | set_of(a.labels));
  // What is summed alone is a plain sum, of integers int64, and its product with others is one too.
  if (!same_dtype(a.tensor.dtype(), b.tensor.dtype()) && calls::is_integral(a.tensor) && calls::is_integral(b.tensor)) {
    static const Op to("to.dtype");
    a.tensor = to(a.tensor, kInt64);
    b.tensor = to(b.tensor, kInt64);
  }
  Labels batch, rows, inner, columns;
  for (const int label : a.labels) {
    if (!b.has(label))
      rows.push_back(label);
    else
      (has(wanted, label) ? batch : inner).push_back(label);
  }
  for (const int label : b.labels)
    if (!a.has(label)) columns.push_back(label);

  const auto product_of = [&](const Labels& labels) {
    int64_t numel = 1;
    for (const int label : labels) numel *= sizes[static_cast<size_t>(label)];
    return numel;
  };
  const auto sizes_of_labels = [&](const Labels& labels) {
    Ints out;
    for (const int label : labels) out.push_back(sizes[static_cast<size_t>(label)]);
    return out;
  };
  Operand out{Tensor(), joined(joined(batch, rows), columns)};
  order_by(a, joined(joined(batch, rows), inner));
  if (inner.empty()) {
    // Nothing is summed: one multiplication with dimensions of size one where an operand lacks labels.
    order_by(b, joined(batch, columns));
    Ints a_sizes = sizes_of_labels(joined(batch, rows));
    a_sizes.resize(a_sizes.size() + columns.size(), 1);
    Ints b_sizes = sizes_of_labels(batch);
    b_sizes.resize(b_sizes.size() + rows.size(), 1);
    for (const int64_t size : sizes_of_labels(columns)) b_sizes.push_back(size);
    out.tensor = calls::mul(calls::reshape(a.tensor, a_sizes), calls::reshape(b.tensor, b_sizes));
    return out;
  }
  order_by(b, joined(joined(batch, inner), columns));
  Ints left{product_of(rows), product_of(inner)};
  Ints right{left[1], product_of(columns)};
  if (!batch.empty()) {
    left.insert(left.begin(), product_of(batch));
    right.insert(right.begin(), left[0]);
  }
  const Tensor product = calls::matmul(calls::reshape(a.tensor, left), calls::reshape(b.tensor, right));
  out.tensor = calls::reshape(product, sizes_of_labels(out.labels));
  return out;
}

double count(const LabelSet& labels, const LabelSizes& sizes) {
  double product = 1;
  for (size_t label = 0; label < labels.size(); ++label)
    if (labels.test(label)) product *= static_cast<double>(sizes[label]);
  return product;
}

using Pair = std::pair<size_t, size_t>;  // places in the list of operands; the product is put at its end

// The order with the fewest multiplications, by dynamic programming over sets of operands (bits of an index).
class BestOrder {
 public:
  static constexpr size_t kMaxOperands = 8;

  BestOrder(const std::vector<LabelSet>& operands, const LabelSet& output, const LabelSizes& sizes)
      : num_(operands.size()), cost_(size_t{1} << num_, 0), split_(cost_.size(), 0) {
    const size_t num_sets = cost_.size();
    std::vector<LabelSet> labels(num_sets);
    for (size_t set = 1; set < num_sets; ++set) {
      LabelSet inside, outside = output;
      for (size_t i = 0; i < num_; ++i) (set >> i & 1 ? inside : outside) |= operands[i];
      labels[set] = std::has_single_bit(set) ? inside : inside & outside;
    }
    for (size_t set = 1; set < num_sets; ++set) {
      if (std::has_single_bit(set)) continue;
      const size_t lowest = set & (~set + 1);
      bool found = false;
      for (size_t part = (set - 1) & set; part > 0; part = (part - 1) & set) {
        if ((part & lowest) == 0) continue;
        const size_t rest = set & ~part;
        const double total = cost_[part] + cost_[rest] + count(labels[part] | labels[rest], sizes);
        if (found && total >= cost_[set]) continue;
        found = true;
        cost_[set] = total;
        split_[set] = part;
      }
    }
  }

  std::vector<Pair> pairs() const {
    std::vector<size_t> list;
    for (size_t i = 0; i < num_; ++i) list.push_back(size_t{1} << i);
    std::vector<Pair> out;
    add(cost_.size() - 1, list, out);
    return out;
  }

 private:
  void add(size_t set, std::vector<size_t>& list, std::vector<Pair>& out) const {
    if (std::has_single_bit(set)) return;
    const size_t first = split_[set];
    const size_t second = set & ~first;
    add(first, list, out);
    add(second, list, out);
    const auto place = [&](size_t part) {
      return static_cast<size_t>(std::find(list.begin(), list.end(), part) - list.begin());
    };
    const Pair pair{place(first), place(second)};
    out.push_back(pair);
    list.erase(list.begin() + static_cast<ptrdiff_t>(std::max(pair.first, pair.second)));
    list.erase(list.begin() + static_cast<ptrdiff_t>(std::min(pair.first, pair.second)));
    list.push_back(set);
  }

  size_t num_;
  std::vector<double> cost_;
  std::vector<size_t> split_;
};

// Always the pair whose product has the fewest elements more than its operands.
std::vector<Pair> greedy_order(std::vector<LabelSet> operands, const LabelSet& output, const LabelSizes& sizes) {
  std::vector<Pair> out;
  while (operands.size() > 1) {
    Pair best;
    double least = 0;
    LabelSet product;
    for (size_t i = 0; i < operands.size(); ++i)
      for (size_t k = i + 1; k < operands.size(); ++k) {
        LabelSet wanted = output;
        for (size_t other = 0; other < operands.size(); ++other)
          if (other != i && other != k) wanted |= operands[other];
        const LabelSet labels = (operands[i] | operands[k]) & wanted;
        const double growth = count(labels, sizes) - count(operands[i], sizes) - count(operands[k], sizes);
        if (k > 1 && growth >= least) continue;
        least = growth;
        best = {i, k};
        product = labels;
      }
    out.push_back(best);
    operands.erase(operands.begin() + static_cast<ptrdiff_t>(best.second));
    operands.erase(operands.begin() + static_cast<ptrdiff_t>(best.first));
    operands.push_back(product);
  }
  return out;
}

std::vector<Pair> given_order(std::span<const int64_t> path, size_t num_operands) {
  const size_t expected = num_operands == 1 ? 1 : 2 * (num_operands - 1);
  if (path.size() != expected)
    fail_equation("expected contraction path given in path parameter to have size " + std::to_string(expected) +
                  " but got " + std::to_string(path.size()));
  std::vector<Pair> out;
  for (size_t i = 0; i + 1 < path.size(); i += 2) {
    const auto left = static_cast<int64_t>(num_operands - i / 2);
    const std::string pair = "invalid contraction (" + std::to_string(path[i]) + ", " + std::to_string(path[i + 1]);
    if (std::min(path[i], path[i + 1]) < 0 || std::max(path[i], path[i + 1]) >= left)
      fail_equation(pair + ") operand index is out of bounds");
    if (path[i] == path[i + 1]) fail_equation(pair + ") cannot contract an operand with itself");
    out.emplace_back(static_cast<size_t>(path[i]), static_cast<size_t>(path[i + 1]));
  }
  return out;
}

Operand take(std::vector<Operand>& operands, size_t place) {
  Operand operand = std::move(operands[place]);
  operands.erase(operands.begin() + static_cast<ptrdiff_t>(place));
  return operand;
}

Tensor contract_all(std::vector<Operand> operands, const Labels& output, const LabelSizes& sizes, const VtValue& path) {
  std::vector<LabelSet> sets;
  for (const Operand& operand : operands) sets.push_back(set_of(operand.labels));
  const LabelSet out_set = set_of(output);
  std::vector<Pair> order;
  if (!is_none(path)) {
    order = given_order(ints_of(path), operands.size());
  } else if (operands.size() == 2) {
    order = {{0, 1}};
  } else if (operands.size() > 2) {
    order = operands.size() <= BestOrder::kMaxOperands ? BestOrder(sets, out_set, sizes).pairs()
                                                       : greedy_order(std::move(sets), out_set, sizes);
  }
  for (const auto& [first, second] : order) {
    const size_t high = std::max(first, second);
    const size_t low = std::min(first, second);
    Operand b = take(operands, high);
    Operand a = take(operands, low);
    LabelSet wanted = out_set;
    for (const Operand& other : operands) wanted |= set_of(other.labels);
    // The last product's rows come first, as in the output, which then needs no transposition.
    if (operands.empty()) {
      const auto lead = std::find_if(output.begin(), output.end(), [&](int l) { return a.has(l) != b.has(l); });
      if (lead != output.end() && b.has(*lead)) std::swap(a, b);
    }
    operands.push_back(contract(std::move(a), std::move(b), wanted, sizes));
  }
  sum_unwanted(operands[0], out_set);
  order_by(operands[0], output);
  return operands[0].tensor;
}

// einsum(equation, operands, *, path)
void einsum(const VtValue* args, VtValue* result) {
  const std::span<VtTensor* const> tensors(args[1].as.tensors, args[1].count);
  if (tensors.empty()) fail(VT_ERROR_VALUE, "einsum: must specify the equation string and at least one operand");
  const Equation equation = read_equation(args[0].as.string);
  if (tensors.size() != equation.operands.size())
    fail_equation(std::string(tensors.size() < equation.operands.size() ? "fewer" : "more") +
                  " operands were provided than specified in the equation: got " + std::to_string(tensors.size()) +
                  ", expected " + std::to_string(equation.operands.size()));
  std::vector<Operand> operands;
  std::vector<Labels> labels;
  int ellipsis_ndim = 0;
  for (size_t i = 0; i < tensors.size(); ++i) {
    labels.push_back(dimension_labels(equation.operands[i], tensors[i]->dl.ndim, i));
    operands.push_back({Tensor::share(tensors[i]), labels.back()});
    for (const int label : labels.back()) ellipsis_ndim = std::max(ellipsis_ndim, label - kLetters + 1);
  }
  const Labels output = output_labels(equation, labels, ellipsis_ndim);
  for (size_t i = 0; i < operands.size(); ++i) take_diagonals(operands[i], i);
  const LabelSizes sizes = label_sizes(operands);
  for (Operand& operand : operands) drop_broadcast(operand, sizes);
  result[0] = value_of(contract_all(std::move(operands), output, sizes, args[2]).release());
}

constexpr char kEinsumDoc[] = R"(Sums of products of elements, by an equation of subscripts.

Parameters
----------
equation : str
    Letters for the dimensions of every operand, operands separated by commas, then optionally "->" and the letters of the result:
    "ij,jk->ik". What is not in the result is summed over; without "->" it has the letters that stand once, in alphabetical order
    (capitals first). A letter that stands twice for one operand takes its diagonal. "..." stands for any further dimensions, which
    are broadcast and, without "->", come first.
operands : sequence of Tensor
    Dimensions of one letter have one size or size one.
path : sequence of int, optional
    Pairs of places in the list of operands to contract, whose product is put at the end of the list. By default the order with the
    fewest multiplications for at most eight operands, a greedy one for more.

Returns
-------
Tensor
    It may be a view of a single operand.

Raises
------
RuntimeError
    If the equation is malformed or does not fit the operands.
ValueError
    If there is no operand.)";

}  // namespace

void register_einsum(VtPlugin* plugin) {
  const OpRow ops[] = {{"einsum(str equation, Tensor[*] operands, *, int[]? path=None) -> Tensor",
                        VT_OP_COMPOSITE | VT_OP_FUNCTION, kEinsumDoc}};
  define_ops(plugin, ops);
  const vt::KernelRow everywhere[] = {{"einsum", boxed<einsum>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
