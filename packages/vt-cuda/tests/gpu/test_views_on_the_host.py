# SPDX-License-Identifier: Apache-2.0
"""Elements of views with gaps, repeats and turned strides, asked for from the host."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import vt_core as vt

View = Callable[[vt.Tensor], vt.Tensor]

VIEWS: dict[str, View] = {
    "columns": lambda x: x[:, ::2],
    "one column": lambda x: x[:, 1],
    "rows": lambda x: x[1:3],
    "every other row": lambda x: x[::2],
    "turned": lambda x: x.transpose(0, 1),
    "turned with gaps": lambda x: x.transpose(0, 1)[::2],
    "expanded": lambda x: x[:1].expand(3, 6),
    "expanded number": lambda x: x[0, 0].expand(2, 2),
    "overlapping": lambda x: vt.ops.as_strided(x, [3, 3], [1, 1], 2),
    "real part": lambda x: vt.ops.real(vt.ops.complex(x, x + 1)),
    "empty": lambda x: x[2:2, ::2],
}


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "int64", "bool"])
@pytest.mark.parametrize("name", VIEWS)
def test_tolist_of_views_is_the_cpus(name: str, dtype: str) -> None:
    if name == "real part" and dtype != "float32":
        pytest.skip("complex numbers are of floats")
    host = vt.arange(24).reshape(4, 6).to(getattr(vt, dtype))
    view = VIEWS[name]
    assert view(host.to(device="cuda")).tolist() == view(host).tolist()


def test_item_and_membership_of_views() -> None:
    x = vt.arange(24, dtype=vt.float32).reshape(4, 6).to(device="cuda")
    assert x[:, ::2][1:2, 1:2].item() == 8.0
    assert 9.0 not in x[:, ::2]
    assert 8.0 in x[:, ::2]
