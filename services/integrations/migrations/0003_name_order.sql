alter table webhook_endpoint alter column url type text collate "C";
