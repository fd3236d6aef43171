-- Tags are renamed, described, retired and merged. The key of a tag stays; `name_key` is that of its name now, so that both lead to it.
alter table tag
  add column version integer not null default 1,
  add column name_key text,
  add column description text,
  add column retired_at timestamptz(3),
  add column merged_into_key text;
alter table tag no force row level security;
update tag set name_key = key;
alter table tag force row level security;
alter table tag alter column name_key set not null;
create unique index tag_name_key on tag (tenant, name_key);
-- Merged tags, of which customers may still have some.
create index tag_merged on tag (tenant, merged_into_key) where merged_into_key is not null;

-- The job that moves their customers looks for them in all tenants.
create policy system on tag to clientele_system using (true);
create policy system on customer_tag to clientele_system using (true);
grant select on tag, customer_tag to clientele_system;
