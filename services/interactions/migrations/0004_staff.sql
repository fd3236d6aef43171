-- What events of profiles tell about the staff and their teams.
create table staff (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  sub text not null,
  active boolean not null,
  teams jsonb not null,
  territories jsonb not null,
  substitute uuid,
  absences jsonb not null,
  language text,
  time_zone text,
  primary key (tenant, id)
);
create index staff_sub on staff (tenant, sub);
call protect('staff');

create table team (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  key text not null,
  territory text,
  active boolean not null,
  primary key (tenant, id)
);
create index team_key on team (tenant, key);
call protect('team');
