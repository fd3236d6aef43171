-- UUIDv7 of this instant, for rows that one statement makes by the thousand.
create function new_id() returns uuid
  language sql volatile as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- What is known of each customer, kept from the events of other services; `id` is the customer's.
-- `customer_version` is 0 until the customer's own record is known: facts can arrive before it.
create table customer_facts (
  tenant text not null default current_tenant(),
  id uuid not null,
  customer_version integer not null default 0,
  kind text,
  status text,
  owner_id text,
  territory text,
  source text,
  tags text[] not null default '{}',
  customer_created_at timestamptz,
  purchase_count integer not null default 0,
  first_purchase_at timestamptz,
  last_purchase_at timestamptz,
  last_purchase_order timestamptz not null default 'epoch',
  purchase_totals jsonb not null default '{}',
  purchase_currency text,
  purchase_total numeric(24, 4) not null default 0,
  complaint_count integer not null default 0,
  open_complaints integer not null default 0,
  last_complaint_at timestamptz,
  last_complaint_severity text,
  visit_count integer not null default 0,
  last_visit_at timestamptz,
  nps integer,
  csat integer,
  ces integer,
  last_responded_at timestamptz,
  as_of timestamptz not null,
  primary key (tenant, id)
);
create index customer_facts_count on customer_facts (tenant, purchase_count, id);
create index customer_facts_total on customer_facts (tenant, purchase_total, id);
create index customer_facts_last on customer_facts (tenant, last_purchase_order, id);
create index customer_facts_complaints on customer_facts (tenant, open_complaints, id);
call protect('customer_facts');

create table purchase_fact (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  customer_id uuid not null,
  kind text not null,
  ordered_at timestamptz not null,
  amount numeric(19, 4) not null,
  currency text not null,
  primary key (tenant, id)
);
create index purchase_fact_customer on purchase_fact (tenant, customer_id) include (kind, ordered_at, amount, currency);
call protect('purchase_fact');

create table complaint_fact (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  customer_id uuid not null,
  status text not null,
  severity text not null,
  received_at timestamptz not null,
  primary key (tenant, id)
);
create index complaint_fact_customer on complaint_fact (tenant, customer_id, received_at) include (status, severity);
call protect('complaint_fact');

create table visit_fact (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  customer_id uuid not null,
  status text not null,
  completed_at timestamptz,
  primary key (tenant, id)
);
create index visit_fact_customer on visit_fact (tenant, customer_id) include (completed_at);
call protect('visit_fact');

create table response_fact (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  customer_id uuid not null,
  completed_at timestamptz not null,
  nps integer,
  csat integer,
  ces integer,
  primary key (tenant, id)
);
create index response_fact_customer on response_fact (tenant, customer_id, completed_at) include (nps, csat, ces);
call protect('response_fact');

create table segment (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  key text not null,
  name text not null,
  description text,
  kind text not null check (kind in ('STATIC', 'DYNAMIC')),
  status text not null check (status in ('ACTIVE', 'ARCHIVED')),
  rule jsonb,
  rule_version integer not null,
  evaluation text not null check (evaluation in ('READY', 'EVALUATING')),
  evaluated_at timestamptz,
  primary key (tenant, id),
  unique (tenant, key),
  check ((kind = 'DYNAMIC') = (rule is not null))
);
create index segment_name on segment (tenant, name, id);
create index segment_created on segment (tenant, created_at, id);
call protect('segment', 'select');

create table segment_membership (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  segment_id uuid not null,
  customer_id uuid not null,
  entered_at timestamptz not null,
  exited_at timestamptz,
  reason text not null check (reason in ('RULE', 'MANUAL', 'IMPORT')),
  primary key (tenant, id),
  foreign key (tenant, segment_id) references segment (tenant, id),
  foreign key (tenant, customer_id) references customer_facts (tenant, id)
);
create unique index segment_membership_open on segment_membership (tenant, segment_id, customer_id) where exited_at is null;
create index segment_membership_members on segment_membership (tenant, segment_id, entered_at, id) where exited_at is null;
create index segment_membership_customer on segment_membership (tenant, customer_id, entered_at) where exited_at is null;
call protect('segment_membership');

-- The last computation of a tenant's RFM scores: bounds of the quintiles, and how far it has written the scores.
create table rfm_run (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  status text not null check (status in ('NEVER', 'COMPUTING', 'READY')),
  computed_at timestamptz,
  customers integer not null default 0,
  new_buyers integer not null default 0,
  recency numeric[] not null default '{}',
  frequency numeric[] not null default '{}',
  written_to uuid,
  primary key (tenant, id),
  unique (tenant)
);
call protect('rfm_run', 'select');

create table rfm_monetary (
  tenant text not null default current_tenant(),
  currency text not null,
  bounds numeric[] not null,
  primary key (tenant, currency)
);
call protect('rfm_monetary');

create table rfm_score (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  r smallint not null check (r between 1 and 5),
  f smallint not null check (f between 1 and 5),
  m smallint not null check (m between 1 and 5),
  primary key (tenant, id),
  foreign key (tenant, id) references customer_facts (tenant, id)
);
call protect('rfm_score');

-- 1 to 5: one more for each bound that the value exceeds, so that equal values score alike.
create function quintile(value numeric, bounds numeric[]) returns smallint
  language sql immutable parallel safe as $$
  select (1 + (value > bounds[1])::int + (value > bounds[2])::int + (value > bounds[3])::int + (value > bounds[4])::int)::smallint
$$;
