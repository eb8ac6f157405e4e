"""`python -m tests.standin`: the double as a process of its own."""

import argparse
import asyncio
import signal
import sys

from tests.standin.clock import Clock
from tests.standin.server import TOKEN, StandIn


async def serve(options: argparse.Namespace) -> None:
    """Print the address, then answer until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    double = StandIn(
        token=options.token,
        clock=Clock(options.start),
        seed=options.seed,
        host=options.host,
        port=options.port,
    )
    async with double:
        sys.stdout.write(double.url + "\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--token", default=TOKEN, help="the bot's token")
    parser.add_argument("--seed", type=int, default=0, help="of faults that strike by chance")
    parser.add_argument("--start", type=float, help="stand still at this Unix time until advanced")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
