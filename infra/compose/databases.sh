#!/bin/sh
# Roles and databases as docs/runbooks/serve.md has them; PostgreSQL's image runs it once, in a new volume.
set -eu
sql() { psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$1" --set password="$DATABASE_PASSWORD"; }
sql postgres <<'END'
create role clientele_app nologin;
create role clientele_system nologin;
END
for service in profiles interactions surveys segmentation integrations; do
  sql postgres <<END
create role ${service}_app login inherit password :'password' in role clientele_app;
create role ${service}_system login inherit password :'password' in role clientele_system;
create role ${service}_owner login inherit password :'password';
create database ${service} owner ${service}_owner template template0 encoding 'UTF8';
revoke connect, temporary on database ${service} from public;
grant connect on database ${service} to ${service}_app, ${service}_system;
END
  sql "$service" <<END
revoke create on schema public from public;
grant create, usage on schema public to ${service}_owner;
create extension if not exists pg_trgm;
END
done
