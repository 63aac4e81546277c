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
        ('directory', '0009_kinds_and_confirmation'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='contact',
            name='absent_until',
            field=models.DateField(blank=True, null=True, verbose_name='away until'),
        ),
        migrations.AddField(
            model_name='contact',
            name='deputy_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deputies', to='directory.contact', verbose_name='stands in for'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='absent_until',
            field=models.DateField(blank=True, null=True, verbose_name='away until'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='deputy_of',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.contact', verbose_name='stands in for'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_contactevent" ("absent_until", "account_id", "deputy_of_id", "email", "function", "hours", "id", "name", "offer_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "shared_with", "tenant_id", "visibility") SELECT new_values."absent_until", new_values."account_id", new_values."deputy_of_id", new_values."email", new_values."function", new_values."hours", new_values."id", new_values."name", new_values."offer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."phone", new_values."position", new_values."shared_with", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4cc732bb4717043ff995f9acb8cdfa016557ad45', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b1fdf', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_contactevent" ("absent_until", "account_id", "deputy_of_id", "email", "function", "hours", "id", "name", "offer_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "shared_with", "tenant_id", "visibility") SELECT new_values."absent_until", new_values."account_id", new_values."deputy_of_id", new_values."email", new_values."function", new_values."hours", new_values."id", new_values."name", new_values."offer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."phone", new_values."position", new_values."shared_with", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f3f8663ca3705d1d6259d58568d60675bdcd92a3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_190bf', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_contactevent" ("absent_until", "account_id", "deputy_of_id", "email", "function", "hours", "id", "name", "offer_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "shared_with", "tenant_id", "visibility") SELECT old_values."absent_until", old_values."account_id", old_values."deputy_of_id", old_values."email", old_values."function", old_values."hours", old_values."id", old_values."name", old_values."offer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."phone", old_values."position", old_values."shared_with", old_values."tenant_id", old_values."visibility" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ef7029bc381c3318c74b00602accd02026a05b5d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_319e0', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_contact', when='AFTER')),
        ),
        migrations.CreateModel(
            name='OrganisationContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('function', models.CharField(blank=True, max_length=200, verbose_name='function')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('hours', models.CharField(blank=True, max_length=300, verbose_name='reachable')),
                ('absent_until', models.DateField(blank=True, null=True, verbose_name='away until')),
                ('account_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', editable=False, max_length=10)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('programmes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='programmes')),
                ('postcodes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='for people from these postcodes')),
                ('deputy_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deputies', to='directory.organisationcontact', verbose_name='stands in for')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.organisation')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'contact of an organisation',
                'verbose_name_plural': 'contacts of an organisation',
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
            name='OrganisationContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('function', models.CharField(blank=True, max_length=200, verbose_name='function')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('hours', models.CharField(blank=True, max_length=300, verbose_name='reachable')),
                ('absent_until', models.DateField(blank=True, null=True, verbose_name='away until')),
                ('account_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', editable=False, max_length=10)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('programmes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='programmes')),
                ('postcodes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='for people from these postcodes')),
                ('deputy_of', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.organisationcontact', verbose_name='stands in for')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.organisationcontact')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='organisationcontact',
            index=models.Index(fields=['tenant', 'organisation', 'position'], name='contacts_of_organisation'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationcontact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationcontactevent" ("absent_until", "account_id", "deputy_of_id", "email", "function", "hours", "id", "name", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "postcodes", "programmes", "shared_with", "tenant_id", "visibility") SELECT new_values."absent_until", new_values."account_id", new_values."deputy_of_id", new_values."email", new_values."function", new_values."hours", new_values."id", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."phone", new_values."position", new_values."postcodes", new_values."programmes", new_values."shared_with", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1c8d9a9984b40cd8d47b35e55a638fb3f6c59fa6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_af8ed', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_organisationcontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationcontact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationcontactevent" ("absent_until", "account_id", "deputy_of_id", "email", "function", "hours", "id", "name", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "postcodes", "programmes", "shared_with", "tenant_id", "visibility") SELECT new_values."absent_until", new_values."account_id", new_values."deputy_of_id", new_values."email", new_values."function", new_values."hours", new_values."id", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."phone", new_values."position", new_values."postcodes", new_values."programmes", new_values."shared_with", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6c29ac8415bb99ad1b744f5823fc3f0ed7311aec', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fc4f8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_organisationcontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationcontact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationcontactevent" ("absent_until", "account_id", "deputy_of_id", "email", "function", "hours", "id", "name", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "postcodes", "programmes", "shared_with", "tenant_id", "visibility") SELECT old_values."absent_until", old_values."account_id", old_values."deputy_of_id", old_values."email", old_values."function", old_values."hours", old_values."id", old_values."name", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."phone", old_values."position", old_values."postcodes", old_values."programmes", old_values."shared_with", old_values."tenant_id", old_values."visibility" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6cf4dcb0a4bf502e8d80ad2116619d7275228438', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_218e0', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_organisationcontact', when='AFTER')),
        ),
    ]
