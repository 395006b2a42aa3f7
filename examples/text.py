# SPDX-License-Identifier: Apache-2.0
"""Text as tokens: reading it, characters or byte pairs as the vocabulary, batches of it."""

from __future__ import annotations

import heapq
import math
import sysconfig
from collections import Counter
from itertools import pairwise
from pathlib import Path

import vt_torch as torch

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
MAX_CHARACTERS = 255


class TextError(Exception):
    """A text that cannot be learned from."""


def read_text(path: Path | None, max_characters: int = 4_000_000) -> str:
    """Return the contents of a file, or sources of the running Python's standard library."""
    if path is None:
        return _library_sources(max_characters)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TextError(f"text {path}: cannot be read: {error.strerror}") from None
    if not data:
        raise TextError(f"text {path}: the file is empty")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(
            f"text {path}: not UTF-8 text: byte {error.object[error.start]:#04x} at {error.start}"
        ) from None
    if "\0" in text:
        raise TextError(f"text {path}: not a text: NUL character at {text.index(chr(0))}")
    return text


def _library_sources(max_characters: int) -> str:
    folder = Path(sysconfig.get_path("stdlib"))
    parts: list[str] = []
    total = 0
    for path in sorted(folder.glob("*.py")) + sorted(folder.glob("asyncio/*.py")):
        parts.append(path.read_text(encoding="utf-8", errors="replace"))
        total += len(parts[-1])
        if total >= max_characters:
            break
    if not parts:
        raise TextError(f"text: no sources of the standard library in {folder}; name a file with --text")
    return "".join(parts)[:max_characters]


class Characters:
    """A vocabulary of the commonest characters; all others are one unknown character.

    Attributes
    ----------
    symbols : list of str
        The text of each token.
    """

    def __init__(self, symbols: list[str]) -> None:
        self.symbols = symbols
        self._numbers = {symbol: i for i, symbol in enumerate(symbols)}

    @classmethod
    def of(cls, text: str) -> Characters:
        """Return the vocabulary of a text."""
        common = [character for character, _ in Counter(text).most_common(MAX_CHARACTERS) if character != UNKNOWN]
        return cls([UNKNOWN, *sorted(common)])

    def encode(self, text: str) -> torch.Tensor:
        """Return the tokens of a text as int64."""
        table = {ord(symbol): i for symbol, i in self._numbers.items()}
        codes = bytes(table.get(ord(c), 0) for c in text)
        return (
            torch.frombuffer(bytearray(codes), dtype=torch.uint8).long() if codes else torch.zeros(0, dtype=torch.int64)
        )

    def decode(self, tokens: list[int]) -> str:
        """Return the text of tokens."""
        return "".join(self.symbols[token] for token in tokens)


class BytePairs:
    """A vocabulary of bytes and of pairs merged by how often they occur: Sennrich, Haddow and Birch, 2015, arXiv:1508.07909.

    Merges stay within words; a word takes the space before it along.

    Attributes
    ----------
    symbols : list of str
        The bytes of each token, as latin-1 text.
    """

    def __init__(self, symbols: list[str]) -> None:
        self.symbols = symbols
        self._ranks = {symbol: i for i, symbol in enumerate(symbols)}
        self._words: dict[str, list[int]] = {}

    @classmethod
    def of(cls, text: str, num_tokens: int) -> BytePairs:
        """Learn a vocabulary of `num_tokens` from a text, or of fewer when no pair occurs twice any more."""
        symbols = dict.fromkeys(chr(i) for i in range(256))
        words = [(list(word), count) for word, count in Counter(_words(text)).items()]
        pairs: Counter[tuple[str, str]] = Counter()
        places: dict[tuple[str, str], set[int]] = {}
        for i, (parts, count) in enumerate(words):
            for pair in pairwise(parts):
                pairs[pair] += count
                places.setdefault(pair, set()).add(i)
        # Entries of the heap may be out of date; the count in `pairs` is what holds.
        heap = [(-count, pair) for pair, count in pairs.items()]
        heapq.heapify(heap)
        while len(symbols) < num_tokens and heap:
            count, best = heapq.heappop(heap)
            if -count != pairs[best]:
                continue
            if -count < 2:
                break
            symbols[best[0] + best[1]] = None
            changed: set[tuple[str, str]] = set()
            for i in places.pop(best):
                parts, times = words[i]
                merged = _merged(parts, best)
                for pair in pairwise(parts):
                    pairs[pair] -= times
                for pair in pairwise(merged):
                    pairs[pair] += times
                    places.setdefault(pair, set()).add(i)
                changed.update(pairwise(parts), pairwise(merged))
                words[i] = (merged, times)
            for pair in changed:
                if pairs[pair] > 0:
                    heapq.heappush(heap, (-pairs[pair], pair))
        return cls(list(symbols))

    def encode(self, text: str) -> torch.Tensor:
        """Return the tokens of a text as int64."""
        tokens: list[int] = []
        for word in _words(text):
            known = self._words.get(word)
            if known is None:
                known = self._words[word] = self._encode_word(word)
            tokens += known
        return torch.tensor(tokens, dtype=torch.int64)

    def _encode_word(self, word: str) -> list[int]:
        parts = list(word)
        while len(parts) > 1:
            pair = min(pairwise(parts), key=lambda pair: self._ranks.get(pair[0] + pair[1], len(self.symbols)))
            if pair[0] + pair[1] not in self._ranks:
                break
            parts = _merged(parts, pair)
        return [self._ranks[part] for part in parts]

    def decode(self, tokens: list[int]) -> str:
        """Return the text of tokens; bytes that are no UTF-8 become the replacement character."""
        return "".join(self.symbols[token] for token in tokens).encode("latin-1").decode("utf-8", errors="replace")


def _words(text: str) -> list[str]:
    """Part a text, as bytes in latin-1, before each space or line that follows something else."""
    data = text.encode("utf-8").decode("latin-1")
    return [word for line in data.splitlines(keepends=True) for word in line.replace(" ", "\0 ").split("\0") if word]


def _merged(parts: list[str], pair: tuple[str, str]) -> list[str]:
    merged: list[str] = []
    i = 0
    while i < len(parts):
        if i + 1 < len(parts) and parts[i] == pair[0] and parts[i + 1] == pair[1]:
            merged.append(parts[i] + parts[i + 1])
            i += 2
        else:
            merged.append(parts[i])
            i += 1
    return merged


class Corpus:
    """A text as tokens, parted into nine tenths to learn from and one tenth to be tested on."""

    def __init__(self, tokens: torch.Tensor, block: int) -> None:
        parted = tokens.numel() * 9 // 10
        if min(parted, tokens.numel() - parted) < block + 1:
            raise TextError(
                f"text: too short: got {tokens.numel()} tokens, expected at least {10 * (block + 1)} "
                f"for a block of {block}"
            )
        self.parts = {"train": tokens[:parted], "validation": tokens[parted:]}
        self.block = block

    def batch(self, part: str, size: int, seed: int, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return tokens and the tokens that follow them, both ``(size, block)``; the same for the same seed and step."""
        tokens = self.parts[part]
        generator = torch.Generator().manual_seed((seed << 32) + step)
        starts = torch.randint(0, tokens.numel() - self.block, [size], generator=generator)
        places = starts[:, None] + torch.arange(self.block)
        return tokens[places], tokens[places + 1]

    def bigram_loss(self, num_tokens: int) -> float:
        """Return the loss on the validation part of a table of which token follows which, counted with one added."""
        train, test = self.parts["train"], self.parts["validation"]
        counts = torch.ones(num_tokens * num_tokens, dtype=torch.float64)
        counts.scatter_add_(0, train[:-1] * num_tokens + train[1:], torch.ones(train.numel() - 1, dtype=torch.float64))
        table = counts.view(num_tokens, num_tokens)
        log_probabilities = (table / table.sum(1, keepdim=True)).log().view(-1)
        loss = -log_probabilities[test[:-1] * num_tokens + test[1:]].mean().item()
        assert math.isfinite(loss)
        return loss
