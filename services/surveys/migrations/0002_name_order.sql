alter table survey alter column title type text collate name_order, alter column key type text collate "C";
