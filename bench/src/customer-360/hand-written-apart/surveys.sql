-- What the query Customer360 asks of surveys. $1 tenant, $2 customer.
select json_build_object('satisfaction', satisfaction.latest)::text
from (select $1::text as tenant, $2::uuid as id) as c
left join lateral (
  select json_build_object(
    'nps', (array_agg(nps order by completed_at desc, id desc) filter (where nps is not null))[1],
    'csat', (array_agg(csat order by completed_at desc, id desc) filter (where csat is not null))[1],
    'lastRespondedAt', max(completed_at)) as latest
  from surveys.survey_response where tenant = c.tenant and customer_id = c.id having count(*) > 0
) as satisfaction on true
