-- Automations: what is to be done when something happens to a customer.
create table automation (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  name text collate name_order not null,
  description text,
  status text not null check (status in ('DRAFT', 'ACTIVE', 'STOPPED')),
  number integer not null,
  event text not null,
  trigger jsonb not null,
  customer_condition jsonb,
  event_condition jsonb,
  actions jsonb not null,
  author_id text not null,
  -- What the author might do when they saved; it holds where the identity provider does not tell what they may at present.
  author_rights jsonb not null,
  started_at timestamptz,
  fired integer not null default 0,
  condition_false integer not null default 0,
  primary key (tenant, id)
);
create index automation_name on automation (tenant, name, id);
create index automation_active on automation (tenant, event) where status = 'ACTIVE';
call protect('automation');

-- What each definition said; a row is written once.
create table automation_version (
  tenant text not null default current_tenant(),
  automation_id uuid not null,
  number integer not null,
  trigger jsonb not null,
  customer_condition jsonb,
  event_condition jsonb,
  actions jsonb not null,
  author_id text not null,
  author_rights jsonb not null,
  at timestamptz not null,
  primary key (tenant, automation_id, number),
  foreign key (tenant, automation_id) references automation (tenant, id) on delete cascade
);
call protect('automation_version');

-- What happened to customers that may set automations off, for 30 days; `chain` are the automations that led to it.
create table automation_occurrence (
  tenant text not null default current_tenant(),
  id uuid not null,
  event text not null,
  customer_id uuid not null,
  at timestamptz not null,
  data jsonb not null,
  chain uuid[] not null default '{}',
  primary key (tenant, id)
);
create index automation_occurrence_event on automation_occurrence (tenant, event, at, id);
create index automation_occurrence_age on automation_occurrence (at);
call protect('automation_occurrence', 'select, delete');

create table automation_run (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  automation_id uuid not null,
  number integer not null,
  event_id uuid not null,
  event text not null check (event in (
    'COMPLAINT_ASSESSED', 'COMPLAINT_CLOSED', 'COMPLAINT_RECEIVED', 'COMPLAINT_REOPENED',
    'CUSTOMER_ARCHIVED', 'CUSTOMER_CREATED', 'CUSTOMER_RESTORED', 'CUSTOMER_TAGGED',
    'CUSTOMER_UNTAGGED', 'CUSTOMER_UPDATED', 'PURCHASE_RECORDED', 'RESPONSE_COMPLETED',
    'SEGMENT_ENTERED', 'SEGMENT_EXITED', 'VISIT_CANCELLED', 'VISIT_COMPLETED'
  )),
  event_at timestamptz not null,
  customer_id uuid not null,
  outcome text not null check (outcome in ('FIRED', 'SUPPRESSED_LOOP', 'REFUSED', 'FAILED')),
  reason text,
  primary key (tenant, id),
  unique (tenant, automation_id, event_id),
  foreign key (tenant, automation_id) references automation (tenant, id) on delete cascade
);
create index automation_run_latest on automation_run (tenant, automation_id, created_at, id);
create index automation_run_customer on automation_run (tenant, automation_id, customer_id, created_at) where outcome = 'FIRED';
create index automation_run_age on automation_run (created_at);
call protect('automation_run', 'select, delete');

create table automation_action (
  tenant text not null default current_tenant(),
  id uuid not null,
  run_id uuid not null,
  position integer not null,
  kind text not null,
  -- The event that asked for it, by which its consequences are known.
  event_id uuid not null,
  chain uuid[] not null,
  outcome text check (outcome in ('DONE', 'REFUSED', 'FAILED')),
  reason text,
  made_type text,
  made_id uuid,
  primary key (tenant, id),
  unique (tenant, run_id, position),
  foreign key (tenant, run_id) references automation_run (tenant, id) on delete cascade
);
create unique index automation_action_event on automation_action (tenant, event_id);
call protect('automation_action', 'select, delete');

-- What events of profiles tell about the staff, on behalf of whom automations act.
create table staff (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  sub text not null,
  active boolean not null,
  teams jsonb not null,
  territories jsonb not null,
  roles jsonb,
  substitute uuid,
  absences jsonb not null,
  language text,
  time_zone text,
  primary key (tenant, id)
);
create index staff_sub on staff (tenant, sub);
call protect('staff');
