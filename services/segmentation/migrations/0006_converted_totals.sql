-- What a customer bought in all currencies, in that of the tenant; null until it is known. Some may have had no recent rate.
alter table customer_facts
  add column converted_total numeric(38, 4) not null default 0,
  add column converted_currency text,
  add column unconverted jsonb not null default '[]';
drop index customer_facts_total;
create index customer_facts_converted on customer_facts (tenant, converted_total, id);

-- By which currency and rates the totals of a tenant are converted, and how far those of before have been converted anew.
create table total_conversion (
  tenant text not null default current_tenant(),
  basis text,
  written_to uuid,
  primary key (tenant)
);
call protect('total_conversion', 'select');
alter table customer_facts no force row level security;
insert into total_conversion (tenant) select distinct tenant from customer_facts;
alter table customer_facts force row level security;
