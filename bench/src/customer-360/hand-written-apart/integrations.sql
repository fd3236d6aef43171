-- What the query Customer360 asks of integrations. $1 tenant, $2 customer.
select json_build_object(
  'externalRefs', (
    select coalesce(json_agg(json_build_object('system', r.system, 'externalId', r.external_id)
      order by r.system, r.external_id), '[]')
    from integrations.external_ref r where r.tenant = c.tenant and r.customer_id = c.id
  )
)::text
from (select $1::text as tenant, $2::uuid as id) as c
