# SPDX-License-Identifier: Apache-2.0
"""Groups whose ranks are the processes of an MPI job, for CPU tensors."""

from __future__ import annotations

import atexit
import time
from typing import TYPE_CHECKING

import vt_core
from vt_core import Tensor

from vt_fabric.group import ReduceOp, reduce_number
from vt_fabric.local import DEFAULT_TIMEOUT_S

if TYPE_CHECKING:
    from mpi4py import MPI

# Name of the MPI datatype of each dtype. Half types, which MPI lacks, travel as float32 and are rounded once.
_MPI_TYPES = {
    "bool": "CXX_BOOL",
    "uint8": "UINT8_T",
    "uint16": "UINT16_T",
    "uint32": "UINT32_T",
    "uint64": "UINT64_T",
    "int8": "INT8_T",
    "int16": "INT16_T",
    "int32": "INT32_T",
    "int64": "INT64_T",
    "float32": "FLOAT",
    "float64": "DOUBLE",
    "complex64": "C_FLOAT_COMPLEX",
    "complex128": "C_DOUBLE_COMPLEX",
}
_HALF_TYPES = ("float16", "bfloat16")
_FIRST_PAUSE_S = 1e-6
_LONGEST_PAUSE_S = 1e-3


def _name(tensor: Tensor) -> str:
    return str(tensor.dtype).rpartition(".")[2]


class MpiGroup:
    """The processes of an MPI communicator.

    Collectives poll for completion, so that a rank that stays away is an error after the timeout and one that calls `abort`
    at once. MPI itself cannot recover from either: a process whose group failed ends the job by ``MPI_Abort`` when it exits,
    because ``MPI_Finalize`` would wait for the missing rank.
    """

    def __init__(self, communicator: MPI.Comm, *, timeout_s: float) -> None:
        from mpi4py import MPI

        self._mpi = MPI
        self._data = communicator.Dup()
        self._control = communicator.Dup()
        self._timeout_s = timeout_s
        self._failure: str | None = None

    @property
    def rank(self) -> int:
        """Number of the rank."""
        return self._data.Get_rank()

    @property
    def world(self) -> int:
        """Number of processes."""
        return self._data.Get_size()

    def all_reduce(self, tensor: Tensor, *, op: ReduceOp = "sum") -> None:
        """Reduce `tensor` in place over all ranks; see `Group.all_reduce`.

        The order of summation is MPI's, the same on every rank.
        """
        reduce_number(op)
        self._check("all_reduce", tensor)
        name = _name(tensor)
        if name in _HALF_TYPES:
            wide = tensor.detach().to(dtype=vt_core.float32)
            self.all_reduce(wide, op=op)
            tensor.detach().copy_(wide)
            return
        is_integral = not (tensor.dtype.is_floating_point or tensor.dtype.is_complex)
        if (
            name not in _MPI_TYPES
            or (op == "mean" and is_integral)
            or (op in ("min", "max") and tensor.dtype.is_complex)
        ):
            raise vt_core.DTypeError(f"all_reduce: {op} is not defined for {name}")
        self._agree("all_reduce", tensor, op)
        mpi_op = {"sum": "SUM", "mean": "SUM", "product": "PROD", "min": "MIN", "max": "MAX"}[op]
        if name == "bool":
            mpi_op = "LOR" if op in ("sum", "max") else "LAND"
        result = vt_core.ops.empty_like(tensor)
        request = self._data.Iallreduce(
            self._buffer(tensor, name), self._buffer(result, name), op=getattr(self._mpi, mpi_op)
        )
        self._wait("all_reduce", request)
        if op == "mean":
            result.mul_(1.0 / self.world)
        tensor.detach().copy_(result)

    def broadcast(self, tensor: Tensor, *, root: int = 0) -> None:
        """Copy the root's elements into every rank's `tensor`; see `Group.broadcast`."""
        self._check("broadcast", tensor)
        if not 0 <= root < self.world:
            raise ValueError(f"broadcast: got root {root}, expected 0 to {self.world - 1}")
        self._agree("broadcast", tensor, root)
        # Received beside the tensor, so that a failed call leaves it as it was.
        received = tensor.detach().clone() if self.rank == root else vt_core.ops.empty_like(tensor)
        self._wait("broadcast", self._data.Ibcast(self._bytes(received), root=root))
        if self.rank != root:
            tensor.detach().copy_(received)

    def all_gather(self, tensor: Tensor) -> Tensor:
        """Return every rank's tensor, stacked in rank order; see `Group.all_gather`."""
        self._check("all_gather", tensor)
        self._agree("all_gather", tensor, None)
        out = vt_core.ops.empty((self.world, *tensor.shape), dtype=tensor.dtype, device=tensor.device)
        self._wait("all_gather", self._data.Iallgather(self._bytes(tensor), self._bytes(out)))
        return out

    def barrier(self) -> None:
        """Wait for every rank."""
        self._wait("barrier", self._data.Ibarrier())

    def abort(self, reason: str) -> None:
        """Make the other ranks' calls fail with `reason`."""
        text = f"rank {self.rank} aborted: {reason}"
        for rank in range(self.world):
            if rank != self.rank:
                self._control.isend(text, dest=rank)
        self._fail(text)

    def _check(self, name: str, tensor: Tensor) -> None:
        if self._failure is not None:
            raise RuntimeError(f"{name}: the group is unusable since {self._failure}")
        if tensor.device.type != "cpu":
            raise vt_core.DeviceError(
                f"{name}: an MPI group works on CPU tensors, got {tensor.device}; copy it to the CPU"
            )
        if not tensor.is_contiguous():
            raise RuntimeError(f"{name}: the tensor must be contiguous; call contiguous() first")

    def _agree(self, name: str, tensor: Tensor, parameter: object) -> None:
        """Raise on every rank alike when the ranks call different things."""
        mine = (name, tuple(tensor.shape), _name(tensor), parameter)
        digest = vt_core.tensor([hash_of(mine), -hash_of(mine)], dtype=vt_core.int64)
        highest = vt_core.ops.empty_like(digest)
        request = self._data.Iallreduce(self._buffer(digest, "int64"), self._buffer(highest, "int64"), op=self._mpi.MAX)
        self._wait(name, request)
        largest, smallest_negated = highest.tolist()
        if largest != -smallest_negated:
            raise vt_core.ShapeError(
                f"{name}: ranks give different tensors, parameters or collectives; rank {self.rank} gives "
                f"{mine[1]} {mine[2]}" + ("" if parameter is None else f" with {parameter!r}")
            )

    def _wait(self, name: str, request: MPI.Request) -> None:
        if self._failure is not None:
            raise RuntimeError(f"{name}: the group is unusable since {self._failure}")
        deadline = time.monotonic() + self._timeout_s
        pause_s = _FIRST_PAUSE_S
        while not request.Test():
            if self._control.Iprobe(source=self._mpi.ANY_SOURCE):
                reason = str(self._control.recv(source=self._mpi.ANY_SOURCE))
                self._fail(reason)
                raise RuntimeError(f"{name}: the call was given up: {reason}")
            if time.monotonic() > deadline:
                self._fail(f"rank {self.rank} waited {self._timeout_s} s in {name}")
                raise TimeoutError(
                    f"{name}: timed out: rank {self.rank} waited {self._timeout_s} s for the other ranks"
                )
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _fail(self, reason: str) -> None:
        if self._failure is None:
            self._failure = reason
            atexit.register(self._data.Abort, 1)

    def _buffer(self, tensor: Tensor, name: str) -> tuple[MPI.buffer, MPI.Datatype]:
        memory = self._mpi.buffer.fromaddress(tensor.data_ptr(), tensor.nbytes)
        return memory, getattr(self._mpi, _MPI_TYPES[name])

    def _bytes(self, tensor: Tensor) -> tuple[MPI.buffer, MPI.Datatype]:
        return self._mpi.buffer.fromaddress(tensor.data_ptr(), tensor.nbytes), self._mpi.BYTE


def hash_of(value: object) -> int:
    """Return a number of 62 bits that is the same in every process for equal texts of `value`."""
    import hashlib

    return int.from_bytes(hashlib.blake2b(repr(value).encode(), digest_size=8).digest(), "little") >> 2


def mpi(communicator: MPI.Comm | None = None, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> MpiGroup:
    """Make a group of the processes of an MPI communicator; ``MPI.COMM_WORLD`` by default.

    Every process of the communicator must call it.

    Parameters
    ----------
    communicator : mpi4py.MPI.Comm, optional
        Whose processes to group.
    timeout_s : float
        Seconds that a rank waits for the others before its call fails with `TimeoutError`.

    Raises
    ------
    ImportError
        If mpi4py or an MPI library is missing; ``pip install vt-fabric[mpi]`` brings both.
    """
    if not timeout_s > 0:
        raise ValueError(f"mpi: the timeout must be positive, got {timeout_s}")
    try:
        from mpi4py import MPI
    except (ImportError, RuntimeError) as error:
        raise ImportError(f"mpi: mpi4py could not be loaded ({error}); install vt-fabric[mpi]") from error
    return MpiGroup(communicator if communicator is not None else MPI.COMM_WORLD, timeout_s=timeout_s)
