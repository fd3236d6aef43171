create table customer (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  number text not null check (length(number) between 1 and 64),
  kind text not null check (kind in ('PERSON', 'ORGANIZATION')),
  status text not null check (status in ('ACTIVE', 'ARCHIVED')),
  display_name text not null check (length(display_name) between 1 and 200),
  person jsonb,
  organization jsonb,
  owner_id text,
  territory text,
  source text,
  origin_system text,
  origin_external_id text,
  contact_points jsonb not null default '[]',
  addresses jsonb not null default '[]',
  contact_people jsonb not null default '[]',
  tag_keys jsonb not null default '[]',
  primary key (tenant, id),
  check ((origin_system is null) = (origin_external_id is null))
);
create unique index customer_number on customer (tenant, number);
create unique index customer_origin on customer (tenant, origin_system, origin_external_id) where origin_system is not null;
create index customer_display_name on customer (tenant, display_name, id);
create index customer_created on customer (tenant, created_at, id);
create index customer_updated on customer (tenant, updated_at, id);
create index customer_owner on customer (tenant, owner_id, number, id);
create index customer_territory on customer (tenant, territory, number, id);
create index customer_source on customer (tenant, source, number, id);
call protect('customer');

-- The last number that was given to a customer of the tenant.
create table customer_counter (
  tenant text not null default current_tenant(),
  last bigint not null,
  primary key (tenant)
);
call protect('customer_counter');

create table tag (
  tenant text not null default current_tenant(),
  id uuid not null,
  key text not null check (length(key) between 1 and 64),
  name text not null,
  color text,
  primary key (tenant, id)
);
create unique index tag_key on tag (tenant, key);
call protect('tag');

-- Which customers have a tag: the index behind customer.tag_keys, so that a list by tag need not read every customer.
create table customer_tag (
  tenant text not null default current_tenant(),
  tag_key text not null,
  customer_id uuid not null,
  primary key (tenant, tag_key, customer_id),
  foreign key (tenant, customer_id) references customer (tenant, id) on delete cascade,
  foreign key (tenant, tag_key) references tag (tenant, key)
);
create index customer_tag_customer on customer_tag (tenant, customer_id);
call protect('customer_tag');

create table purchase (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  customer_id uuid not null,
  kind text not null check (kind in ('SALE', 'CANCELLATION')),
  ordered_at timestamptz not null,
  channel text,
  payment_method text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total numeric(19, 4) not null,
  line_count integer not null check (line_count > 0),
  lines_digest text not null,
  origin_system text,
  origin_external_id text,
  primary key (tenant, id),
  foreign key (tenant, customer_id) references customer (tenant, id),
  check ((origin_system is null) = (origin_external_id is null))
);
create unique index purchase_origin on purchase (tenant, origin_system, origin_external_id) where origin_system is not null;
-- Serves a customer's list of purchases and, without touching the table, his summary.
create index purchase_customer on purchase (tenant, customer_id, ordered_at desc, id desc) include (kind, currency, total);
create index purchase_ordered on purchase (tenant, ordered_at, id);
call protect('purchase');

create table purchase_line (
  tenant text not null default current_tenant(),
  purchase_id uuid not null,
  position integer not null,
  sku text,
  description text,
  quantity numeric(19, 4) not null,
  unit_price numeric(19, 4) not null,
  discount numeric(5, 4) not null check (discount between 0 and 1),
  total numeric(19, 4) not null,
  primary key (tenant, purchase_id, position),
  foreign key (tenant, purchase_id) references purchase (tenant, id) on delete cascade
);
call protect('purchase_line');
