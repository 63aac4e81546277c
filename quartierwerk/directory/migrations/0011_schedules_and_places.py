import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.manager
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import quartierwerk.tenants.scope
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0010_contacts_of_organisations'),
    ]

    operations = [
        migrations.CreateModel(
            name='LocationSchedule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('freq', models.CharField(choices=[('once', 'once'), ('daily', 'daily'), ('weekly', 'weekly'), ('monthly', 'monthly')], default='weekly', max_length=10, verbose_name='how often')),
                ('interval', models.PositiveSmallIntegerField(default=1, verbose_name='every how many days, weeks or months')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='days of the week')),
                ('month_days', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), blank=True, default=list, size=None, verbose_name='days of the month')),
                ('nth', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None, verbose_name='which weekday of the month')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('opens_at', models.TimeField(blank=True, null=True, verbose_name='begins at')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='ends at')),
                ('skip_holidays', models.BooleanField(default=True, verbose_name='not on holidays')),
                ('skip_dates', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name='not on these days')),
                ('note', models.TextField(blank=True, verbose_name='in words')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', editable=False, max_length=10)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('location', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='schedules', to='directory.location')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'opening time of a location',
                'verbose_name_plural': 'opening times of a location',
                'ordering': ['position', 'id'],
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='LocationScheduleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('freq', models.CharField(choices=[('once', 'once'), ('daily', 'daily'), ('weekly', 'weekly'), ('monthly', 'monthly')], default='weekly', max_length=10, verbose_name='how often')),
                ('interval', models.PositiveSmallIntegerField(default=1, verbose_name='every how many days, weeks or months')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='days of the week')),
                ('month_days', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), blank=True, default=list, size=None, verbose_name='days of the month')),
                ('nth', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None, verbose_name='which weekday of the month')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('opens_at', models.TimeField(blank=True, null=True, verbose_name='begins at')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='ends at')),
                ('skip_holidays', models.BooleanField(default=True, verbose_name='not on holidays')),
                ('skip_dates', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name='not on these days')),
                ('note', models.TextField(blank=True, verbose_name='in words')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', editable=False, max_length=10)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('location', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.location')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.locationschedule')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfferedAt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=120, verbose_name='imported from')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='number in the source')),
                ('kept_columns', models.JSONField(blank=True, default=dict, editable=False)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', editable=False, max_length=10)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('location', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='held_here', to='directory.location')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='held_at', to='directory.offer')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'place of an offer',
                'verbose_name_plural': 'places of an offer',
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='OfferedAtEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('source', models.CharField(blank=True, editable=False, max_length=120, verbose_name='imported from')),
                ('source_id', models.CharField(blank=True, editable=False, max_length=200, verbose_name='number in the source')),
                ('kept_columns', models.JSONField(blank=True, default=dict, editable=False)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', editable=False, max_length=10)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('location', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.location')),
                ('offer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.offer')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.offeredat')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfferSchedule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('freq', models.CharField(choices=[('once', 'once'), ('daily', 'daily'), ('weekly', 'weekly'), ('monthly', 'monthly')], default='weekly', max_length=10, verbose_name='how often')),
                ('interval', models.PositiveSmallIntegerField(default=1, verbose_name='every how many days, weeks or months')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='days of the week')),
                ('month_days', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), blank=True, default=list, size=None, verbose_name='days of the month')),
                ('nth', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None, verbose_name='which weekday of the month')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('opens_at', models.TimeField(blank=True, null=True, verbose_name='begins at')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='ends at')),
                ('skip_holidays', models.BooleanField(default=True, verbose_name='not on holidays')),
                ('skip_dates', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name='not on these days')),
                ('note', models.TextField(blank=True, verbose_name='in words')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', editable=False, max_length=10)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='schedules', to='directory.offer')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'time of an offer',
                'verbose_name_plural': 'times of an offer',
                'ordering': ['position', 'id'],
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='OfferScheduleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('freq', models.CharField(choices=[('once', 'once'), ('daily', 'daily'), ('weekly', 'weekly'), ('monthly', 'monthly')], default='weekly', max_length=10, verbose_name='how often')),
                ('interval', models.PositiveSmallIntegerField(default=1, verbose_name='every how many days, weeks or months')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='days of the week')),
                ('month_days', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), blank=True, default=list, size=None, verbose_name='days of the month')),
                ('nth', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None, verbose_name='which weekday of the month')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('opens_at', models.TimeField(blank=True, null=True, verbose_name='begins at')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='ends at')),
                ('skip_holidays', models.BooleanField(default=True, verbose_name='not on holidays')),
                ('skip_dates', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name='not on these days')),
                ('note', models.TextField(blank=True, verbose_name='in words')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', editable=False, max_length=10)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('offer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.offer')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.offerschedule')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='locationschedule',
            index=models.Index(fields=['tenant', 'location', 'position'], name='schedules_of_location'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='locationschedule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_locationscheduleevent" ("closes_at", "freq", "id", "interval", "location_id", "month_days", "note", "nth", "opens_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shared_with", "skip_dates", "skip_holidays", "starts_on", "tenant_id", "until", "visibility", "weekdays") SELECT new_values."closes_at", new_values."freq", new_values."id", new_values."interval", new_values."location_id", new_values."month_days", new_values."note", new_values."nth", new_values."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."position", new_values."shared_with", new_values."skip_dates", new_values."skip_holidays", new_values."starts_on", new_values."tenant_id", new_values."until", new_values."visibility", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='146aced957c13cfc09d35c3907281b6387ba7eaa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1ffd1', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_locationschedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='locationschedule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_locationscheduleevent" ("closes_at", "freq", "id", "interval", "location_id", "month_days", "note", "nth", "opens_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shared_with", "skip_dates", "skip_holidays", "starts_on", "tenant_id", "until", "visibility", "weekdays") SELECT new_values."closes_at", new_values."freq", new_values."id", new_values."interval", new_values."location_id", new_values."month_days", new_values."note", new_values."nth", new_values."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."position", new_values."shared_with", new_values."skip_dates", new_values."skip_holidays", new_values."starts_on", new_values."tenant_id", new_values."until", new_values."visibility", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='66e0ed8e7d5d159bc03addb3fe52ca5be6ad4fe9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_49d0d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_locationschedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='locationschedule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_locationscheduleevent" ("closes_at", "freq", "id", "interval", "location_id", "month_days", "note", "nth", "opens_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shared_with", "skip_dates", "skip_holidays", "starts_on", "tenant_id", "until", "visibility", "weekdays") SELECT old_values."closes_at", old_values."freq", old_values."id", old_values."interval", old_values."location_id", old_values."month_days", old_values."note", old_values."nth", old_values."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."position", old_values."shared_with", old_values."skip_dates", old_values."skip_holidays", old_values."starts_on", old_values."tenant_id", old_values."until", old_values."visibility", old_values."weekdays" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='54c16b4243607921dc81ed0b76cbefe31ab51086', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_845f6', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_locationschedule', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='offeredat',
            index=models.Index(fields=['tenant', 'location'], name='offers_at_location'),
        ),
        migrations.AddConstraint(
            model_name='offeredat',
            constraint=models.UniqueConstraint(fields=('tenant', 'offer', 'location'), name='offered_at_once'),
        ),
        migrations.AddConstraint(
            model_name='offeredat',
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('tenant', 'source', 'source_id'), name='offered_at_imported_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offeredat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offeredatevent" ("id", "kept_columns", "location_id", "offer_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_with", "source", "source_id", "tenant_id", "visibility") SELECT new_values."id", new_values."kept_columns", new_values."location_id", new_values."offer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."shared_with", new_values."source", new_values."source_id", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='505af25b4294b9bbd316658741feb3d98314072d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9ee31', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_offeredat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offeredat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offeredatevent" ("id", "kept_columns", "location_id", "offer_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_with", "source", "source_id", "tenant_id", "visibility") SELECT new_values."id", new_values."kept_columns", new_values."location_id", new_values."offer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."shared_with", new_values."source", new_values."source_id", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f9197673cf0270e57f2d90252e95355267d55eb3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1d5ac', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_offeredat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offeredat',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offeredatevent" ("id", "kept_columns", "location_id", "offer_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_with", "source", "source_id", "tenant_id", "visibility") SELECT old_values."id", old_values."kept_columns", old_values."location_id", old_values."offer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."shared_with", old_values."source", old_values."source_id", old_values."tenant_id", old_values."visibility" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9fa4445195e3f797a7f715f750be58749c263441', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5115a', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_offeredat', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='offerschedule',
            index=models.Index(fields=['tenant', 'offer', 'position'], name='schedules_of_offer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offerschedule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offerscheduleevent" ("closes_at", "freq", "id", "interval", "month_days", "note", "nth", "offer_id", "opens_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shared_with", "skip_dates", "skip_holidays", "starts_on", "tenant_id", "until", "visibility", "weekdays") SELECT new_values."closes_at", new_values."freq", new_values."id", new_values."interval", new_values."month_days", new_values."note", new_values."nth", new_values."offer_id", new_values."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."position", new_values."shared_with", new_values."skip_dates", new_values."skip_holidays", new_values."starts_on", new_values."tenant_id", new_values."until", new_values."visibility", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4073aa3ab428e5e59272a2fec9a8ab683314ecc0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a5d70', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_offerschedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offerschedule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offerscheduleevent" ("closes_at", "freq", "id", "interval", "month_days", "note", "nth", "offer_id", "opens_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shared_with", "skip_dates", "skip_holidays", "starts_on", "tenant_id", "until", "visibility", "weekdays") SELECT new_values."closes_at", new_values."freq", new_values."id", new_values."interval", new_values."month_days", new_values."note", new_values."nth", new_values."offer_id", new_values."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."position", new_values."shared_with", new_values."skip_dates", new_values."skip_holidays", new_values."starts_on", new_values."tenant_id", new_values."until", new_values."visibility", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ba4cfd1948b1f19cd14289cb8e661fbed76daac8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_716ee', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_offerschedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offerschedule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offerscheduleevent" ("closes_at", "freq", "id", "interval", "month_days", "note", "nth", "offer_id", "opens_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shared_with", "skip_dates", "skip_holidays", "starts_on", "tenant_id", "until", "visibility", "weekdays") SELECT old_values."closes_at", old_values."freq", old_values."id", old_values."interval", old_values."month_days", old_values."note", old_values."nth", old_values."offer_id", old_values."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."position", old_values."shared_with", old_values."skip_dates", old_values."skip_holidays", old_values."starts_on", old_values."tenant_id", old_values."until", old_values."visibility", old_values."weekdays" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='516fbb77533105ef49b9c9699c3274c3c479a938', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9a796', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_offerschedule', when='AFTER')),
        ),
    ]
