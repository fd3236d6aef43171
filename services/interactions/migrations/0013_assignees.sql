-- A complaint may be one person's, of its team or not.
alter table complaint add column assignee_id text;
create index complaint_of_assignee on complaint (tenant, assignee_id, overdue_from, id) where assignee_id is not null;

-- That the work of somebody is given to somebody else, or to a team, and how far that is.
create table work_reassignment (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  created_by text not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  status text not null check (status in ('RUNNING', 'DONE', 'STOPPED')),
  from_id text not null,
  assignee_id text,
  team_key text,
  kinds jsonb not null,
  acting jsonb not null,
  tasks integer not null,
  visits integer not null,
  complaints integer not null,
  ended_at timestamptz(3),
  primary key (tenant, id),
  check ((assignee_id is null) <> (team_key is null)),
  check ((status = 'RUNNING') = (ended_at is null))
);
create unique index work_reassignment_running on work_reassignment (tenant, from_id) where status = 'RUNNING';
create index work_reassignment_created on work_reassignment (tenant, created_at desc, id desc);
call protect('work_reassignment');

alter table notification drop constraint notification_kind_check;
alter table notification add constraint notification_kind_check check (kind in
  ('TASK_REMINDER', 'TASK_OVERDUE', 'TASK_ASSIGNED', 'VISIT_ASSIGNED', 'COMPLAINT_ASSIGNED', 'COMPLAINT_ESCALATED', 'AUTOMATION', 'WORK_REASSIGNED'));
