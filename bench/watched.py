"""Work in a process of its own that is ended once it falls silent: one hard case must not stop a benchmark."""

import multiprocessing
from collections.abc import Callable, Iterator
from typing import Any


class Silent(RuntimeError):
    """Nothing was heard for as long as was waited; the process is ended."""


def answers(work: Callable[..., Iterator[Any]], *arguments: Any, patience: float) -> Iterator[Any]:
    """What work(*arguments) yields, computed elsewhere.

    patience  seconds between two answers
    raises    Silent if one takes longer; RuntimeError if the process dies
    """
    context = multiprocessing.get_context("fork")  # nothing is imported anew
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(there, work, arguments), daemon=True)
    process.start()
    there.close()
    try:
        while True:
            if not here.poll(patience):
                raise Silent(f"nothing heard for {patience:.0f} s")
            try:
                is_last, answer = here.recv()
            except EOFError:
                raise RuntimeError("the process died without an answer") from None
            if is_last:
                return
            yield answer
    finally:
        process.kill()
        process.join()


def _tell(pipe: Any, work: Callable[..., Iterator[Any]], arguments: tuple[Any, ...]) -> None:
    for answer in work(*arguments):
        pipe.send((False, answer))
    pipe.send((True, None))
