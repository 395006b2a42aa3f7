# SPDX-License-Identifier: Apache-2.0
"""Random short programs that run in both libraries: operators drawn from the schemas, views, writes and gradients."""
