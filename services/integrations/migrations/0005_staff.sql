-- What events of profiles tell about the staff, so that who created something is told as a person.
create table staff (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null,
  sub text not null,
  active boolean not null,
  teams jsonb not null,
  territories jsonb not null,
  roles jsonb,
  substitute uuid,
  absences jsonb not null,
  language text,
  time_zone text,
  primary key (tenant, id)
);
create index staff_sub on staff (tenant, sub);
call protect('staff');
