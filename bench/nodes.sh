#!/usr/bin/env bash
# Several nodes, on a PostgreSQL and a Redis of its own: how many downloads workers take from a queue of 100,000 in a second, on both databases and next to bare
# SQL; how many events a second come from one node to another, and after how long, next to bare Redis.  bench/nodes.sh [claims|events]
# BENCH_RUNS (5) of each. Takes about 10 minutes.
set -euo pipefail
cd "$(dirname "$0")"
needed=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || needed+=(postgresql)
[[ -x /usr/bin/redis-server ]] || needed+=(redis-server)
if ((${#needed[@]})); then
  root=(); ((EUID == 0)) || root=(sudo)
  "${root[@]}" apt-get update -qq && "${root[@]}" apt-get install -y -qq --no-install-recommends "${needed[@]}" >/dev/null
fi
dotnet build -c Release -v quiet --nologo AniWorld.NodeBench
exec dotnet AniWorld.NodeBench/bin/Release/net10.0/AniWorld.NodeBench.dll "$@"
