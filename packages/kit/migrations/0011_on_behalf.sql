-- For whom a service acted, and what made it do so.
alter table audit_entry
  add column on_behalf_of text,
  add column on_behalf_kind text,
  add column on_behalf_id uuid;
create index audit_entry_on_behalf on audit_entry (tenant, on_behalf_of, at) where on_behalf_of is not null;
grant insert (on_behalf_of, on_behalf_kind, on_behalf_id) on audit_entry to clientele_app;
