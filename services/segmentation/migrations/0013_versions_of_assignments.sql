-- The version that an assignment made of the customer: what waits for it may be requested when another of the same run is answered.
alter table automation_action add column made_version integer;
