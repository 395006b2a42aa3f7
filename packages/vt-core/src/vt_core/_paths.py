# SPDX-License-Identifier: Apache-2.0
"""Where the installed headers, CMake package and library lie, for builds against this package."""

from __future__ import annotations

import os
import sys

from vt_core import _C

__all__ = ["get_cmake_dir", "get_include", "get_library_path", "package_folders"]


def _installed(*parts: str) -> str:
    # Beside the extension module: in an editable install this file lies in the source tree, where none of these are.
    path = os.path.join(os.path.dirname(os.path.abspath(_C.__file__)), *parts)
    if not os.path.exists(path):
        raise FileNotFoundError(
            f"vt_core: the installation is incomplete: {path} does not exist; install vt-core again"
        )
    return path


def get_include() -> str:
    """Return the folder to give to a compiler with ``-I`` for ``vt/abi/*.h`` and ``vt/cpp/*.hpp``.

    Examples
    --------
    >>> import os, vt_core as vt
    >>> os.path.exists(os.path.join(vt.get_include(), "vt", "abi", "vt.h"))
    True
    """
    return _installed("include")


def get_cmake_dir() -> str:
    """Return the folder of ``vt_core-config.cmake``, for ``-Dvt_core_DIR=``."""
    return _installed("cmake")


def get_library_path() -> str:
    """Return the path of libvt_core, for programs without Python that load it themselves."""
    return _installed("lib", "libvt_core.so.1")


def package_folders() -> tuple[str, ...]:
    """Return the folders in which packages are imported, by name only: none is looked into before something of it is needed."""
    return tuple(dict.fromkeys(entry for entry in sys.path if entry))
