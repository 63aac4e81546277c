from django.db import migrations

# Offers that were there before get their places in the chain; every later one brings its own along.
FILL = """
update directory_offer set element_id = gen_random_uuid() where element_id is null;
insert into chain_element (id, tenant_id, kind, visibility, shared_with, created_at)
select element_id, tenant_id, 'offer', visibility, shared_with, coalesce(published_at, changed_at)
  from directory_offer
on conflict (id) do nothing;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0005_offer_element'),
        # Offers have a history, whose triggers run even where there is no offer yet.
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
