create table customer (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  kind text not null,
  status text not null,
  owner_id text,
  territory text,
  primary key (tenant, id)
);
call protect('customer');

create table external_ref (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  system text not null check (length(system) between 1 and 64),
  entity_type text not null check (entity_type in ('CUSTOMER')),
  external_id text not null check (length(external_id) between 1 and 200),
  customer_id uuid not null,
  url text,
  primary key (tenant, id),
  foreign key (tenant, customer_id) references customer (tenant, id),
  constraint external_ref_key unique (tenant, system, entity_type, external_id)
);
create index external_ref_customer on external_ref (tenant, customer_id, system, external_id);
call protect('external_ref');

create table webhook_endpoint (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  url text not null check (length(url) <= 2048),
  description text,
  types text[] not null check (cardinality(types) between 1 and 50),
  ordering text not null check (ordering in ('PARALLEL', 'PER_CUSTOMER')),
  status text not null check (status in ('ACTIVE', 'FAILING', 'DISABLED')),
  disabled_reason text check (disabled_reason in ('BY_HAND', 'GONE', 'ONLY_FAILURES')),
  failing_since timestamptz,
  paused_until timestamptz,
  primary key (tenant, id),
  check ((status = 'DISABLED') = (disabled_reason is not null))
);
create index webhook_endpoint_created on webhook_endpoint (tenant, created_at, id);
call protect('webhook_endpoint', 'select, update');

-- The service itself can write secrets and never read them: only the delivery job signs with them.
create table webhook_secret (
  tenant text not null default current_tenant(),
  id uuid not null,
  endpoint_id uuid not null,
  secret text not null check (secret like 'whsec\_%'),
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, endpoint_id) references webhook_endpoint (tenant, id) on delete cascade
);
create unique index webhook_secret_current on webhook_secret (tenant, endpoint_id) where expires_at is null;
create index webhook_secret_endpoint on webhook_secret (tenant, endpoint_id);
call protect('webhook_secret', 'select');
revoke select on webhook_secret from clientele_app;
grant select (tenant, id, endpoint_id, created_at, expires_at) on webhook_secret to clientele_app;

create table delivery (
  tenant text not null default current_tenant(),
  id uuid not null,
  position bigint not null generated always as identity,
  endpoint_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  partition_key uuid not null,
  body text not null,
  cause text not null check (cause in ('EVENT', 'REPLAY', 'TEST')),
  status text not null check (status in ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED')),
  attempt_count integer not null default 0,
  round_attempts integer not null default 0,
  next_at timestamptz,
  leased_until timestamptz,
  last_status_code integer,
  last_error text,
  created_at timestamptz not null,
  delivered_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, endpoint_id) references webhook_endpoint (tenant, id) on delete cascade,
  constraint delivery_once unique (tenant, endpoint_id, event_id),
  check ((status = 'PENDING') = (next_at is not null)),
  check ((status = 'DELIVERED') = (delivered_at is not null))
);
create index delivery_list on delivery (tenant, endpoint_id, id);
create index delivery_due on delivery (tenant, endpoint_id, next_at) where status = 'PENDING';
create index delivery_order on delivery (tenant, endpoint_id, partition_key, position) where status = 'PENDING';
create index delivery_age on delivery (tenant, created_at);
call protect('delivery', 'select, update, delete');

create table delivery_attempt (
  tenant text not null default current_tenant(),
  id uuid not null,
  delivery_id uuid not null,
  at timestamptz not null,
  duration_ms integer not null,
  status_code integer,
  error text,
  response_snippet text check (octet_length(response_snippet) <= 4096),
  primary key (tenant, id),
  foreign key (tenant, delivery_id) references delivery (tenant, id) on delete cascade
);
create index delivery_attempt_delivery on delivery_attempt (tenant, delivery_id, id);
call protect('delivery_attempt', 'select, insert');
