-- Keys under which sensitive values are stored, each wrapped by the one above it: master key (never in a database), tenant key, data key.

-- A tenant's keys; the newest one that is active wraps and indexes. Read and written by the system role only, and unwrapped in the service.
create table tenant_key (
  tenant text not null,
  generation integer not null check (generation > 0),
  wrapped text not null,
  master_key_id text not null,
  created_at timestamptz not null default now(),
  active_from timestamptz not null default now(),
  retired_at timestamptz,
  -- Part of every reference to the key, so that the database itself refuses to retire one that is in use.
  live boolean not null default true,
  primary key (tenant, generation),
  unique (tenant, generation, live),
  check (live = (retired_at is null))
);
call protect('tenant_key', 'select, insert, update');
revoke all on tenant_key from clientele_app;

-- Secrets of a tenant that stay the same for good, by what they are for.
create table tenant_secret (
  tenant text not null,
  purpose text not null,
  wrapped text not null,
  master_key_id text not null,
  created_at timestamptz not null default now(),
  primary key (tenant, purpose)
);
call protect('tenant_secret', 'select, insert, update');
revoke all on tenant_secret from clientele_app;

-- The key of what is stored about one owner, such as a customer. Without it his values cannot be read, wherever they were copied to.
create table data_key (
  tenant text not null default current_tenant(),
  owner_id uuid not null,
  wrapped bytea,
  key_generation integer,
  key_live boolean not null default true check (key_live),
  created_at timestamptz not null default now(),
  shredded_at timestamptz,
  live boolean not null default true,
  primary key (tenant, owner_id),
  unique (tenant, owner_id, live),
  foreign key (tenant, key_generation, key_live) references tenant_key (tenant, generation, live),
  check (live = (wrapped is not null) and live = (key_generation is not null) and live = (shredded_at is null))
);
create index data_key_generation on data_key (tenant, key_generation, owner_id) where key_generation is not null;
call protect('data_key');
-- What was erased stays so.
revoke delete on data_key from clientele_app;

-- Sensitive values of an owner by field (`customer.person.birthDate`), and what the searchable ones are found by.
create table sealed_value (
  tenant text not null default current_tenant(),
  owner_id uuid not null,
  owner_live boolean not null default true check (owner_live),
  field text not null,
  sealed bytea not null,
  blind_index bytea check (length(blind_index) = 16),
  index_generation integer,
  index_live boolean not null default true check (index_live),
  primary key (tenant, owner_id, field),
  foreign key (tenant, owner_id, owner_live) references data_key (tenant, owner_id, live),
  foreign key (tenant, index_generation, index_live) references tenant_key (tenant, generation, live),
  check ((blind_index is null) = (index_generation is null))
);
create index sealed_value_search on sealed_value (tenant, field, blind_index, owner_id) where blind_index is not null;
create index sealed_value_generation on sealed_value (tenant, index_generation, owner_id) where index_generation is not null;
call protect('sealed_value');
