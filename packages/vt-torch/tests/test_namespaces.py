# SPDX-License-Identifier: Apache-2.0
"""Modules whose functions are operators by another name: linalg, special, fft; and names of the module itself."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

import pytest
import vt_core
import vt_torch
from programs import LIBRARIES, check, values

NAMESPACES = ("linalg", "special", "fft")


@pytest.mark.parametrize("name", NAMESPACES)
def test_every_operator_of_the_prefix_is_a_function(name: str) -> None:
    module = getattr(vt_torch, name)
    prefix = f"{name}_"
    found = [op for op in vt_core._C.op_names() if op.startswith(prefix) and not op.endswith("_")]
    for op in found:
        short = op.removeprefix(prefix)
        assert getattr(module, short) is getattr(vt_core.ops, op)
        assert short in dir(module)


@pytest.mark.parametrize("name", NAMESPACES)
def test_what_is_no_operator_is_no_attribute(name: str) -> None:
    module = importlib.import_module(f"vt_torch.{name}")
    for missing in ("no_such_function", "det_", "_det"):
        with pytest.raises(AttributeError, match=f"vt_torch.{name}"):
            getattr(module, missing)


def test_linear_algebra_by_its_short_names() -> None:
    def program(torch: ModuleType) -> Any:
        a = torch.from_numpy(values((4, 4))) + 4 * torch.eye(4)
        b = torch.from_numpy(values((4, 2), 1))
        return torch.linalg.det(a), torch.linalg.solve(a, b), torch.linalg.norm(b), torch.special.expit(b)

    check(program)


@pytest.mark.parametrize("torch", LIBRARIES)
def test_a_singular_system_raises_the_error_of_the_namespace(torch: ModuleType) -> None:
    with pytest.raises(torch.linalg.LinAlgError):
        torch.linalg.inv(torch.zeros(2, 2))


def test_in_place_forms_are_functions_too() -> None:
    def program(torch: ModuleType) -> Any:
        x = torch.from_numpy(values((3,)))
        result = torch.relu_(x)
        return x, result is x

    check(program)


def test_cuda_without_a_backend_is_refused_by_name() -> None:
    if vt_torch.cuda.is_available():
        pytest.skip("there is a device")
    vt_torch.cuda.empty_cache()
    if vt_torch.cuda._backend() is None:
        for call in (vt_torch.cuda.current_device, vt_torch.cuda.synchronize, lambda: vt_torch.cuda.set_device(0)):
            with pytest.raises(RuntimeError, match="vt-cuda"):
                call()


def test_operators_of_private_names_are_found() -> None:
    def program(torch: ModuleType) -> Any:
        x, w, b = (torch.from_numpy(values(shape, seed)) for seed, shape in enumerate([(3, 4), (2, 4), (2,)]))
        return torch._addmm_activation(b, x, w.t()), torch._weight_norm(x, x[:, :1], 0)

    check(program)


PYTORCHS_FILES = [
    *(f"nn.modules.{name}" for name in ("activation", "batchnorm", "conv", "linear", "loss", "container", "utils")),
    *(f"distributions.{name}" for name in ("normal", "categorical", "studentT")),
    "utils.data.dataloader",
]


@pytest.mark.parametrize("name", PYTORCHS_FILES)
def test_what_pytorch_keeps_in_a_file_is_found_under_its_name(name: str) -> None:
    ours, theirs = importlib.import_module(f"vt_torch.{name}"), importlib.import_module(f"torch.{name}")
    names = getattr(theirs, "__all__", ["DataLoader"])
    for public in names if not name.endswith("utils") else []:
        assert getattr(ours, public).__name__ == public
    package, _, file = f"vt_torch.{name}".rpartition(".")
    assert getattr(importlib.import_module(package), file) is ours
    with pytest.raises(AttributeError):
        ours.no_such_name


def test_private_names_that_programs_use() -> None:
    from vt_torch.nn.modules.batchnorm import _BatchNorm, _NormBase
    from vt_torch.nn.modules.conv import _ConvNd
    from vt_torch.nn.modules.loss import _Loss, _WeightedLoss
    from vt_torch.nn.modules.utils import _pair, _single

    nn = vt_torch.nn
    for base, module in (
        (_BatchNorm, nn.BatchNorm2d(1)),
        (_NormBase, nn.InstanceNorm1d(1)),
        (_ConvNd, nn.Conv1d(1, 1, 1)),
    ):
        assert isinstance(module, base)
        assert not isinstance(nn.ReLU(), base)
    assert issubclass(nn.CrossEntropyLoss, _WeightedLoss)
    assert issubclass(nn.MSELoss, _Loss)
    assert (_pair(3), _pair([1, 2]), _single(4)) == ((3, 3), (1, 2), (4,))


def test_versions() -> None:
    assert vt_torch.version.__version__ == vt_torch.__version__
    assert vt_torch.version.cuda is None
