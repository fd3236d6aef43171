-- The owner sees and removes the rows of its transaction's tenant, so that a tenant can be handed out and removed whole. Without a tenant it sees
-- nothing, as before.
do $$
declare target regclass;
begin
  for target in
    select c.oid::regclass from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
  loop
    execute format('create policy owner on %s to current_user using (tenant = (select current_tenant()))', target);
  end loop;
end $$;

create or replace procedure protect(target regclass, system_privileges text default null)
  language plpgsql as $$
begin
  if not exists (
    select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = target and a.attname = 'tenant'
  ) then
    raise exception '% is under row-level security but has no index that starts with the tenant', target;
  end if;
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s to clientele_app using (tenant = (select current_tenant()))', target);
  execute format('create policy owner on %s to current_user using (tenant = (select current_tenant()))', target);
  execute format('grant select, insert, update, delete on %s to clientele_app', target);
  if system_privileges is not null then
    execute format('create policy system on %s to clientele_system using (true)', target);
    execute format('grant %s on %s to clientele_system', system_privileges, target);
  end if;
end $$;
