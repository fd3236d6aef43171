-- Everything that the query Customer360 asks, in one statement. $1 tenant, $2 customer, $3 the moment up to which there is a past.
select json_build_object(
  'id', c.id,
  'number', c.number,
  'kind', c.kind,
  'displayName', c.display_name,
  'contactPoints', (
    select coalesce(json_agg(json_build_object('kind', point ->> 'kind', 'value', point ->> 'value') order by place), '[]')
    from jsonb_array_elements(c.contact_points) with ordinality as points (point, place)
  ),
  'tags', (
    select coalesce(json_agg(json_build_object('name', t.name) order by place), '[]')
    from jsonb_array_elements_text(c.tag_keys) with ordinality as keys (key, place)
    join profiles.tag t on t.tenant = c.tenant and t.key = keys.key
  ),
  'purchaseSummary', coalesce(purchases.summary,
    json_build_object('count', 0, 'total', null, 'firstAt', null, 'lastAt', null)),
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
  ),
  'satisfaction', satisfaction.latest,
  'segments', (
    select coalesce(json_agg(json_build_object('key', s.key, 'name', s.name, 'enteredAt', m.entered_at)
      order by m.entered_at, s.key), '[]')
    from segmentation.segment_membership m
    join segmentation.segment s on s.tenant = m.tenant and s.id = m.segment_id and s.status = 'ACTIVE'
    where m.tenant = c.tenant and m.customer_id = c.id and m.exited_at is null
  ),
  'rfm', rfm.scores,
  'externalRefs', (
    select coalesce(json_agg(json_build_object('system', r.system, 'externalId', r.external_id)
      order by r.system, r.external_id), '[]')
    from integrations.external_ref r where r.tenant = c.tenant and r.customer_id = c.id
  )
)::text
from profiles.customer c
left join lateral (
  select json_build_object('count', count, 'total', json_build_object('amount', total::text, 'currency', currency),
    'firstAt', first_at, 'lastAt', last_at) as summary
  from (
    select currency, count(*) filter (where kind = 'SALE') as count, round(sum(total), 2) as total,
      min(ordered_at) filter (where kind = 'SALE') as first_at, max(ordered_at) filter (where kind = 'SALE') as last_at
    from profiles.purchase where tenant = c.tenant and customer_id = c.id and status = 'RECORDED'
    group by currency order by 2 desc, max(ordered_at) desc, currency limit 1
  ) as main
) as purchases on true
left join lateral (
  select json_build_object(
    'nps', (array_agg(nps order by completed_at desc, id desc) filter (where nps is not null))[1],
    'csat', (array_agg(csat order by completed_at desc, id desc) filter (where csat is not null))[1],
    'lastRespondedAt', max(completed_at)) as latest
  from surveys.survey_response where tenant = c.tenant and customer_id = c.id having count(*) > 0
) as satisfaction on true
left join lateral (
  select json_build_object(
    'recencyDays', greatest(0, floor(extract(epoch from $3::timestamptz - f.last_purchase_at) / 86400)),
    'frequency', f.purchase_count,
    'monetary', json_build_object('amount', f.purchase_total::text, 'currency', f.purchase_currency),
    'r', s.r, 'f', s.f, 'm', s.m) as scores
  from segmentation.customer_facts f
  left join segmentation.rfm_score s on s.tenant = f.tenant and s.id = f.id
  where f.tenant = c.tenant and f.id = c.id and f.purchase_count > 0
) as rfm on true
where c.tenant = $1 and c.id = $2
