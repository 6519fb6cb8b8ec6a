#!/usr/bin/env bash
# REST on a large library, next to a bare endpoint that sends the same bytes, and /health while 200 log-ins are tried. BENCH_RUNS (40) of each.
# Ends with 1 when a median misses its aim.
set -euo pipefail
cd "$(dirname "$0")"
dotnet build -c Release -v quiet --nologo AniWorld.RestBench
exec dotnet AniWorld.RestBench/bin/Release/net10.0/AniWorld.RestBench.dll
