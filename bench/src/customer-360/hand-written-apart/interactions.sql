-- What the query Customer360 asks of interactions. $1 tenant, $2 customer, $3 the moment up to which there is a past.
select json_build_object(
  'visits', json_build_object(
    'nodes', (
      select coalesce(json_agg(json_build_object('id', v.id, 'status', v.status, 'plannedStart', v.planned_start, 'report',
        case when v.report is not null then json_build_object('summary', v.report ->> 'summary') end)), '[]')
      from (
        select id, status, planned_start, report from interactions.visit
        where tenant = c.tenant and customer_id = c.id order by planned_start desc, id desc limit 5
      ) as v
    ),
    'totalCount', (select count(*) from interactions.visit where tenant = c.tenant and customer_id = c.id)
  ),
  'complaints', json_build_object(
    'nodes', (
      select coalesce(json_agg(json_build_object('id', k.id, 'number', k.number, 'status', k.status,
        'severity', k.severity, 'resolveBy', k.resolve_by)), '[]')
      from (
        select id, number, status, severity, resolve_by from interactions.complaint
        where tenant = c.tenant and customer_id = c.id order by received_at desc, id desc limit 5
      ) as k
    )
  ),
  'timeline', json_build_object(
    'nodes', (
      select coalesce(json_agg(json_build_object('__typename', e.kind, 'occurredAt', e.occurred_at)), '[]')
      from (
        (select 'Visit' as kind, id, occurred_at from interactions.visit
         where tenant = c.tenant and customer_id = c.id and occurred_at <= $3::timestamptz and status <> 'VOIDED'
         order by occurred_at desc, id desc limit 10)
        union all
        (select 'Complaint', id, received_at from interactions.complaint
         where tenant = c.tenant and customer_id = c.id and received_at <= $3::timestamptz order by received_at desc, id desc limit 10)
        union all
        (select 'Contact', id, occurred_at from interactions.contact
         where tenant = c.tenant and customer_id = c.id and occurred_at <= $3::timestamptz and status <> 'VOIDED'
         order by occurred_at desc, id desc limit 10)
        order by occurred_at desc, id desc limit 10
      ) as e
    )
  )
)::text
from (select $1::text as tenant, $2::uuid as id) as c
