# SPDX-License-Identifier: Apache-2.0
"""Cubins and PTX: loading, look-up of kernels, launches, and what is refused."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import vt_core as vt
import vt_cuda

SOURCE = r"""
extern "C" __global__ void affine(const float* x, float* y, int n, float scale, long long shift) {
  extern __shared__ float tile[];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  tile[threadIdx.x] = x ? x[i] : 0.0f;
  y[i] = tile[threadIdx.x] * scale + static_cast<float>(shift);
}
"""


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    nvcc = shutil.which("nvcc")
    if nvcc is None:
        pytest.skip("nvcc is not on the path")
    folder: Path = tmp_path_factory.mktemp("cubin")
    (folder / "affine.cu").write_text(SOURCE)
    subprocess.run([nvcc, "-cubin", "-arch=sm_90", "affine.cu", "-o", "affine.cubin"], cwd=folder, check=True)
    return (folder / "affine.cubin").read_bytes()


def launch(function: vt_cuda.Function, x: object, y: vt.Tensor, n: int, **options: object) -> None:
    arguments = [("ptr", x), ("ptr", y), ("i32", n), ("f32", 2.0), ("i64", 5)]
    function.launch(((n + 127) // 128, 1, 1), (128, 1, 1), 512, arguments, **options)


def test_launch_writes_what_the_kernel_computes(image: bytes) -> None:
    with vt_cuda.device(0):
        module = vt_cuda.load_module(image)
    function = module.function("affine")
    assert (function.name, module.device_index) == ("affine", 0)
    del module  # the function keeps it
    x = vt.ops.arange(1000, dtype=vt.float32, device="cuda")
    y = vt.ops.empty([1000], device="cuda")
    launch(function, x, y, 1000)
    assert y.tolist() == [2.0 * i + 5 for i in range(1000)]
    launch(function, None, y, 1000, pdl=True)
    assert y.tolist() == [5.0] * 1000
    launch(function, x.data_ptr(), y, 1000, stream=vt_cuda.current_stream())
    assert y[999].item() == 2003.0


def test_launches_are_captured_programmatic_ones_too(image: bytes) -> None:
    function = vt_cuda.load_module(image).function("affine")
    x = vt.ops.arange(1000, dtype=vt.float32, device="cuda")
    y, z = vt.ops.empty([1000], device="cuda"), vt.ops.empty([1000], device="cuda")
    graph = vt_cuda.CUDAGraph()
    with vt_cuda.graph(graph):
        launch(function, x, y, 1000)
        launch(function, y, z, 1000, pdl=True)
    assert graph.num_nodes == 2
    for _ in range(3):
        graph.replay()
    assert z.tolist() == [4.0 * i + 15 for i in range(1000)]
    vt.ops.fill_(x, 1.0)
    graph.replay()
    assert z.tolist() == [19.0] * 1000


def test_launch_with_more_shared_memory_than_the_default(image: bytes) -> None:
    function = vt_cuda.load_module(image).function("affine")
    y = vt.ops.empty([8], device="cuda")
    arguments = [("ptr", None), ("ptr", y), ("i32", 8), ("f32", 1.0), ("i64", 1)]
    function.launch((1, 1, 1), (128, 1, 1), 100 * 1024, arguments)
    assert y.tolist() == [1.0] * 8
    with pytest.raises(vt.CudaError):
        function.launch((1, 1, 1), (128, 1, 1), 10 << 20, arguments)


def test_bad_images_and_names_are_refused(image: bytes) -> None:
    for damaged in (b"", b"not an image", image[: len(image) // 2]):
        with pytest.raises(vt.CudaError, match="neither a valid cubin nor PTX"):
            vt_cuda.load_module(damaged)
    with pytest.raises(vt.CudaError, match="no function of this name"):
        vt_cuda.load_module(image).function("missing")


@pytest.mark.parametrize(
    ("argument", "error"),
    [
        (("ptr", "text"), TypeError),
        (("i32", 1 << 31), OverflowError),
        (("i32", 1.5), TypeError),
        (("i64", 1 << 63), OverflowError),
        (("f32", "text"), TypeError),
        (("u7", 1), ValueError),
        (("u8", 256), OverflowError),
        (("u8", -1), OverflowError),
        (("i16", 1 << 15), OverflowError),
        (("u64", 1 << 64), OverflowError),
        (("i32",), TypeError),
        (5, TypeError),
    ],
)
def test_bad_arguments_are_refused(image: bytes, argument: object, error: type[Exception]) -> None:
    function = vt_cuda.load_module(image).function("affine")
    with pytest.raises(error):
        function.launch((1, 1, 1), (1, 1, 1), 0, [argument])


def test_host_tensors_are_refused(image: bytes) -> None:
    function = vt_cuda.load_module(image).function("affine")
    with pytest.raises(ValueError, match="another device"):
        function.launch((1, 1, 1), (1, 1, 1), 0, [("ptr", vt.ops.ones([3]))])


def test_impossible_grids_are_refused(image: bytes) -> None:
    function = vt_cuda.load_module(image).function("affine")
    y = vt.ops.empty([8], device="cuda")
    arguments = [("ptr", None), ("ptr", y), ("i32", 8), ("f32", 1.0), ("i64", 1)]
    for grid, block in (((0, 1, 1), (1, 1, 1)), ((1, 1, 1), (2048, 1, 1))):
        with pytest.raises(vt.CudaError):
            function.launch(grid, block, 0, arguments)


PTX = """
// every kind of number, each stored as eight bytes
.version 7.8
.target sm_80
.address_size 64
.visible .entry numbers(.param .u64 out, .param .s8 a, .param .u8 b, .param .s16 c, .param .u16 d, .param .s32 e,
                        .param .u32 f, .param .s64 g, .param .u64 h, .param .b16 i, .param .b16 j)
{
  .reg .b64 %p, %v;
  .reg .b16 %h;
  ld.param.u64 %p, [out];
  ld.param.s8 %v, [a]; st.global.b64 [%p], %v;
  ld.param.u8 %v, [b]; st.global.b64 [%p+8], %v;
  ld.param.s16 %v, [c]; st.global.b64 [%p+16], %v;
  ld.param.u16 %v, [d]; st.global.b64 [%p+24], %v;
  ld.param.s32 %v, [e]; st.global.b64 [%p+32], %v;
  ld.param.u32 %v, [f]; st.global.b64 [%p+40], %v;
  ld.param.s64 %v, [g]; st.global.b64 [%p+48], %v;
  ld.param.u64 %v, [h]; st.global.b64 [%p+56], %v;
  ld.param.u16 %v, [i]; st.global.b64 [%p+64], %v;
  ld.param.u16 %v, [j]; st.global.b64 [%p+72], %v;
  ret;
}
"""


@pytest.mark.parametrize("form", ["text", "bytes", "bytes with NUL"])
def test_ptx_is_compiled_and_takes_every_kind_of_number(form: str) -> None:
    image = {"text": PTX, "bytes": PTX.encode(), "bytes with NUL": PTX.encode() + b"\0"}[form]
    function = vt_cuda.load_module(image).function("numbers")
    out = vt.ops.zeros([10], dtype=vt.int64, device="cuda")
    numbers = [-5, 250, -30_000, 60_000, -(1 << 31), (1 << 32) - 1, -(1 << 63), (1 << 63) - 1]
    kinds = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"]
    arguments = [("ptr", out), *zip(kinds, numbers, strict=True), ("f16", 1.5), ("bf16", -2.0)]
    function.launch((1, 1, 1), (1, 1, 1), 0, arguments)
    assert out.tolist() == [*numbers, 0x3E00, 0xC000]
    assert function.attributes["max_threads_per_block"] > 0
    assert function.attributes["num_registers"] > 0


def test_ptx_that_does_not_compile_is_refused() -> None:
    # The driver compiles at once or when a kernel is asked for.
    with pytest.raises(vt.CudaError):
        vt_cuda.load_module(PTX.replace("ret;", "no_such_instruction;")).function("numbers")
    assert vt.ops.ones([2], device="cuda").sum().item() == 2.0
