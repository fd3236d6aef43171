-- A purchase that was voided is kept, so that an older event of it changes nothing.
alter table purchase_fact add column status text not null default 'RECORDED' check (status in ('RECORDED', 'VOIDED'));

-- Sums have room for what they add up, however many there are.
alter table customer_facts alter column purchase_total type numeric(38, 4);
