// SPDX-License-Identifier: Apache-2.0
// Kernels of the triangle family.
#include "elements.cuh"
