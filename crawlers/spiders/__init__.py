"""The spiders, one per kind of record."""
