-- On behalf of whom a service created a task: the author of an automation.
alter table task add column author_id text;
