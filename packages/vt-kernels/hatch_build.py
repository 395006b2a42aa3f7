# SPDX-License-Identifier: Apache-2.0
"""Compiles the cubins while hatchling builds a wheel or an editable install; fails when triton cannot."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGETS = ("sm_90",)


class CubinBuildHook(BuildHookInterface[Any]):
    """Puts `vt_kernels/cubins/<target>/` into the wheel, and beside the sources for an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (the hook's signature)
        """Compile every declared kernel for every target; hatchling calls this before it collects files."""
        source = Path(self.root) / "src"
        cubins = source / "vt_kernels" / "cubins"
        shutil.rmtree(cubins, ignore_errors=True)
        # Under the interpreter triton's decorator yields nothing that can be compiled.
        os.environ.pop("TRITON_INTERPRET", None)
        sys.path.insert(0, str(source))
        try:
            from vt_kernels._runtime.compile import compile_all

            for target in TARGETS:
                compile_all(cubins / target, target=target)
        finally:
            sys.path.remove(str(source))
        build_data["artifacts"].append("src/vt_kernels/cubins/**")
