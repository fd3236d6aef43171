-- An action for the owner waits until the assignment of the same run is answered: it has no event until then.
alter table automation_action alter column event_id drop not null, add column turn integer;
