"""delay.py PORT TARGET SECONDS: a TCP proxy on loopback that adds a round-trip time.

3 MiB of a connection may be under way, which is what Linux grants a receiver by default: 60 MiB/s with 50 ms."""
import asyncio
import sys

PORT, TARGET, DELAY = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
CHUNK, WINDOW = 256 << 10, 12


async def forward(reader, writer):
    """Each piece goes on half a round trip after it came; so many may be under way."""
    loop, pieces = asyncio.get_running_loop(), asyncio.Queue(WINDOW)

    async def deliver():
        while (piece := await pieces.get()) is not None:
            due, data = piece
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            try:
                writer.write(data)
                await writer.drain()
            except ConnectionError:
                return
        writer.write_eof()

    delivering = asyncio.create_task(deliver())
    try:
        while data := await reader.read(CHUNK):
            await pieces.put((loop.time() + DELAY / 2, data))
            if delivering.done():
                break
    finally:
        if not delivering.done():
            await pieces.put(None)
            await delivering


async def accept(reader, writer):
    try:
        await asyncio.sleep(DELAY)  # the handshake
        upstream = await asyncio.open_connection("127.0.0.1", TARGET, limit=CHUNK)
        await asyncio.gather(forward(reader, upstream[1]), forward(upstream[0], writer))
        upstream[1].close()
    except OSError:
        pass  # one of the two has gone
    finally:
        writer.close()


async def main():
    async with await asyncio.start_server(accept, "127.0.0.1", PORT, limit=CHUNK) as server:
        await server.serve_forever()


asyncio.run(main())
