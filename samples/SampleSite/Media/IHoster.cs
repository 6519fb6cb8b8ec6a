namespace AniWorld.SampleSite.Media;

/// <summary>A made-up hoster. Each serves its videos in another way, so that every way of fetching has something to fetch.</summary>
internal interface IHoster
{
    /// <summary>As the pages show it.</summary>
    string Name { get; }

    /// <summary>Where a redirect link leads: the hoster's page, playlist or file.</summary>
    string EntryPath(VideoIdentity video);

    /// <summary>What a complete download equals.</summary>
    SourceFile FileOf(VideoIdentity video);

    /// <param name="video">Routes below one video; its values bind to <see cref="VideoIdentity"/>.</param>
    void Map(RouteGroupBuilder video);
}
