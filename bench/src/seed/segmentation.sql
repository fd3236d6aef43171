insert into customer_facts (tenant, id, customer_version, kind, status, owner_id, territory, source, customer_created_at,
  purchase_count, first_purchase_at, last_purchase_at, last_purchase_order, purchase_totals, purchase_currency,
  purchase_total, as_of)
select c.tenant, c.id, 1, c.kind, 'ACTIVE', seed.owner(c.n % 50),
  seed.pick('{emea/de,emea/fr,apac/cn,amer/us}', c.n, 5), 'seed', c.created_at, coalesce(p.count, 0), p.first_at,
  p.last_at, coalesce(p.last_at, 'epoch'),
  case when p.total is null then '{}' else jsonb_build_object(c.currency, p.total::text) end,
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

insert into staff (tenant, id, version, sub, active, teams, territories, roles, substitute, absences, language, time_zone)
select tenant, id, version, sub, active, teams, territories, roles, substitute, absences, language, time_zone from seed.staff;

insert into automation (tenant, id, created_at, created_by, updated_at, updated_by, name, status, number, event, trigger,
  customer_condition, actions, author_id, author_rights, started_at, next_at, fired)
select seed.tenant(t), seed.id('automation', t * 100 + i, at), at, seed.owner(i), at, seed.owner(i), 'Automation ' || i,
  case when i % 4 > 0 then 'ACTIVE' else 'STOPPED' end, 3, event,
  case event when 'SCHEDULED' then '{"event": "SCHEDULED", "schedule": {"at": "09:00", "onceInDays": 30, "mostCustomers": 500}}'
    else jsonb_build_object('event', event) end, '{"purchaseCount": {"gte": 1}}',
  '[{"tag": ["followed up"]}, {"untag": ["new"]}]', seed.owner(i), '{"roles": ["manager"], "territories": [""]}', at,
  case when event = 'SCHEDULED' and i % 4 > 0 then seed.now() + interval '1 day' end, 1000
from generate_series(0, seed.tenants() - 1) as t, generate_series(0, 19) as i, seed.days_ago(300) as at,
  lateral (select (array['COMPLAINT_RECEIVED', 'VISIT_COMPLETED', 'PURCHASE_RECORDED', 'SCHEDULED', 'SCHEDULED'])[1 + i % 5]) as e (event);

insert into automation_version (tenant, automation_id, number, trigger, customer_condition, event_condition, actions,
  author_id, author_rights, at)
select tenant, id, n, trigger, customer_condition, event_condition, actions, author_id, author_rights, created_at
from automation, generate_series(1, 3) as n;

insert into automation_moment (tenant, id, automation_id, number, at, began_at, ended_at, customers)
select tenant, seed.id('moment ' || id, d, at), id, 3, at, at, at + interval '1 minute', 100
from automation, generate_series(1, 90) as d, seed.days_ago(d) as at where event = 'SCHEDULED';

insert into automation_occurrence (tenant, id, event, customer_id, at, data)
select tenant, seed.id('occurrence', item, at), seed.pick('{COMPLAINT_RECEIVED,VISIT_COMPLETED,PURCHASE_RECORDED}', item, 82),
  customer_id, at, '{}'
from (select *, seed.days_ago(seed.number(item, 81, 30000)::numeric / 1000) as at from seed.per_customer(4, 80)) as o;

insert into automation_run (tenant, id, created_at, created_by, updated_at, updated_by, automation_id, number, event_id,
  event, event_at, customer_id, outcome, reason)
select o.tenant, seed.id('run', row_number() over (order by o.at, o.id), o.at), o.at, 'service:segmentation', o.at,
  'service:segmentation', a.id, 3, o.id, o.event, o.at, o.customer_id,
  case when seed.number(hashtext(o.id::text), 84, 10) > 0 then 'FIRED' else 'REFUSED' end,
  case when seed.number(hashtext(o.id::text), 84, 10) = 0 then 'access_scope' end
from automation_occurrence o
join lateral (
  select id from automation where tenant = o.tenant and event = o.event order by id limit 1
) a on true;

insert into automation_action (tenant, id, run_id, position, kind, event_id, chain, outcome, made_type, made_id)
select r.tenant, seed.id('action ' || r.id, position, r.created_at), r.id, position,
  case position when 0 then 'TAG' else 'UNTAG' end, seed.id('request ' || r.id, position, r.created_at),
  array[r.automation_id], 'DONE', 'customer', r.customer_id
from automation_run r, generate_series(0, 1) as position where outcome = 'FIRED';
