insert into customer (tenant, id, version, kind, status, owner_id, territory)
select tenant, id, 1, kind, 'ACTIVE', seed.owner(n % 50), seed.pick('{emea/de,emea/fr,apac/cn,amer/us}', n, 5)
from seed.customer order by n;

insert into external_ref (tenant, id, created_at, created_by, updated_at, updated_by, system, entity_type, external_id,
  customer_id)
select tenant, seed.id('external ref', item, seed.days_ago(900)), seed.now(), 'seed', seed.now(), 'seed',
  (array['erp', 'shop'])[k], 'CUSTOMER', 'X' || item, customer_id
from seed.per_customer(2, 70);

insert into staff (tenant, id, version, sub, active, teams, territories, roles, substitute, absences, language, time_zone)
select tenant, id, version, sub, active, teams, territories, roles, substitute, absences, language, time_zone from seed.staff;
