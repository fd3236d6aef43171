-- Of currencies with as many sales, the main one is that which was used last, as profiles says it.
alter table customer_facts no force row level security;
alter table purchase_fact no force row level security;
update customer_facts f set purchase_currency = main.currency, purchase_total = main.total
from (
  select distinct on (tenant, customer_id) tenant, customer_id, currency, sum(amount) as total
  from purchase_fact where status = 'RECORDED' group by tenant, customer_id, currency
  order by tenant, customer_id, count(*) filter (where kind = 'SALE') desc, max(ordered_at) desc, currency
) main
where f.tenant = main.tenant and f.id = main.customer_id and f.purchase_currency <> main.currency;
alter table customer_facts force row level security;
alter table purchase_fact force row level security;
