-- What the query CustomerList asks, in one statement. $1 tenant, $2 number of the customer before the page, null for the first.
select json_build_object('nodes', coalesce(json_agg(json_build_object(
  'id', c.id,
  'number', c.number,
  'displayName', c.display_name,
  'satisfaction', satisfaction.latest,
  'rfm', rfm.scores,
  'externalRefs', (
    select coalesce(json_agg(json_build_object('system', r.system, 'externalId', r.external_id)
      order by r.system, r.external_id), '[]')
    from integrations.external_ref r where r.tenant = c.tenant and r.customer_id = c.id
  )
) order by c.number), '[]'))::text
from (
  select tenant, id, number, display_name from profiles.customer
  where tenant = $1 and number > coalesce($2, '') order by number limit 100
) as c
left join lateral (
  select json_build_object(
    'nps', (array_agg(nps order by completed_at desc, id desc) filter (where nps is not null))[1]) as latest
  from surveys.survey_response where tenant = c.tenant and customer_id = c.id having count(*) > 0
) as satisfaction on true
left join lateral (
  select json_build_object('frequency', f.purchase_count, 'r', s.r, 'f', s.f, 'm', s.m) as scores
  from segmentation.customer_facts f
  left join segmentation.rfm_score s on s.tenant = f.tenant and s.id = f.id
  where f.tenant = c.tenant and f.id = c.id and f.purchase_count > 0
) as rfm on true
