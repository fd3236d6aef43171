-- When the staff of a tenant were last compared with the directory that they come from.
create table staff_sync (
  tenant text not null default current_tenant(),
  synced_at timestamptz not null,
  primary key (tenant)
);
-- The job looks for tenants that are due.
call protect('staff_sync', 'select');
