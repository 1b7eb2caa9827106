"""How large the world of a benchmark is: in full where its figures are wanted, small where only its working is.

Figures of two busy workers mean nothing, and pytest-benchmark does not measure there either. So beside other tests
(`pytest`, which runs two workers) a benchmark shows that it runs and asserts what it asserts, in a small world; alone
(`pytest -n0 -s tests/benchmarks`) it is the full world, and the figures are worth reading.
"""

import os


def sized(full: int, small: int, variable: str = "") -> int:
    """So many now; the environment's variable, where it is set, is meant in any case."""
    wanted = os.environ.get(variable, "") if variable else ""
    if wanted:
        return int(wanted)
    return small if "PYTEST_XDIST_WORKER" in os.environ else full
