#!/usr/bin/env bash
# What grows with the library: lists over REST and the database with 500 and 5,000 series of 24 episodes, or as many as are named. See docs/capacity.md.
# Takes about 3 minutes.
set -euo pipefail
cd "$(dirname "$0")"
dotnet build -c Release -v quiet --nologo AniWorld.RestBench
for series in ${*:-500 5000}; do
  # The aims are those of 5,000.
  BENCH_SERIES=$series BENCH_RUNS=10 dotnet AniWorld.RestBench/bin/Release/net10.0/AniWorld.RestBench.dll || true
done
