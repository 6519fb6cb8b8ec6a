#!/usr/bin/env bash
# aniworld scan --offline of 120,000 files in 5,000 folders, half of them known by their sidecars: into an empty database (at most 6 s), and
# again when nothing changed (2 s), both within 300 MiB; next to find, a bare parallel walk and raw inserts into SQLite in the same run.
# BENCH_RUNS (5) of each in turn. Ends with 1 when a median misses its aim.
source "$(dirname "$0")/lib.sh"
need
build
dotnet build -c Release -v quiet --nologo "$bench/AniWorld.ScanBench"
peer=$bench/AniWorld.ScanBench/bin/Release/net10.0/AniWorld.ScanBench
library=$work/library
mkdir "$library"
"$peer" tree "$library" >/dev/null
find "$library" -type f | wc -l >/dev/null

# timed CASE COMMAND…: seconds and peak memory of a whole process.
timed() {
  local case=$1; shift
  /usr/bin/time -q -o "$work/time" -f '%e %M' "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  printf '%s\t%s\n' "$case" "$(tail -1 "$work/time")" >>"$results"
}

scan() { timed "$1" "$ANIWORLD" scan --offline --json --data "$work/data" --logs "$work/logs" --anime_directory "$library"; }

for ((run = 0; run < runs; run++)); do
  rm -rf "$work/data" "$work/logs" "$library/.aniworld" "$work"/raw.db*; mkdir "$work/data"; sync
  timed 'find' find "$library" -type f
  timed 'bare parallel walk' "$peer" walk "$library"
  timed 'raw inserts, 127,500 rows' "$peer" insert "$work/raw.db"
  scan 'aniworld, first scan'
  first=$(tail -1 "$work/log")
  scan 'aniworld, nothing changed'
done
echo "Load $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) cores. The first scan says: $first"
python3 - "$results" <<'END'
import statistics, sys
aims = {'aniworld, first scan': 6, 'aniworld, nothing changed': 2}
cases, missed = {}, False
for line in open(sys.argv[1]):
    case, figures = line.rstrip('\n').split('\t')
    cases.setdefault(case, []).append([float(f) for f in figures.split()])
print('| whole process | time, s | from–to | peak memory, MiB |\n| --- | ---: | ---: | ---: |')
for case, rows in cases.items():
    times, memory = [r[0] for r in rows], max(r[1] for r in rows) / 1024
    print(f'| {case} | {statistics.median(times):.2f} | {min(times):.2f}–{max(times):.2f} | {memory:.0f} |')
    missed |= case in aims and (statistics.median(times) > aims[case] or memory > 300)
sys.exit(missed)
END
