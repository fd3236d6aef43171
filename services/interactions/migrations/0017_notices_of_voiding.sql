-- Somebody is told also when a visit of theirs is declared void, or a complaint that they handled is marked as a repetition.
alter table notification drop constraint notification_kind_check;
alter table notification add constraint notification_kind_check check (kind in
  ('TASK_REMINDER', 'TASK_OVERDUE', 'TASK_ASSIGNED', 'TASK_REASSIGNED', 'TASK_COMPLETED', 'TASK_CANCELLED', 'VISIT_ASSIGNED', 'VISIT_REASSIGNED',
   'VISIT_COMPLETED', 'VISIT_CANCELLED', 'VISIT_VOIDED', 'COMPLAINT_ASSIGNED', 'COMPLAINT_REASSIGNED', 'COMPLAINT_CLOSED', 'COMPLAINT_WITHDRAWN',
   'COMPLAINT_DUPLICATE', 'COMPLAINT_ESCALATED', 'AUTOMATION', 'WORK_ASSIGNED', 'WORK_REASSIGNED'));
