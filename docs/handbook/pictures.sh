#!/usr/bin/env bash
# Takes the pictures of the handbook and the README anew, from a demo of its own in a real Chromium:  docs/handbook/pictures.sh [NAME …]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [[ ! -x /usr/bin/chromium ]]; then
  as_root=(); ((EUID == 0)) || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
dotnet build samples/Pictures -c Release --nologo -v quiet
exec dotnet samples/Pictures/bin/Release/net10.0/AniWorld.Pictures.dll AniWorld.Blazor/bin/Release/net10.0/aniworld.dll docs/handbook/pictures "$@"
