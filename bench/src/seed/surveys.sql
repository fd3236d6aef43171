insert into customer (tenant, id, version, kind, status, owner_id, territory)
select tenant, id, 1, kind, 'ACTIVE', seed.owner(n % 50), seed.pick('{emea/de,emea/fr,apac/cn,amer/us}', n, 5)
from seed.customer order by n;

insert into survey (tenant, id, created_at, created_by, updated_at, updated_by, key, title, status, current_version)
select seed.tenant(t), seed.id('survey', t, at), at, 'seed', at, 'seed', 'yearly', 'Yearly survey', 'PUBLISHED', 1
from generate_series(0, seed.tenants() - 1) as t, seed.days_ago(900) as at;

insert into survey_version (tenant, id, survey_id, number, title, questions, published_at, published_by)
select tenant, seed.id('survey version ' || tenant, 1, created_at), id, 1, title,
  '[{"key": "nps", "kind": "NPS", "text": {"en": "Would you recommend us?"}, "required": false},
    {"key": "csat", "kind": "CSAT", "text": {"en": "Are you satisfied?"}, "required": false}]',
  created_at, 'seed'
from survey;

insert into survey_response (tenant, id, created_at, created_by, updated_at, updated_by, survey_id, survey_version,
  customer_id, mode, completed_at, nps, csat)
select r.tenant, seed.id('response', item, at), at, 'seed', at, 'seed', s.id, 1, customer_id, 'AGENT', at,
  case when item % 5 > 0 then seed.number(item, 52, 11) end, case when item % 3 > 0 then 1 + seed.number(item, 53, 5) end
from (
  select *, seed.days_ago(seed.number(item, 51, 600000)::numeric / 1000) as at from seed.per_customer(3, 50)
) as r
join survey s on s.tenant = r.tenant;

insert into staff (tenant, id, version, sub, active, teams, territories, roles, substitute, absences, language, time_zone)
select tenant, id, version, sub, active, teams, territories, roles, substitute, absences, language, time_zone from seed.staff;
