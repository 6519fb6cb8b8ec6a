# syntax=docker/dockerfile:1
# docker build -t aniworld .          for this machine
# docker buildx build --platform linux/amd64,linux/arm64 -t aniworld .

# Built on the builder's own processor, for the one that it is to run on.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig appsettings.json ./
COPY AniWorld.Data/AniWorld.Data.csproj AniWorld.Data/
COPY AniWorld.Services/AniWorld.Services.csproj AniWorld.Services/
COPY AniWorld.Blazor/AniWorld.Blazor.csproj AniWorld.Blazor/
RUN dotnet restore AniWorld.Blazor -a $TARGETARCH
COPY AniWorld.Data AniWorld.Data
COPY AniWorld.Services AniWorld.Services
COPY AniWorld.Blazor AniWorld.Blazor
RUN dotnet publish AniWorld.Blazor -c Release -a $TARGETARCH --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# ffmpeg makes one file of streams that come in parts; tzdata because schedules follow the clock on the wall; postgresql-client has pg_dump, for
# backups where nodes share a database: version 16, which takes servers up to that one.
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl ffmpeg postgresql-client tzdata \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
COPY --chmod=755 deploy/entrypoint.sh /entrypoint.sh
RUN ln -s /app/aniworld /usr/local/bin/aniworld && mkdir /data /logs /library && chown 1000:1000 /data /logs /library
ENV ANIWORLD_DATA=/data \
    ANIWORLD_LOGS=/logs \
    ANIWORLD__ANIME_DIRECTORY=/library \
    ASPNETCORE_URLS=http://0.0.0.0:8000 \
    PUID=1000 \
    PGID=1000
VOLUME ["/data", "/logs", "/library"]
EXPOSE 8000
# Running downloads are given back to the queue within limits.shutdown_seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD curl -fsS -o /dev/null http://127.0.0.1:8000/health
# The entry point gives up root before AniWorld starts.
ENTRYPOINT ["/entrypoint.sh"]
CMD ["aniworld", "serve"]
