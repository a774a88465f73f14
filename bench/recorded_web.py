"""The main job on the recorded web: a source for every host, every page ended, again without fetching, and killed at random.

    python -m bench.recorded_web [--kills 20] [--keep FOLDER]

Needs the recorded web beside the repository (NEWSDESK_SHARED, else ../shared) and openssl. Prints a row for each measure.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsdesk.addresses import key

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("NEWSDESK_SHARED", ROOT.parent / "shared"))
NEWSDESK = [sys.executable, "-m", "cli"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def recorded_web(folder: Path, delay: float = 0.0) -> Iterator[dict[str, str]]:
    """Serve the recorded web; yields the environment that leads to it."""
    port, ca = free_port(), folder / "ca.pem"
    server = subprocess.Popen(
        [
            sys.executable,
            str(SHARED / "replay" / "replay.py"),
            "--port",
            str(port),
            "--ca",
            str(ca),
            "--log",
            str(folder / "web.jsonl"),
            "--delay",
            str(delay),
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            time.sleep(0.1)
        proxy = f"http://127.0.0.1:{port}"
        yield {**os.environ, "http_proxy": proxy, "https_proxy": proxy, "SSL_CERT_FILE": str(ca), "PYTHONPATH": str(ROOT)}
    finally:
        server.terminate()
        server.wait()


def run(env: dict[str, str], *arguments: str, may_fail: bool = False) -> tuple[str, float]:
    began = time.monotonic()
    done = subprocess.run([*NEWSDESK, *arguments], env=env, capture_output=True, text=True)
    if done.returncode and not may_fail:
        raise SystemExit(f"newsdesk {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr[-5000:]}")
    return done.stdout, time.monotonic() - began


def summary(env: dict[str, str]) -> dict[str, Any]:
    """What the recorded web saw."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": env["http_proxy"]}))
    return dict(json.loads(opener.open("http://replay.invalid/summary", timeout=10).read()))


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def row(name: str, value: object) -> None:
    print(f"| {name} | {value} |", flush=True)


def prepared(env: dict[str, str], home: Path, hosts: Path) -> None:
    run(env, "init", str(home), "--contact", "desk@example.org")
    text, seconds = run(env, "outlets", "add", "--from", str(hosts), "--home", str(home), "--delay", "0", "--json", may_fail=True)
    added = lines(text)
    row("hosts with a source", f"{sum(1 for a in added if a.get('outlet_id'))} of {len(added)} in {seconds:.0f} s")
    for one in added:
        if not one.get("outlet_id"):
            row("no source", one)


def pages() -> list[dict[str, Any]]:
    return lines((SHARED / "replay" / "pages" / "manifest.jsonl").read_text(encoding="utf-8"))


def measure_ends(env: dict[str, str], home: Path) -> None:
    """Every page of the manifest against the ledger and the shelf."""
    wanted = {key(page["url"]): page for page in pages()}
    stored = {a["key"]: a for a in lines(run(env, "articles", "--json", "--home", str(home))[0])}
    ends = lines(run(env, "links", "--json", "--home", str(home))[0])
    by_key = collections.defaultdict(list)
    for end in ends:
        by_key[end["key"]].append(end)
    final = [k for k in wanted if any(e["final"] for e in by_key[k])]
    kept = [k for k in wanted if any(e["outcome"] in ("stored", "same_article") for e in by_key[k])]
    row("pages ended", f"{len(final)} of {len(wanted)}; kept as articles {len(kept)}; articles stored {len(stored)}")
    row("links with two ends", sum(len(v) > 1 for v in by_key.values()))
    for k in [k for k in wanted if k not in kept][:25]:
        if k not in kept:
            row("not an article", f"{k}: {[(e['outcome'], e['detail'][:80]) for e in by_key[k]]}")
    articles = {}
    for k in wanted:
        for end in by_key[k]:
            articles[k] = next((a for a in stored.values() if a["id"] == end["article"]), None)
    language = [(k, p["lang"], articles[k]["language"]) for k, p in wanted.items() if articles.get(k)]
    right = sum(a == b for _, a, b in language)
    row("language", f"{right} of {len(language)} = {right / len(language):.3f}; disagreements {[x for x in language if x[1] != x[2]]}")
    days = [(k, p["published"], articles[k]["published"]) for k, p in wanted.items() if p["published"] and articles.get(k)]
    right = sum(bool(b) and date.fromisoformat(a) == date.fromisoformat(b["on"]) for _, a, b in days)
    row("day of publication, all hints", f"{right} of {sum(bool(p['published']) for p in wanted.values())}")
    row("hints", dict(collections.Counter(b["hint"] if b else "none" for _, _, b in days)))
    for k, a, b in days:
        if not b or a != b["on"]:
            row("day differs", f"{k}: {a} / {b}")


def whole(folder: Path, hosts: Path) -> None:
    home = folder / "desk"
    with recorded_web(folder) as env:
        prepared(env, home, hosts)
        row("asked while finding sources", {k: v for k, v in summary(env).items() if k != "unknown_hosts"})
        text, seconds = run(env, "collect", "--once", "--json", "--delay", "0", "--home", str(home))
        (folder / "round.jsonl").write_text(text)
        row("round", f"{seconds:.0f} s; {lines(text)[-1]}")
        before = summary(env)
        row("recorded web", {k: v for k, v in before.items() if k != "unknown_hosts"})
        row("off-site advertisement asked", "ads.example" in before["unknown_hosts"])
        measure_ends(env, home)
        text, seconds = run(env, "collect", "--once", "--json", "--delay", "0", "--home", str(home))
        after = summary(env)
        row(
            "again",
            f"{seconds:.0f} s; {lines(text)[-1]}; pages fetched more than once {after['pages_fetched_more_than_once']}; "
            f"304: {after['status'].get('304', 0)}",
        )
        same = sum("identical" in run(env, "snapshot", str(n), "--check", "--home", str(home), may_fail=True)[0] for n in range(1, 21))
        row("snapshot read again, identical", f"{same} of 20")


def killed(folder: Path, hosts: Path, kills: int) -> None:
    """kill -9 at random moments, restart each time, until the round is complete."""
    chance = random.Random(20201122)
    home = folder / "killed"
    with recorded_web(folder, delay=0.4) as env:  # slow enough that kills fall everywhere
        prepared(env, home, hosts)
        done = 0
        while done < kills:
            process = subprocess.Popen(
                [*NEWSDESK, "collect", "--once", "--json", "--delay", "0", "--home", str(home)],
                env=env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(chance.uniform(2.0, 7.0))
            if process.poll() is not None:
                row("ended before it could be killed", f"after {done} kills")
                break
            process.send_signal(signal.SIGKILL)
            process.wait()
            done += 1
        text, seconds = run(env, "collect", "--once", "--json", "--delay", "0", "--home", str(home))
        row("killed", f"{done} times; the last round {seconds:.0f} s; {lines(text)[-1]}")
        measure_ends(env, home)
        row("recorded web", {k: v for k, v in summary(env).items() if k != "unknown_hosts"})
        row("archive", readable(home / "archive"))


def readable(archive: Path) -> str:
    """Whether warcio reads every file to its end, digests checked."""
    from warcio.archiveiterator import ArchiveIterator

    records = wrong = 0
    files = sorted(archive.glob("*.warc.gz*"))
    for path in files:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests=True):
                record.content_stream().read()
                records += 1
                wrong += record.digest_checker.passed is False
    return f"{records} records in {len(files)} files read to the end; wrong digests {wrong}; left open {len(list(archive.glob('*.open')))}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=0, help="also kill the round this many times")
    arguments.add_argument("--only-killed", action="store_true")
    arguments.add_argument("--keep", type=Path, help="work in this folder and keep it")
    chosen = arguments.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="newsdesk-recorded-"))
    folder.mkdir(parents=True, exist_ok=True)
    hosts = folder / "hosts.txt"
    hosts.write_text("\n".join(sorted({urlsplit(page["url"]).hostname or "" for page in pages()})) + "\n")
    print("| row | measured |\n| --- | --- |")
    try:
        if not chosen.only_killed:
            whole(folder, hosts)
        if chosen.kills:
            killed(folder, hosts, chosen.kills)
    finally:
        if chosen.keep is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
