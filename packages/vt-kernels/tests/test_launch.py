# SPDX-License-Identifier: Apache-2.0
"""How a launch packs its arguments, and which it refuses before the device sees them."""

from types import SimpleNamespace
from typing import Any

import pytest
from vt_kernels._runtime import launch
from vt_kernels._runtime.declaration import Parameter, Variant
from vt_kernels._runtime.launch import LoadedKernel, find_image
from vt_kernels._runtime.manifest import Image, Manifest, ManifestError

PARAMETERS = (
    Parameter("x_ptr", "ptr", 16),
    Parameter("stride", "i64", 16),
    Parameter("n", "i32"),
    Parameter("scale", "f32"),
)
VARIANT = Variant("scale", "f16", PARAMETERS, {"BLOCK": 128}, 4)
IMAGE = Image(VARIANT, "scale_kernel", "scale.cubin", "0" * 64, 64)


class Recorder:
    """Stands for a vt_cuda.Function."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def launch(self, *args: Any, stream: Any = None) -> None:
        self.calls.append((*args, stream))


def tensor(address: int) -> Any:
    return SimpleNamespace(data_ptr=lambda: address)


def test_launch_tags_each_argument_and_adds_null_scratch() -> None:
    recorder = Recorder()
    x = tensor(4096)
    LoadedKernel(IMAGE, recorder).launch((7, 1, 1), (x, 2**40, 5, 0.5), stream="side")
    args = [("ptr", x), ("i64", 2**40), ("i32", 5), ("f32", 0.5), ("ptr", None), ("ptr", None)]
    assert recorder.calls == [((7, 1, 1), (128, 1, 1), 64, args, "side")]


def test_launch_passes_none_as_a_null_pointer() -> None:
    recorder = Recorder()
    LoadedKernel(IMAGE, recorder).launch((1, 1, 1), (None, 0, -1, 2))
    assert recorder.calls[0][3][0] == ("ptr", None)


@pytest.mark.parametrize("values", [(), (None, 0, 1), (None, 0, 1, 1.0, 2)])
def test_launch_rejects_a_wrong_number_of_arguments(values: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match=f"^scale: wrong number of arguments: got {len(values)}, expected 4$"):
        LoadedKernel(IMAGE, Recorder()).launch((1, 1, 1), values)


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ((4096, 0, 0, 0.0), TypeError, "x_ptr is no tensor: got int"),
        ((None, 1.0, 0, 0.0), TypeError, "stride is no int: got float"),
        ((None, 0, True, 0.0), TypeError, "n is no int: got bool"),
        ((None, 0, 2**31, 0.0), ValueError, "n does not fit i32: got 2147483648"),
        ((None, 0, -(2**31) - 1, 0.0), ValueError, "n does not fit i32"),
        ((None, 2**63, 0, 0.0), ValueError, "stride does not fit i64"),
        ((None, 8, 0, 0.0), ValueError, "stride is not aligned: got 8, expected a multiple of 16"),
        ((tensor(4104), 0, 0, 0.0), ValueError, "x_ptr is not aligned: got 4104, expected a multiple of 16"),
    ],
)
def test_launch_rejects_an_argument(values: tuple[Any, ...], error: type[Exception], message: str) -> None:
    recorder = Recorder()
    with pytest.raises(error, match=f"^scale: {message}"):
        LoadedKernel(IMAGE, recorder).launch((1, 1, 1), values)
    assert recorder.calls == []


def test_find_image_names_what_it_looked_for() -> None:
    manifest = Manifest(launch.CUBINS, "sm_90", "triton 3.6.0", (IMAGE,))
    with pytest.raises(ManifestError, match=r"^scale: no image for sm_90: got dtype f32, constants {'BLOCK': 128}"):
        find_image(manifest, "scale", dtype="f32", constants={"BLOCK": 128}, alignment=16)


@pytest.mark.parametrize("alignment", [1, 16])
def test_find_image_matches_the_promises(alignment: int) -> None:
    images = tuple(
        Image(Variant("copy", "f32", (Parameter("n", "i32", d),), {}, 1), "copy", f"{d}", "", 0) for d in (16, 1)
    )
    manifest = Manifest(launch.CUBINS, "sm_90", "triton 3.6.0", images)
    found = find_image(manifest, "copy", dtype="f32", constants={}, alignment=alignment)
    assert found.file == str(alignment)
