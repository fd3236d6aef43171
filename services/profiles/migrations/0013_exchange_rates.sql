-- What one unit of a currency was worth in another one, by day.
create table exchange_rate (
  tenant text not null default current_tenant(),
  id uuid not null default gen_random_uuid(),
  base text not null,
  quote text not null,
  day date not null,
  rate numeric(22, 12) not null check (rate > 0),
  source text not null,
  recorded_at timestamptz(3) not null,
  recorded_by text not null,
  primary key (tenant, id),
  unique (tenant, base, quote, day),
  check (base <> quote)
);
create index exchange_rate_day on exchange_rate (tenant, day desc, base, quote, id);
call protect('exchange_rate');

-- Of each pair the latest, in one row per tenant: what sums are converted by.
create table current_exchange_rates (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  rates jsonb not null default '[]',
  primary key (tenant, id),
  unique (tenant)
);
call protect('current_exchange_rates');

alter table tenant_settings
  add column rate_pivot text not null default 'EUR',
  add column rate_age_days integer not null default 31;
