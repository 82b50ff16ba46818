"""SQL functions that columns, triggers and constraints of every app use."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

ACCENTED = "àáâãäåèéêëìíîïòóôõöùúûüẁẃŵẅỳýŷÿçñÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖÙÚÛÜẀẂŴẄỲÝŶŸÇÑ"
PLAIN = "aaaaaaeeeeiiiiooooouuuuwwwwyyyycn" * 2

# A letter of two characters sorts after every word that begins with its first one: "ch" becomes "c~", and "~" is
# above "z". "ng" follows "g". A combining grapheme joiner (U+034F) keeps two letters apart, as in Ban͏gor.
CREATE = f"""
CREATE FUNCTION kernel_plain(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(translate(value, '{ACCENTED}', '{PLAIN}'));

CREATE FUNCTION kernel_sort_en(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(replace(kernel_plain(value), '-', ' '), '[^a-z0-9 ]', '', 'g');

CREATE FUNCTION kernel_sort_cy(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    kernel_plain(value), '-', ' '), 'ch', 'c~'), 'dd', 'd~'), 'ff', 'f~'), 'ng', 'g~'), 'll', 'l~'), 'ph', 'p~'),
    'rh', 'r~'), 'th', 't~'), '[^a-z0-9~ ]', '', 'g');

CREATE FUNCTION kernel_mark(mark text, old_en text, new_en text, old_cy text, new_cy text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN old_en = new_en AND old_cy = new_cy THEN mark
    WHEN old_en <> new_en AND old_cy = new_cy AND new_cy <> '' AND mark <> 'stale_en' THEN 'stale_cy'
    WHEN old_cy <> new_cy AND old_en = new_en AND new_en <> '' AND old_cy <> '' AND mark <> 'stale_cy' THEN 'stale_en'
    ELSE 'unreviewed'
END;

CREATE FUNCTION kernel_stamped(context jsonb) RETURNS jsonb LANGUAGE sql STABLE
RETURN jsonb_build_object('by', NULL, 'why', 'no reason given') || COALESCE(context, '{{}}'::jsonb)
    || jsonb_build_object('role', session_user)
    || CASE WHEN context ->> 'why' = '' THEN '{{"why": "no reason given"}}'::jsonb ELSE '{{}}'::jsonb END;
"""
DROP = """
DROP FUNCTION kernel_stamped(jsonb);
DROP FUNCTION kernel_mark(text, text, text, text, text);
DROP FUNCTION kernel_sort_cy(text);
DROP FUNCTION kernel_sort_en(text);
DROP FUNCTION kernel_plain(text);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    # every app's first migration comes after one of these
    run_before = [("organisations", "0001_initial"), ("accounts", "0001_initial")]
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(CREATE, DROP),
    ]
