alter table note alter column title type text collate name_order;
