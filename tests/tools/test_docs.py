# SPDX-License-Identifier: Apache-2.0
"""The documents at the top name files and sessions that exist."""

import re

import pytest

from tools.repo import ROOT

DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
PLACES = [ROOT, ROOT / "packages", ROOT / "packages" / "vt-core", ROOT / "packages" / "vt-core" / "csrc"]


def named_paths(text: str) -> set[str]:
    """Paths in backticks or links, without those that hold a placeholder."""
    found = re.findall(r"`([\w./-]+/[\w./-]*)`", text) + re.findall(r"\]\(([\w./-]+)\)", text)
    return {path for path in found if not path.startswith(("dist", "wheels", "runs"))}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_paths_in_a_document_exist(document: str) -> None:
    paths = named_paths((ROOT / document).read_text())
    assert paths
    assert sorted(path for path in paths if not any((place / path).exists() for place in PLACES)) == []


def test_sessions_in_the_documents_exist() -> None:
    defined = set(re.findall(r"^def (\w+)\(session", (ROOT / "noxfile.py").read_text(), re.MULTILINE))
    for document in DOCUMENTS:
        named = set(re.findall(r"nox -s (\w+)", (ROOT / document).read_text()))
        assert named - {"format"} <= defined, document
