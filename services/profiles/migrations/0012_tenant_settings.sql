-- When people work. Days and intervals are checked where they enter.
create table business_calendar (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  key text not null,
  name text not null,
  status text not null check (status in ('ACTIVE', 'ARCHIVED')),
  time_zone text not null,
  week jsonb not null,
  holidays jsonb not null default '[]',
  shifted_working_days jsonb not null default '[]',
  primary key (tenant, id),
  unique (tenant, key)
);
call protect('business_calendar');

-- One row per tenant, made with defaults on first use.
create table tenant_settings (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  country text not null,
  currency text not null,
  languages jsonb not null,
  time_zone text not null,
  default_calendar text not null,
  approval_limits jsonb not null,
  visit_cadences jsonb not null default '[]',
  complaint_deadlines jsonb not null,
  branding jsonb not null,
  primary key (tenant, id),
  unique (tenant),
  foreign key (tenant, default_calendar) references business_calendar (tenant, key)
);
call protect('tenant_settings');
