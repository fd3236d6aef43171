-- Somebody is told when others end, or give on, what was theirs.
alter table notification drop constraint notification_kind_check;
alter table notification add constraint notification_kind_check check (kind in
  ('TASK_REMINDER', 'TASK_OVERDUE', 'TASK_ASSIGNED', 'TASK_REASSIGNED', 'TASK_COMPLETED', 'TASK_CANCELLED', 'VISIT_ASSIGNED', 'VISIT_REASSIGNED',
   'VISIT_CANCELLED', 'COMPLAINT_ASSIGNED', 'COMPLAINT_REASSIGNED', 'COMPLAINT_ESCALATED', 'AUTOMATION', 'WORK_REASSIGNED', 'WORK_GIVEN_ON'));
