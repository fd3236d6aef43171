-- Points in time that lists are ordered by keep milliseconds only, as the cursors do.

-- What events of profiles tell about the customers.
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

create table visit (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  customer_id uuid not null,
  status text not null check (status in
    ('PLANNED', 'RESCHEDULED', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'CLOSED', 'CANCELLED', 'MISSED')),
  mode text not null check (mode in ('ONSITE', 'PHONE', 'VIDEO', 'EMAIL')),
  purpose text not null,
  objectives jsonb not null default '[]',
  assignee_id text,
  planned_start timestamptz(3) not null,
  planned_end timestamptz(3) not null,
  confirmed_at timestamptz(3),
  actual_start timestamptz(3),
  actual_end timestamptz(3),
  occurred_at timestamptz(3) not null generated always as (coalesce(actual_start, planned_start)) stored,
  reschedules jsonb not null default '[]',
  report jsonb,
  cancellation jsonb,
  primary key (tenant, id),
  check (planned_end > planned_start),
  check (report is not null or status not in ('COMPLETED', 'CLOSED')),
  check (cancellation is not null or status <> 'CANCELLED')
);
create index visit_planned on visit (tenant, planned_start desc, id desc);
create index visit_updated on visit (tenant, updated_at desc, id desc);
create index visit_of_customer on visit (tenant, customer_id, planned_start desc, id desc);
create index visit_of_assignee on visit (tenant, assignee_id, planned_start desc, id desc);
create index visit_timeline on visit (tenant, customer_id, occurred_at desc, id desc);
call protect('visit');

create table complaint (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  number text not null,
  customer_id uuid not null,
  status text not null check (status in
    ('RECEIVED', 'ACKNOWLEDGED', 'ASSESSED', 'INVESTIGATING', 'AWAITING_CUSTOMER', 'RESPONSE_PROPOSED',
     'DECISION_COMMUNICATED', 'CLOSED', 'REOPENED', 'WITHDRAWN', 'DUPLICATE')),
  channel text not null,
  category text not null,
  severity text not null check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  safety boolean not null default false,
  description text not null,
  desired_remedy text,
  owner_team text,
  received_at timestamptz(3) not null,
  acknowledge_by timestamptz(3) not null,
  acknowledged_at timestamptz(3),
  resolve_by timestamptz(3) not null,
  paused_at timestamptz(3),
  paused_seconds integer not null default 0,
  escalated boolean not null default false,
  root_cause text,
  root_cause_code text,
  decision text check (decision in ('UPHELD', 'PARTLY_UPHELD', 'NOT_UPHELD')),
  remedy text,
  compensation_amount numeric(19, 4),
  compensation_currency text,
  communicated_at timestamptz(3),
  reply_by timestamptz(3),
  replied_at timestamptz(3),
  closed_at timestamptz(3),
  reopened_at timestamptz(3),
  duplicate_of_id uuid,
  steps jsonb not null default '[]',
  primary key (tenant, id),
  unique (tenant, number),
  foreign key (tenant, duplicate_of_id) references complaint (tenant, id),
  check ((compensation_amount is null) = (compensation_currency is null)),
  check ((status = 'AWAITING_CUSTOMER') = (paused_at is not null)),
  check ((status = 'CLOSED') = (closed_at is not null)),
  check ((status = 'DUPLICATE') = (duplicate_of_id is not null)),
  check (status <> 'CLOSED' or (root_cause is not null and decision is not null and communicated_at is not null))
);
create index complaint_received on complaint (tenant, received_at desc, id desc);
create index complaint_resolve_by on complaint (tenant, resolve_by, id);
create index complaint_queue on complaint (tenant, status, resolve_by);
create index complaint_updated on complaint (tenant, updated_at desc, id desc);
create index complaint_of_customer on complaint (tenant, customer_id, received_at desc, id desc);
create index complaint_duplicates on complaint (tenant, duplicate_of_id) where duplicate_of_id is not null;
call protect('complaint');

-- The number that the tenant's last complaint was given.
create table complaint_counter (
  tenant text not null default current_tenant(),
  last bigint not null,
  primary key (tenant)
);
call protect('complaint_counter');

create table contact (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  customer_id uuid not null,
  kind text not null check (kind in ('CALL', 'MAIL', 'CHAT', 'NOTE')),
  direction text not null check (direction in ('INBOUND', 'OUTBOUND', 'INTERNAL')),
  occurred_at timestamptz(3) not null,
  subject text,
  body text,
  primary key (tenant, id),
  check (subject is not null or body is not null)
);
create index contact_of_customer on contact (tenant, customer_id, occurred_at desc, id desc);
call protect('contact');
