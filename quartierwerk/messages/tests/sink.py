"""A mail server that keeps what it gets: enough of RFC 5321 for the tests, on a port of its own."""

import asyncio
import email
import threading
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default


class Sink:
    """`with Sink() as sink`: sink.port, sink.mails; sink.answer is the reply to the next recipients.

    pause   seconds to wait before and after taking a mail
    """

    def __init__(self, pause: Callable[[], float] = lambda: 0):
        self.pause = pause
        self.mails: list[EmailMessage] = []
        self.answer: str | None = None
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *error):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._converse, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _converse(self, reader, writer):
        def say(words):
            writer.write(words.encode() + b"\r\n")

        say("220 sink.example")
        try:
            while line := await reader.readline():
                command = line.decode("ascii", "replace").strip().upper()
                if command == "DATA":
                    say("354 go on")
                    lines = []
                    while (line := await reader.readline()) not in (b".\r\n", b""):
                        lines.append(line[1:] if line.startswith(b".") else line)
                    if not line:
                        return  # killed in the middle: such a mail was never taken
                    await asyncio.sleep(self.pause())
                    self.mails.append(email.message_from_bytes(b"".join(lines), policy=default))
                    await asyncio.sleep(self.pause())
                    say("250 taken")
                elif command.startswith("RCPT") and self.answer:
                    say(self.answer)
                elif command == "QUIT":
                    say("221 bye")
                    return
                else:
                    say("250 ok")
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()
