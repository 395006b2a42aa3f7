// SPDX-License-Identifier: Apache-2.0
// Generator objects: streams of random numbers, by seed and offset.
#include "generator.hpp"

#include <cstring>
#include <string>

#include "dtype_device.hpp"
#include "errors.hpp"

namespace vt::python {
namespace {

struct GeneratorObject {
  PyObject_HEAD VtGenerator* generator;
  DLDevice device;
};

PyTypeObject* generator_type = nullptr;

GeneratorObject* cast(PyObject* self) { return reinterpret_cast<GeneratorObject*>(self); }

constexpr uint64_t kDefaultSeed = 67280421310721;

bool seed_from(PyObject* object, uint64_t& seed) {
  Ref index(PyNumber_Index(object));
  if (!index) return false;
  seed = PyLong_AsUnsignedLongLongMask(index.get());
  return !PyErr_Occurred();
}

PyObject* construct(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static const char* names[] = {"device", nullptr};
  PyObject* where = nullptr;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|O:Generator", const_cast<char**>(names), &where)) return nullptr;
  DLDevice device{kDLCPU, 0};
  if (where && where != Py_None && !parse_device(where, device)) return nullptr;
  PyObject* self = PyType_GenericAlloc(type, 0);
  if (!self) return nullptr;
  cast(self)->device = device;
  if (tables().rng->create(device, kDefaultSeed, &cast(self)->generator) == 0) return self;
  Py_DECREF(self);
  return raise_error();
}

void dealloc(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  if (cast(self)->generator) tables().rng->release(cast(self)->generator);
  PyObject_Free(self);
  Py_DECREF(type);
}

PyObject* manual_seed(PyObject* self, PyObject* object) {
  uint64_t seed = 0;
  if (!seed_from(object, seed)) return nullptr;
  tables().rng->seed(cast(self)->generator, seed);
  return Py_NewRef(self);
}

PyObject* seed(PyObject* self, PyObject*) {
  Ref os(PyImport_ImportModule("os"));
  Ref bytes(os ? PyObject_CallMethod(os.get(), "urandom", "i", 8) : nullptr);
  const char* data = bytes ? PyBytes_AsString(bytes.get()) : nullptr;
  if (!data) return nullptr;
  uint64_t number = 0;
  std::memcpy(&number, data, sizeof number);
  tables().rng->seed(cast(self)->generator, number);
  return PyLong_FromUnsignedLongLong(number);
}

PyObject* initial_seed(PyObject* self, PyObject*) {
  VtGeneratorState state{};
  tables().rng->get_state(cast(self)->generator, &state);
  return PyLong_FromUnsignedLongLong(state.seed);
}

PyObject* get_state(PyObject* self, PyObject*) {
  VtGeneratorState state{};
  tables().rng->get_state(cast(self)->generator, &state);
  return Py_BuildValue("(KK)", static_cast<unsigned long long>(state.seed),
                       static_cast<unsigned long long>(state.offset));
}

PyObject* set_state(PyObject* self, PyObject* object) {
  if (!PyTuple_Check(object) || PyTuple_Size(object) != 2)
    return PyErr_Format(PyExc_TypeError, "set_state(): expected a (seed, offset) tuple, got %U",
                        type_name(object).get());
  VtGeneratorState state{};
  if (!seed_from(PyTuple_GetItem(object, 0), state.seed) || !seed_from(PyTuple_GetItem(object, 1), state.offset))
    return nullptr;
  tables().rng->set_state(cast(self)->generator, &state);
  return Py_NewRef(self);
}

PyObject* get_device(PyObject* self, void*) { return device_object(cast(self)->device); }

PyObject* reduce(PyObject* self, PyObject*) {
  Ref module(PyImport_ImportModule("vt_core._C"));
  Ref maker(module ? PyObject_GetAttrString(module.get(), "_generator_from_state") : nullptr);
  Ref device(device_object(cast(self)->device));
  Ref state(get_state(self, nullptr));
  return maker && device && state ? Py_BuildValue("O(OO)", maker.get(), device.get(), state.get()) : nullptr;
}

PyObject* from_state(PyObject*, PyObject* args) {
  PyObject *device = nullptr, *state = nullptr;
  if (!PyArg_ParseTuple(args, "OO", &device, &state)) return nullptr;
  Ref self(PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(generator_type), device, nullptr));
  return self ? Ref(set_state(self.get(), state)).release() : nullptr;
}

// The default generator of a device: the one that ops use when none is given.
PyObject* default_generator(PyObject*, PyObject* where) {
  DLDevice device{};
  if (!parse_device(where, device)) return nullptr;
  VtGenerator* generator = tables().rng->default_generator(device);
  if (!generator) return raise_error();
  PyObject* self = PyType_GenericAlloc(generator_type, 0);
  if (!self) return nullptr;
  tables().rng->retain(generator);
  cast(self)->generator = generator;
  cast(self)->device = device;
  return self;
}

PyObject* seed_all(PyObject*, PyObject* object) {
  uint64_t seed = 0;
  if (!seed_from(object, seed)) return nullptr;
  if (tables().rng->seed_all(seed) != 0) return raise_error();
  Py_RETURN_NONE;
}

PyMethodDef methods[] = {
    {"manual_seed", manual_seed, METH_O,
     "manual_seed(seed, /)\n--\n\nStarts the stream of `seed`; returns the generator."},
    {"seed", seed, METH_NOARGS, "seed()\n--\n\nStarts a stream from the system's entropy; returns its seed."},
    {"initial_seed", initial_seed, METH_NOARGS, "initial_seed()\n--\n\nThe seed of the current stream."},
    {"get_state", get_state, METH_NOARGS, "get_state()\n--\n\nThe (seed, offset) pair at which the stream stands."},
    {"set_state", set_state, METH_O, "set_state(state, /)\n--\n\nPuts the stream at a (seed, offset) pair."},
    {"__reduce__", reduce, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr}};

PyGetSetDef properties[] = {{"device", get_device, nullptr, "Device whose ops draw from the generator.", nullptr},
                            {nullptr, nullptr, nullptr, nullptr, nullptr}};

PyMethodDef functions[] = {
    {"_generator_from_state", from_state, METH_VARARGS, "A generator that stands at a state."},
    {"default_generator", default_generator, METH_O,
     "default_generator(device, /)\n--\n\nThe generator that ops on `device` draw from when none is given."},
    {"seed_all", seed_all, METH_O,
     "seed_all(seed, /)\n--\n\nStarts the stream of `seed` in the default generator of every device."},
    {nullptr, nullptr, 0, nullptr}};

char doc[] =
    "Generator(device='cpu')\n--\n\n"
    "A stream of Philox 4x32-10 random numbers, the same on every device for the same seed.";

}  // namespace

bool add_generator_type(PyObject* module) {
  PyType_Slot slots[] = {slot(Py_tp_new, construct),     slot(Py_tp_dealloc, dealloc), slot(Py_tp_methods, methods),
                         slot(Py_tp_getset, properties), slot(Py_tp_doc, doc),         {0, nullptr}};
  PyType_Spec spec = {"vt_core.Generator", sizeof(GeneratorObject), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                      slots};
  generator_type = reinterpret_cast<PyTypeObject*>(PyType_FromSpec(&spec));
  return generator_type && PyModule_AddFunctions(module, functions) == 0 &&
         PyModule_AddObjectRef(module, "Generator", reinterpret_cast<PyObject*>(generator_type)) == 0;
}

VtGenerator* generator_of(PyObject* object) {
  return Py_TYPE(object) == generator_type ? cast(object)->generator : nullptr;
}

}  // namespace vt::python
