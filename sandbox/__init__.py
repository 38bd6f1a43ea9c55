"""A small stand-in of the public web with a known truth, for the demo, the tests and the benchmarks."""
