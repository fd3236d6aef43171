-- All pairs of neighbouring characters of a text, each hashed together with the tenant: whatever the script, a part of
-- two characters or more is found by its pairs, and an entry of one tenant never leads to another's.
create function search_grams(tenant text, content text) returns integer[]
  language sql immutable parallel safe
  set search_path = pg_catalog
  return (
    select coalesce(array_agg(hashtext(tenant || pair)), '{}')
    from (select letter || lead(letter) over () as pair from unnest(string_to_array(content, null)) as letter) as pairs
    where strpos(pair, chr(10)) = 0
  );

-- What a customer is found by, normalized by the service. Each entry stands between two line feeds.
create table customer_search (
  tenant text not null default current_tenant(),
  customer_id uuid not null,
  names text not null,
  number text not null,
  emails text not null,
  phones text not null,
  grams integer[] not null generated always as (search_grams(tenant, names || number || emails || phones)) stored,
  primary key (tenant, customer_id),
  foreign key (tenant, customer_id) references customer (tenant, id) on delete cascade
);
create index customer_search_grams on customer_search using gin (grams);
call protect('customer_search');

-- How close a part is to the entries of a field: it is one, begins one, begins a word, is somewhere; null when it is nowhere.
create function search_rank(field text, part text) returns integer
  language sql immutable parallel safe
  return case
    when strpos(field, part) = 0 or part is null then null
    when strpos(field, chr(10) || part || chr(10)) > 0 then 0
    when strpos(field, chr(10) || part) > 0 then 10
    when strpos(field, ' ' || part) > 0 then 20
    else 30
  end;

-- PostgreSQL uses no GIN index beneath row-level security: its operators are not leakproof. So the search runs as the
-- owner and filters by the transaction's tenant itself; without a tenant it finds nothing.
create policy search on customer_search for select to current_user using (true);

create function search_customers(query text, digits text, most integer)
  returns table (customer_id uuid, matched_on text)
  language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  own text := current_tenant();
begin
  return query
    select found.customer_id, (array['NUMBER', 'NAME', 'EMAIL', 'PHONE'])[found.rank % 10 + 1]
    from (
      select s.customer_id, s.names, least(
        search_rank(s.number, query), search_rank(s.names, query) + 1,
        search_rank(s.emails, query) + 2, search_rank(s.phones, digits) + 3
      ) as rank
      from customer_search s
      where s.tenant = own
        and (s.grams @> search_grams(own, query) or digits is not null and s.grams @> search_grams(own, digits))
    ) as found
    where found.rank is not null
    order by found.rank, found.names, found.customer_id
    limit most;
end $$;
revoke execute on function search_customers from public;
grant execute on function search_customers to clientele_app;
