"""The loop in which everything runs."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import gc
import scheduler

async def main():
    made = [[number] for number in range(1000)]
    return gc.get_freeze_count(), any(one is made for one in gc.get_objects())

print(*scheduler.run_in_loop(main))
"""


def test_what_was_loaded_before_is_passed_over_by_the_search_for_cycles_and_what_comes_after_is_not() -> None:
    output = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True, timeout=120).stdout
    frozen, searched = output.split()
    assert int(frozen) > 50_000
    assert searched == "True"
