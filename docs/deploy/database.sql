-- Roles, database and rights on a PostgreSQL of your own. As its superuser:
--   psql -v owner="'…'" -v app="'…'" -v backup="'…'" -f database.sql
CREATE ROLE tequio_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :owner;
CREATE ROLE tequio_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :app;
-- Reads everything and writes nothing, for backups.
CREATE ROLE tequio_backup LOGIN NOSUPERUSER BYPASSRLS PASSWORD :backup;
GRANT pg_read_all_data TO tequio_backup;

CREATE DATABASE tequio OWNER tequio_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE tequio FROM PUBLIC;
GRANT CONNECT ON DATABASE tequio TO tequio_app, tequio_backup;

\connect tequio
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tequio_app, tequio_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE tequio_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tequio_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tequio_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO tequio_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tequio_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO tequio_app;
