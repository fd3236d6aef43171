-- Sensitive details (birth date, registration number) are kept sealed from now on and leave the columns person and organization. A job moves
-- what stands there in the clear; here is which customers it has still to do. A later release drops this table with its trigger.
create table unsealed_customer (
  tenant text not null default current_tenant(),
  customer_id uuid not null,
  primary key (tenant, customer_id),
  foreign key (tenant, customer_id) references customer (tenant, id) on delete cascade
);

-- Row-level security is forced on owners too.
alter table customer no force row level security;
insert into unsealed_customer (tenant, customer_id)
  select tenant, id from customer
  where person ->> 'birthDate' is not null or organization ->> 'registrationNumber' is not null;
alter table customer force row level security;
call protect('unsealed_customer', 'select');

-- While it is rolled out, replicas of the release before go on writing in the clear.
create function note_unsealed_customer() returns trigger
  language plpgsql
  set search_path = public, pg_temp
as $$
begin
  insert into unsealed_customer (tenant, customer_id) values (new.tenant, new.id) on conflict do nothing;
  return null;
end $$;
create trigger customer_unsealed after insert or update of person, organization on customer for each row
  when (new.person ->> 'birthDate' is not null or new.organization ->> 'registrationNumber' is not null)
  execute function note_unsealed_customer();
