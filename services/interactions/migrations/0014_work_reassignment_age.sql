-- What has ended is measured and forgotten by its age, across tenants.
create index work_reassignment_ended on work_reassignment (ended_at);
create policy system on work_reassignment to clientele_system using (true);
grant select, delete on work_reassignment to clientele_system;
