#!/usr/bin/env bash
# One file over HTTP: 1 GiB at full speed, 256 MiB at 4 MiB/s per connection, 1 GiB with 50 ms of latency. See lib.sh for settings.
source "$(dirname "$0")/lib.sh"
need nginx curl axel aria2c yt-dlp ffmpeg python3
build
video "$media/big.mp4" "$(mebi 1024)"
video "$media/mid.mp4" "$(mebi 256)"
serve

aria=(aria2c -q --file-allocation=none --allow-overwrite=true --min-split-size=1M)

fast() {
  local case="1 GiB, full speed" url=http://127.0.0.1:$full/big.mp4 file=$media/big.mp4
  measure "$case" "curl" "$file" curl -s -o x.mp4 "$url"
  measure "$case" "axel -n 16" "$file" axel -q -n 16 -o x.mp4 "$url"
  measure "$case" "aria2c -x8" "$file" "${aria[@]}" -x8 -s8 -o x.mp4 "$url"
  measure "$case" "yt-dlp" "$file" yt-dlp -q -o x.mp4 "$url"
  measure "$case" "aniworld" "$file" $(fetch "$url" -o x.mp4)
}

limited() {
  local case="256 MiB, 4 MiB/s per connection" url=http://127.0.0.1:$limited/mid.mp4 file=$media/mid.mp4
  measure "$case" "axel -n 16" "$file" axel -q -n 16 -o x.mp4 "$url"
  measure "$case" "aria2c -x16" "$file" "${aria[@]}" -x16 -s16 -o x.mp4 "$url"
  measure "$case" "aniworld, 16" "$file" $(fetch "$url" -o x.mp4 --connections 16)
}

far() {
  local case="1 GiB, 50 ms latency" url=http://127.0.0.1:$delayed/big.mp4 file=$media/big.mp4
  measure "$case" "curl" "$file" curl -s -o x.mp4 "$url"
  measure "$case" "axel -n 16" "$file" axel -q -n 16 -o x.mp4 "$url"
  measure "$case" "aria2c -x16" "$file" "${aria[@]}" -x16 -s16 -o x.mp4 "$url"
  measure "$case" "yt-dlp" "$file" yt-dlp -q -o x.mp4 "$url"
  measure "$case" "aniworld, 16" "$file" $(fetch "$url" -o x.mp4 --connections 16)
}

for part in ${*:-fast limited far}; do repeat "$part"; done
report "1 GiB, full speed" aniworld curl 0.9 "1 GiB, full speed" aniworld "aria2c -x8" 0.6 \
  "256 MiB, 4 MiB/s per connection" "aniworld, 16" "aria2c -x16" 1.05 \
  "1 GiB, 50 ms latency" "aniworld, 16" curl 1 "1 GiB, 50 ms latency" "aniworld, 16" "axel -n 16" 1 \
  "1 GiB, 50 ms latency" "aniworld, 16" "aria2c -x16" 1 "1 GiB, 50 ms latency" "aniworld, 16" yt-dlp 1
