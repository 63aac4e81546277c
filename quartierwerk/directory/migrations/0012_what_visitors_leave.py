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
        ('chain', '0001_elements_and_links'),
        ('directory', '0011_schedules_and_places'),
        ('places', '0004_succession'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfferBarrier',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', max_length=10, verbose_name='visible to')),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('kind', models.CharField(choices=[('language', 'Nobody spoke my language'), ('access', 'I could not get in'), ('childcare', 'There was no childcare'), ('cost', 'It cost too much'), ('time', 'The times do not fit'), ('full', 'There was no place left'), ('wrong', 'What stands here is not true'), ('turned_away', 'I was turned away'), ('other', 'Something else')], max_length=20, verbose_name='what stood in the way')),
                ('text', models.TextField(blank=True, verbose_name="in one's own words")),
                ('language', models.CharField(default='de', max_length=35, verbose_name='language of the words')),
                ('held', models.BooleanField(default=True, verbose_name='waits for the staff')),
                ('shown', models.BooleanField(default=False, verbose_name='shown with the offer')),
                ('on_behalf_of_staff', models.BooleanField(default=False, verbose_name='entered by the staff')),
                ('reported_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported')),
                ('cleared_at', models.DateTimeField(blank=True, null=True, verbose_name='cleared away')),
                ('offer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='barriers', to='directory.offer')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'barrier of an offer',
                'verbose_name_plural': 'barriers of offers',
                'ordering': ['-reported_at', 'id'],
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
            name='OfferBarrierEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('visibility', models.CharField(choices=[('private', 'only me and coordinators'), ('space', 'staff of this quarter'), ('tenant', 'all staff of the municipality'), ('shared', 'also named municipalities'), ('public', 'everybody')], default='tenant', max_length=10, verbose_name='visible to')),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, editable=False, size=None)),
                ('kind', models.CharField(choices=[('language', 'Nobody spoke my language'), ('access', 'I could not get in'), ('childcare', 'There was no childcare'), ('cost', 'It cost too much'), ('time', 'The times do not fit'), ('full', 'There was no place left'), ('wrong', 'What stands here is not true'), ('turned_away', 'I was turned away'), ('other', 'Something else')], max_length=20, verbose_name='what stood in the way')),
                ('language', models.CharField(default='de', max_length=35, verbose_name='language of the words')),
                ('held', models.BooleanField(default=True, verbose_name='waits for the staff')),
                ('shown', models.BooleanField(default=False, verbose_name='shown with the offer')),
                ('on_behalf_of_staff', models.BooleanField(default=False, verbose_name='entered by the staff')),
                ('reported_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported')),
                ('cleared_at', models.DateTimeField(blank=True, null=True, verbose_name='cleared away')),
                ('offer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.offer')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.offerbarrier')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('reach', models.CharField(blank=True, max_length=254, verbose_name='mail address or phone')),
                ('language', models.CharField(default='de', max_length=35, verbose_name='language for the answer')),
                ('children', models.PositiveSmallIntegerField(default=0, verbose_name='children who need childcare')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('placed', 'has a place'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='waiting', max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked on')),
                ('last_contact_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last contact')),
                ('code_hash', models.CharField(editable=False, max_length=64)),
                ('note', models.TextField(blank=True, verbose_name='note of the staff')),
                ('offer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='directory.offer')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'registration',
                'verbose_name_plural': 'registrations',
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
            name='RegistrationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('placed', 'has a place'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='waiting', max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked on')),
                ('last_contact_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last contact')),
                ('offer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.offer')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.registration')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(blank=True, verbose_name='what is missing')),
                ('topic', models.CharField(blank=True, max_length=40, verbose_name='topic')),
                ('language', models.CharField(default='de', max_length=35, verbose_name='language of the words')),
                ('reach', models.CharField(blank=True, max_length=254, verbose_name='mail address or phone')),
                ('on_behalf', models.BooleanField(default=False, verbose_name='entered by the staff')),
                ('state', models.CharField(choices=[('new', 'new'), ('taken', 'taken up'), ('answered', 'answered')], default='new', max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked on')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('element', models.ForeignKey(db_index=False, default=uuid.uuid4, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='chain.element')),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='places.socialspace', verbose_name='quarter')),
                ('tenant', models.ForeignKey(db_index=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.PROTECT, to='tenants.tenant')),
            ],
            options={
                'verbose_name': 'wish',
                'verbose_name_plural': 'wishes',
                'ordering': ['-asked_at', 'id'],
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
            name='WishEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('topic', models.CharField(blank=True, max_length=40, verbose_name='topic')),
                ('language', models.CharField(default='de', max_length=35, verbose_name='language of the words')),
                ('on_behalf', models.BooleanField(default=False, verbose_name='entered by the staff')),
                ('state', models.CharField(choices=[('new', 'new'), ('taken', 'taken up'), ('answered', 'answered')], default='new', max_length=10, verbose_name='state')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked on')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='directory.wish')),
                ('space', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='places.socialspace', verbose_name='quarter')),
                ('tenant', models.ForeignKey(db_constraint=False, default=quartierwerk.tenants.scope.writing, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tenants.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='offerbarrier',
            index=models.Index(fields=['tenant', 'offer', '-reported_at'], name='offer_barriers_by_offer'),
        ),
        migrations.AddIndex(
            model_name='offerbarrier',
            index=models.Index(condition=models.Q(('cleared_at', None)), fields=['tenant', '-reported_at'], name='offer_barriers_open'),
        ),
        migrations.AddConstraint(
            model_name='offerbarrier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cleared_at', None), ('shown', True), ('visibility', 'public')), models.Q(models.Q(('shown', False), ('cleared_at__isnull', False), _connector='OR'), models.Q(('visibility', 'public'), _negated=True)), _connector='OR'), name='barrier_public_where_shown'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offerbarrier',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offerbarrierevent" ("cleared_at", "held", "id", "kind", "language", "offer_id", "on_behalf_of_staff", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "shared_with", "shown", "tenant_id", "visibility") SELECT new_values."cleared_at", new_values."held", new_values."id", new_values."kind", new_values."language", new_values."offer_id", new_values."on_behalf_of_staff", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."reported_at", new_values."shared_with", new_values."shown", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8180658160918333be7c66dd76f9ee8b96611cb0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_906a9', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_offerbarrier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offerbarrier',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offerbarrierevent" ("cleared_at", "held", "id", "kind", "language", "offer_id", "on_behalf_of_staff", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "shared_with", "shown", "tenant_id", "visibility") SELECT new_values."cleared_at", new_values."held", new_values."id", new_values."kind", new_values."language", new_values."offer_id", new_values."on_behalf_of_staff", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."reported_at", new_values."shared_with", new_values."shown", new_values."tenant_id", new_values."visibility" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cleared_at" IS DISTINCT FROM (new_values."cleared_at") OR old_values."held" IS DISTINCT FROM (new_values."held") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."offer_id" IS DISTINCT FROM (new_values."offer_id") OR old_values."on_behalf_of_staff" IS DISTINCT FROM (new_values."on_behalf_of_staff") OR old_values."reported_at" IS DISTINCT FROM (new_values."reported_at") OR old_values."shared_with" IS DISTINCT FROM (new_values."shared_with") OR old_values."shown" IS DISTINCT FROM (new_values."shown") OR old_values."tenant_id" IS DISTINCT FROM (new_values."tenant_id") OR old_values."visibility" IS DISTINCT FROM (new_values."visibility")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5a9e1f079f6f6f6b6f0e6a460321f1c44f6e0f32', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bfeb4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_offerbarrier', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offerbarrier',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offerbarrierevent" ("cleared_at", "held", "id", "kind", "language", "offer_id", "on_behalf_of_staff", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "shared_with", "shown", "tenant_id", "visibility") SELECT old_values."cleared_at", old_values."held", old_values."id", old_values."kind", old_values."language", old_values."offer_id", old_values."on_behalf_of_staff", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."reported_at", old_values."shared_with", old_values."shown", old_values."tenant_id", old_values."visibility" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3a7dcf54479d98cc6fe43ca6023d282c23ec5c99', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_21629', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_offerbarrier', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['tenant', 'offer', 'state', 'asked_at'], name='registrations_in_order'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['tenant', 'code_hash'], name='registrations_by_code'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registration',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_registrationevent" ("asked_at", "id", "last_contact_at", "offer_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "tenant_id") SELECT new_values."asked_at", new_values."id", new_values."last_contact_at", new_values."offer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."state", new_values."tenant_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='27275ed3f0d2711ef859c08c26cf523a862e7e57', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_55096', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_registration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registration',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_registrationevent" ("asked_at", "id", "last_contact_at", "offer_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "tenant_id") SELECT new_values."asked_at", new_values."id", new_values."last_contact_at", new_values."offer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."state", new_values."tenant_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."last_contact_at" IS DISTINCT FROM (new_values."last_contact_at") OR old_values."offer_id" IS DISTINCT FROM (new_values."offer_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."tenant_id" IS DISTINCT FROM (new_values."tenant_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='68c53371129bac4b918393d4453ab74e07a8f44a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e5640', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_registration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registration',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_registrationevent" ("asked_at", "id", "last_contact_at", "offer_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "tenant_id") SELECT old_values."asked_at", old_values."id", old_values."last_contact_at", old_values."offer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."state", old_values."tenant_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='56c49c0fbf7ebc39b393efb1953d0683127c3d35', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c9481', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_registration', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='wish',
            index=models.Index(fields=['tenant', 'state', '-asked_at'], name='wishes_by_state'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(fields=('tenant', 'element'), name='wish_one_element'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wish',
            trigger=pgtrigger.compiler.Trigger(name='element_comes_along', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nexecute $q$insert into chain_element (id, tenant_id, kind, visibility, shared_with, created_at)\nselect element_id, tenant_id, 'wish', 'tenant', '{}', now() from new_values\non conflict (id) do nothing$q$;\nreturn null;\n", hash='5c033d269fa6e6773c14750dc5dfa640fd5dea26', level='STATEMENT', operation='INSERT', pgid='pgtrigger_element_comes_along_00482', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_wish', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wish',
            trigger=pgtrigger.compiler.Trigger(name='element_becomes_tombstone', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nexecute $q$update chain_element e set removed_at = now(), visibility = 'tenant', shared_with = '{}'\n  from old_values o\n where e.tenant_id = o.tenant_id and e.id = o.element_id\n   and (exists (select from chain_link l where l.tenant_id = e.tenant_id and l.source_id = e.id)\n     or exists (select from chain_link l where l.tenant_id = e.tenant_id and l.target_id = e.id)\n     or exists (select from chain_elsewhere w where w.tenant_id = e.tenant_id and w.element_id = e.id))$q$;\nexecute $q$delete from chain_element e using old_values o\n where e.tenant_id = o.tenant_id and e.id = o.element_id and e.removed_at is null$q$;\nreturn null;\n", hash='2c4ad9c7b9a1f2b8d795500854dc42629a5a6c4a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_element_becomes_tombstone_2ca94', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_wish', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wish',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_wishevent" ("answered_at", "asked_at", "id", "language", "on_behalf", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "space_id", "state", "tenant_id", "topic") SELECT new_values."answered_at", new_values."asked_at", new_values."id", new_values."language", new_values."on_behalf", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."space_id", new_values."state", new_values."tenant_id", new_values."topic" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8c7ee2a81154455fa2d27e47a66e05d066a9355a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8d6e2', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_wish', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wish',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_wishevent" ("answered_at", "asked_at", "id", "language", "on_behalf", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "space_id", "state", "tenant_id", "topic") SELECT new_values."answered_at", new_values."asked_at", new_values."id", new_values."language", new_values."on_behalf", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."space_id", new_values."state", new_values."tenant_id", new_values."topic" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answered_at" IS DISTINCT FROM (new_values."answered_at") OR old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."on_behalf" IS DISTINCT FROM (new_values."on_behalf") OR old_values."space_id" IS DISTINCT FROM (new_values."space_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."tenant_id" IS DISTINCT FROM (new_values."tenant_id") OR old_values."topic" IS DISTINCT FROM (new_values."topic")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1ca14ba98d698aefbcf7fe10d3505b7fd46c35e0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_08632', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_wish', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wish',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_wishevent" ("answered_at", "asked_at", "id", "language", "on_behalf", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "space_id", "state", "tenant_id", "topic") SELECT old_values."answered_at", old_values."asked_at", old_values."id", old_values."language", old_values."on_behalf", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."space_id", old_values."state", old_values."tenant_id", old_values."topic" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='56301faa8d0f8f3922e3b516d7d92992d97d5a79', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5e394', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_wish', when='AFTER')),
        ),
    ]
