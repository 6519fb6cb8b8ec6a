using System.Diagnostics;
using AniWorld.ScanBench;

// tree DIR: makes the library. walk DIR, insert FILE: what the parts of a scan cost at the least. Prints what it did and how long that took.
var watch = Stopwatch.StartNew();
var count = args switch
{
    ["tree", var folder] => LibraryTree.Make(folder),
    ["walk", var folder] => BareWalk.Run(folder),
    ["insert", var file] => RawInserts.Run(file),
    _ => throw new ArgumentException("Use tree DIR, walk DIR or insert FILE."),
};
Console.WriteLine(FormattableString.Invariant($"{count} {watch.Elapsed.TotalSeconds:0.000}"));
