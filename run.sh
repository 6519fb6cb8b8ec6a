#!/usr/bin/env bash
# Builds AniWorld and runs it:  ./run.sh [demo | COMMAND] [arguments of the executable]; without a command it serves
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is missing. Install it (https://dot.net/download, package dotnet-sdk-10.0), then run this again." >&2
  exit 1
fi
if ! dotnet --version >/dev/null 2>&1; then
  echo "AniWorld needs the .NET 10 SDK; found only: $(dotnet --list-sdks | tr '\n' ' ')" >&2
  echo "Install it (https://dot.net/download, package dotnet-sdk-10.0), then run this again." >&2
  exit 1
fi

build() {
  # What a command prints may go into a pipe.
  echo "Building $1 …" >&2
  dotnet build "$1" -c Release --nologo -v quiet >&2
}

server=AniWorld.Blazor/bin/Release/net10.0/aniworld.dll
build AniWorld.Blazor
if [[ "${1:-}" == demo ]]; then
  shift
  build samples/SampleSite
  exec dotnet samples/SampleSite/bin/Release/net10.0/SampleSite.dll demo --server "$server" -- "$@"
fi
exec dotnet "$server" "$@"
