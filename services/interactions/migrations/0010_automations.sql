-- What the author of an automation wrote, for whom it tells.
alter table notification add column message text;
alter table notification drop constraint notification_kind_check;
alter table notification add constraint notification_kind_check check (kind in
  ('TASK_REMINDER', 'TASK_OVERDUE', 'TASK_ASSIGNED', 'VISIT_ASSIGNED', 'COMPLAINT_ASSIGNED', 'COMPLAINT_ESCALATED', 'AUTOMATION'));
