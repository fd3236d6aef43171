-- What a member of staff is told in the app. Texts are made from the kind when it is read.
create table notification (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  created_by text not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  recipient_id text not null,
  stands_in_for_id text,
  kind text not null check (kind in
    ('TASK_REMINDER', 'TASK_OVERDUE', 'TASK_ASSIGNED', 'VISIT_ASSIGNED', 'COMPLAINT_ASSIGNED', 'COMPLAINT_ESCALATED')),
  customer_id uuid,
  subject_type text not null,
  subject_id uuid not null,
  read_at timestamptz(3),
  primary key (tenant, id)
);
create index notification_of_recipient on notification (tenant, recipient_id, created_at desc, id desc);
create index notification_unread on notification (tenant, recipient_id) where read_at is null;
create index notification_age on notification (created_at);
call protect('notification', 'select, delete');

create index staff_teams on staff using gin (teams);
