# SPDX-License-Identifier: Apache-2.0
"""The training programs of examples/: they learn, resume and rerun bit for bit, and end with one sentence on bad input."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from wheelhouse import ROOT, need

WORDS = "the quick brown fox jumps over the lazy dog and runs away, "


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text with a pattern that is quickly learned."""
    path = tmp_path_factory.mktemp("text") / "words.txt"
    path.write_text(WORDS * 400, encoding="utf-8")
    return path


def start(program: str, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "examples" / f"{program}.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, **options)


def trained(folder: Path, text: Path, *arguments: object) -> dict[str, Any]:
    """Train a tiny run and return what it recorded."""
    record = folder / "record.json"
    done = start("train_gpt", "--preset", "tiny", "--text", text, "--runs", folder, "--json", record, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(record.read_text())


def test_it_learns_and_leaves_everything_in_its_folder(tmp_path: Path, text: Path) -> None:
    record = trained(tmp_path, text, "--steps", 60)
    assert len(record["train"]) == 60
    assert record["validation"][-1][1] < record["bigram_loss"] < record["train"][0]
    assert record["sample"]
    made = {path.name for path in (tmp_path / "tiny").iterdir()}
    assert {"checkpoint.safetensors", "sample.txt"} <= made


def test_a_rerun_and_a_resumed_run_are_bit_identical(tmp_path: Path, text: Path) -> None:
    whole = trained(tmp_path / "a", text, "--steps", 30)
    again = trained(tmp_path / "b", text, "--steps", 30, "--threads", 1)
    assert again["train"] == whole["train"]
    assert again["sample"] == whole["sample"]

    command = [sys.executable, str(ROOT / "examples" / "train_gpt.py"), "--preset", "tiny", "--text", str(text)]
    command += ["--steps", "30", "--runs", str(tmp_path / "c"), "--stop-after", "11"]
    first = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert first.returncode == 130, first.stderr
    resumed = trained(tmp_path / "c", text, "--steps", 30, "--resume")
    assert resumed["train"] == whole["train"]
    assert resumed["validation"] == whole["validation"]
    assert resumed["sample"] == whole["sample"]


def test_interrupting_keeps_a_checkpoint(tmp_path: Path, text: Path) -> None:
    command = [sys.executable, str(ROOT / "examples" / "train_gpt.py"), "--preset", "tiny", "--text", str(text)]
    command += ["--steps", "100000", "--runs", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("step"):
            break
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "is kept, --resume goes on" in rest
    assert (tmp_path / "tiny" / "checkpoint.safetensors").exists()


@pytest.mark.parametrize("ranks", [2])
def test_ranks_of_one_process_learn_the_same(tmp_path: Path, text: Path, ranks: int) -> None:
    need("vt-fabric")
    alone = trained(tmp_path / "a", text, "--steps", 5)
    together = trained(tmp_path / "b", text, "--steps", 5, "--ranks", ranks)
    assert together["train"] == pytest.approx(alone["train"], rel=1e-4)


def test_reversing_is_learned(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    done = start("train_reverse", "--steps", 8, "--runs", tmp_path, "--json", record)
    assert done.returncode == 0, done.stderr
    losses = json.loads(record.read_text())["train"]
    assert losses[-1] < losses[0]


def bad_texts(folder: Path) -> dict[str, tuple[Path, str]]:
    files = {
        "missing": (folder / "missing.txt", "cannot be read"),
        "a folder": (folder, "cannot be read"),
        "empty": (folder / "empty.txt", "the file is empty"),
        "binary": (folder / "binary.txt", "not UTF-8 text"),
        "with NUL": (folder / "nul.txt", "NUL character"),
        "too short": (folder / "short.txt", "too short"),
    }
    files["empty"][0].write_bytes(b"")
    files["binary"][0].write_bytes(b"\x80\x81\xfe\xff" * 1000)
    files["with NUL"][0].write_bytes(b"text\0text" * 1000)
    files["too short"][0].write_bytes(b"a few words only")
    return files


def test_bad_texts_end_with_one_sentence(tmp_path: Path) -> None:
    for name, (path, expected) in bad_texts(tmp_path).items():
        done = start("train_gpt", "--preset", "tiny", "--text", path, "--runs", tmp_path / "runs")
        assert done.returncode == 1, name
        assert expected in done.stderr, name
        assert len(done.stderr.strip().splitlines()) == 1, name
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--preset", "huge"], "preset huge: unknown; expected one of"),
        (["--device", "cuda:77"], "no CUDA device is usable here"),
        (["--device", "tpu"], "device tpu"),
        (["--ranks", "3", "--preset", "tiny"], "expected a number that divides the batch"),
        (["--steps", "0"], "expected at least 1"),
        (["--preset", "tiny", "--resume"], "there is none to resume from"),
    ],
)
def test_bad_options_end_with_one_sentence(tmp_path: Path, text: Path, arguments: list[str], expected: str) -> None:
    done = start("train_gpt", "--text", text, "--runs", tmp_path, *arguments)
    assert done.returncode == 1
    assert expected in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_foreign_and_damaged_checkpoints_are_refused(tmp_path: Path, text: Path) -> None:
    trained(tmp_path, text, "--steps", 2)
    checkpoint = tmp_path / "tiny" / "checkpoint.safetensors"
    whole = checkpoint.read_bytes()
    other = start("train_gpt", "--preset", "tiny", "--text", text, "--runs", tmp_path, "--resume", "--steps", 3)
    assert other.returncode == 1
    assert "of another run: steps: got 2, expected 3" in other.stderr
    for damaged in (whole[:-5], whole[:3], b"", b"x" * 5000):
        checkpoint.write_bytes(damaged)
        done = start("train_gpt", "--preset", "tiny", "--text", text, "--runs", tmp_path, "--resume", "--steps", 2)
        assert done.returncode == 1
        assert "cannot be read" in done.stderr
        assert checkpoint.read_bytes() == damaged


def test_a_full_disk_leaves_the_old_checkpoint(tmp_path: Path, text: Path) -> None:
    trained(tmp_path, text, "--steps", 2)
    checkpoint = tmp_path / "tiny" / "checkpoint.safetensors"
    before = checkpoint.read_bytes()

    def limit() -> None:
        # A file may not grow beyond this, as on a disk that is full; without the signal a write then fails.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, len(before) // 2))

    done = start("train_gpt", "--preset", "tiny", "--text", text, "--runs", tmp_path, "--steps", 2, preexec_fn=limit)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "the one before is unharmed" in done.stderr
    assert checkpoint.read_bytes() == before


def test_a_read_only_folder_is_named(tmp_path: Path, text: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = start("train_gpt", "--preset", "tiny", "--text", text, "--runs", blocked)
    assert done.returncode == 1
    assert "cannot be made" in done.stderr
