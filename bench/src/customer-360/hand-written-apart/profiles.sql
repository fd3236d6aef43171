-- What the query Customer360 asks of profiles. $1 tenant, $2 customer.
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
    json_build_object('count', 0, 'total', null, 'firstAt', null, 'lastAt', null))
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
where c.tenant = $1 and c.id = $2
