#!/usr/bin/env bash
# 64 files of 20 MiB at 4 MiB/s per connection, four at once. See lib.sh for settings.
source "$(dirname "$0")/lib.sh"
need nginx curl aria2c ffmpeg python3
build
video "$media/one.mp4" "$(mebi 20)"
for ((i = 10; i < 74; i++)); do ln "$media/one.mp4" "$media/$i.mp4"; echo "http://127.0.0.1:$limited/$i.mp4"; done >"$work/list"
serve

list() {
  local case="64 files of 20 MiB, 4 MiB/s per connection"
  measure "$case" "aria2c -j4 -x4" - aria2c -q --file-allocation=none --min-split-size=1M -j4 -x4 -s4 -d "$out" -i "$work/list"
  measure "$case" "aniworld" - $(fetch --list "$work/list" --dir "$out" --parallel 4 --connections 4)
}

repeat list
report "64 files of 20 MiB, 4 MiB/s per connection" aniworld "aria2c -j4 -x4" 1
