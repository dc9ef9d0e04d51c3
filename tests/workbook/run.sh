#!/bin/sh
# Checks matrix.xlsx of a report folder: what is in it (check.py), and that LibreOffice can open and print it.
#
#     run.sh REPORT [FOLDER FOR THE PDF]
#
# Needs Python with openpyxl. Without LibreOffice (soffice) its part is left out, and that is said.
set -eu
here=$(dirname "$0")
report=$1
python3 "$here/check.py" "$report"
if ! command -v soffice >/dev/null; then
    echo "LibreOffice is niet geïnstalleerd: omzetten naar PDF overgeslagen"
    exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
out=${2:-$scratch}
rm -f "$out/matrix.pdf"
# A profile of its own, so that it neither needs nor disturbs one that is there. It tells of failure by making nothing.
timeout 300 soffice "-env:UserInstallation=file://$scratch/profile" --headless --convert-to pdf --outdir "$out" "$report/matrix.xlsx" >"$scratch/log" 2>&1 || true
if ! [ -s "$out/matrix.pdf" ]; then
    cat "$scratch/log"
    echo "LibreOffice kon $report/matrix.xlsx niet omzetten naar PDF"
    exit 1
fi
echo "LibreOffice: $out/matrix.pdf"
