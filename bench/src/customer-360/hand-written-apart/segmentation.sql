-- What the query Customer360 asks of segmentation. $1 tenant, $2 customer, $3 the moment up to which there is a past.
select json_build_object(
  'segments', (
    select coalesce(json_agg(json_build_object('key', s.key, 'name', s.name, 'enteredAt', m.entered_at)
      order by m.entered_at, s.key), '[]')
    from segmentation.segment_membership m
    join segmentation.segment s on s.tenant = m.tenant and s.id = m.segment_id and s.status = 'ACTIVE'
    where m.tenant = c.tenant and m.customer_id = c.id and m.exited_at is null
  ),
  'rfm', rfm.scores
)::text
from (select $1::text as tenant, $2::uuid as id) as c
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
