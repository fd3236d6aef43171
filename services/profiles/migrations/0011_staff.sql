-- Who works here. The id is made from the subject (`staffEntityId` of the contracts), so owners and assignees lead to it without a look-up.
create table staff (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  subject text not null check (length(subject) between 1 and 255),
  source text not null check (source in ('DIRECTORY', 'MANUAL')),
  name text collate name_order not null check (length(name) between 1 and 200),
  email text,
  language text check (length(language) between 1 and 35),
  time_zone text check (length(time_zone) between 1 and 64),
  active boolean not null,
  left_at timestamptz,
  territories jsonb not null default '[]',
  skills jsonb not null default '[]',
  working_hours jsonb not null default '[]',
  absences jsonb not null default '[]',
  substitute_id uuid,
  primary key (tenant, id),
  foreign key (tenant, substitute_id) references staff (tenant, id),
  check (active = (left_at is null))
);
create unique index staff_subject on staff (tenant, subject);
create index staff_name on staff (tenant, name, id);
create index staff_created on staff (tenant, created_at, id);
create index staff_substitute on staff (tenant, substitute_id) where substitute_id is not null;
call protect('staff');

create table team (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  key text collate "C" not null check (length(key) between 1 and 64),
  name text not null check (length(name) between 1 and 100),
  lead_id uuid,
  territory text,
  active boolean not null,
  primary key (tenant, id),
  foreign key (tenant, lead_id) references staff (tenant, id)
);
create unique index team_key on team (tenant, key);
create index team_lead on team (tenant, lead_id) where lead_id is not null;
call protect('team');

create table team_member (
  tenant text not null default current_tenant(),
  team_id uuid not null,
  staff_id uuid not null,
  primary key (tenant, team_id, staff_id),
  foreign key (tenant, team_id) references team (tenant, id),
  foreign key (tenant, staff_id) references staff (tenant, id)
);
create index team_member_staff on team_member (tenant, staff_id, team_id);
call protect('team_member');
