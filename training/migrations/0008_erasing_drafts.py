from django.db import migrations

from training.erasing import FUNCTION


class Migration(migrations.Migration):
    dependencies = [("training", "0007_erasing")]

    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
