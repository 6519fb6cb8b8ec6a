"""report.py RESULTS [CASE OURS PEER FACTOR]…: medians with their spread as Markdown, and whether what was demanded is reached."""
import statistics
import sys
from collections import defaultdict

times, cpus, peaks, bad = (defaultdict(list) for _ in range(4))
order = []
for line in open(sys.argv[1], encoding="utf-8"):
    case, name, verdict, figures = line.rstrip("\n").split("\t")
    key = (case, name)
    if key not in order:
        order.append(key)
    if verdict == "ok":
        elapsed, user, system, peak = (float(f) for f in figures.split())
        times[key].append(elapsed)
        cpus[key].append(user + system)
        peaks[key].append(peak / 1024)
    else:
        bad[key].append(verdict)

for case in dict.fromkeys(case for case, _ in order):
    print(f"\n**{case}**\n\n| | time, s | from–to | CPU, s | peak memory, MiB | |\n| --- | ---: | ---: | ---: | ---: | --- |")
    for key in (key for key in order if key[0] == case):
        remark = ", ".join(bad[key])
        if times[key]:
            t = times[key]
            print(f"| {key[1]} | {statistics.median(t):.2f} | {min(t):.2f}–{max(t):.2f} | {statistics.median(cpus[key]):.2f} | {max(peaks[key]):.0f} | {remark} |")
        else:
            print(f"| {key[1]} | – | – | – | – | {remark} |")

demands = sys.argv[2:]
if demands:
    print("\n| demanded | measured | |\n| --- | ---: | --- |")
for case, ours, peer, factor in zip(*[iter(demands)] * 4):
    if not any(ran == case for ran, _ in order):
        continue
    mine, other = times[(case, ours)], times[(case, peer)]
    if not mine or not other:
        print(f"| {case}: at most {factor} × {peer} | – | not measured |")
        continue
    # Run by run, since the peers took turns: what slows the machine slows both.
    ratios = [a / b for a, b in zip(mine, other)]
    ratio = statistics.median(ratios)
    print(f"| {case}: at most {factor} × {peer} | {ratio:.2f} ({min(ratios):.2f}–{max(ratios):.2f}) | {'reached' if ratio <= float(factor) else 'not reached'} |")
