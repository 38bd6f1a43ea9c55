"""Pairs of names: what speaks for the same, for a tie, and for two that merely look alike."""
