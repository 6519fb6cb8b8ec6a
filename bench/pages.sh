#!/usr/bin/env bash
# Pages in a real Chromium, next to a bare Blazor Server list: first paint of a library of 5,000 series, answers to typing, memory of a circuit,
# 50 of them at once, and 200 running downloads on the queue page. BENCH_RUNS (5) of each. Ends with 1 when a median misses its aim.
set -euo pipefail
cd "$(dirname "$0")"
if [[ ! -x /usr/bin/chromium ]]; then
  root=(); ((EUID == 0)) || root=(sudo)
  "${root[@]}" apt-get update -qq && "${root[@]}" apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
dotnet build -c Release -v quiet --nologo AniWorld.PageBench
exec dotnet AniWorld.PageBench/bin/Release/net10.0/AniWorld.PageBench.dll
