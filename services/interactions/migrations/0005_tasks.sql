-- What members of staff have to do, about a customer or not.
create table task (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  customer_id uuid,
  kind text not null,
  title text not null,
  note text,
  subject_type text,
  subject_id uuid,
  status text not null check (status in ('OPEN', 'COMPLETED', 'CANCELLED')),
  priority text not null check (priority in ('LOW', 'NORMAL', 'HIGH', 'URGENT')),
  assignee_id text,
  team_key text,
  due_at timestamptz(3) not null,
  remind_at timestamptz(3),
  result jsonb,
  cancellation jsonb,
  primary key (tenant, id),
  check ((assignee_id is null) <> (team_key is null)),
  check ((subject_type is null) = (subject_id is null)),
  check ((status = 'COMPLETED') = (result is not null)),
  check ((status = 'CANCELLED') = (cancellation is not null))
);
create index task_due on task (tenant, due_at, id);
create index task_updated on task (tenant, updated_at desc, id desc);
create index task_of_customer on task (tenant, customer_id, due_at, id);
create index task_of_assignee on task (tenant, assignee_id, due_at, id);
create index task_of_team on task (tenant, team_key, due_at, id) where team_key is not null;
call protect('task');

create index staff_substitute on staff (tenant, substitute) where substitute is not null;

-- Whom somebody is named for as their substitute, directly or through others, and they themselves.
create function stood_in_for(subject text) returns setof text language sql stable as $$
  with recursive chain (id) as (
    select id from staff where sub = subject
    union
    select staff.id from chain join staff on staff.substitute = chain.id
  )
  select subject union select sub from chain join staff using (id)
$$;

-- The keys of the teams that somebody is in.
create function team_keys_of(subject text) returns setof text language sql stable as $$
  select jsonb_array_elements_text(teams) from staff where sub = subject
$$;
