"""How long the event loop is held by single callbacks while a whole round runs (the same web as bench.pipeline).

    python -m bench.loop_lag [--outlets 32]

A callback's time is its thread's CPU time, so that other work on the machine does not count as ours. Must show: none over
50 ms, so that the page answers at once while a round runs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.pipeline import ROOT, pages, serve, workspace

TOO_LONG_SECONDS = 0.05


def watched(arguments: list[str]) -> None:
    """Run the newsdesk command in this process with every callback of the loop timed; prints a line of JSON at the end."""
    import cli  # the command is only loaded in the process that is watched

    held: list[tuple[float, str]] = []
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        held.append((time.thread_time() - began, repr(handle) if time.thread_time() - began > TOO_LONG_SECONDS else ""))

    asyncio.Handle._run = timed  # type: ignore[method-assign] # every callback passes here, and nowhere else can all be timed
    sys.argv = ["newsdesk", *arguments]
    try:
        cli.main()
    finally:
        held.sort(reverse=True)
        times = [seconds for seconds, _ in held]
        worst = {
            "callbacks": len(times),
            "p99_ms": round(1000 * times[len(times) // 100], 1),
            "worst_ms": [round(1000 * t, 1) for t in times[:5]],
        }
        print(json.dumps({**worst, "over": [what[:200] for seconds, what in held if seconds > TOO_LONG_SECONDS][:5]}))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--outlets", type=int, default=32)
    arguments.add_argument("--watch", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.watch:
        watched(chosen.watch)
        return
    told, tell = multiprocessing.get_context("fork").Pipe()
    web = multiprocessing.get_context("fork").Process(target=serve, args=(pages(), chosen.outlets, tell), daemon=True)
    web.start()
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
        home = workspace(Path(folder), told.recv())
        command = [sys.executable, "-m", "bench.loop_lag", "--watch", "collect", "--once", "--json", "--delay", "0", "--home", str(home)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    web.kill()
    seen = json.loads(done.stdout.splitlines()[-1])
    print(f"callbacks {seen['callbacks']}, p99 {seen['p99_ms']} ms, the five longest {seen['worst_ms']} ms (CPU of the loop's thread)")
    for what in seen["over"]:
        print("over 50 ms:", what)
    sys.exit(1 if seen["over"] else 0)


if __name__ == "__main__":
    main()
