-- The link by which calendar programs read the visits and tasks of a member of staff.
create table calendar_feed (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  subject text not null,
  roles jsonb not null,
  token_hash text not null,
  read_at timestamptz(3),
  primary key (tenant, id),
  unique (tenant, subject),
  unique (tenant, token_hash)
);
call protect('calendar_feed');
