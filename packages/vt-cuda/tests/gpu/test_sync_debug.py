# SPDX-License-Identifier: Apache-2.0
"""The mode that warns of waits of the host, or refuses them: which operators wait, and by which name they are told of."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import pytest
import vt_core as vt
import vt_cuda
from on_cuda import counted

X = Callable[[vt.Tensor], object]

# What waits for elements, by the name that the program called.
WAITING: dict[str, tuple[str, X]] = {
    "item": ("item", lambda x: x[0, 0].item()),
    "float": ("item", lambda x: float(x[0, 0])),
    "bool": ("item", lambda x: bool(x[0, 0])),
    "tolist": ("tolist", lambda x: x.tolist()),
    "contains": ("Tensor.__contains__", lambda x: 1.0 in x),
    "to": ("to", lambda x: x.to(device="cpu")),
    "cpu": ("to", lambda x: x.cpu()),
    "copy": ("copy_", lambda x: vt.empty([3, 4]).copy_(x)),
    "nonzero": ("nonzero", lambda x: vt.ops.nonzero(x)),
    "masked_select": ("masked_select", lambda x: vt.ops.masked_select(x, x > 0)),
    "equal": ("equal", lambda x: vt.ops.equal(x, x)),
    "allclose": ("allclose", lambda x: vt.ops.allclose(x, x)),
    "pinned": ("copy_", lambda x: vt.empty([3, 4], pin_memory=True).copy_(x)),
    "large": ("to", lambda x: vt.ones([1 << 20]).to(device="cuda")),  # noqa: ARG005
}

ENQUEUED: dict[str, X] = {
    "arithmetic": lambda x: (x * 2 + x).sum(),
    "small": lambda x: x + vt.tensor([1.0, 2.0, 3.0, 4.0]).to(device="cuda"),
    "number": lambda x: vt.ops.full_like(x, 3.5),
    "index": lambda x: x[1:, ::2],
    "pinned copies": lambda x: x.copy_(vt.empty([3, 4], pin_memory=True), non_blocking=True),
    "landing": lambda x: x.to(device="cpu", non_blocking=True),
    "synchronize": lambda x: (vt_cuda.synchronize(), vt_cuda.current_stream().synchronize(), x),
}


@pytest.fixture
def x() -> vt.Tensor:
    return vt.ops.ones([3, 4], device="cuda")


@pytest.fixture(autouse=True)
def _default_mode() -> Iterator[None]:
    yield
    vt_cuda.set_sync_debug_mode("default")


@pytest.mark.parametrize("case", WAITING)
def test_error_mode_refuses_by_name_and_enqueues_nothing(case: str, x: vt.Tensor) -> None:
    name, call = WAITING[case]
    call(x)
    vt_cuda.set_sync_debug_mode("error")
    with counted() as counts, pytest.raises(RuntimeError, match=rf"^{name}: the host waits for the device"):
        call(x)
    assert counts["host_synchronizations"] == 0
    vt_cuda.set_sync_debug_mode(0)
    call(x)


@pytest.mark.parametrize("case", WAITING)
def test_warn_mode_warns_by_name_and_goes_on(case: str, x: vt.Tensor) -> None:
    name, call = WAITING[case]
    vt_cuda.set_sync_debug_mode("warn")
    with pytest.warns(UserWarning, match=rf"^{name}: the host waits for the device") as caught:
        call(x)
    if case != "cpu":  # which asks by another method
        assert caught[0].filename == __file__


def test_a_warning_made_an_exception_refuses(x: vt.Tensor) -> None:
    vt_cuda.set_sync_debug_mode("warn")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match="item: the host waits"):
            x[0, 0].item()
    with pytest.warns(UserWarning, match="item: the host waits"):
        assert x[0, 0].item() == 1.0


@pytest.mark.parametrize("case", ENQUEUED)
def test_what_does_not_wait_is_left_alone(case: str, x: vt.Tensor) -> None:
    ENQUEUED[case](x)
    vt_cuda.set_sync_debug_mode("error")
    ENQUEUED[case](x)
    vt_cuda.set_sync_debug_mode("warn")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ENQUEUED[case](x)


def test_the_mode_is_told_and_others_are_refused() -> None:
    for number, name in enumerate(("default", "warn", "error")):
        vt_cuda.set_sync_debug_mode(name)
        assert vt_cuda.get_sync_debug_mode() == number
        vt_cuda.set_sync_debug_mode(number)
        assert vt_cuda.get_sync_debug_mode() == number
    for wrong in ("loud", 3, -1):
        with pytest.raises(ValueError, match="set_sync_debug_mode"):
            vt_cuda.set_sync_debug_mode(wrong)
