// SPDX-License-Identifier: Apache-2.0
// Saved-tensor hooks, observers, hooks and objects of nodes, and backward between edges, through the C table.
#include "environment.hpp"

namespace vt::autograd::test {
namespace {

struct Counts {
  int packed = 0;
  int unpacked = 0;
  int live = 0;  // packed objects
  int references = 0;
};

struct Packed {
  Counts* counts;
  VtTensor* tensor;
};

void retain_counts(void* context) { ++static_cast<Counts*>(context)->references; }
void release_counts(void* context) { --static_cast<Counts*>(context)->references; }

int pack(void* context, VtTensor* tensor, void** packed) {
  auto* counts = static_cast<Counts*>(context);
  ++counts->packed;
  ++counts->live;
  VtTensor* alias = nullptr;
  if (tables().tensor->alias(tensor, 1, &alias) != 0) return -1;
  *packed = new Packed{counts, alias};
  return 0;
}

// Ten times what was packed.
int unpack(void* context, void* packed, VtTensor** tensor) {
  return guard([&] {
    ++static_cast<Counts*>(context)->unpacked;
    *tensor = scaled(Tensor::share(static_cast<Packed*>(packed)->tensor), 10.0).release();
  });
}

void release_packed(void* object) {
  auto* packed = static_cast<Packed*>(object);
  --packed->counts->live;
  tables().tensor->release(packed->tensor);
  delete packed;
}

VtSavedHooks hooks_of(Counts* counts) {
  counts->references = 1;
  return {sizeof(VtSavedHooks), 0, counts, retain_counts, release_counts, pack, unpack, release_packed, nullptr};
}

TEST(SavedHooks, ReplaceWhatNodesSaveAndGoWithThem) {
  Counts counts;
  const VtSavedHooks hooks = hooks_of(&counts);
  const Tensor a = leaf({2.0f}), b = leaf({3.0f});
  {
    ASSERT_EQ(api().push_saved_hooks(&hooks), 0);
    const Tensor y = mul(a, b);
    ASSERT_EQ(api().pop_saved_hooks(), 0);
    EXPECT_EQ(counts.packed, 2);
    EXPECT_EQ(counts.live, 2);
    ASSERT_EQ(backward(y), 0) << take_error();
  }
  EXPECT_EQ(values_of(grad_of(a)), std::vector<float>{30.0f});
  EXPECT_EQ(values_of(grad_of(b)), std::vector<float>{20.0f});
  EXPECT_EQ(counts.unpacked, 2);
  EXPECT_EQ(counts.live, 0);
  EXPECT_EQ(counts.references, 0);
}

TEST(SavedHooks, RefusedAndUnbalancedCallsChangeNothing) {
  Counts counts;
  const VtSavedHooks hooks = hooks_of(&counts);
  EXPECT_NE(api().pop_saved_hooks(), 0);
  take_error();
  ASSERT_EQ(api().disable_saved_hooks("not now"), 0);
  EXPECT_NE(api().push_saved_hooks(&hooks), 0);
  EXPECT_EQ(take_error(), "not now");
  EXPECT_STREQ(api().saved_hooks_disabled(), "not now");
  ASSERT_EQ(api().disable_saved_hooks(nullptr), 0);
  EXPECT_EQ(api().saved_hooks_disabled(), nullptr);
  EXPECT_EQ(counts.references, 1);  // the caller's, since nothing was taken over
}

struct Seen {
  int recorded = 0;
  int ran = 0;
  int failed = 0;
  int released = 0;
};

TEST(Observers, SeeNodesUntilTheyAreRemoved) {
  Seen seen;
  VtGraphObserver observer{};
  observer.struct_size = sizeof observer;
  observer.context = &seen;
  observer.release = [](void* context) { ++static_cast<Seen*>(context)->released; };
  observer.recorded = [](void* context, VtNode*) { return ++static_cast<Seen*>(context)->recorded, 0; };
  observer.ran = [](void* context, VtNode*, VtTensor* const*, int32_t, uint64_t) {
    return ++static_cast<Seen*>(context)->ran, 0;
  };
  uint64_t handle = 0;
  ASSERT_EQ(api().add_observer(&observer, &handle), 0);
  const Tensor x = leaf({1.0f});
  ASSERT_EQ(backward(scaled(scaled(x, 2.0), 3.0)), 0);
  ASSERT_EQ(api().remove_observer(handle), 0);
  ASSERT_EQ(backward(scaled(x, 2.0)), 0);
  EXPECT_EQ(seen.recorded, 2);
  EXPECT_EQ(seen.ran, 2);
  EXPECT_EQ(seen.released, 1);
}

int times_ten(void*, VtTensor** grads, int32_t num_grads, VtTensor* const*, int32_t) {
  return guard([&] {
    for (int32_t i = 0; i < num_grads; ++i) {
      if (!grads[i]) continue;
      const Tensor before = Tensor::steal(grads[i]);
      grads[i] = nullptr;
      grads[i] = scaled(before, 10.0).release();
    }
  });
}

TEST(NodeHooks, RunBeforeAndAfterTheirNode) {
  const Tensor x = leaf({1.0f});
  const Tensor y = scaled(x, 2.0);
  uint32_t output_nr = 0;
  VtNode* node = api().gradient_node(y.get(), &output_nr);
  uint64_t before = 0, after = 0;
  VtNodeHookDef def{sizeof(VtNodeHookDef), VT_NODE_HOOK_BEFORE, times_ten, nullptr, nullptr, nullptr};
  ASSERT_EQ(api().add_node_hook(node, &def, &before), 0);
  def.kind = VT_NODE_HOOK_AFTER;
  ASSERT_EQ(api().add_node_hook(node, &def, &after), 0);
  ASSERT_EQ(backward(y, VT_BACKWARD_RETAIN_GRAPH), 0) << take_error();
  EXPECT_EQ(values_of(grad_of(x)), std::vector<float>{200.0f});
  ASSERT_EQ(api().remove_node_hook(before), 0);
  ASSERT_EQ(api().set_grad(x.get(), nullptr), 0);
  ASSERT_EQ(backward(y, VT_BACKWARD_RETAIN_GRAPH), 0);
  EXPECT_EQ(values_of(grad_of(x)), std::vector<float>{20.0f});
  def.kind = VT_NODE_HOOK_ACCUMULATED;
  EXPECT_NE(api().add_node_hook(node, &def, &before), 0);
  EXPECT_NE(take_error().find("non-leaf"), std::string::npos);
  api().release_node(node);
}

TEST(NodeHooks, HandleOfADeadNodeDoesNothing) {
  uint64_t handle = 0;
  {
    const Tensor y = scaled(leaf({1.0f}), 2.0);
    uint32_t output_nr = 0;
    VtNode* node = api().gradient_node(y.get(), &output_nr);
    const VtNodeHookDef def{sizeof(VtNodeHookDef), VT_NODE_HOOK_AFTER, times_ten, nullptr, nullptr, nullptr};
    ASSERT_EQ(api().add_node_hook(node, &def, &handle), 0);
    api().release_node(node);
  }
  EXPECT_EQ(api().remove_node_hook(handle), 0);
}

TEST(NodeObject, TheFirstStaysAndIsReleasedWithTheNode) {
  int first = 0, second = 0;
  {
    const Tensor y = scaled(leaf({1.0f}), 2.0);
    uint32_t output_nr = 0;
    VtNode* node = api().gradient_node(y.get(), &output_nr);
    auto release = [](void* object) { ++*static_cast<int*>(object); };
    void* object = nullptr;
    ASSERT_EQ(api().node_object(node, &object, nullptr, nullptr), 0);
    EXPECT_EQ(object, nullptr);
    object = &first;
    ASSERT_EQ(api().node_object(node, &object, release, nullptr), 0);
    object = &second;
    ASSERT_EQ(api().node_object(node, &object, release, nullptr), 0);
    EXPECT_EQ(object, &first);
    api().release_node(node);
  }
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 0);
}

TEST(Edges, StandForTensors) {
  const Tensor x = leaf({2.0f});
  const Tensor h = scaled(x, 3.0);
  const Tensor y = mul(h, h);
  VtGradientEdge root{y.get(), nullptr, 0, 0};
  VtGradientEdge inputs[2] = {{nullptr, nullptr, 0, 0}, {x.get(), nullptr, 0, 0}};
  inputs[0].node = api().gradient_node(h.get(), &inputs[0].output_nr);
  VtTensor* grads[2] = {};
  VtBackwardRequest request{sizeof(VtBackwardRequest), VT_BACKWARD_RETAIN_GRAPH, &root, nullptr, 1, inputs, 2, grads};
  ASSERT_EQ(api().run_backward(&request), 0) << take_error();
  EXPECT_EQ(values_of(Tensor::steal(grads[0])), std::vector<float>{12.0f});
  EXPECT_EQ(values_of(Tensor::steal(grads[1])), std::vector<float>{36.0f});
  inputs[0].output_nr = 7;
  EXPECT_NE(api().run_backward(&request), 0);
  EXPECT_NE(take_error().find("result number 7"), std::string::npos);
  api().release_node(inputs[0].node);
}

TEST(Inference, MarksWhatIsMade) {
  const Tensor x = leaf({1.0f});
  EXPECT_EQ(api().set_inference_mode(1), 0);
  const Tensor y = scaled(x, 2.0);
  EXPECT_EQ(api().set_inference_mode(0), 1);
  EXPECT_TRUE(y->flags & VT_TENSOR_INFERENCE);
  EXPECT_FALSE(api().requires_grad(y.get()));
  EXPECT_FALSE(scaled(y, 1.0)->flags & VT_TENSOR_INFERENCE);
}

}  // namespace
}  // namespace vt::autograd::test
