"""`python -m benchmarks`: the throughput comparison."""

from benchmarks.throughput import main

main()
