-- What was entered wrongly is corrected, with a history; what was entered by mistake is voided: it stays, and counts for nothing.
alter table visit
  drop constraint visit_status_check,
  add constraint visit_status_check check (status in
    ('PLANNED', 'RESCHEDULED', 'CONFIRMED', 'IN_PROGRESS', 'COMPLETED', 'CLOSED', 'CANCELLED', 'MISSED', 'VOIDED')),
  add column corrections jsonb not null default '[]',
  add column voiding jsonb,
  add check ((status = 'VOIDED') = (voiding is not null));

alter table complaint add column corrections jsonb not null default '[]';

alter table contact
  add column status text not null default 'RECORDED' check (status in ('RECORDED', 'VOIDED')),
  add column corrections jsonb not null default '[]',
  add column voiding jsonb,
  add check ((status = 'VOIDED') = (voiding is not null));
