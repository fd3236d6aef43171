-- Files of customers. Where a row goes, however it goes, its bytes follow: the timer is tried until the store has done it.
create table customer_file (
  tenant text not null default current_tenant(),
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  customer_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  bytes integer not null check (bytes between 1 and 26214400),
  status text not null check (status in ('STAGED', 'READY', 'REFUSED')),
  media_type text,
  sha256 text,
  refusal text check (refusal in ('SIZE', 'TYPE')),
  upload_until timestamptz not null,
  primary key (tenant, id),
  foreign key (tenant, customer_id) references customer (tenant, id) on delete cascade,
  check ((status = 'READY') = (media_type is not null and sha256 is not null)),
  check ((status = 'REFUSED') = (refusal is not null))
);
create index customer_file_of_customer on customer_file (tenant, customer_id, id desc);
call protect('customer_file');

create function remove_file_object() returns trigger language plpgsql as $$
begin
  insert into timer (tenant, name, entity_id, due_at, next_at)
  values (old.tenant, 'removeFileObject', old.id, old.created_at, old.created_at)
  on conflict do nothing;
  return null;
end $$;
-- What a customer takes along is deleted by the owner of the table, whoever deletes the customer.
create policy cascade on timer for insert to current_user with check (tenant = (select current_tenant()));
create trigger remove_file_object after delete on customer_file for each row execute function remove_file_object();
