import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import quartierwerk.tenants.scope
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_what_visitors_leave'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConfirmationLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(editable=False, max_length=64)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used')),
                ('valid_until', models.DateTimeField(verbose_name='valid until')),
                ('mail_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='confirmation_links', to='directory.organisation')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'link for confirming',
                'verbose_name_plural': 'links for confirming',
                'ordering': ['-sent_at'],
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
            name='ConfirmationLinkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used')),
                ('valid_until', models.DateTimeField(verbose_name='valid until')),
                ('mail_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.confirmationlink')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Moved',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', max_length=10, verbose_name='visible to')),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('kind', models.CharField(choices=[('offer', 'offer'), ('organisation', 'organisation'), ('location', 'location')], max_length=20, verbose_name='kind')),
                ('old', models.UUIDField(verbose_name='old number')),
                ('new', models.UUIDField(verbose_name='new number')),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='merged on')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'moved record',
                'verbose_name_plural': 'moved records',
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
            name='MovedEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', max_length=10, verbose_name='visible to')),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('kind', models.CharField(choices=[('offer', 'offer'), ('organisation', 'organisation'), ('location', 'location')], max_length=20, verbose_name='kind')),
                ('old', models.UUIDField(verbose_name='old number')),
                ('new', models.UUIDField(verbose_name='new number')),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='merged on')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.moved')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PendingChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fields', models.JSONField(blank=True, default=dict)),
                ('by', models.UUIDField(editable=False, null=True, verbose_name='person')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked on')),
                ('decision', models.CharField(choices=[('open', 'waits'), ('accepted', 'accepted'), ('declined', 'declined')], default='open', max_length=10, verbose_name='decision')),
                ('decided_by', models.UUIDField(editable=False, null=True, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided on')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('offer', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pending_changes', to='directory.offer')),
                ('organisation', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pending_changes', to='directory.organisation')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'change to be checked',
                'verbose_name_plural': 'changes to be checked',
                'ordering': ['asked_at', 'id'],
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
            name='PendingChangeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('by', models.UUIDField(editable=False, null=True, verbose_name='person')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked on')),
                ('decision', models.CharField(choices=[('open', 'waits'), ('accepted', 'accepted'), ('declined', 'declined')], default='open', max_length=10, verbose_name='decision')),
                ('decided_by', models.UUIDField(editable=False, null=True, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided on')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('offer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.offer')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.pendingchange')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnreachableLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('offer', 'offer'), ('organisation', 'organisation'), ('location', 'location')], max_length=20, verbose_name='kind')),
                ('record_id', models.UUIDField(verbose_name='record')),
                ('url', models.URLField(max_length=500, verbose_name='website')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='answer')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('checked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last tried')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'unreachable website',
                'verbose_name_plural': 'unreachable websites',
                'ordering': ['since', 'id'],
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
            name='UnreachableLinkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('offer', 'offer'), ('organisation', 'organisation'), ('location', 'location')], max_length=20, verbose_name='kind')),
                ('record_id', models.UUIDField(verbose_name='record')),
                ('url', models.URLField(max_length=500, verbose_name='website')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='answer')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('checked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last tried')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.unreachablelink')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ViewCount',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='views')),
                ('offer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='view_counts', to='directory.offer')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'views of an offer',
                'verbose_name_plural': 'views of offers',
                'ordering': ['month'],
                'abstract': False,
                'base_manager_name': 'everywhere',
                'default_manager_name': 'objects',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everywhere', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='confirmationlink',
            index=models.Index(fields=['tenant', 'organisation', '-sent_at'], name='confirmations_sent'),
        ),
        migrations.AddConstraint(
            model_name='confirmationlink',
            constraint=models.UniqueConstraint(fields=('tenant', 'token_hash'), name='confirmation_token_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmationlink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_confirmationlinkevent" ("id", "mail_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "tenant_id", "used_at", "valid_until") SELECT new_values."id", new_values."mail_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sent_at", new_values."tenant_id", new_values."used_at", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='80304dd0f5b6bd1e397fa81c7c1da2f713ebc924', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9d97b', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_confirmationlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmationlink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_confirmationlinkevent" ("id", "mail_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "tenant_id", "used_at", "valid_until") SELECT new_values."id", new_values."mail_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sent_at", new_values."tenant_id", new_values."used_at", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."mail_id" IS DISTINCT FROM (new_values."mail_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."sent_at" IS DISTINCT FROM (new_values."sent_at") OR old_values."tenant_id" IS DISTINCT FROM (new_values."tenant_id") OR old_values."used_at" IS DISTINCT FROM (new_values."used_at") OR old_values."valid_until" IS DISTINCT FROM (new_values."valid_until")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b76724b581785e8847bf67ac89c14cf5051bc9d5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bc144', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_confirmationlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmationlink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_confirmationlinkevent" ("id", "mail_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "tenant_id", "used_at", "valid_until") SELECT old_values."id", old_values."mail_id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sent_at", old_values."tenant_id", old_values."used_at", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0fa434dac0831c721c3cebc797e9ef571915c96b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6670a', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_confirmationlink', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='moved',
            index=models.Index(fields=['tenant', 'kind', 'new'], name='moved_here'),
        ),
        migrations.AddConstraint(
            model_name='moved',
            constraint=models.UniqueConstraint(fields=('tenant', 'kind', 'old'), name='moved_once'),
        ),
        migrations.AddConstraint(
            model_name='moved',
            constraint=models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='moved_elsewhere'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moved',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_movedevent" ("id", "kind", "moved_at", "new", "old", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_with", "tenant_id", "visibility") SELECT new_values."id", new_values."kind", new_values."moved_at", new_values."new", new_values."old", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."shared_with", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2b057cb7d5d2f29287d6e0574dffc54b69b35c79', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e2dbe', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_moved', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moved',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_movedevent" ("id", "kind", "moved_at", "new", "old", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_with", "tenant_id", "visibility") SELECT new_values."id", new_values."kind", new_values."moved_at", new_values."new", new_values."old", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."shared_with", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e4c2e71a40a8eb17e8327e0cb8b07a1b2d1b383b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6699b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_moved', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moved',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_movedevent" ("id", "kind", "moved_at", "new", "old", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_with", "tenant_id", "visibility") SELECT old_values."id", old_values."kind", old_values."moved_at", old_values."new", old_values."old", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."shared_with", old_values."tenant_id", old_values."visibility" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a633186bed9740f91dc79b3c89307c49f8c2da9f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_96326', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_moved', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='pendingchange',
            index=models.Index(fields=['tenant', 'decision', 'asked_at'], name='changes_in_order'),
        ),
        migrations.AddIndex(
            model_name='pendingchange',
            index=models.Index(fields=['tenant', 'offer'], name='changes_of_offer'),
        ),
        migrations.AddIndex(
            model_name='pendingchange',
            index=models.Index(fields=['tenant', 'organisation'], name='changes_of_organisation'),
        ),
        migrations.AddConstraint(
            model_name='pendingchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offer', None), ('organisation__isnull', False)), models.Q(('offer__isnull', False), ('organisation', None)), _connector='OR'), name='change_of_one_record'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pendingchange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_pendingchangeevent" ("asked_at", "by", "decided_at", "decided_by", "decision", "id", "offer_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "tenant_id") SELECT new_values."asked_at", new_values."by", new_values."decided_at", new_values."decided_by", new_values."decision", new_values."id", new_values."offer_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."reason", new_values."tenant_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cf5e27091df6112e578adc860750deb25f65f5e8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fbdfe', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_pendingchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pendingchange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_pendingchangeevent" ("asked_at", "by", "decided_at", "decided_by", "decision", "id", "offer_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "tenant_id") SELECT new_values."asked_at", new_values."by", new_values."decided_at", new_values."decided_by", new_values."decision", new_values."id", new_values."offer_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."reason", new_values."tenant_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."by" IS DISTINCT FROM (new_values."by") OR old_values."decided_at" IS DISTINCT FROM (new_values."decided_at") OR old_values."decided_by" IS DISTINCT FROM (new_values."decided_by") OR old_values."decision" IS DISTINCT FROM (new_values."decision") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."offer_id" IS DISTINCT FROM (new_values."offer_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."tenant_id" IS DISTINCT FROM (new_values."tenant_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='38c55ccdcfaf6696b97bbb3335e3345331a75662', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3c6d5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_pendingchange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pendingchange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_pendingchangeevent" ("asked_at", "by", "decided_at", "decided_by", "decision", "id", "offer_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "tenant_id") SELECT old_values."asked_at", old_values."by", old_values."decided_at", old_values."decided_by", old_values."decision", old_values."id", old_values."offer_id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."reason", old_values."tenant_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2a0a224ad5683a4b7169a7aa2b02ab11e283aa03', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c666f', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_pendingchange', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='unreachablelink',
            index=models.Index(fields=['tenant', 'since'], name='unreachable_by_time'),
        ),
        migrations.AddConstraint(
            model_name='unreachablelink',
            constraint=models.UniqueConstraint(fields=('tenant', 'kind', 'record_id', 'url'), name='unreachable_link_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unreachablelink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_unreachablelinkevent" ("checked_at", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "since", "status", "tenant_id", "url") SELECT new_values."checked_at", new_values."id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."record_id", new_values."since", new_values."status", new_values."tenant_id", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d270f7b14336f5c8ef05db9660a6f49e99959978', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d8f04', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_unreachablelink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unreachablelink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_unreachablelinkevent" ("checked_at", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "since", "status", "tenant_id", "url") SELECT new_values."checked_at", new_values."id", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."record_id", new_values."since", new_values."status", new_values."tenant_id", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8b7a01f0a44622e0d9f8512092b5e553db03383d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c7125', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_unreachablelink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unreachablelink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_unreachablelinkevent" ("checked_at", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "since", "status", "tenant_id", "url") SELECT old_values."checked_at", old_values."id", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."record_id", old_values."since", old_values."status", old_values."tenant_id", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='95ff5ce684edf34629a70087ae8f3009173a5559', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9b6d1', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_unreachablelink', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='viewcount',
            constraint=models.UniqueConstraint(fields=('tenant', 'offer', 'month'), name='views_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='viewcount',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='views_of_a_whole_month'),
        ),
    ]
