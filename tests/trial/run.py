#!/usr/bin/env python3
"""Tries the program on a batch of dossiers as an analyst gets them: time, memory, poisoned files, being broken off, the same bytes each time.

    cargo build --release && python3 tests/trial/run.py [--count 160] [--pairs 3] [--work FOLDER] [TRIAL...]

Trials: speed, pictures, poison, broken, same; all of them when none is named. Prints what was measured, what passed and what failed; the
exit code is 1 if anything failed. Times are told as ratios between commands that ran one after the other.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import make

ROOT = make.ROOT
MEMORY = 600
"""MiB that a worker may take."""
NO_PICTURES = ["--pages", "none"]
EXPECTED = {
    "afgekapt": {"partial", "unreadable"},
    "versleuteld, zonder wachtwoord te openen": {"read"},
    "zipbom": {"partial", "unreadable"},
    "diep genest": {"read", "partial", "unreadable"},
    "inhoudstabel in een kring": {"read", "partial", "unreadable"},
    "leeg": {"unreadable"},
    "een PNG": {"unreadable"},
    "met een wachtwoord": {"unreadable"},
    "gescand": {"read"},
    "pad met spaties en é": {"read"},
}
"""What may be said of a poisoned document."""


class Ran:
    """A run of the program: how it ended, how long it took, the most memory that one worker held, in MiB."""

    def __init__(self, code, seconds, memory, said):
        self.code, self.seconds, self.memory, self.said = code, seconds, memory, said


class Trials:
    def __init__(self, given):
        self.program, self.work, self.count, self.pairs = given.program, given.work, given.count, given.pairs
        self.passed = self.failed = 0
        self.batch = self.work / "inzendingen"
        self.dossiers = make.make(self.batch, self.count, poison=False)

    def hold(self, what, holds, more=""):
        self.passed, self.failed = self.passed + holds, self.failed + (not holds)
        print(f"{'ok  ' if holds else 'FAIL'}  {what}{': ' if more else ''}{more}", flush=True)

    def check(self, output, *more, until=None, blow=signal.SIGINT):
        """Runs the program; when `until` says so of the folder of reports it is dealt the blow."""
        command = [self.program, "check", self.batch.name, "--output", f"{output}/", *more]
        memory, workers = [0], set()
        start = time.perf_counter()
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(command, stdout=said, stderr=said, cwd=self.work)
            done = threading.Event()
            watch = threading.Thread(target=watch_memory, args=(process.pid, memory, workers, done))
            watch.start()
            if until:
                while process.poll() is None and not until(self.work / output, time.perf_counter() - start):
                    time.sleep(0.02)
                process.send_signal(blow)
            process.wait()
            seconds = time.perf_counter() - start
            done.set()
            watch.join()
            said.seek(0)
            told = said.read().decode("utf-8", "replace")
        time.sleep(1 if until else 0)
        orphans = [w for w in workers if pathlib.Path(f"/proc/{w}").exists()]
        if orphans:
            self.hold("no worker outlives the program", False, str(orphans))
        return Ran(process.returncode, seconds, memory[0], told)

    def pdftotext(self):
        """Seconds that pdftotext needs for all documents, one after the other."""
        start = time.perf_counter()
        for file in sorted(self.batch.rglob("*.pdf")):
            subprocess.run(["pdftotext", file, os.devnull], stderr=subprocess.DEVNULL)
        return time.perf_counter() - start

    def whole(self, what, ran, output):
        """A run that did all it was asked."""
        lines = results(self.work / output)
        self.hold(f"{what}: all dossiers done", ran.code in (0, 1) and len(lines) == self.count, f"{len(lines)} dossiers, exit code {ran.code}")
        self.hold(f"{what}: memory per worker under {MEMORY} MiB", 0 < ran.memory < MEMORY, f"{ran.memory:.0f} MiB")
        if ran.code not in (0, 1):
            print(ran.said[-1000:])

    def against(self, what, most, *more):
        """Pairs of pdftotext and the program; the ratio of the middle pair must hold."""
        ratios = []
        for pair in range(self.pairs):
            theirs = self.pdftotext()
            remove(self.work / what)
            ran = self.check(what, "--no-cache", *more)
            ratios.append(ran.seconds / theirs)
            print(f"      {what} {pair + 1}: pdftotext {theirs:.1f} s, plantoets {ran.seconds:.1f} s, ratio {ratios[-1]:.2f}", flush=True)
        self.whole(what, ran, what)
        self.hold(f"{what}: at most {most} times pdftotext", statistics.median(ratios) <= most, f"{statistics.median(ratios):.2f}")

    def again(self, what, *more):
        """The second run over an unchanged batch."""
        cache = ["--cache", self.work / f"bewaard-{what}"]
        first = self.check(f"{what}-eerst", *cache, *more)
        second = self.check(f"{what}-weer", *cache, *more)
        third = self.check(f"{what}-weer", *cache, *more)
        share = second.seconds / first.seconds
        self.hold(f"{what}: second run at most 5% of the first", share <= 0.05, f"{share:.1%} ({first.seconds:.1f} s, {second.seconds:.2f} s)")
        self.hold(f"{what}: third run into the same folder at most 5%", third.seconds <= first.seconds * 0.05, f"{third.seconds / first.seconds:.1%}")
        self.alike(f"{what}: second run the same", f"{what}-eerst", f"{what}-weer")

    def alike(self, what, one, other):
        differing = differences(self.work / one, self.work / other)
        self.hold(what, not differing, ", ".join(differing[:5]))

    def speed(self):
        self.against("zonder-beeld", 1.0, *NO_PICTURES)
        self.again("zonder-beeld", *NO_PICTURES)

    def pictures(self):
        self.against("met-beeld", 8.0)
        self.again("met-beeld")
        images = [f for f in (self.work / "met-beeld").rglob("*.png")]
        size = sum(f.stat().st_size for f in images)
        print(f"      {len(images)} images of {size / max(1, len(images)) / 1024:.0f} KiB on average", flush=True)

    def same(self):
        """One worker or two, once or twice: one folder."""
        self.check("een", "--no-cache", "--workers", "1")
        self.check("twee", "--no-cache", "--workers", "2")
        self.alike("1 and 2 workers give one folder", "een", "twee")
        self.check("nog-eens", "--no-cache", "--workers", "2")
        self.alike("two runs give one folder", "twee", "nog-eens")
        for name in ("een", "nog-eens"):
            remove(self.work / name)

    def broken(self):
        """Broken off half-way and started again."""
        whole = self.check("ongestoord", "--no-cache")
        self.whole("undisturbed", whole, "ongestoord")
        def half(output, seconds):
            return len(list(output.glob("*.html"))) >= self.count // 2 or seconds > whole.seconds * 0.6

        for name, blow, code in (("sigint", signal.SIGINT, 130), ("sigkill", signal.SIGKILL, -signal.SIGKILL)):
            cache = ["--cache", self.work / f"bewaard-{name}"]
            ran = self.check(name, *cache, until=half, blow=blow)
            self.hold(f"{name}: ends by it", ran.code == code, f"exit code {ran.code} after {ran.seconds:.1f} s")
            finished = len(list((self.work / name).glob("*.html")))
            if blow == signal.SIGINT:
                lines = len(results(self.work / name))
                self.hold(f"{name}: what is finished is there", 0 < lines < self.count, f"{lines} dossiers, {finished} pages")
            rest = self.check(name, *cache)
            self.hold(f"{name}: goes on where it stopped", rest.seconds < whole.seconds * 0.9, f"{rest.seconds / whole.seconds:.0%} of a whole run")
            self.alike(f"{name}: then the same as undisturbed", "ongestoord", name)
            remove(self.work / name)

    def poison(self):
        """Ten bad documents among the others."""
        batch = self.work / "vergiftigd" / "inzendingen"
        batch.parent.mkdir()
        dossiers = make.make(batch, self.count, poison=True)
        self.check("gezond", "--no-cache")
        # The same names as seen from the working folder, so that paths in the reports are the same.
        os.rename(self.batch, self.work / "inzendingen-gezond")
        os.rename(batch, self.batch)
        try:
            ran = self.check("met-gif", "--no-cache", "--tijd-per-document", "10")
        finally:
            os.rename(self.batch, batch)
            os.rename(self.work / "inzendingen-gezond", self.batch)
        self.hold("poisoned: exit code 3", ran.code == 3, f"{ran.code}, {ran.seconds:.1f} s")
        self.hold(f"poisoned: memory per worker under {MEMORY} MiB", 0 < ran.memory < MEMORY, f"{ran.memory:.0f} MiB")
        healthy, sick = results(self.work / "gezond"), results(self.work / "met-gif")
        bad = {str(path.relative_to(batch)): poison for path, poison in dossiers if poison}

        def poison_of(line):
            path = json.loads(line)["dossiers"][0]["path"]
            return next((p for name, p in bad.items() if path.endswith(name)), None)

        self.hold("poisoned: all dossiers are there", len(sick) == self.count, str(len(sick)))
        clean = [line for line in healthy if not poison_of(line)]
        self.hold("poisoned: the lines of the other dossiers are unchanged", clean == [line for line in sick if not poison_of(line)], str(len(clean)))
        touched = {page(line) for line in healthy if poison_of(line)} | {"index.html", "matrix.xlsx", "findings.csv", "resultaten.jsonl", ".plantoets"}
        changed = [f for f in differences(self.work / "gezond", self.work / "met-gif") if not touched & set(pathlib.Path(f).with_suffix("").parts + pathlib.Path(f).parts)]
        self.hold("poisoned: the pages and images of the other dossiers are unchanged", not changed, ", ".join(changed[:5]))
        for line in filter(poison_of, sick):
            document = json.loads(line)["dossiers"][0]["documents"][0]
            why = document["error"] or "; ".join(document["warnings"])
            self.hold(f"poisoned: {poison_of(line)}", document["status"] in EXPECTED[poison_of(line)], f"{document['status']}: {why}")


def page(line):
    """Name of a dossier's page, from its number, of which there is one each."""
    return json.loads(line)["dossiers"][0]["samenwerkingsverband"]["nummer"].lower()


def watch_memory(program, memory, workers, done):
    """Keeps the most memory that a child of the program held."""
    children = pathlib.Path(f"/proc/{program}/task/{program}/children")
    while not done.wait(0.02):
        for task in pathlib.Path(f"/proc/{program}/task").glob("*/children") if children.exists() else ():
            try:
                for child in task.read_text().split():
                    workers.add(child)
                    status = pathlib.Path(f"/proc/{child}/status").read_text()
                    peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), None)
                    if peak:
                        memory[0] = max(memory[0], int(peak.split()[1]) / 1024)
            except (OSError, ValueError):
                pass


def results(output):
    file = output / "resultaten.jsonl"
    return file.read_text("utf-8").splitlines() if file.is_file() else []


def files(folder):
    return {str(f.relative_to(folder)): f for f in folder.rglob("*") if f.is_file()}


def differences(one, other):
    """What `diff -r` would name."""
    ours, theirs = files(one), files(other)
    if not ours:
        return [f"{one.name} is empty"]
    return sorted(n for n in ours.keys() | theirs.keys() if n not in ours or n not in theirs or ours[n].read_bytes() != theirs[n].read_bytes())


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)


def main():
    every = ["speed", "pictures", "poison", "broken", "same"]
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("trials", nargs="*", metavar="TRIAL", help=", ".join(every))
    arguments.add_argument("--count", type=int, default=160, help="number of dossiers")
    arguments.add_argument("--pairs", type=int, default=3, help="pairs of runs for each ratio")
    arguments.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/plantoets")
    arguments.add_argument("--work", type=pathlib.Path, help="an empty folder to work in, which is kept; otherwise a temporary one")
    given = arguments.parse_args()
    if unknown := set(given.trials) - set(every):
        sys.exit(f"no such trial: {', '.join(sorted(unknown))}")
    given.program = given.program.resolve()
    with tempfile.TemporaryDirectory(prefix="plantoets-trial-") as passing:
        given.work = (given.work or pathlib.Path(passing)).resolve()
        given.work.mkdir(parents=True, exist_ok=True)
        trials = Trials(given)
        for name in given.trials or every:
            getattr(trials, name)()
    print(f"{trials.passed} passed, {trials.failed} failed")
    sys.exit(1 if trials.failed else 0)


if __name__ == "__main__":
    main()
