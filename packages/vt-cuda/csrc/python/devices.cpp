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
  const auto number = [](int32_t value) { return static_cast<uint64_t>(value); };
  PyObject* dict = dict_of({{"major", number(p.capability_major)},
                            {"minor", number(p.capability_minor)},
                            {"total_memory", p.total_bytes},
                            {"multi_processor_count", number(p.num_multiprocessors)},
                            {"warp_size", number(p.warp_size)},
                            {"max_threads_per_block", number(p.max_threads_per_block)},
                            {"max_threads_per_multi_processor", number(p.max_threads_per_multiprocessor)},
                            {"regs_per_block", number(p.registers_per_block)},
                            {"regs_per_multiprocessor", number(p.registers_per_multiprocessor)},
                            {"shared_memory_per_block", number(p.shared_bytes_per_block)},
                            {"shared_memory_per_block_optin", number(p.shared_bytes_per_block_optin)},
                            {"shared_memory_per_multiprocessor", number(p.shared_bytes_per_multiprocessor)},
                            {"L2_cache_size", number(p.l2_cache_bytes)},
                            {"memory_bus_width", number(p.memory_bus_bits)},
                            {"is_integrated", number(p.is_integrated)},
                            {"is_multi_gpu_board", number(p.is_multi_gpu_board)},
                            {"pci_domain_id", number(p.pci_domain)},
                            {"pci_bus_id", number(p.pci_bus)},
                            {"pci_device_id", number(p.pci_device)}});
  if (!dict) return nullptr;
  PyObject* name = PyUnicode_FromString(p.name);
  PyObject* uuid = PyBytes_FromStringAndSize(reinterpret_cast<const char*>(p.uuid), sizeof p.uuid);
  if (!name || !uuid || PyDict_SetItemString(dict, "name", name) != 0 || PyDict_SetItemString(dict, "uuid", uuid) != 0)
    Py_CLEAR(dict);
  Py_XDECREF(name);
  Py_XDECREF(uuid);
  return dict;
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
