"""The curators' desk, the readers' API, the engineers' status page (not built yet)."""
