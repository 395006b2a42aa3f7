# SPDX-License-Identifier: Apache-2.0
"""The training programs of examples/: they learn, resume and rerun bit for bit, and end with one sentence on bad input."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from short_training import image_file
from wheelhouse import ROOT, need

WORDS = "the quick brown fox jumps over the lazy dog and runs away, "


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text with a pattern that is quickly learned."""
    path = tmp_path_factory.mktemp("text") / "words.txt"
    path.write_text(WORDS * 400, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of image files as CIFAR-10 comes in, whose classes have a colour each."""
    folder = tmp_path_factory.mktemp("images")
    data = image_file(200)
    half = len(data) // 5 * 2
    for name, part in (
        ("data_batch_1", data[:half]),
        ("data_batch_2", data[half : 2 * half]),
        ("test_batch", data[2 * half :]),
    ):
        (folder / f"{name}.bin").write_bytes(part)
    return folder


def start(program: str, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "examples" / f"{program}.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, **options)


@dataclass(frozen=True)
class Program:
    """A training program in its smallest size, and the name of its run's folder."""

    name: str
    arguments: tuple[object, ...]
    folder: str

    def start(self, folder: Path, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
        return start(self.name, *self.arguments, "--runs", folder, *arguments, **options)

    def trained(self, folder: Path, *arguments: object) -> dict[str, Any]:
        """Train and return what was recorded, without the time it took."""
        record = folder / "record.json"
        done = self.start(folder, "--json", record, *arguments)
        assert done.returncode == 0, done.stderr
        found = json.loads(record.read_text())
        del found["seconds"]
        return found


@pytest.fixture(params=["train_gpt", "train_vit"])
def program(request: pytest.FixtureRequest, text: Path, images: Path) -> Program:
    programs = (
        Program("train_gpt", ("--preset", "tiny", "--text", text), "tiny"),
        Program("train_vit", ("--preset", "tiny", "--data", images), "vit"),
    )
    return next(program for program in programs if program.name == request.param)


def trained(folder: Path, text: Path, *arguments: object) -> dict[str, Any]:
    """Train a tiny GPT and return what it recorded."""
    return Program("train_gpt", ("--preset", "tiny", "--text", text), "tiny").trained(folder, *arguments)


def test_it_learns_and_leaves_everything_in_its_folder(tmp_path: Path, text: Path) -> None:
    record = trained(tmp_path, text, "--steps", 60)
    assert len(record["train"]) == 60
    assert record["validation"][-1][1] < record["bigram_loss"] < record["train"][0]
    assert record["sample"]
    made = {path.name for path in (tmp_path / "tiny").iterdir()}
    assert {"checkpoint.safetensors", "sample.txt"} <= made


def test_classes_of_images_are_learned(tmp_path: Path, images: Path) -> None:
    record = tmp_path / "record.json"
    done = start("train_vit", "--preset", "tiny", "--data", images, "--epochs", 5, "--runs", tmp_path, "--json", record)
    assert done.returncode == 0, done.stderr
    assert "160 images and 40 to be tested on, 100 steps of 8 images" in done.stdout
    found = json.loads(record.read_text())
    assert [step for step, _ in found["validation"]] == [20, 40, 60, 80, 100]
    assert found["validation"][-1][1] < found["validation"][0][1] < found["train"][0]
    assert min(found["train_accuracy"], found["test_accuracy"]) > 0.3


def test_one_file_of_images_is_enough(tmp_path: Path, images: Path) -> None:
    record = tmp_path / "record.json"
    arguments = ["--preset", "tiny", "--data", images / "data_batch_1.bin", "--steps", 3, "--runs", tmp_path]
    done = start("train_vit", *arguments, "--json", record)
    assert done.returncode == 0, done.stderr
    found = json.loads(record.read_text())
    assert (len(found["train"]), found["validation"]) == (3, [])
    assert "test_accuracy" not in found

    done = start("train_vit", *arguments, "--test", images / "test_batch.bin", "--json", record)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(record.read_text())["validation"]) == 1


def test_a_rerun_and_a_resumed_run_are_bit_identical(tmp_path: Path, program: Program) -> None:
    whole = program.trained(tmp_path / "a", "--steps", 30)
    assert len(whole["train"]) == 30
    assert program.trained(tmp_path / "b", "--steps", 30, "--threads", 1) == whole

    first = program.start(tmp_path / "c", "--steps", 30, "--stop-after", 11)
    assert first.returncode == 130, first.stderr
    assert program.trained(tmp_path / "c", "--steps", 30, "--resume") == whole
    assert program.trained(tmp_path / "c", "--steps", 30, "--resume") == whole, "of a run that was finished"


def test_interrupting_keeps_a_checkpoint(tmp_path: Path, program: Program) -> None:
    command = [sys.executable, str(ROOT / "examples" / f"{program.name}.py"), *map(str, program.arguments)]
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
    assert (tmp_path / program.folder / "checkpoint.safetensors").exists()


@pytest.mark.parametrize("ranks", [2])
def test_ranks_of_one_process_learn_the_same(tmp_path: Path, program: Program, ranks: int) -> None:
    need("vt-fabric")
    alone = program.trained(tmp_path / "a", "--steps", 5)
    together = program.trained(tmp_path / "b", "--steps", 5, "--ranks", ranks)
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


def bad_images(folder: Path, good: bytes) -> dict[str, tuple[Path, str]]:
    (folder / "none").mkdir()
    files = {
        "missing": (folder / "missing.bin", "cannot be read"),
        "a folder without": (folder / "none", "no data_batch_*.bin in this folder"),
        "empty": (folder / "empty.bin", "the file is empty"),
        "cut off": (folder / "cut.bin", "got 30,729 bytes, expected a multiple of 3073"),
        "a wrong label": (folder / "label.bin", "got label 10 of image 3, expected less than 10"),
        "too few": (folder / "few.bin", "too few: got 7, expected at least a batch of 8"),
    }
    files["empty"][0].write_bytes(b"")
    files["cut off"][0].write_bytes(good[:30729])
    files["a wrong label"][0].write_bytes(good[: 3 * 3073] + b"\x0a" + good[3 * 3073 + 1 :])
    files["too few"][0].write_bytes(good[: 7 * 3073])
    return files


def test_bad_images_end_with_one_sentence(tmp_path: Path, images: Path) -> None:
    good = images / "test_batch.bin"
    for name, (path, expected) in bad_images(tmp_path, good.read_bytes()).items():
        cases = [("--data", path), ("--data", good, "--test", path)]
        for arguments in cases[: 1 if name in ("a folder without", "too few") else 2]:
            done = start("train_vit", "--preset", "tiny", *arguments, "--runs", tmp_path / "runs")
            assert done.returncode == 1, name
            assert expected in done.stderr, name
            assert str(path) in done.stderr or name == "too few"
            assert len(done.stderr.strip().splitlines()) == 1, name
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--preset", "huge"], "preset huge: unknown; expected one of"),
        (["--device", "tpu"], "device tpu"),
        (["--steps", "0"], "steps 0: expected at least 1"),
        (["--epochs", "-1"], "epochs -1: expected at least 1"),
        (["--ranks", "3", "--preset", "tiny"], "expected a number that divides the batch"),
        (["--preset", "tiny", "--resume"], "there is none to resume from"),
    ],
)
def test_bad_options_for_images_end_with_one_sentence(
    tmp_path: Path, images: Path, arguments: list[str], expected: str
) -> None:
    done = start("train_vit", "--data", images, "--runs", tmp_path, *arguments)
    assert done.returncode == 1
    assert expected in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_run_on_other_images_is_not_resumed(tmp_path: Path, images: Path) -> None:
    arguments = ["--preset", "tiny", "--steps", 2, "--runs", tmp_path]
    assert start("train_vit", "--data", images, *arguments).returncode == 0
    done = start("train_vit", "--data", images / "data_batch_1.bin", *arguments, "--resume")
    assert done.returncode == 1
    assert "of another run: images: got" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


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
