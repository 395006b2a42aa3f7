// SPDX-License-Identifier: Apache-2.0
// Kernels of the softmax family.
#include "elements.cuh"
