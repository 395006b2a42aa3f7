# SPDX-License-Identifier: Apache-2.0
"""Triton sources and what is to be compiled from them; the only modules here that import triton when loaded."""
