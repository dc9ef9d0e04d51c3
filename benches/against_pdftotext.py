#!/usr/bin/env python3
"""Whole-process time of `plantoets check` on each sample against `pdftotext` on the same file: medians of paired runs.

    cargo build --release && python3 benches/against_pdftotext.py [RUNS]
"""
import glob
import os
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 21


def once(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


worst = 0.0
for file in sorted(glob.glob(os.path.join(ROOT, "samples/*/document.pdf"))):
    theirs, ours = [], []
    for _ in range(RUNS):
        theirs.append(once(["pdftotext", file, "/dev/null"]))
        ours.append(once([os.path.join(ROOT, "target/release/plantoets"), "check", file]))
    a, b = statistics.median(theirs) * 1e3, statistics.median(ours) * 1e3
    worst = max(worst, b / a)
    print(f"{os.path.basename(os.path.dirname(file)):40} pdftotext {a:5.1f} ms  plantoets {b:5.1f} ms  ratio {b / a:.2f}")
print(f"worst ratio {worst:.2f}")
