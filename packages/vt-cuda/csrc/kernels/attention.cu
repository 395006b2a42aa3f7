// SPDX-License-Identifier: Apache-2.0
// Kernels of the attention family.
#include "elements.cuh"
