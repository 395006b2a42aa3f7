// SPDX-License-Identifier: Apache-2.0
// The schema parser: what it reads and what it refuses.
#include <gtest/gtest.h>
#include <vt/cpp/error.hpp>
#include <vt/cpp/value.hpp>

#include "dispatch/schema.hpp"

namespace vt::core {
namespace {

TEST(Schema, ReadsNamesKindsAndDefaults) {
  const Schema schema("add.wide(Tensor self, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor", "", VT_OP_METHOD);
  const VtSchema& view = schema.view();
  EXPECT_STREQ(view.name, "add");
  EXPECT_STREQ(view.overload, "wide");
  EXPECT_EQ(schema.qualified_name(), "add.wide");
  ASSERT_EQ(view.num_args, 3);
  EXPECT_EQ(view.args[0].kinds, uint32_t{VT_KIND_TENSOR});
  EXPECT_EQ(view.args[1].kinds, uint32_t{VT_KIND_TENSOR | VT_KIND_SCALAR});
  EXPECT_EQ(view.args[2].flags, uint32_t{VT_ARG_KEYWORD_ONLY | VT_ARG_HAS_DEFAULT});
  EXPECT_EQ(view.args[2].default_value.tag, VT_INT);
  EXPECT_EQ(view.args[2].default_value.as.i, 1);
  EXPECT_EQ(view.num_returns, 1);
  EXPECT_EQ(view.flags, uint32_t{VT_OP_METHOD});
}

TEST(Schema, ReadsOptionalListsAndStrings) {
  const Schema schema(
      "f(Tensor?[] xs, int[]? dim=None, int[2] pad=[0, -3], float p=0.5, str mode='zeros', bool b=True) -> (Tensor out, int n)",
      "", 0);
  const VtSchema& view = schema.view();
  EXPECT_EQ(view.args[0].kinds, uint32_t{VT_KIND_TENSOR_LIST});
  EXPECT_TRUE(view.args[0].flags & VT_ARG_OPTIONAL_ITEMS);
  EXPECT_FALSE(view.args[0].flags & VT_ARG_OPTIONAL);
  EXPECT_TRUE(view.args[1].flags & VT_ARG_OPTIONAL);
  EXPECT_EQ(view.args[1].default_value.tag, VT_NONE);
  ASSERT_EQ(view.args[2].default_value.count, 2u);
  EXPECT_EQ(view.args[2].default_value.as.ints[1], -3);
  EXPECT_EQ(view.args[3].default_value.as.f, 0.5);
  EXPECT_STREQ(view.args[4].default_value.as.string, "zeros");
  EXPECT_EQ(view.args[5].default_value.tag, VT_BOOL);
  ASSERT_EQ(view.num_returns, 2);
  EXPECT_STREQ(view.returns[0].name, "out");
}

TEST(Schema, MarksViewsAndWrites) {
  const Schema view("view(Tensor(a) self, int[] size) -> Tensor(a)", "", 0);
  EXPECT_TRUE(view.view().flags & VT_OP_VIEW);
  const Schema step("step_(Tensor(a!) self) -> ()", "", 0);
  EXPECT_FALSE(step.view().flags & VT_OP_VIEW);
  EXPECT_TRUE(step.view().args[0].flags & VT_ARG_MUTATED);
  EXPECT_EQ(step.view().num_returns, 0);
}

class BadSchema : public testing::TestWithParam<const char*> {};

TEST_P(BadSchema, IsRefusedWithItsText) {
  try {
    const Schema schema(GetParam(), "", 0);
    FAIL() << "accepted " << GetParam();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), VT_ERROR_VALUE);
    EXPECT_NE(std::string(error.what()).find("schema:"), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(All, BadSchema,
                         testing::Values("", "add", "add(", "add()", "add() ->", "add() - Tensor", "1add() -> Tensor",
                                         "add.() -> Tensor", "add(Tensr self) -> Tensor", "add(Tensor) -> Tensor",
                                         "add(Tensor a, Tensor a) -> Tensor", "add(Tensor a=None) -> Tensor",
                                         "add(int a=x) -> Tensor", "add(int a=1.5) -> Tensor",
                                         "add(int a=1, int b) -> Tensor", "add(*, *, int a) -> Tensor",
                                         "add(Scalar[] a) -> Tensor", "add(int[ a) -> Tensor",
                                         "add(str s='x) -> Tensor", "add(Tensor(a self) -> Tensor",
                                         "add(Tensor self) -> Tensor out extra", "add(Tensor self,) -> Tensor",
                                         "add(int[] a=[1, ]) -> Tensor"));

TEST(Schema, RefusesTooManyArguments) {
  std::string text = "f(";
  for (int i = 0; i < 65; ++i) text += (i ? ", int a" : "int a") + std::to_string(i);
  EXPECT_THROW(Schema(text + ") -> Tensor", "", 0), Error);
}

}  // namespace
}  // namespace vt::core
