-- A purchase that was entered by mistake is voided: it stays, and counts for nothing.
alter table purchase
  add column status text not null default 'RECORDED' check (status in ('RECORDED', 'VOIDED')),
  add column voided_at timestamptz,
  add column change_reason text,
  add check ((status = 'VOIDED') = (voided_at is not null));

-- Serves a customer's list of purchases and, without touching the table, their summary.
drop index purchase_customer;
create index purchase_customer on purchase (tenant, customer_id, ordered_at desc, id desc) include (kind, status, currency, total);
