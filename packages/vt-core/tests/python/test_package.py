# SPDX-License-Identifier: Apache-2.0
"""The package as a whole: cheap to import, complete names, documented, stubs as the schemas say."""

from __future__ import annotations

import doctest
import importlib
import inspect
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import vt_core as vt
import vt_core.stubs
from exchange import DTYPE_NAMES


def isolated(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_import_loads_few_modules() -> None:
    code = "import sys; before = set(sys.modules); import vt_core; print(*(set(sys.modules) - before))"
    loaded = isolated(code).split()
    assert len(loaded) < 60, loaded
    assert not {"numpy", "torch", "ml_dtypes", "typing", "importlib.metadata"} & set(loaded) - set(isolated_baseline())


def isolated_baseline() -> list[str]:
    return isolated("import sys; print(*sys.modules)").split()


def test_import_reads_nothing_but_itself() -> None:
    code = (
        "import sys, os\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in ('open', 'socket.connect') else None)\n"
        "import vt_core\n"
        "print(*[p for p in opened if 'vt_core' not in p and not p.endswith(('.py', '.pyc', '.so'))], sep='\\n')\n"
    )
    assert isolated(code).strip() == ""


def test_printing_and_numpy_come_at_first_use() -> None:
    code = "import sys, vt_core as vt; x = vt.ops.ones((2,)) + 1; print('vt_core._printing' in sys.modules, 'numpy' in sys.modules)"
    assert isolated(code) == "False False\n"


def test_all_names_exist_and_are_listed() -> None:
    for name in vt.__all__:
        assert hasattr(vt, name), name
        assert name in dir(vt)
    assert len(vt.__all__) == len(set(vt.__all__))
    namespace: dict[str, object] = {}
    exec("from vt_core import *", namespace)
    assert set(vt.__all__) <= set(namespace)


def test_public_names_are_documented() -> None:
    for name in vt.__all__:
        value = getattr(vt, name)
        if not isinstance(value, vt.dtype):
            assert (value.__doc__ or "").strip(), name
    for name in dir(vt.ops):
        assert len(getattr(vt.ops, name).__doc__.splitlines()) > 1, name
    for name, value in vars(vt.Tensor).items():
        if not name.startswith("_"):
            assert (value.__doc__ or "").strip(), name


MODULES = ["", "._dtypes", "._factories", "._files", "._numpy", "._paths", "._printing", "._process", ".plugins"]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    module = importlib.import_module(f"vt_core{name}")
    result = doctest.testmod(module)
    assert result.failed == 0
    assert result.attempted > 0 or not name


def test_examples_of_operators_run() -> None:
    for name in dir(vt.ops):
        examples = doctest.DocTestParser().get_doctest(vt.ops.__getattr__(name).__doc__, {"vt": vt}, name, None, 0)
        assert doctest.DocTestRunner().run(examples).failed == 0, name


def test_unknown_names_raise_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        vt.no_such_name
    with pytest.raises(AttributeError, match="no operator is named 'no_such_op'"):
        vt.ops.no_such_op
    assert not hasattr(vt, "__wrapped__")


def test_operators_are_found_once_and_listed() -> None:
    assert vt.ops.add is vt.ops.add
    assert vt.add is vt.ops.add
    assert {"add", "mul", "sum", "empty"} <= set(dir(vt.ops))
    assert not hasattr(vt, "add_")
    assert pickle.loads(pickle.dumps(vt.ops.add)) is vt.ops.add
    from vt_core.ops import mul

    assert mul(vt.tensor([2.0]), 3).item() == 6


def test_signatures_can_be_inspected() -> None:
    assert str(inspect.signature(vt.ops.add)) == "(self, other, *, alpha=1, out=None)"
    assert list(inspect.signature(vt.tensor).parameters) == ["data", "dtype", "device", "requires_grad", "pin_memory"]


def test_installed_paths_exist() -> None:
    assert (Path(vt.get_include()) / "vt" / "abi" / "vt.h").is_file()
    assert (Path(vt.get_include()) / "dlpack" / "dlpack.h").is_file()
    assert (Path(vt.get_cmake_dir()) / "vt_core-config.cmake").is_file()
    assert Path(vt.get_library_path()).is_file()


def test_version_and_configuration() -> None:
    assert vt.__version__.count(".") == 2
    assert f"vt-core {vt.__version__}" in vt.show_config()


def test_settings_are_listed_with_their_values() -> None:
    code = "import vt_core as vt; print(vt.settings()['VT_CPU_DEVICES'], all(e['doc'] for e in vt._C.settings()))"
    environment = {**os.environ, "VT_CPU_DEVICES": "3"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == "3 True\n"


def test_memory_is_filled_with_nan_when_asked_for() -> None:
    code = """
import vt_core as vt
for count in (3, 1000, 100_000, 3_000_000):
    kept = vt.ops.ones((count,), dtype=vt.float64)
    assert vt.ops.isnan(vt.ops.empty((count,), dtype=vt.float64)).all()
    assert float(kept.sum().item()) == count
print(vt.settings()["VT_FILL_MEMORY"])
"""
    environment = {**os.environ, "VT_FILL_MEMORY": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize("value", ["", " ", "0", "-1", "x", "1.5", "0x2", "99999999999999999999", "2 3"])
def test_bad_settings_warn_by_name_and_never_crash(value: str) -> None:
    code = "import vt_core as vt; print((vt.ops.ones((2,)) + 1).tolist())"
    environment = {**os.environ, "VT_CPU_DEVICES": value}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    if done.returncode == 0:
        assert done.stdout == "[2.0, 2.0]\n"
        assert value == "" or "VT_CPU_DEVICES" in done.stderr
    else:
        assert done.returncode == 1
        assert "VT_CPU_DEVICES" in done.stderr


def test_committed_stubs_are_those_of_the_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(vt_core.stubs.__file__).resolve().parent
    assert vt_core.stubs.main(["--check", str(folder)]) == 0, capsys.readouterr().out


def test_stale_stubs_are_reported_and_rewritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = Path(vt_core.stubs.__file__).resolve().parent
    described = (source / "_C.pyi").read_text()
    (tmp_path / "_C.pyi").write_text(described.replace("def add(", "def ad("))
    assert vt_core.stubs.main(["--check", str(tmp_path)]) == 1
    assert "+    def add(" in capsys.readouterr().out
    assert vt_core.stubs.main(["--write", str(tmp_path)]) == 0
    assert (tmp_path / "_C.pyi").read_text() == described
    assert (tmp_path / "ops.pyi").read_text() == (source / "ops.pyi").read_text()


def test_manual_seed_restarts_the_default_stream() -> None:
    generator = vt.manual_seed(7)
    assert generator.initial_seed() == 7
    assert generator.get_state() == (7, 0)
    assert vt.manual_seed(-1).initial_seed() == 2**64 - 1
    with pytest.raises(TypeError):
        vt.manual_seed("7")  # type: ignore[arg-type]


@pytest.mark.parametrize("first", DTYPE_NAMES)
def test_promotion_agrees_with_torch_and_with_the_operators(first: str) -> None:
    for second in DTYPE_NAMES:
        try:
            wanted = torch.promote_types(getattr(torch, first), getattr(torch, second))
        except RuntimeError:
            with pytest.raises(vt.DTypeError, match=f"{first} and {second}"):
                vt.promote_types(getattr(vt, first), getattr(vt, second))
            continue
        result = vt.promote_types(getattr(vt, first), getattr(vt, second))
        assert result.name == str(wanted).removeprefix("torch.")
        if not first.startswith("float8"):
            operands = [vt.ops.empty((1,), dtype=getattr(vt, name), device="meta") for name in (first, second)]
            assert vt.ops.add(*operands).dtype is result


OPERANDS = ["bool", "uint8", "int8", "int64", "float16", "bfloat16", "float32", "float64", "complex64", "complex128"]
NUMBERS = [True, 1, 1.5, 1j]


@pytest.mark.parametrize("first", OPERANDS)
@pytest.mark.parametrize("shape", [(), (2,)])
def test_result_type_agrees_with_torch(first: str, shape: tuple[int, ...]) -> None:
    ours = vt.ops.empty(shape, dtype=getattr(vt, first))
    theirs = torch.empty(shape, dtype=getattr(torch, first))
    others = [(n, n) for n in NUMBERS]
    others += [
        (vt.ops.empty(size, dtype=getattr(vt, name)), torch.empty(size, dtype=getattr(torch, name)))
        for name in OPERANDS
        for size in [(), (2,)]
    ]
    for our_other, their_other in others:
        wanted = str(torch.result_type(theirs, their_other)).removeprefix("torch.")
        # PyTorch has a 32-bit complex dtype, the stack does not.
        wanted = "complex64" if wanted == "complex32" else wanted
        assert vt.result_type(ours, our_other).name == wanted
        assert vt.result_type(our_other, ours).name == wanted
        assert vt.ops.add(ours, our_other).dtype.name == wanted


def test_result_type_of_numbers() -> None:
    for a in NUMBERS:
        for b in NUMBERS:
            assert vt.result_type(a, b).name == str(torch.result_type(torch.tensor(a), torch.tensor(b))).removeprefix(
                "torch."
            )
    with pytest.raises(TypeError, match="str"):
        vt.result_type("1", 2)  # type: ignore[arg-type]


def test_can_cast_agrees_with_torch() -> None:
    for a in DTYPE_NAMES:
        for b in DTYPE_NAMES:
            if a.startswith("float8") or b.startswith("float8"):
                continue
            assert vt.can_cast(getattr(vt, a), getattr(vt, b)) == torch.can_cast(
                getattr(torch, a), getattr(torch, b)
            ), (a, b)


@pytest.mark.parametrize("name", DTYPE_NAMES)
def test_limits_agree_with_torch(name: str) -> None:
    ours, theirs = getattr(vt, name), getattr(torch, name)
    for kind in ["finfo", "iinfo"]:
        try:
            wanted = getattr(torch, kind)(theirs)
        except TypeError:
            with pytest.raises(TypeError):
                getattr(vt, kind)(ours)
            continue
        result = getattr(vt, kind)(ours)
        assert repr(result) == repr(wanted)
        fields = ["bits", "max", "min", "dtype"]
        if kind == "finfo":
            fields += ["eps", "tiny", "smallest_normal", "resolution"]
        for field in fields:
            assert getattr(result, field) == getattr(wanted, field), field
    assert vt.finfo().dtype == "float32"


def test_dtype_objects() -> None:
    assert repr(vt.float32) == "vt_core.float32"
    assert vt.float32 is pickle.loads(pickle.dumps(vt.float32))
    assert {vt.float32: 1}[vt.tensor([1.0]).dtype] == 1
    for name in DTYPE_NAMES:
        ours, theirs = getattr(vt, name), getattr(torch, name)
        assert (ours.itemsize, ours.is_floating_point, ours.is_complex) == (
            theirs.itemsize,
            theirs.is_floating_point,
            theirs.is_complex,
        )
        assert ours.is_signed == theirs.is_signed


def test_devices() -> None:
    assert vt.device("cpu") == vt.tensor([1.0]).device
    assert (vt.device("cpu").type, vt.device("cpu").index) == ("cpu", None)
    assert vt.device("cpu", 0) == vt.device("cpu:0")
    assert repr(vt.device("cpu:0")) == "device(type='cpu', index=0)"
    assert str(vt.ops.empty((1,), device="meta").device) == "meta"
    for bad in ["", "cpu:", "cpu:-1", "cpu:1:2", "CPU", "cpu :0", "gpu", "cuda:x", "cpu:99999999999"]:
        with pytest.raises((RuntimeError, ValueError)):
            vt.device(bad)


def test_as_tensor_and_asarray_share_where_they_can() -> None:
    import array

    import numpy as np

    x = vt.tensor([1.0])
    assert vt.as_tensor(x) is x
    assert vt.asarray(x) is x
    assert vt.as_tensor(x, dtype=vt.float64).dtype is vt.float64
    source = np.zeros(2, dtype=np.float32)
    for make in (vt.as_tensor, vt.asarray, vt.from_dlpack):
        source[:] = 0
        shared = make(source)
        source[0] = 5
        assert shared.tolist() == [5, 0]
    memory = array.array("d", [1.0, 2.0])
    shared = vt.asarray(memory)
    memory[0] = 9
    assert shared.tolist() == [9, 2]
    copied = vt.asarray(source, copy=True)
    source[0] = 7
    assert copied.tolist() == [5, 0]
    assert vt.asarray([1, 2]).tolist() == [1, 2]
    assert vt.asarray(torch.ones(2)).tolist() == [1, 1]
    for value, options in [([1, 2], {}), (source, {"dtype": vt.int8}), (x, {"dtype": vt.float64})]:
        with pytest.raises(ValueError, match="cannot avoid a copy"):
            vt.asarray(value, copy=False, **options)


def test_tensor_takes_what_torch_takes() -> None:
    for data in [1, 1.5, True, 1j, [], [[]], [1, 2.5], [True, 2], [[1, 2], [3, 4]], (1, (2)), range(3), [1 + 2j, 3.0]]:
        ours, theirs = vt.tensor(data), torch.tensor(data)
        assert repr(ours) == repr(theirs)
        assert ours.dtype.name == str(theirs.dtype).removeprefix("torch.")
