from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('participation', '0006_words_leave_the_history'),
    ]

    operations = [
        # An early form of 0003 made this index; no model knows it.
        migrations.RunSQL('drop index if exists voices_by_keys', migrations.RunSQL.noop),
    ]
