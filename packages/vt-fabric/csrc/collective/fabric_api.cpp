// SPDX-License-Identifier: Apache-2.0
// The vt.fabric table over local groups.
#include "collective/fabric_api.hpp"

#include <vt/cpp/error.hpp>

#include <cmath>

#include "collective/local_group.hpp"

namespace vt::fabric {

namespace {

int create_local(int32_t world, double timeout_s, VtGroup** out) {
  return guard([&] {
    if (world < 1 || world > kMaxRanks)
      fail(VT_ERROR_VALUE, "create_local: got a world of " + std::to_string(world) + " ranks, expected 1 to " +
                               std::to_string(kMaxRanks));
    if (!(timeout_s > 0) || !std::isfinite(timeout_s) || timeout_s > 1e6)
      fail(VT_ERROR_VALUE, "create_local: the timeout must be a positive number of seconds up to 1e6");
    const auto meeting = std::make_shared<Meeting>(world, timeout_s);
    std::vector<std::unique_ptr<VtGroup>> groups;
    for (int32_t rank = 0; rank < world; ++rank) groups.push_back(std::make_unique<VtGroup>(meeting, rank));
    for (int32_t rank = 0; rank < world; ++rank) out[rank] = groups[static_cast<size_t>(rank)].release();
  });
}

}  // namespace

const VtFabricApi* fabric_api() {
  static const VtFabricApi table = {
      .header = {sizeof(VtFabricApi), VT_FABRIC_API_MAJOR, VT_FABRIC_API_MINOR, 0, nullptr},
      .create_local = create_local,
      .release = [](VtGroup* group) { delete group; },
      .rank = [](const VtGroup* group) { return group->rank(); },
      .world = [](const VtGroup* group) { return group->world(); },
      .all_reduce = [](VtGroup* group, VtTensor* tensor,
                       int32_t op) { return guard([&] { group->all_reduce(tensor, op); }); },
      .broadcast = [](VtGroup* group, VtTensor* tensor,
                      int32_t root) { return guard([&] { group->broadcast(tensor, root); }); },
      .all_gather = [](VtGroup* group, VtTensor* tensor,
                       VtTensor* out) { return guard([&] { group->all_gather(tensor, out); }); },
      .barrier = [](VtGroup* group) { return guard([&] { group->barrier(); }); },
      .abort = [](VtGroup* group, const char* reason) { group->abort(reason ? reason : "no reason given"); },
  };
  return &table;
}

}  // namespace vt::fabric
