# SPDX-License-Identifier: Apache-2.0
"""Discovery of installed plugins: packages that declare an entry point in the group ``vt.plugins``."""

from __future__ import annotations

import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "load_plugins"]

GROUP = "vt.plugins"

# Names that were loaded, so that asking again does nothing.
_loaded: set[str] = set()


def load_plugins() -> tuple[str, ...]:
    """Load every installed plugin that is not loaded yet.

    An entry point of the group ``vt.plugins`` names a module, whose import registers the plugin, or a callable that takes
    nothing and does so. Nothing is loaded before this is called. A plugin that fails costs a warning, not the process, and
    is tried again at the next call.

    Returns
    -------
    tuple of str
        Names of all plugins loaded so far through entry points, sorted.

    Warns
    -----
    RuntimeWarning
        Naming the plugin, the distribution it came from and why it could not be loaded.

    Examples
    --------
    >>> import vt_core.plugins
    >>> names = vt_core.plugins.load_plugins()
    """
    from importlib.metadata import entry_points

    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        if entry.name not in _loaded and _load(entry):
            _loaded.add(entry.name)
    return tuple(sorted(_loaded))


def _load(entry: EntryPoint) -> bool:
    try:
        plugin = entry.load()
        if callable(plugin):
            plugin()
    except Exception as error:
        source = f" of {entry.dist.name} {entry.dist.version}" if entry.dist else ""
        warnings.warn(
            f"load_plugins: plugin {entry.name!r}{source} was left out: {type(error).__name__}: {error}",
            RuntimeWarning,
            stacklevel=3,
        )
        return False
    return True
