-- Whom an entry is about is what a policy names, whatever a service calls it.

alter table audit_entry rename column customer_id to data_subject_id;
alter index audit_entry_customer rename to audit_entry_data_subject;
