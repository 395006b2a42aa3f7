# SPDX-License-Identifier: Apache-2.0
"""What dropout draws: shares, whole channels, moments, and inputs that pass."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import vt_core as vt

FORMS = ["dropout", "alpha_dropout", "feature_dropout", "feature_alpha_dropout"]


def values(*shape: int) -> Any:
    return vt.from_numpy(np.random.default_rng(0).standard_normal(shape))


def array(x: vt.Tensor) -> np.ndarray:
    return np.array(x.tolist())


@pytest.mark.parametrize("form", [*FORMS, *(f"{name}_" for name in FORMS)])
@pytest.mark.parametrize(("p", "train"), [(0.0, True), (0.5, False)])
def test_input_passes_when_nothing_is_dropped(form: str, p: float, train: bool) -> None:
    x = values(2, 3, 4)
    before = array(x)
    result = getattr(vt.ops, form)(x, p, train)
    assert result is x or result._is_alias_of(x)
    np.testing.assert_array_equal(array(x), before)


@pytest.mark.parametrize("form", ["dropout", "dropout_", "feature_dropout", "feature_dropout_"])
def test_kept_elements_are_scaled(form: str) -> None:
    x = vt.ops.ones((40, 50, 3), dtype=vt.float64)
    result = array(getattr(vt.ops, form)(x, 0.4, True))
    assert set(np.round(np.unique(result), 12)) == {0.0, round(1 / 0.6, 12)}
    assert abs(result.mean() - 1) < 0.1
    assert (array(x) == result).all() == form.endswith("_")


@pytest.mark.parametrize("form", ["feature_dropout", "feature_alpha_dropout"])
def test_channels_are_dropped_whole(form: str) -> None:
    result = array(getattr(vt.ops, form)(vt.ops.ones((20, 30, 4, 5)), 0.5, True))
    assert (result == result[:, :, :1, :1]).all()
    assert len(np.unique(result[:, :, 0, 0])) == 2


@pytest.mark.parametrize("form", ["alpha_dropout", "feature_alpha_dropout_"])
@pytest.mark.parametrize("p", [0.1, 0.5])
def test_mean_and_variance_stay(form: str, p: float) -> None:
    result = array(getattr(vt.ops, form)(values(400, 500), p, True))
    assert abs(result.mean()) < 0.02
    assert abs(result.var() - 1) < 0.03


@pytest.mark.parametrize("form", FORMS)
def test_forms_draw_alike(form: str) -> None:
    x = values(6, 7, 2)
    vt.manual_seed(3)
    expected = array(getattr(vt.ops, form)(x, 0.5, True))
    vt.manual_seed(3)
    np.testing.assert_allclose(array(getattr(vt.ops, f"{form}_")(x, 0.5, True)), expected)
