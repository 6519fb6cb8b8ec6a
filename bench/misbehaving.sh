#!/usr/bin/env bash
# Nine misbehaving servers against each peer, all with their own defaults: who gets the file, who says that it cannot, who does neither.
source "$(dirname "$0")/lib.sh"
need curl axel aria2c yt-dlp ffmpeg python3
build
video "$media/one.mp4" $((20 << 20))
python3 "$bench/misbehaving.py" $bad "$media/one.mp4" & pids+=($!)
until curl -s -o /dev/null "http://127.0.0.1:$bad/no-range/start/x.mp4"; do sleep 0.1; done

limit=150
ways=(drop drop-once busy too-many longer shorter no-range no-length stalled)
declare -A command=(
  [curl]='curl -s -f -L --retry 5 -C - -o x.mp4'
  [axel]='axel -q -n 8 -o x.mp4'
  [aria2c]='aria2c -q --file-allocation=none -x8 -s8 --min-split-size=1M -o x.mp4'
  [yt-dlp]='yt-dlp -q -o x.mp4'
  [aniworld]="$ANIWORLD fetch --allow-private --downloads.min_free_mb 0 --downloads.stall_seconds 5 -o x.mp4"
)

# What became of it: complete (the true file, exit 0), named (exit not 0), wrong (exit 0, another file), hangs (still there after the limit).
try() {
  local name=$1 way=$2 rc=0 dir=$work/$1-$2 start=$SECONDS
  mkdir "$dir"; cd "$dir"
  timeout $limit ${command[$name]} "http://127.0.0.1:$bad/$way/$name/x.mp4" >log 2>&1 || rc=$?
  local outcome=named
  if ((rc == 124)); then outcome=hangs
  elif ((rc == 0)); then cmp -s "$media/one.mp4" x.mp4 && outcome=complete || outcome=wrong; fi
  local why=; [[ $name == aniworld && $outcome == named ]] && why=" ($(sed -n 's/^x\.mp4: \([a-z_0-9]*\):.*/\1/p' log))"
  echo "$outcome$why, $((SECONDS - start)) s" >"$work/$name-$way.outcome"
  rm -f x.mp4*
}

for way in "${ways[@]}"; do
  for name in "${!command[@]}"; do (try "$name" "$way") & tries+=($!); done
done
wait "${tries[@]}"

names=(curl axel aria2c yt-dlp aniworld)
printf '| '; printf '| %s ' "${names[@]}"; printf '|\n|'; printf ' --- |%.0s' - "${names[@]}"; echo
for way in "${ways[@]}"; do
  printf '| %s ' "$way"
  for name in "${names[@]}"; do printf '| %s ' "$(cat "$work/$name-$way.outcome")"; done
  echo '|'
done
