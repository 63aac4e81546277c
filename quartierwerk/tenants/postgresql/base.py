"""Django's PostgreSQL backend, telling each connection the active scope before its next statement.

One `set_config` only when the scope differs from what this connection was last told. A rollback also rolls the
setting back, hence the memory is forgotten there. Never set raises "unrecognized configuration parameter" in
the policies, reset raises "malformed array literal": forgetting a scope is loud even where no manager is used.
"""

from django.db.backends.postgresql import base

from quartierwerk.tenants import scope

_UNKNOWN = object()  # after a rollback: the server may be back at any earlier scope


def _array(ids: tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._told: object = None
        self._rolling_back = False

    def _cursor(self, name=None):
        cursor = super()._cursor(name)
        self._tell()
        return cursor

    def _tell(self) -> None:
        wanted = scope.active()
        if wanted == self._told or self.needs_rollback or self._rolling_back:
            return
        values = (
            ("", "", "")
            if wanted is None
            else (_array(wanted.reads), _array(wanted.readable), str(wanted.writes))
        )
        with self.wrap_database_errors:
            self.connection.execute(
                "select set_config('app.tenants', %s, false), set_config('app.readable', %s, false),"
                " set_config('app.writes', %s, false)",
                values,
            )
        self._told = wanted

    def _forget(self) -> None:
        self._told = _UNKNOWN

    def get_new_connection(self, conn_params):
        self._told = None
        return super().get_new_connection(conn_params)

    def _rollback(self):
        self._forget()
        return super()._rollback()

    def _savepoint_rollback(self, sid):
        self._rolling_back = True  # the failed transaction takes nothing but the rollback itself
        try:
            return super()._savepoint_rollback(sid)
        finally:
            self._rolling_back = False
            self._forget()

    def _close(self):
        self._forget()
        return super()._close()
