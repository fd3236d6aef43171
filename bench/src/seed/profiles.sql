insert into tag (tenant, id, key, name_key, name, color)
select seed.tenant(t), seed.id('tag', t * 100 + i, seed.days_ago(1000)), 'tag-' || i, 'tag-' || i, 'Tag ' || i, null
from generate_series(0, seed.tenants() - 1) as t, generate_series(0, 39) as i;

insert into customer (tenant, id, created_at, created_by, updated_at, updated_by, number, kind, status, display_name,
  person, organization, owner_id, territory, source, contact_points, tag_keys)
select tenant, id, created_at, 'seed', created_at, 'seed', 'C-' || lpad(n::text, 6, '0'), kind, 'ACTIVE',
  case kind when 'PERSON' then given || ' ' || family else family || ' & Co ' || n end,
  case kind when 'PERSON' then jsonb_build_object('familyName', family, 'givenName', given, 'gender', null,
    'birthDate', null, 'occupation', null) end,
  case kind when 'ORGANIZATION' then jsonb_build_object('legalName', family || ' & Co ' || n, 'registrationNumber', null,
    'industry', null, 'sizeBand', null) end,
  seed.owner(n % 50), seed.pick('{emea/de,emea/fr,apac/cn,amer/us}', n, 5), 'seed',
  jsonb_build_array(jsonb_build_object('id', seed.id('email', n, created_at), 'kind', 'EMAIL',
    'value', 'Person' || n || '@example.org', 'normalized', 'person' || n || '@example.org', 'status', 'VALID'))
  || case when seed.number(n, 6, 10) < 7 then jsonb_build_array(jsonb_build_object('id', seed.id('phone', n, created_at),
    'kind', 'MOBILE', 'value', '+49 1512 ' || 1000000 + n, 'normalized', '+491512' || 1000000 + n, 'status', 'VALID'))
    else '[]' end,
  tag_keys
from (
  select *, seed.pick('{Anna,Bo,Carla,Dmitri,Élodie,Farid,晓雨,Hana}', n, 3) as given,
    seed.pick('{Abel,Berg,Costa,Dubois,Eriksen,王,李,Haddad,Ivanov}', n, 4) as family
  from seed.customer
) as named
cross join lateral (
  select coalesce(jsonb_agg(key order by key collate "C"), '[]') as tag_keys
  from (select 'tag-' || (seed.number(n, 8, 40) + k * 7) % 40 as key from generate_series(1, seed.number(n, 7, 5)) as k) as keys
) as tagged
order by n;

insert into customer_tag (tenant, tag_key, customer_id)
select tenant, key, id from customer, jsonb_array_elements_text(tag_keys) as key;

insert into customer_counter (tenant, last)
select seed.tenant(t), seed.customers() from generate_series(0, seed.tenants() - 1) as t;

insert into purchase (tenant, id, created_at, created_by, updated_at, updated_by, customer_id, kind, ordered_at, channel,
  payment_method, currency, total, line_count, lines_digest)
select tenant, id, ordered_at, 'seed', ordered_at, 'seed', customer_id, kind, ordered_at,
  seed.pick('{shop,web,phone}', item, 13), seed.pick('{card,invoice}', item, 14), currency, total, 1, ''
from seed.purchase;

insert into purchase_line (tenant, purchase_id, position, sku, description, quantity, unit_price, discount, total)
select tenant, id, 1, 'SKU-' || seed.number(item, 15, 500), 'Article', 1, total, 0, total from seed.purchase;

insert into staff (tenant, id, created_at, created_by, updated_at, updated_by, subject, source, name, active, left_at,
  territories, substitute_id, roles)
select tenant, id, at, 'seed', at, 'seed', sub, 'DIRECTORY', 'Member ' || i, active, case when not active then at end,
  territories, substitute, roles
from seed.staff, seed.days_ago(1000) as at;

insert into team (tenant, id, created_at, created_by, updated_at, updated_by, key, name, active)
select seed.tenant(t), seed.id('team', t * 100 + i, at), at, 'seed', at, 'seed', 'team-' || i, 'Team ' || i, true
from generate_series(0, seed.tenants() - 1) as t, generate_series(0, 9) as i, seed.days_ago(1000) as at;

insert into team_member (tenant, team_id, staff_id)
select s.tenant, t.id, s.id from seed.staff s join team t on t.tenant = s.tenant and t.key = s.teams ->> 0;

insert into exchange_rate (tenant, id, base, quote, day, rate, source, recorded_at, recorded_by)
select seed.tenant(t), seed.id('rate ' || quote, t * 10000 + d, at), 'EUR', quote, at::date, 1 + d::numeric / 10000, 'ecb', at,
  seed.owner(d % 50)
from generate_series(0, seed.tenants() - 1) as t, unnest('{CNY,USD}'::text[]) as quote, generate_series(1, 700) as d,
  seed.days_ago(d) as at;
