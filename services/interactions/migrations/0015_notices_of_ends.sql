-- Somebody is told when others end, or hand over, what was theirs.
alter table notification drop constraint notification_kind_check;
alter table notification no force row level security;
update notification set kind = 'WORK_ASSIGNED' where kind = 'WORK_REASSIGNED';
alter table notification force row level security;
alter table notification add constraint notification_kind_check check (kind in
  ('TASK_REMINDER', 'TASK_OVERDUE', 'TASK_ASSIGNED', 'TASK_REASSIGNED', 'TASK_COMPLETED', 'TASK_CANCELLED', 'VISIT_ASSIGNED', 'VISIT_REASSIGNED',
   'VISIT_COMPLETED', 'VISIT_CANCELLED', 'COMPLAINT_ASSIGNED', 'COMPLAINT_REASSIGNED', 'COMPLAINT_CLOSED', 'COMPLAINT_WITHDRAWN',
   'COMPLAINT_ESCALATED', 'AUTOMATION', 'WORK_ASSIGNED', 'WORK_REASSIGNED'));
