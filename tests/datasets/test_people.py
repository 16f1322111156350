import pytest
from django.contrib.auth.models import User
from django.db import connection

from datasets import people
from datasets.people import BadUsername, find_or_make_accounts

pytestmark = pytest.mark.django_db(transaction=True)


def test_new_accounts_can_sign_in_with_the_password_told_and_old_ones_keep_theirs():
    User.objects.create_user("old", password="kept")
    (old, none), (new, password) = find_or_make_accounts(["old", "new"])
    assert none is None
    assert old.check_password("kept")
    assert new.check_password(password)


def test_one_name_that_cannot_be_makes_no_account_at_all():
    with pytest.raises(BadUsername, match="b c"):
        find_or_make_accounts(["a", "b c"])
    assert not User.objects.exists()


def test_passwords_are_hashed_before_anything_is_kept_from_being_written(monkeypatch):
    hash_password, in_transaction = people.make_password, []

    def watched(password: str) -> str:
        in_transaction.append(connection.in_atomic_block)
        return hash_password(password)

    monkeypatch.setattr(people, "make_password", watched)
    find_or_make_accounts(["a", "b"])
    assert in_transaction == [False, False]
