// SPDX-License-Identifier: Apache-2.0
// cuDNN's graphs of operations, computed one operation after another in double precision. Of the engines that are offered some
// break a rule of Note [Choice of an engine] in dnn/plans.cpp, and say so; what they compute cannot be taken for a result.
#include "dnn.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "dnn/library.hpp"

namespace vt::cuda::emulated {
namespace {

constexpr int kBadParam = 2000;
constexpr int kRefused = 3001;
constexpr int kSublibraryMissing = 1008;
constexpr int64_t kWorkspaceBytes = 96;

std::string behaviour = "works";

struct Object {
  int type = 0;
  bool is_final = false;
  std::map<int, std::vector<char>> attributes;
  int engine = 0;  // of a config, an engine and a plan
};
Object* object(dn::RawDescriptor raw) { return static_cast<Object*>(raw); }

std::size_t size_of(int value_type) {
  switch (value_type) {
    case dn::kOfBool: return 1;
    case dn::kOfHandle:
    case dn::kOfInt64:
    case dn::kOfPointer:
    case dn::kOfDescriptor: return 8;
    default: return 4;
  }
}

// The type that values of an attribute must have.
int type_of(int attribute) {
  switch (attribute) {
    case dn::kPointwiseMode: return dn::kOfPointwiseMode;
    case dn::kPointwiseComputeType:
    case dn::kConvolutionComputeType:
    case dn::kTensorDataType:
    case dn::kMatmulComputeType:
    case dn::kReductionComputeType: return dn::kOfDataType;
    case dn::kConvolutionMode: return dn::kOfConvolutionMode;
    case dn::kHeuristicMode: return dn::kOfHeuristicMode;
    case dn::kPlanHandle:
    case dn::kGraphHandle: return dn::kOfHandle;
    case dn::kForwardFirst + dn::kAlpha:
    case dn::kForwardFirst + dn::kBeta:
    case dn::kDataFirst + dn::kAlpha:
    case dn::kDataFirst + dn::kBeta:
    case dn::kFilterFirst + dn::kAlpha:
    case dn::kFilterFirst + dn::kBeta:
    case dn::kPointwiseAlpha1:
    case dn::kPointwiseAlpha2: return dn::kOfFloat;
    case dn::kTensorIsVirtual:
    case dn::kTensorIsByValue:
    case dn::kReductionIsDeterministic: return dn::kOfBool;
    case dn::kPackPointers:
    case dn::kPackWorkspace: return dn::kOfPointer;
    case dn::kEngineNumericalNotes: return dn::kOfNumericalNote;
    case dn::kReductionMode: return dn::kOfReductionMode;
    case dn::kPointwiseAxis:
    case dn::kConvolutionDilations:
    case dn::kConvolutionStrides:
    case dn::kConvolutionPostPaddings:
    case dn::kConvolutionPrePaddings:
    case dn::kConvolutionSpatialDims:
    case dn::kPlanWorkspaceBytes:
    case dn::kTensorAlignment:
    case dn::kTensorDimensions:
    case dn::kTensorStrides:
    case dn::kTensorId:
    case dn::kPackIds: return dn::kOfInt64;
    default: return dn::kOfDescriptor;
  }
}

template <class Value>
std::vector<Value> all(const Object* o, int attribute) {
  const auto found = o->attributes.find(attribute);
  if (found == o->attributes.end()) return {};
  std::vector<Value> values(found->second.size() / sizeof(Value));
  std::memcpy(values.data(), found->second.data(), found->second.size());
  return values;
}
template <class Value>
Value one(const Object* o, int attribute) {
  return all<Value>(o, attribute).at(0);
}
const Object* part(const Object* o, int attribute) { return one<Object*>(o, attribute); }
bool has(const Object* o, int attribute) { return o->attributes.contains(attribute); }

// Elements.
double load(const char* at, int type) {
  switch (type) {
    case dn::kReal16: return static_cast<double>(*reinterpret_cast<const _Float16*>(at));
    case dn::kRealBrain16: {
      uint16_t bits = 0;
      std::memcpy(&bits, at, 2);
      return std::bit_cast<float>(uint32_t{bits} << 16);
    }
    default: return *reinterpret_cast<const float*>(at);
  }
}
float to_bfloat16(double value) {
  if (std::isnan(value)) return std::numeric_limits<float>::quiet_NaN();
  const auto bits = std::bit_cast<uint32_t>(static_cast<float>(value));
  return std::bit_cast<float>((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000U);
}
double rounded(double value, int type) {
  switch (type) {
    case dn::kReal16: return static_cast<double>(static_cast<_Float16>(static_cast<float>(value)));
    case dn::kRealBrain16: return to_bfloat16(value);
    case dn::kReal32: return static_cast<float>(value);
    default: return value;
  }
}
void store(char* at, int type, double value) {
  switch (type) {
    case dn::kReal16: *reinterpret_cast<_Float16*>(at) = static_cast<_Float16>(static_cast<float>(value)); return;
    case dn::kRealBrain16: {
      const auto bits = static_cast<uint16_t>(std::bit_cast<uint32_t>(to_bfloat16(value)) >> 16);
      std::memcpy(at, &bits, 2);
      return;
    }
    default: *reinterpret_cast<float*>(at) = static_cast<float>(value);
  }
}
double tf32(double value) {
  const auto bits = std::bit_cast<uint32_t>(static_cast<float>(value));
  return std::bit_cast<float>((bits + 0xfff + (bits >> 13 & 1)) & ~0x1fffU);
}

// Elements of a tensor in row-major order.
struct Values {
  std::vector<int64_t> sizes;
  std::vector<double> at;

  explicit Values(std::vector<int64_t> of) : sizes(std::move(of)), at(static_cast<std::size_t>(count(sizes))) {}
  static int64_t count(const std::vector<int64_t>& sizes) {
    int64_t n = 1;
    for (const int64_t size : sizes) n *= size;
    return n;
  }
  // The element at an index of a tensor of the same or, where a dimension is broadcast or a group, larger sizes.
  double& of(const std::vector<int64_t>& index, const std::vector<int64_t>& among) {
    int64_t offset = 0;
    for (std::size_t d = 0; d < sizes.size(); ++d) offset = offset * sizes[d] + index[d] / (among[d] / sizes[d]);
    return at[static_cast<std::size_t>(offset)];
  }
};

template <class Visit>
void for_each(const std::vector<int64_t>& sizes, Visit&& visit) {
  std::vector<int64_t> index(sizes.size());
  for (int64_t n = Values::count(sizes); n > 0; --n) {
    visit(index);
    for (std::size_t d = sizes.size(); d-- > 0;) {
      if (++index[d] < sizes[d]) break;
      index[d] = 0;
    }
  }
}

// One run of a graph.
class Run {
 public:
  Run(std::map<int64_t, char*> pointers, bool rounds) : pointers_(std::move(pointers)), rounds_(rounds) {}

  bool has_all(const Object* graph) {
    for (const Object* operation : all<Object*>(graph, dn::kGraphOperations))
      for (const auto& [attribute, bytes] : operation->attributes) {
        if (type_of(attribute) != dn::kOfDescriptor) continue;
        const Object* t = part(operation, attribute);
        if (t->type != dn::kTensor || has(t, dn::kTensorIsVirtual)) continue;
        const auto found = pointers_.find(one<int64_t>(t, dn::kTensorId));
        if (found == pointers_.end()) return false;
        if (has(t, dn::kTensorIsByValue)) continue;
        if (reinterpret_cast<std::uintptr_t>(found->second) %
            static_cast<std::uintptr_t>(one<int64_t>(t, dn::kTensorAlignment)))
          return false;
      }
    return true;
  }

  void compute(const Object* o) {
    switch (o->type) {
      case dn::kPointwiseOperation: return pointwise(o);
      case dn::kMatmulOperation: return matmul(o);
      case dn::kReductionOperation: return reduce(o);
      case dn::kReshapeOperation: return reshape(o);
      default: return convolve(o);
    }
  }

 private:
  Values read(const Object* t) {
    if (has(t, dn::kTensorIsVirtual)) return between_.at(t);
    Values values(all<int64_t>(t, dn::kTensorDimensions));
    const std::vector<int64_t> strides = all<int64_t>(t, dn::kTensorStrides);
    const char* data = pointers_.at(one<int64_t>(t, dn::kTensorId));
    const int type = one<int32_t>(t, dn::kTensorDataType);
    std::size_t n = 0;
    for_each(values.sizes, [&](const std::vector<int64_t>& index) {
      values.at[n++] = load(data + offset(index, strides) * item_bytes(type), type);
    });
    return values;
  }
  // Operands of sums, which an engine may round.
  Values read_factor(const Object* t) {
    Values values = read(t);
    if (rounds_ && one<int32_t>(t, dn::kTensorDataType) == dn::kReal32)
      for (double& value : values.at) value = tf32(value);
    return values;
  }
  void write(const Object* t, const Values& values) {
    const int type = one<int32_t>(t, dn::kTensorDataType);
    if (has(t, dn::kTensorIsVirtual)) {
      Values kept = values;
      for (double& value : kept.at) value = rounded(value, type);
      between_.insert_or_assign(t, std::move(kept));
      return;
    }
    const std::vector<int64_t> strides = all<int64_t>(t, dn::kTensorStrides);
    char* data = pointers_.at(one<int64_t>(t, dn::kTensorId));
    std::size_t n = 0;
    for_each(values.sizes, [&](const std::vector<int64_t>& index) {
      store(data + offset(index, strides) * item_bytes(type), type, values.at[n++]);
    });
  }
  static int64_t item_bytes(int type) { return type == dn::kReal16 || type == dn::kRealBrain16 ? 2 : 4; }
  static int64_t offset(const std::vector<int64_t>& index, const std::vector<int64_t>& strides) {
    int64_t sum = 0;
    for (std::size_t d = 0; d < index.size(); ++d) sum += index[d] * strides[d];
    return sum;
  }

  void pointwise(const Object* o) {
    const Object* kind = part(o, dn::kPointwiseDescriptor);
    const int mode = one<int32_t>(kind, dn::kPointwiseMode);
    const Object* y = part(o, dn::kPointwiseY);
    Values x = read(part(o, dn::kPointwiseX));
    Values b = has(o, dn::kPointwiseB) ? read(part(o, dn::kPointwiseB)) : x;
    Values t = has(o, dn::kPointwiseT) ? read(part(o, dn::kPointwiseT)) : x;
    Values out(all<int64_t>(y, dn::kTensorDimensions));
    std::size_t n = 0;
    for_each(out.sizes, [&](const std::vector<int64_t>& index) {
      const double left = x.of(index, out.sizes);
      const double right = b.of(index, out.sizes);
      double& to = out.at[n++];
      switch (mode) {
        case dn::kAdd: to = left + right; break;
        case dn::kMultiply: to = left * right; break;
        case dn::kDivide: to = left / right; break;
        case dn::kSubtract: to = left - right; break;
        case dn::kExp: to = std::exp(left); break;
        case dn::kLog: to = std::log(left); break;
        case dn::kIndex:
          to = static_cast<double>(index[static_cast<std::size_t>(one<int64_t>(kind, dn::kPointwiseAxis))]);
          break;
        case dn::kGreaterEqual: to = left >= right; break;
        case dn::kSelect: to = t.of(index, out.sizes) != 0 ? left : right; break;
        default: to = std::numeric_limits<double>::quiet_NaN();
      }
    });
    write(y, out);
  }

  void matmul(const Object* o) {
    const Values a = read(part(o, dn::kMatmulA));
    const Values b = read(part(o, dn::kMatmulB));
    const Object* c = part(o, dn::kMatmulC);
    Values out(all<int64_t>(c, dn::kTensorDimensions));
    const auto rows = static_cast<std::size_t>(out.sizes[2]);
    const auto columns = static_cast<std::size_t>(out.sizes[3]);
    const auto depth = static_cast<std::size_t>(a.sizes[3]);
    for (int64_t batch = 0; batch < out.sizes[0]; ++batch)
      for (int64_t head = 0; head < out.sizes[1]; ++head) {
        const auto matrix = [&](const Values& of, std::size_t size) {
          const int64_t own = batch * of.sizes[1] + head / (out.sizes[1] / of.sizes[1]);
          return of.at.data() + static_cast<std::size_t>(own) * size;
        };
        const double* left = matrix(a, rows * depth);
        const double* right = matrix(b, depth * columns);
        double* to = out.at.data() + static_cast<std::size_t>(batch * out.sizes[1] + head) * rows * columns;
        for (std::size_t i = 0; i < rows; ++i)
          for (std::size_t k = 0; k < depth; ++k)
            for (std::size_t n = 0; n < columns; ++n)
              to[i * columns + n] += left[i * depth + k] * right[k * columns + n];
      }
    write(c, out);
  }

  void reduce(const Object* o) {
    const bool sums = one<int32_t>(part(o, dn::kReductionDescriptor), dn::kReductionMode) == dn::kSum;
    Values x = read(part(o, dn::kReductionX));
    const Object* y = part(o, dn::kReductionY);
    Values out(all<int64_t>(y, dn::kTensorDimensions));
    std::fill(out.at.begin(), out.at.end(), sums ? 0.0 : -std::numeric_limits<double>::infinity());
    std::size_t n = 0;
    for_each(x.sizes, [&](const std::vector<int64_t>& index) {
      double& to = out.of(index, x.sizes);
      to = sums ? to + x.at[n] : std::max(to, x.at[n]);
      ++n;
    });
    write(y, out);
  }

  // The last two dimensions exchanged is the one that attention has.
  void reshape(const Object* o) {
    Values x = read(part(o, dn::kReshapeX));
    const Object* y = part(o, dn::kReshapeY);
    Values out(all<int64_t>(y, dn::kTensorDimensions));
    std::size_t n = 0;
    for_each(out.sizes, [&](const std::vector<int64_t>& i) { out.at[n++] = x.of({i[0], i[1], i[3], i[2]}, x.sizes); });
    write(y, out);
  }

  void convolve(const Object* o) {
    const dn::Attribute first = o->type == dn::kConvolutionForward        ? dn::kForwardFirst
                                : o->type == dn::kConvolutionBackwardData ? dn::kDataFirst
                                                                          : dn::kFilterFirst;
    const Object* kind = part(o, first + dn::kOfConvolution);
    const Object* parts[] = {part(o, first + dn::kLarge), part(o, first + dn::kWeight), part(o, first + dn::kSmall)};
    const int written = o->type == dn::kConvolutionForward ? 2 : o->type == dn::kConvolutionBackwardData ? 0 : 1;
    std::vector<Values> values;
    for (int i = 0; i < 3; ++i)
      values.push_back(i == written ? Values(all<int64_t>(parts[i], dn::kTensorDimensions)) : read_factor(parts[i]));
    Values& large = values[0];
    Values& weight = values[1];
    Values& small = values[2];
    const auto strides = all<int64_t>(kind, dn::kConvolutionStrides);
    const auto paddings = all<int64_t>(kind, dn::kConvolutionPrePaddings);
    const auto dilations = all<int64_t>(kind, dn::kConvolutionDilations);
    const auto num = strides.size();
    // Of three dimensions, the first of which may be of one position.
    const auto three = [num](const std::vector<int64_t>& of, std::size_t first, int64_t missing) {
      std::vector<int64_t> out(3 - num, missing);
      out.insert(out.end(), of.begin() + static_cast<std::ptrdiff_t>(first), of.end());
      return out;
    };
    const auto l = three(large.sizes, 2, 1);
    const auto k = three(weight.sizes, 2, 1);
    const auto s = three(small.sizes, 2, 1);
    const auto step = three(strides, 0, 1);
    const auto pad = three(paddings, 0, 0);
    const auto reach = three(dilations, 0, 1);
    const int64_t rows = small.sizes[1] / (large.sizes[1] / weight.sizes[1]);  // small channels of a group
    const auto at = [](Values& of, int64_t outer, int64_t inner, const std::vector<int64_t>& size, int64_t x, int64_t y,
                       int64_t z) -> double& {
      return of
          .at[static_cast<std::size_t>((((outer * of.sizes[1] + inner) * size[0] + x) * size[1] + y) * size[2] + z)];
    };
    const auto visit = [&](int64_t n, int64_t m, int64_t c, int64_t x, int64_t y, int64_t z) {
      double& to = at(small, n, m, s, x, y, z);
      for (int64_t i = 0; i < k[0]; ++i)
        for (int64_t j = 0; j < k[1]; ++j)
          for (int64_t h = 0; h < k[2]; ++h) {
            const int64_t from[] = {x * step[0] + i * reach[0] - pad[0], y * step[1] + j * reach[1] - pad[1],
                                    z * step[2] + h * reach[2] - pad[2]};
            if (from[0] < 0 || from[0] >= l[0] || from[1] < 0 || from[1] >= l[1] || from[2] < 0 || from[2] >= l[2])
              continue;
            double& wide = at(large, n, m / rows * weight.sizes[1] + c, l, from[0], from[1], from[2]);
            double& tap = at(weight, m, c, k, i, j, h);
            if (written == 0) wide += tap * to;
            if (written == 1) tap += wide * to;
            if (written == 2) to += wide * tap;
          }
    };
    for (int64_t n = 0; n < small.sizes[0]; ++n)
      for (int64_t m = 0; m < small.sizes[1]; ++m)
        for (int64_t c = 0; c < weight.sizes[1]; ++c)
          for (int64_t x = 0; x < s[0]; ++x)
            for (int64_t y = 0; y < s[1]; ++y)
              for (int64_t z = 0; z < s[2]; ++z) visit(n, m, c, x, y, z);
    write(parts[written], values[static_cast<std::size_t>(written)]);
  }

  std::map<int64_t, char*> pointers_;
  std::map<const Object*, Values> between_;
  bool rounds_;
};

// Engines in the order in which they are offered.
enum Engine { kUnordered, kHungry, kUnsupported, kRounding, kFits, kNumEngines };

bool has_half_operands(const Object* graph) {
  for (const Object* operation : all<Object*>(graph, dn::kGraphOperations))
    for (const auto& [attribute, bytes] : operation->attributes) {
      if (type_of(attribute) != dn::kOfDescriptor) continue;
      const Object* t = part(operation, attribute);
      if (t->type == dn::kTensor && !has(t, dn::kTensorIsVirtual) && !has(t, dn::kTensorIsByValue) &&
          one<int32_t>(t, dn::kTensorDataType) != dn::kReal32)
        return true;
    }
  return false;
}

std::size_t get_version() { return 91900; }
const char* error_string(int status) {
  return status == kSublibraryMissing ? "CUDNN_STATUS_SUBLIBRARY_LOADING_FAILED" : "CUDNN_STATUS_BAD_PARAM";
}
int create(dn::Handle* handle) {
  if (behaviour == "broken") return kSublibraryMissing;
  *handle = reinterpret_cast<dn::Handle>(new char);
  return dn::kSuccess;
}
int set_stream(dn::Handle handle, void*) { return handle == nullptr ? kBadParam : dn::kSuccess; }

int create_descriptor(int type, dn::RawDescriptor* descriptor) {
  *descriptor = new Object{type, false, {}, 0};
  return dn::kSuccess;
}
int destroy_descriptor(dn::RawDescriptor descriptor) {
  delete object(descriptor);
  return dn::kSuccess;
}

int finalize(dn::RawDescriptor descriptor) {
  Object* o = object(descriptor);
  if (o->is_final) return kBadParam;
  for (const auto& [attribute, bytes] : o->attributes)
    if (type_of(attribute) == dn::kOfDescriptor)
      for (const Object* of : all<Object*>(o, attribute))
        if (!of->is_final && of->type != dn::kEngineConfig) return kBadParam;
  if (o->type == dn::kOperationGraph && behaviour == "refuses") return kRefused;
  if (o->type == dn::kExecutionPlan) {
    o->engine = part(o, dn::kPlanConfig)->engine;
    if (o->engine == kUnsupported) return kRefused;
  }
  o->is_final = true;
  return dn::kSuccess;
}

int set_attribute(dn::RawDescriptor descriptor, int attribute, int value_type, int64_t count, const void* values) {
  Object* o = object(descriptor);
  if (o->is_final || value_type != type_of(attribute) || count < 1) return kBadParam;
  const auto* bytes = static_cast<const char*>(values);
  o->attributes[attribute].assign(bytes, bytes + static_cast<std::size_t>(count) * size_of(value_type));
  return dn::kSuccess;
}

int get_attribute(dn::RawDescriptor descriptor, int attribute, int value_type, int64_t wanted, int64_t* count,
                  void* values) {
  Object* o = object(descriptor);
  if (value_type != type_of(attribute)) return kBadParam;
  if (attribute == dn::kHeuristicResults) {
    *count = kNumEngines;
    for (int64_t i = 0; i < std::min<int64_t>(wanted, kNumEngines); ++i) {
      Object* config = static_cast<Object**>(values)[i];
      config->engine = static_cast<int>(i);
      config->attributes[dn::kHeuristicGraph] = o->attributes.at(dn::kHeuristicGraph);
    }
  } else if (attribute == dn::kConfigEngine) {
    *count = 1;
    (*static_cast<Object**>(values))->engine = o->engine;
  } else if (attribute == dn::kEngineNumericalNotes) {
    auto* notes = static_cast<int32_t*>(values);
    *count = 0;
    if (o->engine == kUnordered) notes[(*count)++] = dn::kNonDeterministic;
    if (o->engine == kRounding) notes[(*count)++] = dn::kTensorCore;
  } else if (attribute == dn::kPlanWorkspaceBytes) {
    *count = 1;
    *static_cast<int64_t*>(values) = o->engine == kHungry ? int64_t{1} << 40 : kWorkspaceBytes;
  } else {
    return kBadParam;
  }
  return dn::kSuccess;
}

int execute(dn::Handle handle, dn::RawDescriptor plan, dn::RawDescriptor variant_pack) {
  const Object* p = object(plan);
  const Object* pack = object(variant_pack);
  if (handle == nullptr || !p->is_final || !pack->is_final) return kBadParam;
  if (p->engine != kFits && p->engine != kRounding) return kBadParam;
  auto* workspace = one<char*>(pack, dn::kPackWorkspace);
  if (workspace == nullptr) return kBadParam;
  std::memset(workspace, 0xff, kWorkspaceBytes);
  const auto ids = all<int64_t>(pack, dn::kPackIds);
  const auto pointers = all<char*>(pack, dn::kPackPointers);
  std::map<int64_t, char*> by_id;
  for (std::size_t i = 0; i < ids.size(); ++i) by_id[ids[i]] = pointers[i];
  const Object* graph = part(part(p, dn::kPlanConfig), dn::kHeuristicGraph);
  Run run(std::move(by_id), p->engine == kRounding && !has_half_operands(graph));
  if (!run.has_all(graph)) return kBadParam;
  for (const Object* operation : all<Object*>(graph, dn::kGraphOperations)) run.compute(operation);
  return dn::kSuccess;
}

}  // namespace

void set_dnn_behaviour(const std::string& word) { behaviour = word; }

void* dnn_function(const std::string& name) {
  static const std::map<std::string, void*> functions{
      {"cudnnGetVersion", reinterpret_cast<void*>(get_version)},
      {"cudnnGetErrorString", reinterpret_cast<void*>(error_string)},
      {"cudnnCreate", reinterpret_cast<void*>(create)},
      {"cudnnSetStream", reinterpret_cast<void*>(set_stream)},
      {"cudnnBackendCreateDescriptor", reinterpret_cast<void*>(create_descriptor)},
      {"cudnnBackendDestroyDescriptor", reinterpret_cast<void*>(destroy_descriptor)},
      {"cudnnBackendFinalize", reinterpret_cast<void*>(finalize)},
      {"cudnnBackendSetAttribute", reinterpret_cast<void*>(set_attribute)},
      {"cudnnBackendGetAttribute", reinterpret_cast<void*>(get_attribute)},
      {"cudnnBackendExecute", reinterpret_cast<void*>(execute)},
  };
  const auto found = functions.find(name);
  return found == functions.end() ? nullptr : found->second;
}

}  // namespace vt::cuda::emulated
