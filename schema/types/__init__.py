"""Value types: one small class, one job each."""
