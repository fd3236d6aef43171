alter table segment alter column name type text collate name_order, alter column key type text collate "C";
