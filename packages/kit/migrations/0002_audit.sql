-- Who did, tried and saw what. Entries are only ever added; sealing gives each its place in its tenant's chain, once.

create table audit_entry (
  tenant text not null default current_tenant(),
  at timestamptz not null,
  id uuid not null,
  position bigint not null generated always as identity,
  outcome text not null check (outcome in ('DONE', 'DENIED', 'SHOWN', 'EXPORTED')),
  subject text not null,
  client text,
  roles text[] not null,
  action text not null,
  entity_type text,
  entity_id uuid,
  entity_version integer,
  customer_id uuid,
  fields text[] not null,
  reason text,
  purpose text check (length(purpose) <= 200),
  address inet,
  request_id text not null,
  traceparent text,
  change_origin text,
  causation_id uuid,
  number bigint,
  hash bytea,
  primary key (tenant, at, id),
  constraint audit_entry_sealed_whole check ((number is null) = (hash is null))
);
create index audit_entry_unsealed on audit_entry (tenant, position) where number is null;
create unique index audit_entry_chain on audit_entry (tenant, number) where number is not null;
create index audit_entry_entity on audit_entry (tenant, entity_id, at) where entity_id is not null;
create index audit_entry_customer on audit_entry (tenant, customer_id, at) where customer_id is not null;
create index audit_entry_subject on audit_entry (tenant, subject, at);
call protect('audit_entry', 'select');
revoke insert, update, delete on audit_entry from clientele_app;
grant insert (at, id, outcome, subject, client, roles, action, entity_type, entity_id, entity_version, customer_id, fields,
  reason, purpose, address, request_id, traceparent, change_origin, causation_id) on audit_entry to clientele_app;
grant update (number, hash) on audit_entry to clientele_system;
create policy sealed_once on audit_entry as restrictive for update to clientele_system
  using (number is null) with check (number is not null);

-- The last sealed entry of each tenant, so that a cut-off tail is missed.
create table audit_head (
  tenant text primary key,
  number bigint not null,
  hash bytea not null
);
call protect('audit_head', 'select, insert, update');
revoke select, insert, update, delete on audit_head from clientele_app;
