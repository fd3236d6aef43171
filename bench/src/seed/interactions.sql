insert into customer (tenant, id, version, kind, status, owner_id, territory)
select tenant, id, 1, kind, 'ACTIVE', seed.owner(n % 50), seed.pick('{emea/de,emea/fr,apac/cn,amer/us}', n, 5)
from seed.customer order by n;

insert into visit (tenant, id, created_at, created_by, updated_at, updated_by, customer_id, status, mode, purpose,
  assignee_id, planned_start, planned_end, actual_start, actual_end, report)
select tenant, seed.id('visit', item, planned_start), planned_start, 'seed', planned_start, 'seed', customer_id,
  case when past then 'COMPLETED' else 'PLANNED' end, seed.pick('{ONSITE,PHONE,VIDEO,EMAIL}', item, 22),
  'Talk about ' || seed.pick('{the order,a new contract,the delivery}', item, 23), seed.owner(n % 50),
  planned_start, planned_start + interval '1 hour',
  case when past then planned_start + interval '5 minutes' end, case when past then planned_start + interval '1 hour' end,
  case when past then jsonb_build_object('summary', 'Agreed on the next steps of matter ' || item || '.',
    'customerFeedback', null, 'sentiment', seed.pick('{NEGATIVE,NEUTRAL,POSITIVE}', item, 24), 'outcome', null) end
from (
  select *, planned_start < seed.now() - interval '1 day' as past
  from (
    select *, seed.days_ago(seed.number(item, 21, 800000)::numeric / 1000 - 30) as planned_start
    from seed.per_customer(6, 20)
  ) as planned
) as visits;

insert into complaint (tenant, id, created_at, created_by, updated_at, updated_by, number, customer_id, status, channel,
  category, severity, description, received_at, acknowledge_by, resolve_by, root_cause, decision, communicated_at, closed_at)
select tenant, seed.id('complaint', item, received_at), received_at, 'seed', received_at, 'seed',
  'K-' || lpad(item::text, 7, '0'), customer_id, status, seed.pick('{phone,email,web}', item, 33),
  seed.pick('{delivery,quality,billing}', item, 34), seed.pick('{LOW,MEDIUM,HIGH,CRITICAL}', item, 35),
  'Something went wrong with order ' || item || '.', received_at, received_at + interval '1 day',
  received_at + interval '10 days', case when closed then 'packing' end, case when closed then 'UPHELD' end,
  case when closed then received_at + interval '5 days' end, case when closed then received_at + interval '9 days' end
from (
  select *, status = 'CLOSED' as closed
  from (
    select *, seed.days_ago(seed.number(item, 31, 700000)::numeric / 1000) as received_at,
      seed.pick('{CLOSED,CLOSED,CLOSED,RECEIVED,ACKNOWLEDGED,INVESTIGATING}', item, 32) as status
    from seed.per_customer(2, 30)
  ) as received
) as complaints;

insert into contact (tenant, id, created_at, created_by, updated_at, updated_by, customer_id, kind, direction,
  occurred_at, subject)
select tenant, seed.id('contact', item, at), at, 'seed', at, 'seed', customer_id,
  seed.pick('{CALL,MAIL,CHAT,NOTE}', item, 42), 'INBOUND', at, 'About order ' || item
from (
  select *, seed.days_ago(seed.number(item, 41, 700000)::numeric / 1000) as at from seed.per_customer(4, 40)
) as contacts;

insert into staff (tenant, id, version, sub, active, teams, territories, roles, substitute, absences, language, time_zone)
select tenant, id, version, sub, active, teams, territories, roles, substitute, absences, language, time_zone from seed.staff;

insert into team (tenant, id, version, key, active)
select seed.tenant(t), seed.id('team', t * 100 + i, seed.days_ago(1000)), 1, 'team-' || i, true
from generate_series(0, seed.tenants() - 1) as t, generate_series(0, 9) as i;

update complaint set assignee_id = seed.owner(seed.number(hashtext(number), 36, 50)) where status <> 'CLOSED';

insert into task (tenant, id, created_at, created_by, updated_at, updated_by, customer_id, kind, title, status, priority,
  assignee_id, team_key, due_at, result)
select tenant, seed.id('task', item, at), at, seed.owner(n % 50), at, seed.owner(n % 50), customer_id, 'call.back',
  'Call about matter ' || item, case when done then 'COMPLETED' else 'OPEN' end,
  seed.pick('{LOW,NORMAL,NORMAL,HIGH,URGENT}', item, 73), case when item % 7 > 0 then seed.owner(n % 50) end,
  case when item % 7 = 0 then 'team-' || n % 10 end, at + interval '3 days',
  case when done then jsonb_build_object('outcome', 'customer.reached', 'note', null, 'at', at, 'by', seed.owner(n % 50)) end
from (
  select *, at < seed.now() - interval '10 days' as done
  from (
    select *, seed.days_ago(seed.number(item, 71, 700000)::numeric / 1000) as at from seed.per_customer(3, 70)
  ) as given
) as tasks;

insert into notification (tenant, id, created_at, created_by, updated_at, updated_by, recipient_id, kind, customer_id,
  subject_type, subject_id, read_at)
select tenant, seed.id('notification', row_number() over (order by tenant, id), created_at), created_at, 'seed',
  created_at, 'seed', assignee_id, 'TASK_ASSIGNED', customer_id, 'task', id, case when status = 'COMPLETED' then created_at end
from task where assignee_id is not null and created_at > seed.days_ago(90);

insert into work_reassignment (tenant, id, created_at, created_by, updated_at, updated_by, status, from_id, assignee_id,
  kinds, acting, tasks, visits, complaints, ended_at)
select seed.tenant(t), seed.id('reassignment', t * 1000 + i, at), at, seed.owner(i % 50), at, seed.owner(i % 50), 'DONE',
  seed.owner(i % 50), seed.owner((i + 1) % 50), '["TASKS"]', '{"subject": "seed", "roles": ["admin"], "territories": [""]}',
  i, 0, 0, at
from generate_series(0, seed.tenants() - 1) as t, generate_series(1, 300) as i, seed.days_ago(i / 4.0) as at;
