// SPDX-License-Identifier: Apache-2.0
// Kernels of the optim family.
#include "elements.cuh"
