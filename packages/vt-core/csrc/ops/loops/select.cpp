// SPDX-License-Identifier: Apache-2.0
// Chooses the loops for the machine at hand.
#include <vt/cpp/error.hpp>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "ops/loops/table.hpp"

namespace vt::core {

namespace loops_v2 {
void fill_tables();
}
namespace loops_v3 {
void fill_tables();
}
namespace loops_v4 {
void fill_tables();
}
namespace loops_v4_bf16 {
void fill_bfloat();
}

namespace {

// The level of x86-64 the processor has: 2, 3 or 4.
int machine_level() noexcept {
  __builtin_cpu_init();
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
  return v4 ? 4 : v3 ? 3 : 2;
}

// The level that VT_CPU_ISA asks for, if any. A value that is malformed or beyond the machine is reported and ignored, as the
// other settings do: it must not keep the library from loading.
std::optional<int> wanted_level(int level) {
  check(tables().object->declare_setting("VT_CPU_ISA",
                                         "Instruction set of the CPU loops: v2, v3 or v4 (x86-64 levels, nothing "
                                         "beyond); all that the machine has when unset."));
  const char* text = std::getenv("VT_CPU_ISA");
  if (!text || !*text) return std::nullopt;
  const std::string_view wanted(text);
  if (wanted.size() == 2 && wanted[0] == 'v' && wanted[1] >= '2' && wanted[1] <= '0' + level) return wanted[1] - '0';
  std::fprintf(stderr, "vt-core: VT_CPU_ISA: got '%s', expected v2 to v%d on this processor; using v%d\n", text, level,
               level);
  return std::nullopt;
}

}  // namespace

void choose_loops() {
  const int level = machine_level();
  const std::optional<int> wanted = wanted_level(level);
  switch (wanted.value_or(level)) {
    case 4: loops_v4::fill_tables(); break;
    case 3: loops_v3::fill_tables(); break;
    default: loops_v2::fill_tables();
  }
  // A level that is asked for is that level alone.
  if (!wanted && level == 4 && __builtin_cpu_supports("avx512bf16")) loops_v4_bf16::fill_bfloat();
}

}  // namespace vt::core
