insert into customer_facts (tenant, id, customer_version, kind, status, owner_id, territory, source, customer_created_at,
  purchase_count, first_purchase_at, last_purchase_at, last_purchase_order, purchase_totals, purchase_currency,
  purchase_total, as_of)
select c.tenant, c.id, 1, c.kind, 'ACTIVE', 'owner-' || c.n % 50,
  seed.pick('{emea/de,emea/fr,apac/cn,amer/us}', c.n, 5), 'seed', c.created_at, coalesce(p.count, 0), p.first_at,
  p.last_at, coalesce(p.last_at, 'epoch'), coalesce(jsonb_build_object(c.currency, p.total::text), '{}'),
  case when p.count > 0 then c.currency end, coalesce(p.total, 0), seed.now()
from seed.customer c
left join (
  select customer_id, sum(total) as total, count(*) filter (where kind = 'SALE') as count,
    min(ordered_at) filter (where kind = 'SALE') as first_at, max(ordered_at) filter (where kind = 'SALE') as last_at
  from seed.purchase group by customer_id
) as p on p.customer_id = c.id
order by c.n;

insert into segment (tenant, id, created_at, created_by, updated_at, updated_by, key, name, kind, status, rule_version,
  evaluation, evaluated_at)
select seed.tenant(t), seed.id('segment', t * 100 + i, at), at, 'seed', at, 'seed', 'segment-' || lpad(i::text, 2, '0'),
  'Segment ' || i, 'STATIC', 'ACTIVE', 1, 'READY', at
from generate_series(0, seed.tenants() - 1) as t, generate_series(0, 19) as i, seed.days_ago(900) as at;

insert into segment_membership (tenant, id, created_at, created_by, updated_at, updated_by, segment_id, customer_id,
  entered_at, reason)
select m.tenant, seed.id('membership', item, at), at, 'seed', at, 'seed', s.id, customer_id, at, 'IMPORT'
from (
  select *, seed.days_ago(seed.number(item, 61, 800000)::numeric / 1000) as at,
    'segment-' || lpad(((seed.number(n, 62, 20) + k * 7) % 20)::text, 2, '0') as key
  from seed.per_customer(4, 60)
) as m
join segment s on s.tenant = m.tenant and s.key = m.key;

insert into rfm_run (tenant, id, created_at, created_by, updated_at, updated_by, status, computed_at, customers)
select tenant, seed.id('rfm run ' || tenant, 1, seed.now()), seed.now(), 'seed', seed.now(), 'seed', 'READY', seed.now(),
  count(*)
from customer_facts where purchase_count > 0 group by tenant;

insert into rfm_score (tenant, id, r, f, m)
select tenant, id, ntile(5) over (partition by tenant order by last_purchase_at, id),
  ntile(5) over (partition by tenant order by purchase_count, id),
  ntile(5) over (partition by tenant order by purchase_total, id)
from customer_facts where purchase_count > 0;
