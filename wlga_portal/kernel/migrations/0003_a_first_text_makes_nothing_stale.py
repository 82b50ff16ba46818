"""Whichever side of a text is written first: the first text of the other side is its translation, and makes none stale."""

from django.db import migrations

MARK = """
CREATE OR REPLACE FUNCTION kernel_mark(mark text, old_en text, new_en text, old_cy text, new_cy text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN old_en = new_en AND old_cy = new_cy THEN mark
    WHEN old_en <> new_en AND old_cy = new_cy AND new_cy <> '' {english} AND mark <> 'stale_en' THEN 'stale_cy'
    WHEN old_cy <> new_cy AND old_en = new_en AND new_en <> '' AND old_cy <> '' AND mark <> 'stale_cy' THEN 'stale_en'
    ELSE 'unreviewed'
END;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_initial")]
    operations = [migrations.RunSQL(MARK.format(english="AND old_en <> ''"), MARK.format(english=""))]
