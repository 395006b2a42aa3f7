# SPDX-License-Identifier: Apache-2.0
"""Plugins from Python: loading, refusals that leave nothing behind, withdrawal, and discovery of installed ones."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
import vt_core as vt
import vt_core.plugins
from vt_core.testing import run_forked

COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
needs_compiler = pytest.mark.skipif(COMPILER is None, reason="no C compiler on this machine")

HEAD = """
#include <vt/abi/vt.h>
static const VtObjectApi* object;
static const VtDispatchApi* dispatch;
static const VtTensorApi* tensors;
static int twice(void* context, const VtValue* args, int32_t num_args, VtValue* result) {
  (void)context; (void)num_args;
  tensors->retain(args[0].as.tensor);
  result[0] = args[0];
  return 0;
}
static int ask(const VtPluginHost* host) {
  return host->get_interface(VT_OBJECT_API_NAME, 1, 0, (const void**)&object) ||
         host->get_interface(VT_DISPATCH_API_NAME, 1, 0, (const void**)&dispatch) ||
         host->get_interface(VT_TENSOR_API_NAME, 1, 0, (const void**)&tensors);
}
static int define(const VtPluginHost* host, const char* schema, const char* kernel_of) {
  VtOpDef op = {sizeof(VtOpDef), VT_OP_FUNCTION | VT_OP_METHOD, schema, "What the plugin does."};
  if (dispatch->define_op(host->plugin, &op, 0)) return 1;
  VtKernelDef row = {sizeof(VtKernelDef), 0, kernel_of, VT_LAYER_DEVICE, -1, twice, 0, 0, 0};
  return dispatch->register_kernels(host->plugin, &row, 1);
}
static void describe(VtPluginInfo* info, int major, int minor) {
  info->struct_size = sizeof *info;
  info->host_major = (uint16_t)major; info->host_minor = (uint16_t)minor;
  info->name = "sample"; info->version = "1.2.3";
}
"""

GOOD = """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  return ask(host) || define(host, "sample_same(Tensor self) -> Tensor", "sample_same");
}
"""

BAD_SOURCES = {
    "wrong host major": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  describe(info, VT_PLUGIN_HOST_MAJOR + 1, 0);
  return ask(host) || define(host, "left_behind(Tensor self) -> Tensor", "left_behind");
}""",
    "newer host minor": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR + 1);
  return ask(host) || define(host, "left_behind(Tensor self) -> Tensor", "left_behind");
}""",
    "interface of a wrong major": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  const void* table;
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  if (ask(host) || define(host, "left_behind(Tensor self) -> Tensor", "left_behind")) return 1;
  return host->get_interface(VT_TENSOR_API_NAME, 9, 0, &table);
}""",
    "interface of a newer minor": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  const void* table;
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  return ask(host) || host->get_interface(VT_TENSOR_API_NAME, 1, 999, &table);
}""",
    "interface that nobody has": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  const void* table;
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  return ask(host) || host->get_interface("vt.imaginary", 1, 0, &table);
}""",
    "fails half-way": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  if (ask(host) || define(host, "left_behind(Tensor self) -> Tensor", "left_behind")) return 1;
  object->set_error(VT_ERROR_RUNTIME, "sample: out of luck");
  return 1;
}""",
    "fails without an error": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  return ask(host) || define(host, "left_behind(Tensor self) -> Tensor", "left_behind") || 1;
}""",
    "bad schema": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  if (ask(host) || define(host, "left_behind(Tensor self) -> Tensor", "left_behind")) return 1;
  return define(host, "broken(Tensr self) -> Tensor", "broken");
}""",
    "op that exists already": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  return ask(host) || define(host, "add(Tensor self, Tensor other) -> Tensor", "add");
}""",
    "kernel of an op that does not exist": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  return ask(host) || define(host, "left_behind(Tensor self) -> Tensor", "no_such_op");
}""",
    "null kernel": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  VtKernelDef row = {sizeof(VtKernelDef), 0, "left_behind", VT_LAYER_DEVICE, -1, 0, 0, 0, 0};
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  if (ask(host) || define(host, "left_behind(Tensor self) -> Tensor", "left_behind")) return 1;
  row.device_type = 1;
  return dispatch->register_kernels(host->plugin, &row, 1);
}""",
    "no name": """
VT_EXPORT int vt_plugin_init(const VtPluginHost* host, VtPluginInfo* info) {
  describe(info, VT_PLUGIN_HOST_MAJOR, VT_PLUGIN_HOST_MINOR);
  info->name = 0;
  return ask(host) || define(host, "left_behind(Tensor self) -> Tensor", "left_behind");
}""",
    "no entry symbol": "VT_EXPORT int some_other_symbol(void) { (void)define; (void)ask; (void)describe; return 0; }",
}


def compile_plugin(folder: Path, source: str, name: str = "sample") -> Path:
    path = folder / f"lib{name}.so"
    code = folder / f"{name}.c"
    code.write_text(HEAD + source)
    assert COMPILER
    command = [COMPILER, "-std=c11", "-shared", "-fPIC", "-O1", f"-I{vt.get_include()}", "-o", str(path), str(code)]
    subprocess.run(command, check=True)
    return path


def refused(case: Callable[[], object]) -> str:
    def guarded() -> None:
        before = (vt._C.op_names(), vt._C.plugins())
        try:
            case()
        except Exception:
            assert (vt._C.op_names(), vt._C.plugins()) == before, "something of the plugin stayed"
            assert (vt.ops.ones((2,)) + 1).tolist() == [2, 2]
            raise

    outcome = run_forked(guarded)
    assert outcome.kind == "raised", outcome
    assert {"ImportError", "RuntimeError", "ValueError", "OSError"} & set(outcome.classes), outcome
    assert "AssertionError" not in outcome.classes, outcome
    return outcome.message


@needs_compiler
def test_plugin_adds_an_operator(tmp_path: Path) -> None:
    path = compile_plugin(tmp_path, GOOD)

    def case() -> None:
        vt.load_plugin(path)
        vt.load_plugin(str(path))
        x = vt.tensor([1.0])
        assert vt.ops.sample_same(x) is x
        assert x.sample_same() is x
        assert vt.sample_same(x) is x
        assert "sample_same" in dir(vt.ops)
        assert "What the plugin does." in vt.ops.sample_same.__doc__
        assert [p["name"] for p in vt._C.plugins()].count("sample") == 1
        assert "sample" in vt.show_config()

    outcome = run_forked(case)
    assert outcome.kind == "returned", outcome


@needs_compiler
def test_withdrawn_operator_is_gone_and_says_so(tmp_path: Path) -> None:
    path = compile_plugin(tmp_path, GOOD)

    def case() -> str:
        vt.load_plugin(path)
        kept = vt.ops.sample_same
        x = vt.tensor([1.0])
        vt.unload_plugin("sample")
        assert not hasattr(vt.ops, "sample_same")
        assert not hasattr(x, "sample_same")
        assert not hasattr(vt, "sample_same")
        try:
            kept(x)
        except Exception as error:
            message = str(error)
        else:
            message = "the withdrawn operator ran"
        vt.load_plugin(path)
        assert vt.ops.sample_same(x) is x
        return message

    outcome = run_forked(case)
    assert outcome.kind == "returned", outcome
    assert "sample_same" in outcome.value
    assert "withdrawn operator ran" not in outcome.value


@needs_compiler
@pytest.mark.parametrize("source", BAD_SOURCES.values(), ids=BAD_SOURCES.keys())
def test_bad_plugin_leaves_nothing(source: str, tmp_path: Path) -> None:
    path = compile_plugin(tmp_path, source)
    message = refused(lambda: vt.load_plugin(path))
    assert message


@needs_compiler
@pytest.mark.parametrize("kind", ["wrong host major", "newer host minor", "interface of a newer minor"])
def test_version_errors_name_both_versions(kind: str, tmp_path: Path) -> None:
    path = compile_plugin(tmp_path, BAD_SOURCES[kind])
    message = refused(lambda: vt.load_plugin(path))
    assert "vt-core" in message
    assert any(version in message for version in ("2.0", "1.1", "1.999"))
    assert "1.0" in message


@pytest.mark.parametrize(
    "content",
    [b"", b"not a library", b"\x7fELF", b"\x7fELF" + bytes(60), b"\x7fELF\x02\x01\x01" + b"\xff" * 500, b"#!/bin/sh\n"],
    ids=["empty", "text", "magic only", "zero header", "rubbish header", "script"],
)
def test_file_that_is_no_library_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "libbad.so"
    path.write_bytes(content)
    assert "libbad.so" in refused(lambda: vt.load_plugin(path))


@needs_compiler
def test_library_of_another_machine_is_refused(tmp_path: Path) -> None:
    path = compile_plugin(tmp_path, GOOD)
    content = bytearray(path.read_bytes())
    content[18] = 0x28 if content[18] != 0x28 else 0x3E  # e_machine: ARM
    path.write_bytes(content)
    assert refused(lambda: vt.load_plugin(path))


@needs_compiler
def test_truncated_library_is_refused(tmp_path: Path) -> None:
    path = compile_plugin(tmp_path, GOOD)
    path.write_bytes(path.read_bytes()[:300])
    assert refused(lambda: vt.load_plugin(path))


def test_missing_and_special_paths_are_refused(tmp_path: Path) -> None:
    assert "nothing.so" in refused(lambda: vt.load_plugin(tmp_path / "nothing.so"))
    assert refused(lambda: vt.load_plugin(tmp_path))
    assert refused(lambda: vt.load_plugin(""))
    with pytest.raises(TypeError):
        vt.load_plugin(3)  # type: ignore[arg-type]


@needs_compiler
def test_world_writable_library_is_refused(tmp_path: Path) -> None:
    path = compile_plugin(tmp_path, GOOD)
    path.chmod(path.stat().st_mode | stat.S_IWOTH)
    assert "writ" in refused(lambda: vt.load_plugin(path))


def test_unknown_plugin_cannot_be_unloaded() -> None:
    assert "imaginary" in refused(lambda: vt.unload_plugin("imaginary"))


@needs_compiler
def test_concurrent_loading_registers_once(tmp_path: Path) -> None:
    path = compile_plugin(tmp_path, GOOD)

    def case() -> None:
        import threading

        start = threading.Barrier(8)
        failures: list[Exception] = []

        def load() -> None:
            start.wait()
            try:
                vt.load_plugin(path)
                vt.ops.sample_same(vt.tensor([1.0]))
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=load) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures, failures
        assert [p["name"] for p in vt._C.plugins()].count("sample") == 1

    outcome = run_forked(case)
    assert outcome.kind == "returned", outcome


def installed(folder: Path, name: str, module: str, target: str) -> None:
    """A distribution as pip would leave it, with one entry point."""
    (folder / f"{name}.py").write_text(textwrap.dedent(module))
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[vt.plugins]\n{name} = {target}\n")


def test_installed_plugins_are_found_and_bad_ones_warn(tmp_path: Path) -> None:
    installed(tmp_path, "good_module", "print('imported')", "good_module")
    installed(tmp_path, "good_call", "def start(): print('called')", "good_call:start")
    installed(tmp_path, "bad_import", "raise ImportError('no such driver')", "bad_import")
    installed(tmp_path, "bad_call", "def start(): raise RuntimeError('of another version')", "bad_call:start")
    installed(tmp_path, "bad_name", "", "bad_name:missing")
    code = """
        import vt_core.plugins, warnings
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            names = vt_core.plugins.load_plugins()
        print(sorted(n for n in names if n.startswith(("good", "bad"))))
        for warning in caught: print(warning.category.__name__, warning.message)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            vt_core.load_plugins()
        print(len([w for w in caught if "bad_" in str(w.message)]))
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, env=environment, check=True
    )
    lines = done.stdout.splitlines()
    assert lines[:2] == ["called", "imported"]
    assert lines[2] == "['good_call', 'good_module']"
    text = "\n".join(lines[3:-1])
    for name, reason in [("bad_import", "no such driver"), ("bad_call", "of another version"), ("bad_name", "missing")]:
        assert f"plugin '{name}' of {name} 1.0 was left out" in text
        assert reason in text
    assert lines[-1] == "3"


def test_importing_loads_no_plugin(tmp_path: Path) -> None:
    installed(tmp_path, "eager", "raise SystemExit('loaded at import')", "eager")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    subprocess.run([sys.executable, "-c", "import vt_core, vt_core.plugins"], env=environment, check=True)


def test_nothing_is_warned_without_plugins() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert vt_core.plugins.GROUP == "vt.plugins"
