#!/bin/sh
# Run once by the database's image, on an empty cluster: the roles and the portal's database.
# The owner migrates and erases; the application does all else and may not touch its own history. The third copies the
# server and its log, for backups and the archive.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$PORTAL_OWNER_PASSWORD" --set app_password="$PORTAL_APP_PASSWORD" \
    --set backup_password="$PORTAL_BACKUP_PASSWORD" <<'SQL'
CREATE ROLE portal_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE portal_app LOGIN PASSWORD :'app_password';
CREATE ROLE portal_backup LOGIN REPLICATION PASSWORD :'backup_password';
ALTER ROLE portal_owner SET lock_timeout = '10s';
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';
SQL
# The image lets nobody copy the server from another container.
echo 'host replication portal_backup all scram-sha-256' >> "$PGDATA/pg_hba.conf"
