-- When and by whom a tag was created, and on behalf of whom where a service did: not known of those that there are.
alter table tag add column created_at timestamptz(3), add column created_by text, add column created_on_behalf_of text;
