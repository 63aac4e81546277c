import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chain', '0001_elements_and_links'),
        ('directory', '0008_pictures_and_checks_of_texts'),
        ('places', '0004_succession'),
        ('tenants', '0002_confirming_and_checking'),
        ('uploads', '0002_size_and_owner_of_pictures'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='location',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='location',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='location',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offer',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offer',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='offer',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organisation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organisation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='organisation',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='location',
            name='accessibility',
            field=models.TextField(blank=True, verbose_name='accessibility'),
        ),
        migrations.AddField(
            model_name='location',
            name='description',
            field=models.TextField(blank=True, verbose_name='description'),
        ),
        migrations.AddField(
            model_name='location',
            name='languages_spoken',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=35), blank=True, default=list, size=None, verbose_name='languages spoken'),
        ),
        migrations.AddField(
            model_name='locationevent',
            name='accessibility',
            field=models.TextField(blank=True, verbose_name='accessibility'),
        ),
        migrations.AddField(
            model_name='locationevent',
            name='description',
            field=models.TextField(blank=True, verbose_name='description'),
        ),
        migrations.AddField(
            model_name='locationevent',
            name='languages_spoken',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=35), blank=True, default=list, size=None, verbose_name='languages spoken'),
        ),
        migrations.AddField(
            model_name='offer',
            name='accessibility',
            field=models.TextField(blank=True, verbose_name='accessibility'),
        ),
        migrations.AddField(
            model_name='offer',
            name='audience',
            field=models.TextField(blank=True, verbose_name='for whom'),
        ),
        migrations.AddField(
            model_name='offer',
            name='childcare',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('unknown', 'unknown')], default='unknown', max_length=7, verbose_name='childcare'),
        ),
        migrations.AddField(
            model_name='offer',
            name='childcare_places',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places in childcare'),
        ),
        migrations.AddField(
            model_name='offer',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last confirmed'),
        ),
        migrations.AddField(
            model_name='offer',
            name='copied_from',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='directory.offer'),
        ),
        migrations.AddField(
            model_name='offer',
            name='costs_covered',
            field=models.TextField(blank=True, verbose_name='who covers the costs'),
        ),
        migrations.AddField(
            model_name='offer',
            name='course_type',
            field=models.CharField(blank=True, choices=[('integration', 'Integration course'), ('literacy', 'Literacy course'), ('job_language', 'Language course for work'), ('first_orientation', 'First orientation course'), ('language', 'Other language course'), ('conversation', 'Conversation group'), ('school', 'School leaving certificate'), ('skills', 'Other course')], max_length=20, verbose_name='kind of course'),
        ),
        migrations.AddField(
            model_name='offer',
            name='deadline',
            field=models.DateField(blank=True, null=True, verbose_name='apply until'),
        ),
        migrations.AddField(
            model_name='offer',
            name='ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='ends on'),
        ),
        migrations.AddField(
            model_name='offer',
            name='gear',
            field=models.TextField(blank=True, verbose_name='what to bring'),
        ),
        migrations.AddField(
            model_name='offer',
            name='german_level',
            field=models.CharField(blank=True, choices=[('A0', 'A0 (alphabetisation)'), ('A1', 'A1'), ('A2', 'A2'), ('B1', 'B1'), ('B2', 'B2'), ('C1', 'C1'), ('C2', 'C2')], max_length=2, verbose_name='German needed'),
        ),
        migrations.AddField(
            model_name='offer',
            name='has_waiting_list',
            field=models.BooleanField(default=False, verbose_name='has a waiting list'),
        ),
        migrations.AddField(
            model_name='offer',
            name='intake',
            field=models.CharField(choices=[('open', 'takes new patients'), ('waiting', 'waiting list'), ('closed', 'takes nobody at present'), ('unknown', 'unknown')], default='unknown', max_length=10, verbose_name='new patients'),
        ),
        migrations.AddField(
            model_name='offer',
            name='is_free',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('unknown', 'unknown')], default='unknown', max_length=7, verbose_name='free of charge'),
        ),
        migrations.AddField(
            model_name='offer',
            name='kind',
            field=models.CharField(choices=[('general', 'General offer'), ('course', 'Course'), ('counselling', 'Counselling'), ('group', 'Group'), ('meeting_place', 'Meeting place'), ('health', 'Health service'), ('listing', 'Job, training or internship'), ('sport', 'Sport'), ('culture', 'Culture')], default='general', max_length=20, verbose_name='kind of offer'),
        ),
        migrations.AddField(
            model_name='offer',
            name='level',
            field=models.CharField(blank=True, choices=[('A0', 'A0 (alphabetisation)'), ('A1', 'A1'), ('A2', 'A2'), ('B1', 'B1'), ('B2', 'B2'), ('C1', 'C1'), ('C2', 'C2')], max_length=2, verbose_name='level'),
        ),
        migrations.AddField(
            model_name='offer',
            name='listing_type',
            field=models.CharField(blank=True, choices=[('job', 'Job'), ('training', 'Vocational training'), ('internship', 'Internship')], max_length=12, verbose_name='what is offered'),
        ),
        migrations.AddField(
            model_name='offer',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='uploads.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='offer',
            name='registration',
            field=models.CharField(choices=[('none', 'not needed'), ('wanted', 'welcome'), ('required', 'needed'), ('referral', 'needs a referral'), ('unknown', 'unknown')], default='unknown', max_length=10, verbose_name='registration'),
        ),
        migrations.AddField(
            model_name='offer',
            name='registration_how',
            field=models.TextField(blank=True, verbose_name='how to register'),
        ),
        migrations.AddField(
            model_name='offer',
            name='seats',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places'),
        ),
        migrations.AddField(
            model_name='offer',
            name='seats_taken',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places taken'),
        ),
        migrations.AddField(
            model_name='offer',
            name='serves',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='serves people from these quarters'),
        ),
        migrations.AddField(
            model_name='offer',
            name='serves_postcodes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='serves people from these postcodes'),
        ),
        migrations.AddField(
            model_name='offer',
            name='serves_tenants',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name='serves people from these municipalities, too'),
        ),
        migrations.AddField(
            model_name='offer',
            name='specialities',
            field=models.TextField(blank=True, verbose_name='specialities'),
        ),
        migrations.AddField(
            model_name='offer',
            name='starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='begins on'),
        ),
        migrations.AddField(
            model_name='offer',
            name='step_free',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('unknown', 'unknown')], default='unknown', max_length=7, verbose_name='step-free'),
        ),
        migrations.AddField(
            model_name='offer',
            name='topics',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='topics'),
        ),
        migrations.AddField(
            model_name='offer',
            name='trial',
            field=models.TextField(blank=True, verbose_name='trial session'),
        ),
        migrations.AddField(
            model_name='offer',
            name='unconfirmed_since',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='unconfirmed since'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='accessibility',
            field=models.TextField(blank=True, verbose_name='accessibility'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='audience',
            field=models.TextField(blank=True, verbose_name='for whom'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='childcare',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('unknown', 'unknown')], default='unknown', max_length=7, verbose_name='childcare'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='childcare_places',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places in childcare'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last confirmed'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='copied_from',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.offer'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='costs_covered',
            field=models.TextField(blank=True, verbose_name='who covers the costs'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='course_type',
            field=models.CharField(blank=True, choices=[('integration', 'Integration course'), ('literacy', 'Literacy course'), ('job_language', 'Language course for work'), ('first_orientation', 'First orientation course'), ('language', 'Other language course'), ('conversation', 'Conversation group'), ('school', 'School leaving certificate'), ('skills', 'Other course')], max_length=20, verbose_name='kind of course'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='deadline',
            field=models.DateField(blank=True, null=True, verbose_name='apply until'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='ends on'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='gear',
            field=models.TextField(blank=True, verbose_name='what to bring'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='german_level',
            field=models.CharField(blank=True, choices=[('A0', 'A0 (alphabetisation)'), ('A1', 'A1'), ('A2', 'A2'), ('B1', 'B1'), ('B2', 'B2'), ('C1', 'C1'), ('C2', 'C2')], max_length=2, verbose_name='German needed'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='has_waiting_list',
            field=models.BooleanField(default=False, verbose_name='has a waiting list'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='intake',
            field=models.CharField(choices=[('open', 'takes new patients'), ('waiting', 'waiting list'), ('closed', 'takes nobody at present'), ('unknown', 'unknown')], default='unknown', max_length=10, verbose_name='new patients'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='is_free',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('unknown', 'unknown')], default='unknown', max_length=7, verbose_name='free of charge'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='kind',
            field=models.CharField(choices=[('general', 'General offer'), ('course', 'Course'), ('counselling', 'Counselling'), ('group', 'Group'), ('meeting_place', 'Meeting place'), ('health', 'Health service'), ('listing', 'Job, training or internship'), ('sport', 'Sport'), ('culture', 'Culture')], default='general', max_length=20, verbose_name='kind of offer'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='level',
            field=models.CharField(blank=True, choices=[('A0', 'A0 (alphabetisation)'), ('A1', 'A1'), ('A2', 'A2'), ('B1', 'B1'), ('B2', 'B2'), ('C1', 'C1'), ('C2', 'C2')], max_length=2, verbose_name='level'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='listing_type',
            field=models.CharField(blank=True, choices=[('job', 'Job'), ('training', 'Vocational training'), ('internship', 'Internship')], max_length=12, verbose_name='what is offered'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='picture',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='uploads.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='registration',
            field=models.CharField(choices=[('none', 'not needed'), ('wanted', 'welcome'), ('required', 'needed'), ('referral', 'needs a referral'), ('unknown', 'unknown')], default='unknown', max_length=10, verbose_name='registration'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='registration_how',
            field=models.TextField(blank=True, verbose_name='how to register'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='seats',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='seats_taken',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places taken'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='serves',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='serves people from these quarters'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='serves_postcodes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='serves people from these postcodes'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='serves_tenants',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name='serves people from these municipalities, too'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='specialities',
            field=models.TextField(blank=True, verbose_name='specialities'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='begins on'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='step_free',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('unknown', 'unknown')], default='unknown', max_length=7, verbose_name='step-free'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='topics',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='topics'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='trial',
            field=models.TextField(blank=True, verbose_name='trial session'),
        ),
        migrations.AddField(
            model_name='offerevent',
            name='unconfirmed_since',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='unconfirmed since'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='asked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last asked'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='confirmation',
            field=models.CharField(choices=[('confirmed', 'confirmed'), ('asked', 'asked'), ('reminded', 'reminded'), ('reminded_twice', 'reminded twice'), ('unconfirmed', 'unconfirmed'), ('hidden', 'hidden'), ('phone', 'to be phoned')], default='confirmed', editable=False, max_length=20, verbose_name='state of confirmation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last confirmed'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='hours',
            field=models.TextField(blank=True, verbose_name='office hours'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='languages_spoken',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=35), blank=True, default=list, size=None, verbose_name='languages spoken'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='legal_name',
            field=models.CharField(blank=True, max_length=300, verbose_name='name in law'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='uploads.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None, verbose_name='what it is'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='serves_postcodes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='serves people from these postcodes'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='topics',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='topics'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='asked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last asked'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='confirmation',
            field=models.CharField(choices=[('confirmed', 'confirmed'), ('asked', 'asked'), ('reminded', 'reminded'), ('reminded_twice', 'reminded twice'), ('unconfirmed', 'unconfirmed'), ('hidden', 'hidden'), ('phone', 'to be phoned')], default='confirmed', editable=False, max_length=20, verbose_name='state of confirmation'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last confirmed'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='hours',
            field=models.TextField(blank=True, verbose_name='office hours'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='languages_spoken',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=35), blank=True, default=list, size=None, verbose_name='languages spoken'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='legal_name',
            field=models.CharField(blank=True, max_length=300, verbose_name='name in law'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='picture',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='uploads.picture', verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None, verbose_name='what it is'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='serves_postcodes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='serves people from these postcodes'),
        ),
        migrations.AddField(
            model_name='organisationevent',
            name='topics',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='topics'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(fields=['tenant', 'kind', 'sort_key'], name='offers_by_kind'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(condition=models.Q(('unconfirmed_since__isnull', False)), fields=['tenant', 'unconfirmed_since'], name='offers_unconfirmed'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('serves_tenants', []), _negated=True), fields=['serves_tenants'], name='offers_for_neighbours'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['tenant', 'confirmation', 'asked_at'], name='organisations_to_confirm'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='location',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_locationevent" ("accessibility", "address_id", "description", "id", "kept_columns", "languages_spoken", "name", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "shared_with", "source", "source_id", "tenant_id", "visibility", "website") SELECT new_values."accessibility", new_values."address_id", new_values."description", new_values."id", new_values."kept_columns", new_values."languages_spoken", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."phone", new_values."shared_with", new_values."source", new_values."source_id", new_values."tenant_id", new_values."visibility", new_values."website" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='40d335baf5496cd2453f99753ae3fc451cecfa64', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_38c23', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_location', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='location',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_locationevent" ("accessibility", "address_id", "description", "id", "kept_columns", "languages_spoken", "name", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "shared_with", "source", "source_id", "tenant_id", "visibility", "website") SELECT new_values."accessibility", new_values."address_id", new_values."description", new_values."id", new_values."kept_columns", new_values."languages_spoken", new_values."name", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."phone", new_values."shared_with", new_values."source", new_values."source_id", new_values."tenant_id", new_values."visibility", new_values."website" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d3544056073c66802182f8be767c6f93f734af62', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0dff9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_location', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='location',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_locationevent" ("accessibility", "address_id", "description", "id", "kept_columns", "languages_spoken", "name", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "shared_with", "source", "source_id", "tenant_id", "visibility", "website") SELECT old_values."accessibility", old_values."address_id", old_values."description", old_values."id", old_values."kept_columns", old_values."languages_spoken", old_values."name", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."phone", old_values."shared_with", old_values."source", old_values."source_id", old_values."tenant_id", old_values."visibility", old_values."website" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='50f029107d3bc44ed20cca3476253900fa84bd64', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e2929', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_location', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offerevent" ("accessibility", "address_id", "audience", "changed_at", "childcare", "childcare_places", "confirmed_at", "copied_from_id", "cost", "costs_covered", "course_type", "deadline", "description", "ends_on", "gear", "german_level", "has_waiting_list", "hours", "id", "intake", "is_free", "kept_columns", "kind", "language", "languages_spoken", "level", "listing_type", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "published_at", "registration", "registration_how", "seats", "seats_taken", "serves", "serves_postcodes", "serves_tenants", "shared_with", "source", "source_id", "space_id", "specialities", "starts_on", "step_free", "tenant_id", "text_languages", "title", "topics", "trial", "unconfirmed_since", "valid_until", "visibility", "website") SELECT new_values."accessibility", new_values."address_id", new_values."audience", new_values."changed_at", new_values."childcare", new_values."childcare_places", new_values."confirmed_at", new_values."copied_from_id", new_values."cost", new_values."costs_covered", new_values."course_type", new_values."deadline", new_values."description", new_values."ends_on", new_values."gear", new_values."german_level", new_values."has_waiting_list", new_values."hours", new_values."id", new_values."intake", new_values."is_free", new_values."kept_columns", new_values."kind", new_values."language", new_values."languages_spoken", new_values."level", new_values."listing_type", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."picture_id", new_values."published_at", new_values."registration", new_values."registration_how", new_values."seats", new_values."seats_taken", new_values."serves", new_values."serves_postcodes", new_values."serves_tenants", new_values."shared_with", new_values."source", new_values."source_id", new_values."space_id", new_values."specialities", new_values."starts_on", new_values."step_free", new_values."tenant_id", new_values."text_languages", new_values."title", new_values."topics", new_values."trial", new_values."unconfirmed_since", new_values."valid_until", new_values."visibility", new_values."website" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='09a491b25d1c03c1b72ca1c83740570d05ff9703', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_66515', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_offer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offerevent" ("accessibility", "address_id", "audience", "changed_at", "childcare", "childcare_places", "confirmed_at", "copied_from_id", "cost", "costs_covered", "course_type", "deadline", "description", "ends_on", "gear", "german_level", "has_waiting_list", "hours", "id", "intake", "is_free", "kept_columns", "kind", "language", "languages_spoken", "level", "listing_type", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "published_at", "registration", "registration_how", "seats", "seats_taken", "serves", "serves_postcodes", "serves_tenants", "shared_with", "source", "source_id", "space_id", "specialities", "starts_on", "step_free", "tenant_id", "text_languages", "title", "topics", "trial", "unconfirmed_since", "valid_until", "visibility", "website") SELECT new_values."accessibility", new_values."address_id", new_values."audience", new_values."changed_at", new_values."childcare", new_values."childcare_places", new_values."confirmed_at", new_values."copied_from_id", new_values."cost", new_values."costs_covered", new_values."course_type", new_values."deadline", new_values."description", new_values."ends_on", new_values."gear", new_values."german_level", new_values."has_waiting_list", new_values."hours", new_values."id", new_values."intake", new_values."is_free", new_values."kept_columns", new_values."kind", new_values."language", new_values."languages_spoken", new_values."level", new_values."listing_type", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."picture_id", new_values."published_at", new_values."registration", new_values."registration_how", new_values."seats", new_values."seats_taken", new_values."serves", new_values."serves_postcodes", new_values."serves_tenants", new_values."shared_with", new_values."source", new_values."source_id", new_values."space_id", new_values."specialities", new_values."starts_on", new_values."step_free", new_values."tenant_id", new_values."text_languages", new_values."title", new_values."topics", new_values."trial", new_values."unconfirmed_since", new_values."valid_until", new_values."visibility", new_values."website" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accessibility" IS DISTINCT FROM (new_values."accessibility") OR old_values."address_id" IS DISTINCT FROM (new_values."address_id") OR old_values."audience" IS DISTINCT FROM (new_values."audience") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."childcare" IS DISTINCT FROM (new_values."childcare") OR old_values."childcare_places" IS DISTINCT FROM (new_values."childcare_places") OR old_values."confirmed_at" IS DISTINCT FROM (new_values."confirmed_at") OR old_values."copied_from_id" IS DISTINCT FROM (new_values."copied_from_id") OR old_values."cost" IS DISTINCT FROM (new_values."cost") OR old_values."costs_covered" IS DISTINCT FROM (new_values."costs_covered") OR old_values."course_type" IS DISTINCT FROM (new_values."course_type") OR old_values."deadline" IS DISTINCT FROM (new_values."deadline") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."gear" IS DISTINCT FROM (new_values."gear") OR old_values."german_level" IS DISTINCT FROM (new_values."german_level") OR old_values."has_waiting_list" IS DISTINCT FROM (new_values."has_waiting_list") OR old_values."hours" IS DISTINCT FROM (new_values."hours") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."intake" IS DISTINCT FROM (new_values."intake") OR old_values."is_free" IS DISTINCT FROM (new_values."is_free") OR old_values."kept_columns" IS DISTINCT FROM (new_values."kept_columns") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."languages_spoken" IS DISTINCT FROM (new_values."languages_spoken") OR old_values."level" IS DISTINCT FROM (new_values."level") OR old_values."listing_type" IS DISTINCT FROM (new_values."listing_type") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."picture_id" IS DISTINCT FROM (new_values."picture_id") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."registration" IS DISTINCT FROM (new_values."registration") OR old_values."registration_how" IS DISTINCT FROM (new_values."registration_how") OR old_values."seats" IS DISTINCT FROM (new_values."seats") OR old_values."seats_taken" IS DISTINCT FROM (new_values."seats_taken") OR old_values."serves" IS DISTINCT FROM (new_values."serves") OR old_values."serves_postcodes" IS DISTINCT FROM (new_values."serves_postcodes") OR old_values."serves_tenants" IS DISTINCT FROM (new_values."serves_tenants") OR old_values."shared_with" IS DISTINCT FROM (new_values."shared_with") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."space_id" IS DISTINCT FROM (new_values."space_id") OR old_values."specialities" IS DISTINCT FROM (new_values."specialities") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."step_free" IS DISTINCT FROM (new_values."step_free") OR old_values."tenant_id" IS DISTINCT FROM (new_values."tenant_id") OR old_values."text_languages" IS DISTINCT FROM (new_values."text_languages") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."topics" IS DISTINCT FROM (new_values."topics") OR old_values."trial" IS DISTINCT FROM (new_values."trial") OR old_values."unconfirmed_since" IS DISTINCT FROM (new_values."unconfirmed_since") OR old_values."valid_until" IS DISTINCT FROM (new_values."valid_until") OR old_values."visibility" IS DISTINCT FROM (new_values."visibility") OR old_values."website" IS DISTINCT FROM (new_values."website")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e0381292afecf4653e9dcf874b891c6333d8a3de', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d9e53', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_offer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_offerevent" ("accessibility", "address_id", "audience", "changed_at", "childcare", "childcare_places", "confirmed_at", "copied_from_id", "cost", "costs_covered", "course_type", "deadline", "description", "ends_on", "gear", "german_level", "has_waiting_list", "hours", "id", "intake", "is_free", "kept_columns", "kind", "language", "languages_spoken", "level", "listing_type", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "published_at", "registration", "registration_how", "seats", "seats_taken", "serves", "serves_postcodes", "serves_tenants", "shared_with", "source", "source_id", "space_id", "specialities", "starts_on", "step_free", "tenant_id", "text_languages", "title", "topics", "trial", "unconfirmed_since", "valid_until", "visibility", "website") SELECT old_values."accessibility", old_values."address_id", old_values."audience", old_values."changed_at", old_values."childcare", old_values."childcare_places", old_values."confirmed_at", old_values."copied_from_id", old_values."cost", old_values."costs_covered", old_values."course_type", old_values."deadline", old_values."description", old_values."ends_on", old_values."gear", old_values."german_level", old_values."has_waiting_list", old_values."hours", old_values."id", old_values."intake", old_values."is_free", old_values."kept_columns", old_values."kind", old_values."language", old_values."languages_spoken", old_values."level", old_values."listing_type", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."picture_id", old_values."published_at", old_values."registration", old_values."registration_how", old_values."seats", old_values."seats_taken", old_values."serves", old_values."serves_postcodes", old_values."serves_tenants", old_values."shared_with", old_values."source", old_values."source_id", old_values."space_id", old_values."specialities", old_values."starts_on", old_values."step_free", old_values."tenant_id", old_values."text_languages", old_values."title", old_values."topics", old_values."trial", old_values."unconfirmed_since", old_values."valid_until", old_values."visibility", old_values."website" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='166fbf81b66c0c8150ffc82dd19595c72b811060', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_82301', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_offer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("about", "address_id", "asked_at", "changed_at", "confirmation", "confirmed_at", "email", "hours", "id", "is_placeholder", "kept_columns", "language", "languages_spoken", "legal_name", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "picture_id", "roles", "serves_postcodes", "shared_with", "source", "source_id", "space_id", "tenant_id", "text_languages", "topics", "visibility", "website") SELECT new_values."about", new_values."address_id", new_values."asked_at", new_values."changed_at", new_values."confirmation", new_values."confirmed_at", new_values."email", new_values."hours", new_values."id", new_values."is_placeholder", new_values."kept_columns", new_values."language", new_values."languages_spoken", new_values."legal_name", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."phone", new_values."picture_id", new_values."roles", new_values."serves_postcodes", new_values."shared_with", new_values."source", new_values."source_id", new_values."space_id", new_values."tenant_id", new_values."text_languages", new_values."topics", new_values."visibility", new_values."website" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ea50451ac5ecaa0765f0187e12e300e3a68de4d7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fd0fd', referencing='REFERENCING NEW TABLE AS new_values ', table='directory_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("about", "address_id", "asked_at", "changed_at", "confirmation", "confirmed_at", "email", "hours", "id", "is_placeholder", "kept_columns", "language", "languages_spoken", "legal_name", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "picture_id", "roles", "serves_postcodes", "shared_with", "source", "source_id", "space_id", "tenant_id", "text_languages", "topics", "visibility", "website") SELECT new_values."about", new_values."address_id", new_values."asked_at", new_values."changed_at", new_values."confirmation", new_values."confirmed_at", new_values."email", new_values."hours", new_values."id", new_values."is_placeholder", new_values."kept_columns", new_values."language", new_values."languages_spoken", new_values."legal_name", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."phone", new_values."picture_id", new_values."roles", new_values."serves_postcodes", new_values."shared_with", new_values."source", new_values."source_id", new_values."space_id", new_values."tenant_id", new_values."text_languages", new_values."topics", new_values."visibility", new_values."website" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."about" IS DISTINCT FROM (new_values."about") OR old_values."address_id" IS DISTINCT FROM (new_values."address_id") OR old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."confirmation" IS DISTINCT FROM (new_values."confirmation") OR old_values."confirmed_at" IS DISTINCT FROM (new_values."confirmed_at") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."hours" IS DISTINCT FROM (new_values."hours") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_placeholder" IS DISTINCT FROM (new_values."is_placeholder") OR old_values."kept_columns" IS DISTINCT FROM (new_values."kept_columns") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."languages_spoken" IS DISTINCT FROM (new_values."languages_spoken") OR old_values."legal_name" IS DISTINCT FROM (new_values."legal_name") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."picture_id" IS DISTINCT FROM (new_values."picture_id") OR old_values."roles" IS DISTINCT FROM (new_values."roles") OR old_values."serves_postcodes" IS DISTINCT FROM (new_values."serves_postcodes") OR old_values."shared_with" IS DISTINCT FROM (new_values."shared_with") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."space_id" IS DISTINCT FROM (new_values."space_id") OR old_values."tenant_id" IS DISTINCT FROM (new_values."tenant_id") OR old_values."text_languages" IS DISTINCT FROM (new_values."text_languages") OR old_values."topics" IS DISTINCT FROM (new_values."topics") OR old_values."visibility" IS DISTINCT FROM (new_values."visibility") OR old_values."website" IS DISTINCT FROM (new_values."website")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c2e5e13c019b2d6557d931a2d666c5239113d3a9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_17175', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='directory_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("about", "address_id", "asked_at", "changed_at", "confirmation", "confirmed_at", "email", "hours", "id", "is_placeholder", "kept_columns", "language", "languages_spoken", "legal_name", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "picture_id", "roles", "serves_postcodes", "shared_with", "source", "source_id", "space_id", "tenant_id", "text_languages", "topics", "visibility", "website") SELECT old_values."about", old_values."address_id", old_values."asked_at", old_values."changed_at", old_values."confirmation", old_values."confirmed_at", old_values."email", old_values."hours", old_values."id", old_values."is_placeholder", old_values."kept_columns", old_values."language", old_values."languages_spoken", old_values."legal_name", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."phone", old_values."picture_id", old_values."roles", old_values."serves_postcodes", old_values."shared_with", old_values."source", old_values."source_id", old_values."space_id", old_values."tenant_id", old_values."text_languages", old_values."topics", old_values."visibility", old_values."website" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dcd071459b2c387351654c636caefef944fa1be7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d686f', referencing='REFERENCING OLD TABLE AS old_values ', table='directory_organisation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('has_waiting_list', False), ('kind__in', ('course', 'group', 'sport')), _connector='OR'), name='waiting_list_of_its_kinds'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='offer_ends_after_it_begins'),
        ),
    ]
