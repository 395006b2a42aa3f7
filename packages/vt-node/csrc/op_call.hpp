// SPDX-License-Identifier: Apache-2.0
// Calling any operator of the registry from JavaScript.
#pragma once

#include "napi.hpp"

namespace vt::node {

// findOperator(name) -> number of the call plan, or -1.
napi_value find_operator(napi_env env, napi_callback_info info);
// callOperator(number, args, options, grad, ticket) -> promise of the result.
napi_value call_operator(napi_env env, napi_callback_info info);

}  // namespace vt::node
