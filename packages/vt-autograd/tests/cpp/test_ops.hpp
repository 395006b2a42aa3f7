// SPDX-License-Identifier: Apache-2.0
// What the test plugin offers to the tests: ops that misbehave on request.
#pragma once

#include <vt/abi/base.h>

// Published as "vt.autograd.test": failures to come.
struct TestOpsApi {
  VtTableHeader header;
  void (*fail_forward)(int32_t fail);
  void (*fail_backward)(int32_t fail);
};
