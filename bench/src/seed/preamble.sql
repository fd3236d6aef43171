-- What the seeds of all services share, so that each gives a customer the same id, tenant and purchases. Everything is a
-- function of the customer's number: no randomness, no clock. The schema is dropped when the seed is in.
create schema seed;

create function seed.customers() returns integer language sql stable
  return current_setting('seed.customers')::integer;
create function seed.tenants() returns integer language sql stable
  return current_setting('seed.tenants')::integer;
create function seed.now() returns timestamptz language sql stable
  return current_setting('seed.now')::timestamptz;

create function seed.tenant(t integer) returns text language sql immutable
  return 'tenant-' || lpad((t + 1)::text, 2, '0');

-- 0 to bound - 1, evenly spread over n, and differently for each salt.
create function seed.number(n bigint, salt bigint, bound integer) returns integer language sql immutable parallel safe
  return ((hashint8extended(n, salt) & 2147483647) % bound)::integer;

create function seed.pick(choices text[], n bigint, salt bigint) returns text language sql immutable parallel safe
  return choices[1 + seed.number(n, salt, cardinality(choices))];

-- A UUIDv7 of that moment.
create function seed.id(kind text, n bigint, at timestamptz) returns uuid language sql stable parallel safe
  return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || left(md5(kind || n), 3) || '8'
    || right(md5(kind || n), 15))::uuid;

create function seed.days_ago(days numeric) returns timestamptz language sql stable
  return date_trunc('second', seed.now() - days * interval '1 day');

-- The subject of a member of staff, and so their id too.
create function seed.owner(i integer) returns text language sql immutable parallel safe
  return '00000000-0000-7000-8000-' || lpad(i::text, 12, '0');

-- Who owns the customers of a tenant, as replicas of the staff have them: 50, in ten teams.
create view seed.staff as
  select seed.tenant(t) as tenant, seed.owner(i)::uuid as id, 1 as version, seed.owner(i) as sub, i, i % 25 > 0 as active,
    jsonb_build_array('team-' || i % 10) as teams, '["emea", "apac", "amer"]'::jsonb as territories,
    '["sales"]'::jsonb as roles, case when i % 5 = 0 then seed.owner(i + 1)::uuid end as substitute,
    '[]'::jsonb as absences, 'en' as language, 'Europe/Berlin' as time_zone
  from generate_series(0, seed.tenants() - 1) as t, generate_series(0, 49) as i;

create unlogged table seed.customer as
  select n, seed.tenant(n % seed.tenants()) as tenant, seed.id('customer', n, created_at) as id, created_at,
    case when seed.number(n, 1, 10) < 7 then 'PERSON' else 'ORGANIZATION' end as kind,
    (array['EUR', 'CNY', 'USD', 'EUR'])[1 + n % seed.tenants() % 4] as currency
  from (
    select n, seed.days_ago(1000 - 970 * n::numeric / seed.customers()) as created_at
    from generate_series(1, seed.customers()) as n
  ) as numbered;
alter table seed.customer add primary key (n);
analyze seed.customer;

-- The k-th thing of every customer comes before the (k + 1)-th of any, so that a customer's rows lie apart, as they do
-- where they come in over years. `item` is unique per kind of thing.
create function seed.per_customer(most integer, salt bigint)
  returns table (n integer, item bigint, k integer, tenant text, customer_id uuid, currency text)
  language sql stable rows 500000 as $$
  select c.n, c.n::bigint * 16 + k, k, c.tenant, c.id, c.currency
  from generate_series(1, most) as k cross join seed.customer c
  where k <= seed.number(c.n, salt, most + 1)
  order by k, c.n
$$;

create view seed.purchase as
  select seed.id('purchase', item, ordered_at) as id, item, tenant, customer_id, currency, ordered_at,
    case when cancelled then 'CANCELLATION' else 'SALE' end as kind,
    case when cancelled then -1 else 1 end * (500 + seed.number(item, 12, 250000))::numeric / 100 as total
  from (
    select *, seed.days_ago(seed.number(item, 10, 900000)::numeric / 1000) as ordered_at,
      k > 1 and seed.number(item, 11, 20) = 0 as cancelled
    from seed.per_customer(10, 2)
  ) as ordered;
