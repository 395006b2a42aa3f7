// SPDX-License-Identifier: Apache-2.0
// Kernels of the activation family.
#include "elements.cuh"
