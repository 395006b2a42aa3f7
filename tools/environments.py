# SPDX-License-Identifier: Apache-2.0
"""Fills a session's environment with wheels from dist/, and only again when they changed."""

import hashlib
import json
from pathlib import Path

import nox

from tools.repo import DIST
from tools.wheels import wheel_path


def install(session: nox.Session, wheels: list[str], *requirements: str, extras: str = "") -> None:
    """Install packages of ours by name, then ordinary requirements, in one resolution.

    Parameters
    ----------
    session
        Whose environment is filled.
    wheels
        Names of packages whose wheels in dist/ are installed with their declared dependencies.
    requirements
        Other requirements.
    extras
        Extra of the first wheel, without brackets; an extra the package does not declare is ignored by pip.
    """
    paths = [wheel_path(name) for name in wheels]
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    state = json.dumps([hashes, requirements, extras])
    stamp = Path(session.virtualenv.location, "house-state.json")
    if stamp.exists() and stamp.read_text() == state:
        return
    if paths:
        # The version is the same from build to build, so pip would keep the old files.
        session.run("pip", "install", "-q", "--force-reinstall", "--no-deps", *map(str, paths), silent=True)
    targets = [str(path) for path in paths]
    if extras and targets:
        targets[0] += f"[{extras}]"
    session.install("-q", "--find-links", str(DIST), *targets, *requirements)
    stamp.write_text(state)
