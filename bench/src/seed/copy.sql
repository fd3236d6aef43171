-- What the copy's reader may see, so that PostGraphile makes no more of it than is asked for.
revoke execute on all functions in schema profiles, interactions, surveys, segmentation, integrations from public;
grant usage on schema profiles, interactions, surveys, segmentation, integrations to bench_reader;
grant select on profiles.customer, profiles.tag, profiles.customer_tag, profiles.purchase, interactions.visit,
  interactions.complaint, interactions.contact, surveys.survey_response, segmentation.segment,
  segmentation.segment_membership, segmentation.customer_facts, segmentation.rfm_score, integrations.external_ref
  to bench_reader;

-- What PostGraphile needs to answer the same: relations that cross the services, and functions for the fields that are
-- no columns. Each reads the same indexes as the hand-written SQL.
comment on table profiles.tag is '@unique tenant,key';
comment on table interactions.visit is
  '@foreignKey (tenant, customer_id) references profiles.customer (tenant, id)|@foreignFieldName visits';
comment on table interactions.complaint is
  '@foreignKey (tenant, customer_id) references profiles.customer (tenant, id)|@foreignFieldName complaints';
comment on table segmentation.customer_facts is
  '@foreignKey (tenant, id) references profiles.customer (tenant, id)|@foreignSingleFieldName facts';
comment on table integrations.external_ref is
  '@foreignKey (tenant, customer_id) references profiles.customer (tenant, id)|@foreignFieldName externalRefs';

create type profiles.purchase_summary as (
  count integer, amount numeric, currency text, first_at timestamptz, last_at timestamptz
);

create function profiles.customer_purchase_summary(customer profiles.customer) returns profiles.purchase_summary
  language sql stable as $$
  select count(*) filter (where kind = 'SALE'), round(sum(total), 2), currency,
    min(ordered_at) filter (where kind = 'SALE'), max(ordered_at) filter (where kind = 'SALE')
  from profiles.purchase where tenant = customer.tenant and customer_id = customer.id
  group by currency order by 1 desc, max(ordered_at) desc, currency limit 1
$$;

create type profiles.timeline_entry as (kind text, id uuid, occurred_at timestamptz);

create function profiles.customer_timeline(customer profiles.customer, most integer, until timestamptz)
  returns setof profiles.timeline_entry language sql stable as $$
  (select 'Visit', id, occurred_at from interactions.visit
   where tenant = customer.tenant and customer_id = customer.id and occurred_at <= until and status <> 'VOIDED'
   order by occurred_at desc, id desc limit most)
  union all
  (select 'Complaint', id, received_at from interactions.complaint
   where tenant = customer.tenant and customer_id = customer.id and received_at <= until order by received_at desc, id desc limit most)
  union all
  (select 'Contact', id, occurred_at from interactions.contact
   where tenant = customer.tenant and customer_id = customer.id and occurred_at <= until and status <> 'VOIDED'
   order by occurred_at desc, id desc limit most)
  order by 3 desc, 2 desc limit most
$$;

create type profiles.satisfaction as (nps smallint, csat smallint, last_responded_at timestamptz);

create function profiles.customer_satisfaction(customer profiles.customer) returns profiles.satisfaction
  language sql stable as $$
  select (array_agg(nps order by completed_at desc, id desc) filter (where nps is not null))[1],
    (array_agg(csat order by completed_at desc, id desc) filter (where csat is not null))[1], max(completed_at)
  from surveys.survey_response where tenant = customer.tenant and customer_id = customer.id having count(*) > 0
$$;

-- A relation could not say that only open memberships are meant, for which the index is.
create function profiles.customer_open_memberships(customer profiles.customer)
  returns setof segmentation.segment_membership language sql stable as $$
  select m.* from segmentation.segment_membership m
  join segmentation.segment s on s.tenant = m.tenant and s.id = m.segment_id and s.status = 'ACTIVE'
  where m.tenant = customer.tenant and m.customer_id = customer.id and m.exited_at is null
  order by m.entered_at, s.key
$$;

-- A page behind a place, as the gateway's cursors give it: PostGraphile's own begin where it has been before.
create function profiles.customer_page(tenant text, behind text, most integer) returns setof profiles.customer
  language sql stable as $$
  select * from profiles.customer c
  where c.tenant = customer_page.tenant and c.number > coalesce(behind, '') order by c.number limit most
$$;

create function interactions.visit_summary(visit interactions.visit) returns text language sql stable
  return visit.report ->> 'summary';

create function segmentation.customer_facts_recency_days(facts segmentation.customer_facts, at timestamptz) returns integer
  language sql stable
  return greatest(0, floor(extract(epoch from at - facts.last_purchase_at) / 86400));
