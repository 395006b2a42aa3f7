# SPDX-License-Identifier: Apache-2.0
"""Clean environments: each subset of the packages imports, works alone, and says by name what is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from wheelhouse import WHEELS, need, run_python

MakeEnvironment = Callable[..., Path]


@pytest.fixture(scope="session")
def core_alone(make_environment: MakeEnvironment) -> Path:
    return make_environment("vt-core")


@pytest.fixture(scope="session")
def core_and_cuda(make_environment: MakeEnvironment) -> Path:
    need("vt-cuda")
    return make_environment("vt-cuda")


def last_line(python: Path, code: str) -> str:
    done = run_python(code, python)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_core_alone_adds_without_numpy(core_alone: Path) -> None:
    code = """
import sys, vt_core
x = vt_core.tensor([1.0, 2.0])
print((x + x).tolist(), "numpy" in sys.modules)
"""
    assert last_line(core_alone, code) == "[2.0, 4.0] False"


def test_core_alone_names_the_wheel_that_brings_gradients(core_alone: Path) -> None:
    code = """
import vt_core
try: vt_core.tensor([1.0]).requires_grad_()
except Exception as error: print(type(error).__name__, error)
"""
    assert "vt-autograd" in last_line(core_alone, code)


def test_core_alone_names_the_wheel_that_brings_cuda(core_alone: Path) -> None:
    code = """
import vt_core
try: vt_core.tensor([1.0]).to("cuda")
except Exception as error: print(type(error).__name__, error)
"""
    assert "vt-cuda" in last_line(core_alone, code)


def test_core_alone_names_numpy_where_it_is_needed(core_alone: Path) -> None:
    code = """
import vt_core
try: vt_core.tensor([1.0]).numpy()
except ImportError as error: print(error)
"""
    assert "numpy" in last_line(core_alone, code).lower()


def test_core_and_cuda_import_without_a_driver(core_and_cuda: Path) -> None:
    code = """
import sys, vt_cuda, vt_core
print(vt_cuda.device_count() >= 0, "vt_autograd" in sys.modules, "vt_torch" in sys.modules)
"""
    assert last_line(core_and_cuda, code) == "True False False"


def test_core_and_cuda_bring_nothing_else_of_ours(core_and_cuda: Path) -> None:
    code = """
from importlib.metadata import distributions
print(sorted(d.name for d in distributions() if d.name.startswith("vt-") or d.name.startswith("vt_")))
"""
    assert last_line(core_and_cuda, code).replace("_", "-") == "['vt-core', 'vt-cuda']"


@pytest.mark.parametrize("name", WHEELS)
def test_every_package_imports_in_this_environment_with_all(name: str) -> None:
    module = name.replace("-", "_")
    done = run_python(f"import {module}; print({module}.__version__)")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == WHEELS[name].name.split("-")[1]


def test_no_package_imports_torch_or_numpy_by_itself() -> None:
    modules = [name.replace("-", "_") for name in WHEELS]
    code = f"import sys, {', '.join(modules)}\nprint([m for m in ('torch', 'numpy') if m in sys.modules])"
    assert run_python(code).stdout == "[]\n"


def test_no_requirement_of_a_package_is_torch() -> None:
    from importlib.metadata import requires

    for name in WHEELS:
        run_time = [r for r in requires(name) or [] if "extra ==" not in r]
        assert not [r for r in run_time if r.startswith(("torch", "tvm-ffi", "apache-tvm-ffi"))], name
