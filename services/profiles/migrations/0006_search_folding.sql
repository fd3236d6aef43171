alter table customer alter column number type text collate "C", alter column display_name type text collate name_order;

drop function search_customers(text, text, integer);
drop function search_customers(text, text, integer, text, jsonb);

-- Finds only the customers that the caller reaches: those of `owner`, and those of `territories` (a JSON array of paths) and
-- all below them; all of the tenant's where `owner` is null. Within the search, so that `most` counts what is found. `query` is looked for in
-- names, numbers and e-mail addresses, each of `digits` in telephone numbers: they are what one written number may mean.
create function search_customers(query text, digits text[], most integer, owner text, territories jsonb)
  returns table (customer_id uuid, matched_on text)
  language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  own text := current_tenant();
begin
  return query
    select found.customer_id, (array['NUMBER', 'NAME', 'EMAIL', 'PHONE'])[min(found.rank) % 10 + 1]
    from (
      select s.customer_id, s.names, case
        when wanted.is_phone then search_rank(s.phones, wanted.part) + 3
        else least(search_rank(s.number, query), search_rank(s.names, query) + 1, search_rank(s.emails, query) + 2)
      end as rank
      from (select query, false union all select unnest(digits), true) as wanted (part, is_phone)
      join customer_search s on s.tenant = own and s.grams @> search_grams(own, wanted.part)
      where owner is null or exists (
        select from customer c
        where c.tenant = own and c.id = s.customer_id
          and (c.owner_id = owner or exists (
            select from jsonb_array_elements_text(territories) as path
            where c.territory = path or starts_with(c.territory, path || '/')
          ))
      )
    ) as found
    where found.rank is not null
    group by found.customer_id, found.names
    order by min(found.rank), found.names collate name_order, found.customer_id
    limit most;
end $$;
revoke execute on function search_customers(text, text[], integer, text, jsonb) from public;
grant execute on function search_customers(text, text[], integer, text, jsonb) to clientele_app;
