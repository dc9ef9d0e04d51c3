#!/usr/bin/env python3
"""Whole-process time of a full check (`plantoets check`, all elements) against `pdftotext` and `mutool` on the same files: medians of runs that
take turns, and the most memory that a check took. The samples, or the files given.

    cargo build --release && python3 benches/against_others.py RUNS [FILE...]
"""
import glob
import os
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PLANTOETS = os.environ.get("PLANTOETS", os.path.join(ROOT, "target/release/plantoets"))
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 21
FILES = sys.argv[2:] or sorted(glob.glob(os.path.join(ROOT, "samples/*/document.pdf")))
TOOLS = {
    "pdftotext": lambda file: ["pdftotext", file, "/dev/null"],
    "mutool": lambda file: ["mutool", "draw", "-q", "-F", "txt", "-o", "/dev/null", file],
    "plantoets": lambda file: [PLANTOETS, "check", file],
}


def once(command):
    """Wall time and processor time in milliseconds, and the most memory in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = 0
    return wall * 1e3, (used.ru_utime + used.ru_stime) * 1e3, used.ru_maxrss / 1024


print("| document | pdftotext ms | mutool ms | plantoets ms | ÷ pdftotext | ÷ mutool | processor time ÷ pdftotext | peak MiB |")
print("|---|---|---|---|---|---|---|---|")
worst = 0.0
for file in FILES:
    runs = {name: [] for name in TOOLS}
    for _ in range(RUNS):
        for name, command in TOOLS.items():
            runs[name].append(once(command(file)))
    wall = {name: statistics.median(r[0] for r in all) for name, all in runs.items()}
    work = {name: statistics.median(r[1] for r in all) for name, all in runs.items()}
    peak = max(r[2] for r in runs["plantoets"])
    ratio = wall["plantoets"] / wall["pdftotext"]
    worst = max(worst, ratio)
    name = os.path.basename(file) if os.path.basename(file) != "document.pdf" else os.path.basename(os.path.dirname(file))
    print(f"| {name} | {wall['pdftotext']:.1f} | {wall['mutool']:.1f} | {wall['plantoets']:.1f} | {ratio:.2f} "
          f"| {wall['plantoets'] / wall['mutool']:.2f} | {work['plantoets'] / work['pdftotext']:.2f} | {peak:.0f} |", flush=True)
print(f"\nworst against pdftotext: {worst:.2f}")
