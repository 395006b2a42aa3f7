# SPDX-License-Identifier: Apache-2.0
"""From a declared kernel to a launch: declare, compile (build time), read the manifest, launch (run time)."""
