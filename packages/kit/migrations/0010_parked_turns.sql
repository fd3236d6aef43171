-- Tenants have their turns: which have keys that are due, and which of theirs have waited longest, is found however many keys one of them has.
create index parked_key_fresh on parked_key (consumer, tenant, due_at) where failures = 0;
create index parked_key_failed on parked_key (consumer, tenant, due_at) where failures > 0;
