-- Automations that take customers by the clock.
alter table automation add column next_at timestamptz;

-- What set a run off is no event where it was a moment of a schedule.
alter table automation_run alter column event_id drop not null;
alter table automation_run drop constraint automation_run_event_check;
alter table automation_run add constraint automation_run_event_check check (event in (
  'COMPLAINT_ASSESSED', 'COMPLAINT_CLOSED', 'COMPLAINT_RECEIVED', 'COMPLAINT_REOPENED',
  'CUSTOMER_ARCHIVED', 'CUSTOMER_CREATED', 'CUSTOMER_RESTORED', 'CUSTOMER_TAGGED',
  'CUSTOMER_UNTAGGED', 'CUSTOMER_UPDATED', 'PURCHASE_RECORDED', 'RESPONSE_COMPLETED', 'SCHEDULED',
  'SEGMENT_ENTERED', 'SEGMENT_EXITED', 'VISIT_CANCELLED', 'VISIT_COMPLETED'
));
create unique index automation_run_moment on automation_run (tenant, automation_id, customer_id, event_at)
  where event = 'SCHEDULED';

-- That a moment of a schedule came, for 90 days. `after` is the last customer that was taken; it stays where more were left.
create table automation_moment (
  tenant text not null default current_tenant(),
  id uuid not null,
  automation_id uuid not null,
  number integer not null,
  at timestamptz not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  after uuid,
  customers integer not null default 0,
  reason text,
  primary key (tenant, id),
  unique (tenant, automation_id, at),
  foreign key (tenant, automation_id) references automation (tenant, id) on delete cascade
);
create index automation_moment_open on automation_moment (tenant, automation_id) where ended_at is null;
create index automation_moment_age on automation_moment (began_at);
call protect('automation_moment', 'select, delete');
