"""What each kind of bad input ends in, and what it costs: outcome, sentence, seconds, peak memory of newsdesk's processes.

The cases are those of tests/desk/hostile.py: servers on loopback that really misbehave, each beside a healthy source. Every
case gets a workspace and a process of its own. Memory is the proportional set size of the command and all its workers,
looked at every 50 ms (a share of what several of them hold in common). Run from the repository:

    python -m bench.bad_input [--only WORDS] [--parse-seconds 20]
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.desk.desks import Collected, Ran
from tests.desk.hostile import CASES, HEALTHY, Case, misbehaving

MIB = 1024 * 1024


@dataclass
class Scales:
    """Weighs a process and its descendants while it runs; ``peak_bytes`` is the most seen at once."""

    process: subprocess.Popen[str]
    peak_bytes: int = 0

    def watch(self) -> None:
        while self.process.poll() is None:
            self.peak_bytes = max(self.peak_bytes, sum(weight(number) for number in family(self.process.pid)))
            time.sleep(0.05)


def family(pid: int) -> Sequence[int]:
    """A process and all that descend from it (Linux)."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = stat.read_text().partition(" (")
        except OSError:
            continue  # it ended meanwhile
        parents.setdefault(int(rest.rpartition(") ")[2].split()[1]), []).append(int(number))
    found = [pid]
    for one in found:
        found.extend(parents.get(one, ()))
    return found


def weight(pid: int) -> int:
    """Proportional set size in bytes, 0 for a process that ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


@dataclass(frozen=True)
class Measured:
    """A row of the table."""

    name: str
    outcome: str
    sentence: str
    seconds: float
    peak_bytes: int
    as_wanted: bool


def measured(case: Case, parse_seconds: float, timeout_seconds: float) -> Measured:
    """Run one round over one case."""
    with tempfile.TemporaryDirectory(prefix="newsdesk-bad-") as folder, misbehaving([case], Path(folder) / "desk") as (desk, servers):
        desk.settings(parse_seconds=parse_seconds, timeout_seconds=timeout_seconds)
        began = time.monotonic()
        with desk.started("collect", "--once", "--json") as process:
            scales = Scales(process)
            watcher = threading.Thread(target=scales.watch)
            watcher.start()
            out, err = process.communicate()
            watcher.join()
        seconds = time.monotonic() - began
        server = servers[case.name]
        if process.returncode:
            return Measured(case.name, f"exit {process.returncode}", err.strip()[-200:], seconds, scales.peak_bytes, False)
        return row(case, Collected(Ran(0, out, err).rows), server.url, seconds, scales.peak_bytes)


def row(case: Case, told: Collected, home: str, seconds: float, peak_bytes: int) -> Measured:
    """The odd link's end where there is one, else the poll's."""
    poll = told.poll(f"case-0/{case.source}")
    odd = [link for link in told.links if link["address"] == f"{home}/odd-page"]
    end = odd[0] if odd else poll
    healthy = [told.link(home + path)["outcome"] == "stored" for path in HEALTHY] if not case.healthy_suffers else []
    ends = [told.link(home + path)["outcome"] in wanted for path, wanted in case.links.items()]
    wanted = poll["outcome"] in case.poll and all(healthy) and all(ends)
    sentence = f"{end['sentence']} {end['detail']}".replace(home, "").replace("\n", " ").strip()
    return Measured(case.name, end["outcome"] or "waiting", sentence, seconds, peak_bytes, wanted)


def main() -> None:
    """Print a row a case, then the worst of all."""
    parser = argparse.ArgumentParser(prog="python -m bench.bad_input", description="What bad input ends in, and what it costs.")
    parser.add_argument("--only", default="", help="only cases whose name contains these words")
    parser.add_argument("--parse-seconds", type=float, default=20)
    parser.add_argument("--timeout-seconds", type=float, default=5)
    given = parser.parse_args()
    rows = []
    print("| case | ends in | sentence | s | peak MiB | as wanted |\n| --- | --- | --- | --- | --- | --- |", flush=True)
    for case in CASES:
        if given.only in case.name:
            one = measured(case, given.parse_seconds, given.timeout_seconds)
            rows.append(one)
            told = "yes" if one.as_wanted else "NO"
            sentence = one.sentence.replace("|", "/")[:170]
            print(f"| {one.name} | {one.outcome} | {sentence} | {one.seconds:.1f} | {one.peak_bytes / MIB:.0f} | {told} |", flush=True)
    print(
        f"\n{len(rows)} cases, {sum(one.as_wanted for one in rows)} as wanted; at most {max(one.seconds for one in rows):.1f} s"
        f" and {max(one.peak_bytes for one in rows) / MIB:.0f} MiB."
    )


if __name__ == "__main__":
    main()
