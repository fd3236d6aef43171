-- A tag may take a name of one that was merged into it, which then leads on by its key alone.
alter table tag
  alter column name_key drop not null,
  add constraint tag_name_key_known check (name_key is not null or merged_into_key is not null);
