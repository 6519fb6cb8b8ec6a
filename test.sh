#!/usr/bin/env bash
# Builds everything and runs the tests:  ./test.sh [--fast|--unit|--api]
#   --fast  leaves out the browser, PostgreSQL, Redis, cluster and kill-loop tests, and Node's
#   --unit  services and components only      --api  REST and WebSocket only
# The last line is "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

mode=${1:-all}
case "$mode" in
  all|--fast|--unit|--api) ;;
  *) sed -n '2,5p' "$0" >&2; exit 2 ;;
esac

if ! command -v dotnet >/dev/null || ! dotnet --version >/dev/null 2>&1; then
  echo "The .NET 10 SDK is missing. Install it (https://dot.net/download, package dotnet-sdk-10.0), then run this again." >&2
  exit 1
fi

# What the tests need besides the SDK, from Debian's packages.
needed=()
command -v ffmpeg >/dev/null || needed+=(ffmpeg)
[[ "$mode" != all ]] || [[ -x /usr/bin/chromium ]] || needed+=(chromium)
[[ "$mode" != all ]] || command -v node >/dev/null || needed+=(nodejs)
[[ "$mode" != all ]] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || needed+=(postgresql)
[[ "$mode" != all ]] || [[ -x /usr/bin/redis-server ]] || needed+=(redis-server)
[[ "$mode" != all ]] || [[ -x /usr/sbin/nginx ]] || needed+=(nginx-light)
[[ "$mode" != all ]] || [[ -x /usr/bin/bindfs ]] || needed+=(bindfs)
if ((${#needed[@]})); then
  echo "Installing ${needed[*]} for the tests …"
  as_root=()
  ((EUID == 0)) || as_root=(sudo)
  if ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${needed[@]}"; } >/dev/null; then
    echo "Could not install ${needed[*]}; install them yourself, then run this again." >&2
    exit 1
  fi
fi

echo "Building …"
dotnet build AniWorld.sln -c Release --nologo -v quiet || exit 1

services=tests/AniWorld.Services.Tests/bin/Release/net10.0/AniWorld.Services.Tests.dll
blazor=tests/AniWorld.Blazor.Tests/bin/Release/net10.0/AniWorld.Blazor.Tests.dll
e2e=tests/e2e/bin/Release/net10.0/AniWorld.E2E.dll
passed=0 failed=0 skipped=0
failures=$(mktemp)
trap 'rm -f "$failures"' EXIT

# Runs one test executable and adds its counts up; one that ends without counts has failed.
run() {
  local log
  log=$(mktemp)
  dotnet "$@" --no-ansi --output Normal 2>&1 | tee "$log"
  local counts
  counts=$(awk -F': *' '/^ *(failed|succeeded|skipped):/ {gsub(/ /, "", $1); n[$1] = $2 + 0} END {if (length(n)) print n["succeeded"] + 0, n["failed"] + 0, n["skipped"] + 0}' "$log")
  awk '/^(passed|skipped|running|\[slow\]|Test run summary)/ {f = 0} /^failed / {f = 1} f' "$log" >>"$failures"
  rm -f "$log"
  read -r p f s <<<"${counts:-0 1 0}"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# What concerns the database once more on PostgreSQL, and what is about that alone.
run_on_postgresql() {
  ANIWORLD_TEST_DATABASE=postgresql run $services --filter-trait Database=both --filter-trait Database=postgresql
}

# The JavaScript clients in Node, against the server that was built.
run_node() {
  local log
  if ! node --experimental-websocket -e WebSocket 2>/dev/null; then
    s=$(cat tests/js/*.test.mjs | grep -c '^test(')
    echo "Skipping the $s tests in tests/js: Node $(node --version) has no WebSocket; Node 20 or newer has."
    skipped=$((skipped + s))
    return
  fi

  log=$(mktemp)
  node --experimental-websocket --test --test-reporter=spec tests/js/*.test.mjs 2>&1 | tee "$log"
  read -r p f s <<<"$(awk '$1 == "ℹ" {n[$2] = $3} END {print n["pass"] + 0, ("pass" in n ? n["fail"] + n["cancelled"] : 1), n["skipped"] + n["todo"]}' "$log")"
  awk '/^✖ failing tests:/ {f = 1; next} f' "$log" >>"$failures"
  rm -f "$log"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

case "$mode" in
  --unit) run $services --filter-not-trait Kind=api --filter-not-trait Database=postgresql; run $blazor --filter-not-trait Kind=api ;;
  --api) run $blazor --filter-trait Kind=api ;;
  --fast) run $services --filter-not-trait Database=postgresql; run $blazor ;;
  all) run $services --filter-not-trait Database=postgresql; run_on_postgresql; run $blazor; run $e2e; run_node ;;
esac

# Once more at the end, where a long log is looked at first.
if [[ -s "$failures" ]]; then
  echo
  echo "What failed:"
  cat "$failures"
fi
echo
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
