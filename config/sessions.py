"""Sessions and the accounts behind them, as Django keeps them; found by compiled queries, as every request asks."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.contrib.sessions.backends import db
from django.utils import timezone

from config.compiled import Compiled

SESSION = Compiled(lambda key: db.SessionStore.get_model_class().objects.filter(session_key=key), key="an example")
ACCOUNT = Compiled(lambda pk: User.objects.filter(pk=pk), pk=1_000_000_001)


class SessionStore(db.SessionStore):
    """Sessions in the database."""

    def _get_session_from_db(self) -> Any:  # Any: the model of sessions, or nothing
        found = SESSION.first(key=self.session_key)
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None


class AccountBackend(ModelBackend):
    """Accounts in the database."""

    def get_user(self, user_id: int) -> User | None:
        """The account, unless it is switched off."""
        found = ACCOUNT.first(pk=user_id)
        return found if self.user_can_authenticate(found) else None
