-- Until when conditions on days have been followed, and the next moment at which time alone may change the answer of one for a customer.
create table segment_clock (
  tenant text not null default current_tenant(),
  moved_to timestamptz not null,
  due_at timestamptz,
  primary key (tenant)
);
create index segment_clock_due on segment_clock (due_at);
call protect('segment_clock', 'select');

-- By these the customers are found whose moment has come.
create index customer_facts_created on customer_facts (tenant, customer_created_at) where customer_created_at is not null;
create index customer_facts_first_purchase on customer_facts (tenant, first_purchase_at) where first_purchase_at is not null;
create index customer_facts_last_purchase on customer_facts (tenant, last_purchase_at) where last_purchase_at is not null;
create index customer_facts_last_complaint on customer_facts (tenant, last_complaint_at) where last_complaint_at is not null;
create index customer_facts_last_responded on customer_facts (tenant, last_responded_at) where last_responded_at is not null;
create index customer_facts_last_visit on customer_facts (tenant, last_visit_at) where last_visit_at is not null;
create index complaint_fact_received on complaint_fact (tenant, received_at);

-- Rules are applied once more, and so find the next moment of each tenant.
alter table segment no force row level security;
update segment set evaluation = 'EVALUATING' where kind = 'DYNAMIC' and status = 'ACTIVE';
alter table segment force row level security;
create index segment_evaluating on segment (tenant, evaluated_at, id) where evaluation = 'EVALUATING';

-- Of how many customers the scores could not be computed; the log names them.
alter table rfm_run add column skipped integer not null default 0;
