-- What every service's database starts with: the tenant of the transaction, row-level security, outbox, inbox, dead letters, idempotency keys.

create function current_tenant() returns text
  language sql stable parallel safe
  return nullif(current_setting('app.tenant', true), '');

grant usage on schema public to clientele_app, clientele_system;

-- Puts a table under row-level security: clientele_app sees its transaction's tenant and nothing without one.
-- `system_privileges` lists what clientele_system (relay, jobs) may do across tenants, e.g. 'select, update'.
create procedure protect(target regclass, system_privileges text default null)
  language plpgsql as $$
begin
  if not exists (
    select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = target and a.attname = 'tenant'
  ) then
    raise exception '% is under row-level security but has no index that starts with the tenant', target;
  end if;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s to clientele_app using (tenant = (select current_tenant()))', target);
  execute format('grant select, insert, update, delete on %s to clientele_app', target);
  if system_privileges is not null then
    execute format('create policy system on %s to clientele_system using (true)', target);
    execute format('grant %s on %s to clientele_system', system_privileges, target);
  end if;
end $$;

create table outbox (
  position bigint generated always as identity primary key,
  tenant text not null,
  event_id uuid not null unique,
  type text not null,
  entity_id uuid not null,
  entity_version integer not null,
  partition_key uuid not null,
  part smallint not null generated always as (abs(hashtext(partition_key::text)::bigint) % 16) stored,
  event text not null,
  created_at timestamptz not null default now(),
  stream_seq bigint,
  constraint outbox_one_event_per_version unique (tenant, entity_id, entity_version)
);
create index outbox_unpublished on outbox (part, position) where stream_seq is null;
create index outbox_published on outbox (stream_seq) where stream_seq is not null;
create index outbox_age on outbox (created_at);
call protect('outbox', 'select, update, delete');

-- Up to which position of the stream a partition's publishing is known to be recorded in the outbox.
create table relay_checkpoint (
  part smallint primary key,
  stream_created text not null,
  stream_seq bigint not null
);
grant select, insert, update on relay_checkpoint to clientele_system;

create table inbox (
  tenant text not null,
  consumer text not null,
  event_id uuid not null,
  handled_at timestamptz not null default now(),
  primary key (tenant, consumer, event_id)
);
create index inbox_age on inbox (handled_at);
call protect('inbox', 'select, delete');

create table dead_letter (
  tenant text not null,
  id uuid not null,
  consumer text not null,
  event_id uuid not null,
  type text not null,
  event text not null,
  attempts integer not null,
  code text not null,
  reason text not null,
  failed_at timestamptz not null default now(),
  replayed_at timestamptz,
  primary key (tenant, id),
  unique (tenant, consumer, event_id)
);
call protect('dead_letter', 'select, insert, update, delete');

create table idempotency_key (
  tenant text not null default current_tenant(),
  key text not null,
  subject text not null,
  operation text not null,
  request_hash text not null,
  entity text,
  entity_id uuid,
  created_at timestamptz not null default now(),
  primary key (tenant, subject, key)
);
create index idempotency_key_age on idempotency_key (created_at);
call protect('idempotency_key', 'select, delete');
