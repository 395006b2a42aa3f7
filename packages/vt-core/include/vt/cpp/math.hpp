// SPDX-License-Identifier: Apache-2.0
// Elementary functions for float and double with one result everywhere: on each CPU instruction set and on CUDA devices.
#pragma once

#include <vt/cpp/math/error_function.hpp>
#include <vt/cpp/math/exponential.hpp>
#include <vt/cpp/math/hyperbolic.hpp>
#include <vt/cpp/math/power.hpp>
#include <vt/cpp/math/trigonometric.hpp>

// Note [Bits of a function]
// Only multiplication, addition, subtraction, division and integer operations, each rounded once, and no fused
// multiply-add: built without contraction (-ffp-contract=off, nvcc --fmad=false) a function gives the same bits everywhere,
// which no libm promises. There are no branches, calls or tables, so that a plain loop over a function vectorises; what is
// selected by a condition is computed either way. Polynomials are minimax fits; the name of each states its interval.
// Functions are always inlined (see Note [Always inline] in vt/cpp/iter/float_formats.hpp). NaN gives NaN throughout.
