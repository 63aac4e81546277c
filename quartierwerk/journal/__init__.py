"""What happened, by whom. `journal.record("offer published", offer, by=person)`."""


def __getattr__(name):
    # Models cannot be imported while Django still loads its apps; the two verbs are looked up when used.
    if name in ("record", "record_security"):
        from . import recording

        return getattr(recording, name)
    raise AttributeError(name)
