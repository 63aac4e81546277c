"""Mails: written into the outbox with the work they tell of, sent by the worker.

messages.send("invitation", to=address, lang="uk", key=f"invitation {pk}", context={"link": link})
messages.send_for_installation("password_reset", …)    where no municipality is known
"""


def __getattr__(name):
    # Models cannot be imported while Django still loads its apps; the verbs are looked up when used.
    if name in ("send", "send_for_installation"):
        from . import sending

        return getattr(sending, name)
    raise AttributeError(name)
