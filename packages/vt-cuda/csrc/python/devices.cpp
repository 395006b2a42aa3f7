// SPDX-License-Identifier: Apache-2.0
// What vt_cuda.devices is told of devices.
#include "python.hpp"

namespace vt::cuda::python {

PyObject* properties(PyObject*, PyObject* args) {
  int device = 0;
  VtCudaProperties p{};
  p.struct_size = sizeof p;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  if (runtime->properties(device, &p) != 0) return none_or_raise(-1);
  return Py_BuildValue("{s:s,s:i,s:i,s:K,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:y#}",  //
                       "name", p.name, "major", p.capability_major, "minor", p.capability_minor, "total_memory",
                       static_cast<unsigned long long>(p.total_bytes), "multi_processor_count", p.num_multiprocessors,
                       "warp_size", p.warp_size, "max_threads_per_block", p.max_threads_per_block,
                       "max_threads_per_multi_processor", p.max_threads_per_multiprocessor, "regs_per_block",
                       p.registers_per_block, "regs_per_multiprocessor", p.registers_per_multiprocessor,
                       "shared_memory_per_block", p.shared_bytes_per_block, "shared_memory_per_block_optin",
                       p.shared_bytes_per_block_optin, "shared_memory_per_multiprocessor",
                       p.shared_bytes_per_multiprocessor, "L2_cache_size", p.l2_cache_bytes, "memory_bus_width",
                       p.memory_bus_bits, "is_integrated", p.is_integrated, "is_multi_gpu_board", p.is_multi_gpu_board,
                       "pci_domain_id", p.pci_domain, "pci_bus_id", p.pci_bus, "pci_device_id", p.pci_device, "uuid",
                       reinterpret_cast<const char*>(p.uuid), static_cast<Py_ssize_t>(sizeof p.uuid));
}

PyObject* native_device(PyObject*, PyObject* args) {
  int device = 0;
  int32_t native = 0;
  if (!PyArg_ParseTuple(args, "i", &device)) return nullptr;
  if (runtime->native_device(device, &native) != 0) return none_or_raise(-1);
  return PyLong_FromLong(native);
}

PyObject* can_access_peer(PyObject*, PyObject* args) {
  int device = 0;
  int peer = 0;
  int32_t can = 0;
  if (!PyArg_ParseTuple(args, "ii", &device, &peer)) return nullptr;
  if (runtime->can_access_peer(device, peer, &can) != 0) return none_or_raise(-1);
  return PyBool_FromLong(can);
}

}  // namespace vt::cuda::python
