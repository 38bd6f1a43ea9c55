"""Entities and facts -> the attribute and relation databases, as files that readers take home."""
