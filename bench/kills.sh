#!/usr/bin/env bash
# kill -9 of aniworld fetch at random moments, 200 times by default:  bench/kills.sh [N]
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/e2e -c Release --nologo -v quiet
ANIWORLD_KILLS=${1:-200} exec dotnet tests/e2e/bin/Release/net10.0/AniWorld.E2E.dll --no-ansi --filter-class "*KilledFetchTests"
