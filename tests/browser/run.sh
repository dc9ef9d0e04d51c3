#!/usr/bin/env bash
# Opens the pages of the real program in a real browser: reading, reflow, contrast and labels, keyboard, and what leaves the page.
# Usage: tests/browser/run.sh [PROGRAM]; else target/release/plantoets, built when it is not there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

program=${1:-$root/target/release/plantoets}
if [ $# -eq 0 ] && [ ! -x "$program" ]; then
    cargo build --release --locked --manifest-path "$root/Cargo.toml"
fi

if ! command -v chromium >/dev/null; then
    if [ "$(id -u)" -eq 0 ]; then sudo=; else sudo=sudo; fi
    $sudo apt-get update -qq
    $sudo apt-get install -y -qq chromium >/dev/null
fi
if [ ! -d "$here/node_modules/axe-core" ]; then
    npm --prefix "$here" ci --no-audit --no-fund --loglevel=error
fi

pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
cd "$root"
"$program" check samples/g0[2-5]* --fail-on geen --format html --output "$pages/several.html"
"$program" check samples/g03-ijsselbroek-po-2014 --fail-on geen --format html --output "$pages/single.html"
mkdir "$pages/in"
cp -r samples/g03-ijsselbroek-po-2014 samples/g05-drierivieren-vo-2022 "$pages/in"
echo kapot >"$pages/in/kapot.pdf"
"$program" check "$pages/in" --fail-on geen --no-cache --output "$pages/rapport/" || [ $? -eq 3 ]
CHROMIUM=$(command -v chromium) node "$here/pages.mjs" "$pages"
