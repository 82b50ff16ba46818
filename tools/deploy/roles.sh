#!/bin/sh
# Run once, by whoever rules a PostgreSQL server (15 or newer): the roles and the portal's database. The database's
# image runs it by itself; docs/operations/one-machine.md says how to elsewhere.
# The owner migrates and erases; the application does all else and may not touch its own history. The third copies the
# server and its log, for backups and the archive.
set -eu
: "${PORTAL_OWNER_PASSWORD:?}" "${PORTAL_APP_PASSWORD:?}" "${PORTAL_BACKUP_PASSWORD:?}"
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner_password PORTAL_OWNER_PASSWORD
\getenv app_password PORTAL_APP_PASSWORD
\getenv backup_password PORTAL_BACKUP_PASSWORD
CREATE ROLE portal_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE portal_app LOGIN PASSWORD :'app_password';
CREATE ROLE portal_backup LOGIN REPLICATION PASSWORD :'backup_password';
ALTER ROLE portal_owner SET lock_timeout = '10s';
-- The same order of texts on every machine: of the server itself from 17 on, before that of the system.
SELECT current_setting('server_version_num')::int >= 170000 AS builtin \gset
\if :builtin
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';
\else
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C.UTF-8';
\endif
SQL
# The image lets nobody copy the server from another container. (Debian's own server has such a line for this machine.)
if [ -n "${PGDATA:-}" ]; then
    echo 'host replication portal_backup all scram-sha-256' >> "$PGDATA/pg_hba.conf"
fi
