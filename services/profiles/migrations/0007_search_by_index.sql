-- As before, but each string of digits is looked for in the index by itself; there are at most four of them.
create or replace function search_customers(query text, digits text[], most integer, owner text, territories jsonb)
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
        search_rank(s.number, query), search_rank(s.names, query) + 1, search_rank(s.emails, query) + 2, least(
          search_rank(s.phones, digits[1]), search_rank(s.phones, digits[2]),
          search_rank(s.phones, digits[3]), search_rank(s.phones, digits[4])
        ) + 3
      ) as rank
      from customer_search s
      where s.tenant = own
        and (
          s.grams @> search_grams(own, query)
          or digits[1] is not null and s.grams @> search_grams(own, digits[1])
          or digits[2] is not null and s.grams @> search_grams(own, digits[2])
          or digits[3] is not null and s.grams @> search_grams(own, digits[3])
          or digits[4] is not null and s.grams @> search_grams(own, digits[4])
        )
        and (owner is null or exists (
          select from customer c
          where c.tenant = own and c.id = s.customer_id
            and (c.owner_id = owner or exists (
              select from jsonb_array_elements_text(territories) as path
              where c.territory = path or starts_with(c.territory, path || '/')
            ))
        ))
    ) as found
    where found.rank is not null
    order by found.rank, found.names collate name_order, found.customer_id
    limit most;
end $$;
