// SPDX-License-Identifier: Apache-2.0
// Finds cuDNN.
#include "library.hpp"

#include "../libraries/open.hpp"

namespace vt::cuda {
namespace {

constexpr const char* kInPackages[] = {"/nvidia/cudnn/lib/libcudnn_graph.so.9"};
constexpr const char* kOnLoaderPath[] = {"libcudnn_graph.so.9"};

CuDnn table;

void find(Functions& functions) {
  functions.find("cudnnGetVersion", table.get_version);
  functions.find("cudnnGetErrorString", table.error_string);
  functions.find("cudnnCreate", table.create);
  functions.find("cudnnSetStream", table.set_stream);
  functions.find("cudnnBackendCreateDescriptor", table.create_descriptor);
  functions.find("cudnnBackendDestroyDescriptor", table.destroy_descriptor);
  functions.find("cudnnBackendFinalize", table.finalize);
  functions.find("cudnnBackendSetAttribute", table.set_attribute);
  functions.find("cudnnBackendGetAttribute", table.get_attribute);
  functions.find("cudnnBackendExecute", table.execute);
}

// What the first call found. Never destroyed, as the backend.
const OpenedLibrary& opened() {
  static const auto* const library = new OpenedLibrary(open_library({kInPackages, kOnLoaderPath}, find));
  return *library;
}

}  // namespace

const CuDnn* cudnn() { return opened().path.empty() ? nullptr : &table; }

std::string dnn_description() {
  if (const CuDnn* library = cudnn())
    return "cuDNN " + std::to_string(library->get_version()) + " (" + opened().path + ")";
  return "own kernels: " + opened().reason;
}

}  // namespace vt::cuda
