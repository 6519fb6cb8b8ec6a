#!/usr/bin/env bash
# Live events to 1,000 WebSocket clients, one of them not reading, against a bare ASP.NET broadcast: at most 1.3 × its p99, and 250 ms.
# BENCH_CLIENTS (1000), BENCH_SECONDS (8) of events in each run, BENCH_RUNS (3). Takes about 2 minutes.
set -euo pipefail
ulimit -n "$(ulimit -Hn)"
cd "$(dirname "$0")/.."
exec dotnet run -c Release --project bench/AniWorld.SocketBench -- "${BENCH_CLIENTS:-1000}" "${BENCH_SECONDS:-8}" "${BENCH_RUNS:-3}"
