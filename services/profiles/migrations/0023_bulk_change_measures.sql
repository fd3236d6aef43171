-- Operators see across tenants what comes of bulk changes, by codes alone.
create policy system on bulk_change_row to clientele_system using (true);
grant select (tenant, bulk_change_id, status, refusal) on bulk_change_row to clientele_system;
create index bulk_change_ended on bulk_change (ended_at);
