#!/usr/bin/env bash
# Peak memory of aniworld in each of the other benchmarks' cases, and over 4 GiB against 256 MiB: at most 120 MiB, and flat.
source "$(dirname "$0")/lib.sh"
need nginx curl ffmpeg python3
build
video "$media/mid.mp4" "$(mebi 256)"
video "$media/huge.mp4" "$(mebi 4096)" zeros
video "$media/one.mp4" "$(mebi 20)"
for ((i = 10; i < 42; i++)); do ln "$media/one.mp4" "$media/$i.mp4"; echo "http://127.0.0.1:$full/$i.mp4"; done >"$work/list"
playlist $((600 / scale))
serve

for file in mid huge; do
  measure "file of $(($(stat -c %s "$media/$file.mp4") >> 20)) MiB" aniworld "$media/$file.mp4" $(fetch "http://127.0.0.1:$full/$file.mp4" -o x.mp4 --connections 16)
done
for kind in plain aes; do
  for extension in ts mp4; do
    measure "HLS, $kind, to .$extension" aniworld - $(fetch "http://127.0.0.1:$full/$kind/index.m3u8" -o x.$extension --connections 16)
  done
done
measure "32 files, 4 at once" aniworld - $(fetch --list "$work/list" --dir "$out" --parallel 4)
report
