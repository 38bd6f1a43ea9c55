"""Prefect without its telemetry: imported before prefect is, so that a run speaks to its own server only."""

import os

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
