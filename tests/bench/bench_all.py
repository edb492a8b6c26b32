"""All benchmarks, one after another, with the machine named."""

from __future__ import annotations

from tests.bench import bench_ack, bench_cold, bench_load, bench_retrieval, bench_turn
from tests.bench.measuring import describe_machine


def main() -> None:
    """Print every table."""
    print(f"Machine: {describe_machine()}\n")
    for bench in (bench_cold, bench_turn, bench_ack, bench_load, bench_retrieval):
        bench.main()


if __name__ == "__main__":
    main()
