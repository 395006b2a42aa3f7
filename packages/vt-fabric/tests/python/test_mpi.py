# SPDX-License-Identifier: Apache-2.0
"""Groups of MPI processes: the same results as threads, and failures within the timeout."""

from __future__ import annotations

import json
import time

from conftest import MpiRun

COLLECTIVES = """
import json, vt_core, vt_fabric
group = vt_fabric.mpi(timeout_s=30)
out = {}
for name in ("uint8", "int64", "float16", "bfloat16", "float32", "float64", "complex64"):
    tensor = vt_core.tensor([group.rank + 1, 2], dtype=getattr(vt_core, name))
    group.all_reduce(tensor)
    out[name] = [abs(v) for v in tensor.tolist()]
mean = vt_core.tensor([float(group.rank)])
group.all_reduce(mean, op="mean")
out["mean"] = mean.tolist()
flag = vt_core.tensor([group.rank == 1, False])
group.all_reduce(flag)
out["any"] = flag.tolist()
tensor = vt_core.tensor([group.rank, 7])
out["gathered"] = group.all_gather(tensor).tolist()
group.broadcast(tensor, root=1)
out["broadcast"] = tensor.tolist()
group.barrier()
assert isinstance(group, vt_fabric.Group)
if group.rank == 0:
    print(json.dumps(out))
"""


def test_collectives(mpirun: MpiRun) -> None:
    job = mpirun(COLLECTIVES, ranks=2)
    assert job.returncode == 0, job.stderr
    out = json.loads(job.stdout)
    for name in ("uint8", "int64", "float16", "bfloat16", "float32", "float64", "complex64"):
        assert out[name] == [3, 4], name
    assert out["mean"] == [0.5]
    assert out["any"] == [True, False]
    assert out["gathered"] == [[0, 7], [1, 7]]
    assert out["broadcast"] == [1, 7]


def test_different_shapes_fail_on_every_rank(mpirun: MpiRun) -> None:
    job = mpirun(
        """
import vt_core, vt_fabric
group = vt_fabric.mpi(timeout_s=30)
tensor = vt_core.tensor([1.0] * (1 + group.rank))
try:
    group.all_reduce(tensor)
except vt_core.ShapeError as error:
    print("refused", error)
assert tensor.tolist() == [1.0] * (1 + group.rank)
group.barrier()
""",
        ranks=2,
    )
    assert job.returncode == 0, job.stderr
    assert job.stdout.count("refused all_reduce: ranks give different tensors") == 2


def test_a_rank_that_leaves_is_an_error_on_the_others_within_the_timeout(mpirun: MpiRun) -> None:
    begin = time.monotonic()
    job = mpirun(
        """
import sys, time, vt_core, vt_fabric
group = vt_fabric.mpi(timeout_s=2)
if group.rank == 1:
    time.sleep(8)
    sys.exit(0)
try:
    group.all_reduce(vt_core.tensor([1.0]))
except TimeoutError as error:
    print("timed out:", error, flush=True)
    raise
""",
        ranks=2,
    )
    assert "timed out: all_reduce: timed out: rank 0 waited 2 s" in job.stdout, job.stderr
    assert job.returncode != 0
    assert time.monotonic() - begin < 20


def test_abort_reaches_the_others_at_once(mpirun: MpiRun) -> None:
    job = mpirun(
        """
import time, vt_core, vt_fabric
group = vt_fabric.mpi(timeout_s=30)
if group.rank == 1:
    group.abort("lost its data")
    time.sleep(4)
else:
    begin = time.monotonic()
    try:
        group.all_reduce(vt_core.tensor([1.0]))
    except RuntimeError as error:
        print(f"{time.monotonic() - begin < 10} {error}", flush=True)
""",
        ranks=2,
    )
    assert "True all_reduce: the call was given up: rank 1 aborted: lost its data" in job.stdout, job.stderr
