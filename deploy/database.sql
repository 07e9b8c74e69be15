-- Roles and database of the portal; a superuser runs it once:
--   psql -v owner_password=… -v app_password=… -f deploy/database.sql
-- sangam_owner owns the tables and migrates; sangam_app serves and cannot rewrite the journal.
\set ON_ERROR_STOP on
create role sangam_owner login nosuperuser password :'owner_password';
create role sangam_app login nosuperuser password :'app_password';
create database sangam owner sangam_owner template template0 encoding 'UTF8';
revoke temporary, connect on database sangam from public;
grant connect on database sangam to sangam_app;
