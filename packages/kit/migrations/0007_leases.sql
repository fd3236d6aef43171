-- What only one process of the service does at a time. A lease that is not renewed expires, and whoever takes it over raises its fence.
create table lease (
  name text primary key,
  holder uuid not null,
  fence bigint not null,
  expires_at timestamptz not null,
  -- Makes the fence a key column: renewing does not wait for transactions that stand on the fence, and taking over does.
  unique (name, fence)
);
grant select, insert, update, delete on lease to clientele_system;

-- Whether a lease is still the one that was taken; if so nobody takes it over before this transaction ends.
create function stands_on_fence(lease_name text, lease_fence bigint) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform from public.lease where name = lease_name and fence = lease_fence for key share;
  return found;
end $$;
revoke execute on function stands_on_fence from public;
grant execute on function stands_on_fence to clientele_app, clientele_system;
