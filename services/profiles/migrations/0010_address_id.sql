-- Addresses are entries with ids, as contact points and contact people are: one is changed without the others. Row-level security is forced on owners too.
alter table customer no force row level security;
update customer set addresses = (
  select jsonb_agg(jsonb_build_object('id', gen_random_uuid()) || address order by place)
  from jsonb_array_elements(addresses) with ordinality as had(address, place)
) where jsonb_array_length(addresses) > 0;
alter table customer force row level security;
