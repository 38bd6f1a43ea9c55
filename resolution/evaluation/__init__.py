"""Resolution measured against a known truth. Nothing is learned from the answers of what is measured."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
