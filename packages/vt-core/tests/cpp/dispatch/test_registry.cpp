// SPDX-License-Identifier: Apache-2.0
// Registration: transactions, overloads, overriding rows and withdrawal.
#include <gtest/gtest.h>
#include <vt/cpp/registration.hpp>
#include <vt/cpp/value.hpp>

#include "../error_text.hpp"
#include "abi/tables.hpp"
#include "dispatch/call.hpp"
#include "dispatch/registry.hpp"

namespace vt::core {
namespace {

int return_number(void* context, const VtValue*, int32_t, VtValue* result) {
  *result = value_of(static_cast<int64_t>(reinterpret_cast<intptr_t>(context)));
  return 0;
}

std::unique_ptr<VtPlugin> make_plugin(const char* name) {
  test::start();
  auto plugin = std::make_unique<VtPlugin>();
  plugin->name = name;
  plugin->version = "1";
  plugin->path = std::string("/test/") + name;
  return plugin;
}

void add_kernel(VtPlugin* plugin, const char* op, intptr_t number, int32_t device_type = kDLCPU) {
  const VtKernelDef row{sizeof(VtKernelDef),
                        0,
                        op,
                        VT_LAYER_DEVICE,
                        device_type,
                        return_number,
                        nullptr,
                        0,
                        reinterpret_cast<void*>(number)};
  check(dispatch_api()->register_kernels(plugin, &row, 1));
}

int64_t call_number(const char* name) {
  VtValue result = none();
  check(call(Registry::instance().find_op(name), nullptr, 0, &result));
  return result.as.i;
}

TEST(Registry, NothingIsVisibleBeforeCommit) {
  auto plugin = make_plugin("staged");
  const OpRow rows[] = {{"staged_op() -> int", 0}};
  define_ops(plugin.get(), rows);
  add_kernel(plugin.get(), "staged_op", 3);
  EXPECT_EQ(Registry::instance().find_op("staged_op"), nullptr);
  Registry::instance().commit(std::move(plugin));
  EXPECT_EQ(call_number("staged_op"), 3);
}

TEST(Registry, DroppedTransactionLeavesNothing) {
  {
    auto plugin = make_plugin("dropped");
    const OpRow rows[] = {{"dropped_op() -> int", 0}};
    define_ops(plugin.get(), rows);
    add_kernel(plugin.get(), "add", 9);
  }
  EXPECT_EQ(Registry::instance().find_op("dropped_op"), nullptr);
}

TEST(Registry, LaterKernelOverridesAndWithdrawalRestores) {
  auto base = make_plugin("base");
  const OpRow rows[] = {{"overridden() -> int", 0}};
  define_ops(base.get(), rows);
  add_kernel(base.get(), "overridden", 1);
  Registry::instance().commit(std::move(base));
  auto better = make_plugin("better");
  add_kernel(better.get(), "overridden", 2);
  VtPlugin* kept = Registry::instance().commit(std::move(better));
  EXPECT_EQ(call_number("overridden"), 2);
  Registry::instance().withdraw(kept);
  EXPECT_EQ(call_number("overridden"), 1);
  EXPECT_EQ(Registry::instance().find_plugin("better"), nullptr);
}

TEST(Registry, WithdrawnOpIsGoneAndOldHandlesFailCleanly) {
  auto plugin = make_plugin("leaving");
  const OpRow rows[] = {{"leaving_op() -> int", 0}};
  define_ops(plugin.get(), rows);
  add_kernel(plugin.get(), "leaving_op", 5);
  VtPlugin* kept = Registry::instance().commit(std::move(plugin));
  const VtOp* op = Registry::instance().find_op("leaving_op");
  Registry::instance().withdraw(kept);
  EXPECT_EQ(Registry::instance().find_op("leaving_op"), nullptr);
  VtValue result = none();
  EXPECT_NE(call(op, nullptr, 0, &result), 0);
  EXPECT_NE(test::take_error().message.find("was unloaded"), std::string::npos);
}

TEST(Registry, OverloadsAreFoundInDeclaredOrder) {
  auto plugin = make_plugin("overloads");
  const OpRow rows[] = {{"many(int a) -> int", 0}, {"many.two(int a, int b) -> int", 0}, {"many.three() -> int", 0}};
  define_ops(plugin.get(), rows);
  Registry::instance().commit(std::move(plugin));
  const VtOp* first = Registry::instance().find_op("many");
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->schema.qualified_name(), "many");
  ASSERT_NE(first->next_overload.load(), nullptr);
  EXPECT_EQ(first->next_overload.load()->schema.qualified_name(), "many.two");
  EXPECT_EQ(Registry::instance().find_op("many.three"), first->next_overload.load()->next_overload.load());
}

TEST(Registry, AliasIsItsTargetUnderAnotherName) {
  Registry& registry = Registry::instance();
  auto plugin = make_plugin("named_twice");
  const OpRow rows[] = {{"named(int dim0=3) -> int", VT_OP_METHOD | VT_OP_FUNCTION, "What it does."},
                        {"named.two(int a, int b) -> int", VT_OP_FUNCTION}};
  define_ops(plugin.get(), rows);
  constexpr RenamedArgument kRenamed[] = {{"dim0", "axis0"}};
  registry.define_alias(plugin.get(), "nickname", "named", VT_OP_FUNCTION, kRenamed);
  add_kernel(plugin.get(), "named", 1);
  registry.commit(std::move(plugin));
  const VtOp* alias = registry.find_op("nickname");
  ASSERT_NE(alias, nullptr);
  EXPECT_STREQ(alias->schema.view().text, "nickname(int axis0=3) -> int");
  EXPECT_STREQ(alias->schema.view().doc, "Another name of `named`.");
  EXPECT_EQ(alias->schema.view().flags, uint32_t{VT_OP_FUNCTION | VT_OP_ALIAS});
  EXPECT_EQ(alias->next_overload.load(), registry.find_op("nickname.two"));
  EXPECT_EQ(call_number("nickname"), 1);
}

TEST(Registry, RowsOfAnAliasAndOfItsTargetAreTheSame) {
  Registry& registry = Registry::instance();
  auto plugin = make_plugin("two_names");
  const OpRow rows[] = {{"first_name() -> int", 0}};
  define_ops(plugin.get(), rows);
  registry.define_alias(plugin.get(), "second_name", "first_name", 0, {});
  add_kernel(plugin.get(), "first_name", 1);
  VtPlugin* names = registry.commit(std::move(plugin));
  auto later = make_plugin("later_row");
  add_kernel(later.get(), "second_name", 2);
  VtPlugin* row = registry.commit(std::move(later));
  EXPECT_EQ(call_number("first_name"), 2);
  EXPECT_EQ(call_number("second_name"), 2);
  registry.withdraw(row);
  EXPECT_EQ(call_number("second_name"), 1);
  const VtOp* alias = registry.find_op("second_name");
  registry.withdraw(names);
  EXPECT_EQ(registry.find_op("second_name"), nullptr);
  VtValue result = none();
  EXPECT_NE(call(alias, nullptr, 0, &result), 0);
  EXPECT_NE(test::take_error().message.find("was unloaded"), std::string::npos);
}

TEST(Registry, AliasOutlivesNeitherItselfNorItsTarget) {
  Registry& registry = Registry::instance();
  auto plugin = make_plugin("target_owner");
  const OpRow rows[] = {{"owned_name() -> int", 0}};
  define_ops(plugin.get(), rows);
  add_kernel(plugin.get(), "owned_name", 1);
  VtPlugin* owner = registry.commit(std::move(plugin));
  auto other = make_plugin("alias_owner");
  registry.define_alias(other.get(), "borrowed_name", "owned_name", 0, {});
  VtPlugin* borrower = registry.commit(std::move(other));
  const VtOp* alias = registry.find_op("borrowed_name");
  EXPECT_EQ(call_number("borrowed_name"), 1);
  registry.withdraw(borrower);
  VtValue result = none();
  EXPECT_NE(call(alias, nullptr, 0, &result), 0);
  EXPECT_NE(test::take_error().message.find("was unloaded"), std::string::npos);
  EXPECT_EQ(call_number("owned_name"), 1);
  registry.withdraw(owner);
  EXPECT_NE(call(alias, nullptr, 0, &result), 0);
  EXPECT_NE(test::take_error().message.find("was unloaded"), std::string::npos);
}

TEST(Registry, RefusesAliasesOfNothingAndTakenNames) {
  auto plugin = make_plugin("bad_alias");
  EXPECT_THROW(Registry::instance().define_alias(plugin.get(), "some_name", "no_such_op", 0, {}), Error);
  EXPECT_THROW(Registry::instance().define_alias(plugin.get(), "mul", "add", 0, {}), Error);
  EXPECT_TRUE(plugin->ops.empty());
}

TEST(Registry, RefusesBadRows) {
  auto plugin = make_plugin("bad_rows");
  const VtKernelDef unknown{
      sizeof(VtKernelDef), 0, "no_such_op", VT_LAYER_DEVICE, kDLCPU, return_number, nullptr, 0, nullptr};
  EXPECT_THROW(Registry::instance().add_kernels(plugin.get(), &unknown, 1), Error);
  const VtKernelDef no_function{sizeof(VtKernelDef), 0, "add", VT_LAYER_DEVICE, kDLCPU, nullptr, nullptr, 0, nullptr};
  EXPECT_THROW(Registry::instance().add_kernels(plugin.get(), &no_function, 1), Error);
  const VtKernelDef bad_layer{sizeof(VtKernelDef), 0, "add", 77, kDLCPU, return_number, nullptr, 0, nullptr};
  EXPECT_THROW(Registry::instance().add_kernels(plugin.get(), &bad_layer, 1), Error);
  const VtOpDef twice{sizeof(VtOpDef), 0, "add(Tensor self) -> Tensor", nullptr};
  EXPECT_THROW(Registry::instance().define_op(plugin.get(), twice), Error);
  EXPECT_TRUE(plugin->kernels.empty());
  EXPECT_TRUE(plugin->ops.empty());
}

TEST(Registry, InterfaceMismatchNamesBothVersionsAndTheWheel) {
  test::start();
  const void* table = nullptr;
  EXPECT_NE(vt_get_interface("vt.core.tensor", 9, 0, &table), 0);
  const test::TakenError error = test::take_error();
  EXPECT_EQ(error.kind, VT_ERROR_IMPORT);
  EXPECT_NE(error.message.find("9.0"), std::string::npos);
  EXPECT_NE(error.message.find("1.0"), std::string::npos);
  EXPECT_NE(error.message.find("vt-core"), std::string::npos);
  EXPECT_NE(vt_get_interface("vt.fabric", 1, 0, &table), 0);
  EXPECT_NE(test::take_error().message.find("vt-fabric"), std::string::npos);
}

}  // namespace
}  // namespace vt::core
