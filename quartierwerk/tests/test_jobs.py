"""Jobs: enqueued with the work, run in their tenant, silent about contents, never lost."""

import logging
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from quartierwerk import jobs
from quartierwerk.journal.models import JournalEntry
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import worker
from quartierwerk.tenants import scope
from quartierwerk.tenants.models import Tenant

CANARY = "Kanarienvogel7Q"


@pytest.fixture
def declare():
    """Jobs that live for one test."""
    before, tasks = dict(jobs._jobs), dict(app.tasks)
    periodic = dict(app.periodic_registry.periodic_tasks)
    yield jobs
    jobs._jobs.clear()
    jobs._jobs.update(before)
    app.tasks.clear()
    app.tasks.update(tasks)
    app.periodic_registry.periodic_tasks.clear()
    app.periodic_registry.periodic_tasks.update(periodic)


def waiting(name):
    return ProcrastinateJob.objects.filter(task_name=name, status="todo")


def rescue():
    async_to_sync(jobs.rescue_stalled)(app.job_manager)


def test_job_runs_in_the_scope_of_its_tenant(declare, cast):
    seen = []

    @declare.job("test.scope")
    def look(space: UUID, tenant):
        seen.append((tenant, space, SocialSpace.objects.count(), scope.required()))

    space = uuid4()
    jobs.later(look, tenant=cast.town, space=space)
    assert jobs.run_waiting() == 1
    assert seen == [(cast.town, space, 2, scope.staff(cast.town))]
    assert scope.active() is None


def test_job_without_tenant_sees_nobodys_rows(declare, cast):
    seen = []

    @declare.job("test.nobody")
    def look():
        seen.append(SocialSpace.objects.count())

    jobs.later(look)
    jobs.run_waiting()
    assert seen == [0]


def test_job_of_a_tenant_that_is_gone_does_nothing(declare, db):
    seen = []

    @declare.job("test.gone")
    def look():
        seen.append(1)

    jobs.later(look, tenant=987654)
    assert jobs.run_waiting() == 1
    assert seen == []


@pytest.mark.parametrize("value", ["Amira", 1.5, True, None, {"a": 1}, [1], b"x", object()])
def test_contents_as_argument_are_refused(declare, db, value):
    @declare.job("test.contents")
    def look(it):
        pass

    with pytest.raises(jobs.NotAnIdentifier) as refusal:
        jobs.later(look, it=value)
    assert "Amira" not in str(refusal.value)
    assert not waiting("test.contents").exists()


def test_wrong_and_missing_arguments_are_refused_at_once(declare, db):
    @declare.job("test.arguments")
    def look(it: int):
        pass

    with pytest.raises(TypeError, match="needs it"):
        jobs.later(look)
    with pytest.raises(TypeError, match="takes no other"):
        jobs.later(look, it=1, other=2)
    with pytest.raises(TypeError, match="declared with"):
        jobs.later(lambda: None)


def test_two_jobs_of_one_name_and_unknown_queues_are_refused(declare):
    @declare.job("test.twice")
    def first():
        pass

    with pytest.raises(ValueError, match="Two jobs"):
        declare.job("test.twice")(lambda: None)
    with pytest.raises(ValueError, match="No worker"):
        declare.job("test.other", queue="nobody")(lambda: None)


def test_rollback_leaves_no_job(declare, db):
    @declare.job("test.rollback")
    def look():
        pass

    with pytest.raises(IntegrityError), transaction.atomic():
        jobs.later(look)
        assert waiting("test.rollback").exists()
        raise IntegrityError
    assert not waiting("test.rollback").exists()


def test_job_waits_for_its_time(declare, db):
    @declare.job("test.time")
    def look():
        pass

    jobs.later(look, at=timezone.now() + timezone.timedelta(hours=1))
    assert jobs.run_waiting() == 0


def test_journal_and_history_name_the_job(declare, cast):
    @declare.job("test.history")
    def rename(tenant):
        from quartierwerk import journal

        space = SocialSpace.objects.get(name="Mitte")
        space.name = "Stadtmitte"
        space.save()
        journal.record("space renamed", space, by=worker("test.history", tenant.pk))

    jobs.later(rename, tenant=cast.town)
    jobs.run_waiting()
    with cast.in_town():
        assert JournalEntry.objects.get(action="space renamed").job == "test.history"
        change = SocialSpace.pgh_event_models["update"].objects.order_by("-pgh_id").first()
        assert change.pgh_context["job"] == "test.history"


def test_each_tenant_gets_its_turn_though_one_fails(declare, cast, caplog):
    done = []

    @declare.periodic("0 3 * * *", "test.each", each_tenant=True)
    def count(tenant):
        if tenant == cast.town:
            raise ValueError(CANARY)
        done.append((tenant, scope.required().writes))

    jobs.later(count)
    with pytest.raises(jobs.JobFailed, match="ValueError"):
        jobs.run_waiting()
    others = Tenant.objects.exclude(pk=cast.town.pk).order_by("pk")
    assert done == [(tenant, tenant.pk) for tenant in others]


def test_errors_are_told_without_their_text(declare, cast, caplog):
    @declare.job("test.error")
    def fail():
        with transaction.atomic():
            Tenant.objects.create(slug=cast.town.slug, name=CANARY)

    jobs.later(fail)
    with caplog.at_level(logging.DEBUG), pytest.raises(jobs.JobFailed) as failure:
        jobs.run_waiting()
    assert "IntegrityError 23505 tenants_tenant_slug_key" in str(failure.value)
    assert failure.value.__cause__ is None
    assert "test.error" in caplog.text
    assert CANARY not in caplog.text
    assert cast.town.slug not in str(failure.value)


def test_job_of_a_dead_worker_starts_again(declare, db):
    runs = []

    @declare.job("test.stalled")
    def look():
        runs.append(1)

    number = jobs.later(look)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id"
        )
        dead = cursor.fetchone()[0]
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = %s where id = %s", [dead, number]
        )
    jobs.run_waiting()
    assert runs == []
    rescue()
    assert ProcrastinateJob.objects.get(pk=number).status == "todo"
    with connection.cursor() as cursor:  # "now" stands still within the test's transaction
        cursor.execute("update procrastinate_jobs set scheduled_at = null")
    jobs.run_waiting()
    assert runs == [1]


def test_job_of_a_living_worker_is_left_alone(declare, db):
    @declare.job("test.alive")
    def look():
        pass

    number = jobs.later(look)
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values returning id")
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = %s where id = %s",
            [cursor.fetchone()[0], number],
        )
    rescue()
    assert ProcrastinateJob.objects.get(pk=number).status == "doing"


def test_job_that_ends_its_workers_waits_longer_each_time(declare, db):
    @declare.job("test.poison")
    def look():
        pass

    number = jobs.later(look)
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', attempts = 11 where id = %s", [number]
        )
    rescue()
    row = ProcrastinateJob.objects.get(pk=number)
    assert row.status == "todo"
    assert (
        timezone.timedelta(seconds=110) < row.scheduled_at - timezone.now() <= timezone.timedelta(seconds=121)
    )


def test_finished_jobs_go_after_a_day_failed_ones_after_a_month(declare, db):
    @declare.job("test.old")
    def look():
        pass

    def ended(status, days):
        number = jobs.later(look)
        with connection.cursor() as cursor:
            cursor.execute("update procrastinate_jobs set status = 'doing' where id = %s", [number])
            cursor.execute("update procrastinate_jobs set status = %s where id = %s", [status, number])
            cursor.execute(
                "update procrastinate_events set at = now() - %s * interval '1 day' where job_id = %s",
                [days, number],
            )
        return number

    kept = {ended("succeeded", 0.9), ended("failed", 29), jobs.later(look)}
    ended("succeeded", 1.1)
    ended("failed", 31)
    jobs.delete_finished()
    assert set(ProcrastinateJob.objects.filter(task_name="test.old").values_list("pk", flat=True)) == kept


def test_failing_job_is_tried_again_with_growing_waits_then_stays_failed(declare, db):
    patience = jobs._Patience(6)

    class Tried:
        def __init__(self, attempts):
            self.attempts = attempts

    waits = []
    for attempts in range(7):
        decision = patience.get_retry_decision(exception=ValueError(), job=Tried(attempts))
        waits.append(decision and round((decision.retry_at - timezone.now()).total_seconds()))
    assert waits == [10, 40, 160, 640, 2560, 7200, None]
