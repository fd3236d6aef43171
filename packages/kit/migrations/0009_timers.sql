-- Moments at which something is to be done about an entity: one for each name and entity. A timer goes in the transaction that does it.
create table timer (
  tenant text not null default current_tenant(),
  name text not null,
  entity_id uuid not null,
  due_at timestamptz not null,
  -- When it is tried: when it is due, and later each time it has failed.
  next_at timestamptz not null,
  failures integer not null default 0,
  primary key (tenant, name, entity_id)
);
create index timer_next on timer (next_at);
create index timer_of_tenant on timer (tenant, next_at);
call protect('timer', 'select, insert, update, delete');
