// SPDX-License-Identifier: Apache-2.0
// The loaded stack, and short ways to build graphs in tests.
#pragma once

#include <gtest/gtest.h>
#include <vt/abi/simulated.h>
#include <vt/cpp/dtype.hpp>
#include <vt/cpp/op.hpp>

#include <initializer_list>
#include <string>
#include <vector>

#include "test_ops.hpp"

namespace vt::autograd::test {

const VtAutogradApi& api();
const TestOpsApi& test_ops();
const VtSimulatedApi& simulated();

inline constexpr DLDevice kHost{kDLCPU, 0};
inline constexpr DLDevice kSimulated{static_cast<DLDeviceType>(VT_DEVICE_TYPE_SIMULATED), 0};

// The thread's error, taken.
std::string take_error();

Tensor tensor(std::initializer_list<float> values, DLDevice device = kHost);
Tensor leaf(std::initializer_list<float> values, DLDevice device = kHost);
std::vector<float> values_of(const Tensor& t);
Tensor grad_of(const Tensor& t);

Tensor add(const Tensor& a, const Tensor& b);
Tensor mul(const Tensor& a, const Tensor& b);
Tensor scaled(const Tensor& a, double factor);

// Backward with a gradient of ones; returns the status.
int backward(const Tensor& root, uint32_t flags = 0);

// Bytes and tensors that are alive, to compare before and after.
uint64_t live_bytes();

}  // namespace vt::autograd::test
