// SPDX-License-Identifier: Apache-2.0
// The entries of vt.cuda for graphs.
#include "../backend.hpp"
#include "../graph/graph.hpp"
#include "border.hpp"
#include "tables.hpp"

struct VtCudaGraph {
  explicit VtCudaGraph(vt::cuda::DeviceContext& of)
      : context(of),
        generators(of.device.driver(), of.allocator, of.idle_stream()),
        pinned(vt::cuda::Backend::instance().pinned()),
        graph(of.device.driver(), of.allocator) {}

  vt::cuda::DeviceContext& context;
  vt::cuda::CapturedGenerators generators;
  vt::cuda::CapturedPinned pinned;
  vt::cuda::Graph graph;
};

namespace vt::cuda {
namespace {

VtCudaGraph& checked(VtCudaGraph* graph) {
  if (graph == nullptr) throw Error(ErrorKind::kValue, "graph: got null, expected a graph; create one first");
  return *graph;
}

void reset(VtCudaGraph& graph) noexcept {
  if (graph.graph.is_capturing()) graph.context.captures.remove(graph.graph.capture());
  graph.generators.clear();
  graph.graph.reset();
  graph.pinned.clear();
}

}  // namespace

uint64_t new_graph_pool() { return CachingAllocator::new_pool(); }

int create_graph(int32_t device, VtCudaGraph** out) {
  return border([&] { *out = new VtCudaGraph(Backend::instance().context(device)); });
}

void destroy_graph(VtCudaGraph* graph) {
  if (graph == nullptr) return;
  reset(*graph);
  delete graph;
}

int begin_capture(VtCudaGraph* graph, VtStream stream, uint64_t pool) {
  return border([&] {
    VtCudaGraph& g = checked(graph);
    g.graph.begin(g.context.stream(stream), pool);
    try {
      g.context.captures.add(g.graph.capture(), {&g.generators, &g.pinned});
    } catch (...) {
      reset(g);
      throw;
    }
  });
}

int end_capture(VtCudaGraph* graph) {
  return border([&] {
    VtCudaGraph& g = checked(graph);
    const std::uint64_t capture = g.graph.capture();
    try {
      g.graph.end();
      g.generators.end_capture();
    } catch (...) {
      // Still capturing: only the thread that began can end it, or there was nothing to end.
      if (g.graph.is_capturing() || capture == 0) throw;
      g.context.captures.remove(capture);
      reset(g);
      throw;
    }
    g.context.captures.remove(capture);
  });
}

int replay_graph(VtCudaGraph* graph, VtStream stream) {
  return border([&] {
    VtCudaGraph& g = checked(graph);
    const StreamView on = g.context.stream(stream);
    g.graph.check_launch(on);
    const DeviceGuard guard(g.context.device.driver(), g.context.device.ordinal());
    g.generators.prepare_replay(on);
    try {
      g.graph.launch(on);
    } catch (...) {
      g.generators.undo_replay();
      throw;
    }
    g.pinned.note_replay(on);
  });
}

int reset_graph(VtCudaGraph* graph) {
  return border([&] { reset(checked(graph)); });
}

int graph_info(const VtCudaGraph* graph, VtCudaGraphInfo* out) {
  return border([&] {
    const Graph& g = checked(const_cast<VtCudaGraph*>(graph)).graph;
    const int32_t state = g.is_capturing() ? 1 : g.is_ready() ? 2 : 0;
    *out = VtCudaGraphInfo{sizeof(VtCudaGraphInfo), state, g.pool(), g.num_nodes()};
  });
}

int idle_stream(int32_t device, VtStream* out) {
  return border([&] {
    DeviceContext& context = Backend::instance().context(device);
    *out = context.number_of(context.idle_stream());
  });
}

}  // namespace vt::cuda
