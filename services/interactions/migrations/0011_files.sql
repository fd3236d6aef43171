-- Files of visits, complaints, contacts and tasks. Where a row goes, however it goes, its bytes follow: the timer is tried until the store has done it.
create function remove_file_object() returns trigger language plpgsql as $$
begin
  insert into timer (tenant, name, entity_id, due_at, next_at)
  values (old.tenant, 'removeFileObject', old.id, old.created_at, old.created_at)
  on conflict do nothing;
  return null;
end $$;
-- What a visit takes along is deleted by the owner of the table, whoever deletes the visit.
create policy cascade on timer for insert to current_user with check (tenant = (select current_tenant()));

do $$
declare owner text;
begin
  foreach owner in array array['visit', 'complaint', 'contact', 'task'] loop
    execute format($table$
      create table %1$I (
        tenant text not null default current_tenant(),
        id uuid not null,
        version integer not null default 1,
        created_at timestamptz not null,
        created_by text not null,
        updated_at timestamptz not null,
        updated_by text not null,
        %2$I uuid not null,
        customer_id uuid,
        name text not null check (length(name) between 1 and 200),
        bytes integer not null check (bytes between 1 and 26214400),
        status text not null check (status in ('STAGED', 'READY', 'REFUSED')),
        media_type text,
        sha256 text,
        refusal text check (refusal in ('SIZE', 'TYPE')),
        upload_until timestamptz not null,
        primary key (tenant, id),
        foreign key (tenant, %2$I) references %3$I (tenant, id) on delete cascade,
        check ((status = 'READY') = (media_type is not null and sha256 is not null)),
        check ((status = 'REFUSED') = (refusal is not null))
      )$table$, owner || '_file', owner || '_id', owner);
    execute format('create index on %I (tenant, %I, id desc)', owner || '_file', owner || '_id');
    execute format('call protect(%L)', owner || '_file');
    execute format('create trigger remove_file_object after delete on %I for each row execute function remove_file_object()', owner || '_file');
  end loop;
end $$;
