"""The page of a pack says its size without asking the store of files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("board", "0010_words_of_withdrawn_papers_go")]

    operations = [
        migrations.AddField(
            model_name="pack",
            name="size_bytes",
            field=models.PositiveBigIntegerField(null=True),
        ),
    ]
