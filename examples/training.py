# SPDX-License-Identifier: Apache-2.0
"""What training programs share: a folder per run, steps with progress, checkpoints, losses as JSON and as a plot."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import vt_torch as torch


class RunError(Exception):
    """What ends a run with one sentence."""


@dataclass
class History:
    """Losses so far.

    Attributes
    ----------
    train : list of float
        One per step.
    validation : list of (int, float)
        The step and the loss there.
    seconds : float
        Spent in steps, by this and earlier starts of the run.
    """

    train: list[float] = field(default_factory=list[float])
    validation: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    seconds: float = 0.0


class Run:
    """A training run in a folder of its own.

    Parameters
    ----------
    folder : Path
        Made when it is missing.
    config : dict
        What decides the run; a checkpoint of another one is refused.
    model, optimizer
        Whose state a checkpoint holds.
    """

    def __init__(
        self, folder: Path, config: dict[str, Any], model: torch.nn.Module, optimizer: torch.optim.Optimizer
    ) -> None:
        self.folder = folder
        self.config = config
        self.model = model
        self.optimizer = optimizer
        self.history = History()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(f"run folder {folder}: cannot be made: {error.strerror}") from None

    @property
    def checkpoint(self) -> Path:
        """Where the state is kept."""
        return self.folder / "checkpoint.safetensors"

    @property
    def step(self) -> int:
        """Steps taken so far."""
        return len(self.history.train)

    def save(self) -> None:
        """Write the checkpoint; an older one is replaced only when the new one is complete."""
        state = {
            "config": self.config,
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "train": torch.tensor(self.history.train, dtype=torch.float64),
            "validation": self.history.validation,
            "seconds": self.history.seconds,
        }
        try:
            torch.save(state, self.checkpoint)
        except OSError as error:
            kept = "; the one before is unharmed" if self.checkpoint.exists() else ""
            raise RunError(
                f"checkpoint {self.checkpoint}: cannot be written: {error.strerror or error}{kept}"
            ) from None

    def resume(self) -> None:
        """Take up the state of the checkpoint."""
        try:
            state = torch.load(self.checkpoint)
        except FileNotFoundError:
            raise RunError(f"checkpoint {self.checkpoint}: there is none to resume from") from None
        except (OSError, ValueError, RuntimeError) as error:
            raise RunError(f"checkpoint {self.checkpoint}: cannot be read: {error}") from None
        if not isinstance(state, dict) or "config" not in state:
            raise RunError(f"checkpoint {self.checkpoint}: not a checkpoint of this program")
        different = [name for name, value in self.config.items() if state["config"].get(name) != value]
        if different:
            told = ", ".join(
                f"{name}: got {state['config'].get(name)!r:.60}, expected {self.config[name]!r:.60}"
                for name in different
            )
            raise RunError(f"checkpoint {self.checkpoint}: of another run: {told}")
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.history = History(state["train"].tolist(), state["validation"], state["seconds"])

    def write_json(self, path: Path, extra: dict[str, Any]) -> None:
        """Write configuration and losses."""
        record = {"config": self.config, **extra, **vars(self.history)}
        try:
            path.write_text(json.dumps(record))
        except OSError as error:
            raise RunError(f"json {path}: cannot be written: {error.strerror}") from None

    def plot(self, title: str, marks: dict[str, float], unit: str = "token") -> Path | None:
        """Draw the losses per `unit` as a PNG, with a line for each mark; None where matplotlib is not installed."""
        try:
            import matplotlib
        except ImportError:
            return None
        matplotlib.use("Agg")
        from matplotlib import pyplot

        figure, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
        axes.plot(range(1, self.step + 1), self.history.train, linewidth=0.8, alpha=0.6, label="train")
        if self.history.validation:
            axes.plot(*zip(*self.history.validation), marker="o", label="validation")
        for name, value in marks.items():
            axes.axhline(value, linestyle="--", color="grey", label=f"{name} {value:.3f}")
        axes.set(title=title, xlabel="step", ylabel=f"loss (nats per {unit})")
        axes.legend()
        path = self.folder / "loss.png"
        figure.savefig(path, dpi=120)
        pyplot.close(figure)
        return path

    def results(self, plot: Path | None) -> str:
        """Tell where plot and checkpoint lie."""
        return f"{plot or 'no plot, matplotlib is not installed'}, {self.checkpoint}"


# Losses are read from the device once in so many steps, so that it is not waited for in between.
READ_EVERY = 10
SAVE_EVERY = 60  # seconds


class Progress:
    """Steps of a run: a bar where tqdm is installed and a terminal listens, else a line now and then."""

    def __init__(
        self, run: Run, num_steps: int, units_per_step: int, *, unit: str = "tokens", quiet: bool = False
    ) -> None:
        self.run = run
        self.num_steps = num_steps
        self.units_per_step = units_per_step
        self.unit = unit
        self.quiet = quiet
        self._unread: list[torch.Tensor] = []
        self._bar: Any = None
        self._begun = time.perf_counter()
        self._saved = time.monotonic()

    def steps(self) -> Iterator[int]:
        """Yield the numbers of the steps to take; between them the losses given to `add` are read."""
        first = self.run.step
        with self._showing():
            self._begun = time.perf_counter()
            for step in range(first, self.num_steps):
                yield step
                if len(self._unread) >= READ_EVERY or step + 1 == self.num_steps:
                    self.read()

    def add(self, loss: torch.Tensor) -> None:
        """Take the loss of a step, which may still be computed."""
        self._unread.append(loss.detach())

    def read(self) -> None:
        """Wait for the losses that have been added and show them."""
        if not self._unread:
            return
        losses = torch.stack(self._unread).double().tolist()
        count = len(self._unread)
        self._unread.clear()
        now = time.perf_counter()
        self.run.history.train += losses
        self.run.history.seconds += now - self._begun
        self._show(losses[-1], count, self.units_per_step * count / (now - self._begun))
        self._begun = now

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Do something that is not part of a step: its time does not count."""
        self.read()
        yield
        self._begun = time.perf_counter()

    def save_when_due(self) -> None:
        """Write the checkpoint if the last one is old; nothing where this side is quiet."""
        if not self.quiet and time.monotonic() - self._saved > SAVE_EVERY:
            with self.aside():
                self.run.save()
            self._saved = time.monotonic()

    def finish(self) -> None:
        """Write the checkpoint; where steps are left the program ends here, as one that was interrupted."""
        self.run.save()
        if self.run.step < self.num_steps:
            self.say(f"stopped after {self.run.step} steps; {self.run.checkpoint} is kept, --resume goes on")
            raise SystemExit(130)

    def say(self, text: str) -> None:
        """Print a line."""
        if self.quiet:
            return
        if self._bar is None:
            print(text, flush=True)
        else:
            self._bar.write(text)

    @contextmanager
    def _showing(self) -> Iterator[None]:
        if not self.quiet and sys.stderr.isatty():
            try:
                from tqdm import tqdm
            except ImportError:
                pass
            else:
                self._bar = tqdm(total=self.num_steps, initial=self.run.step, unit="step", dynamic_ncols=True)
        try:
            yield
        finally:
            self.read()
            if self._bar is not None:
                self._bar.close()
                self._bar = None

    def _show(self, loss: float, count: int, rate: float) -> None:
        if self._bar is not None:
            self._bar.update(count)
            self._bar.set_postfix_str(f"loss {loss:.4f}, {rate:,.0f} {self.unit}/s")
        elif self.run.step % (READ_EVERY * 10) < count or self.run.step == self.num_steps:
            self.say(f"step {self.run.step:>6} of {self.num_steps}: loss {loss:.4f}, {rate:,.0f} {self.unit}/s")


def parser_of(description: str | None, *, seed: int) -> argparse.ArgumentParser:
    """Return a parser of the options that all training programs have."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cpu", help="cpu or cuda (default cpu)")
    parser.add_argument("--dtype", choices=("f32", "bf16"), default="f32", help="bf16 computes under autocast")
    parser.add_argument("--threads", type=int, help="threads of the CPU's operators (default: as many as cores)")
    parser.add_argument("--seed", type=int, default=seed, help=f"of all random numbers (default {seed})")
    parser.add_argument("--resume", action="store_true", help="go on from the run's checkpoint")
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="folder of all runs (default runs)")
    parser.add_argument("--json", type=Path, help="write configuration and losses to this file")
    return parser


def add_preset_options(parser: argparse.ArgumentParser, presets: Collection[str], default: str) -> None:
    """Add the options of programs that have presets and share batches between ranks."""
    parser.add_argument("--preset", default=default, help=f"one of {', '.join(presets)} (default {default})")
    parser.add_argument("--ranks", type=int, default=1, help="ranks of this process that share each batch (default 1)")
    parser.add_argument("--stop-after", type=int, help="stop after so many steps, as Ctrl-C would")


def read_options(parser: argparse.ArgumentParser, presets: Collection[str] = ()) -> argparse.Namespace:
    """Read the command line, refuse what no program can do, and set the number of threads."""
    options = parser.parse_args()
    if presets and options.preset not in presets:
        raise RunError(f"preset {options.preset}: unknown; expected one of {', '.join(presets)}")
    for name in ("epochs", "steps", "threads"):
        number = getattr(options, name, None)
        if number is not None and number < 1:
            raise RunError(f"{name} {number}: expected at least 1")
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    return options


def main(program: Callable[[], None]) -> None:
    """Run a program; what it raises as RunError ends it with one sentence."""
    try:
        program()
    except RunError as error:
        sys.exit(f"error: {error}")


def device_of(name: str) -> torch.device:
    """Return a device that can be computed on."""
    try:
        device = torch.device(name)
    except (RuntimeError, ValueError) as error:
        raise RunError(f"device {name}: {error}") from None
    if device.type not in ("cpu", "cuda"):
        raise RunError(f"device {name}: expected cpu or cuda")
    if device.type == "cuda" and not torch.cuda.is_available():
        raise RunError(f"device {name}: no CUDA device is usable here; use --device cpu")
    return device
