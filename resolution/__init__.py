"""Mentions -> entities; candidates for curators."""
