-- On behalf of whom a service created a task: the author of an automation.
alter table task add column created_on_behalf_of text;
