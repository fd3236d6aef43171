-- What failed and what caused it, outermost first: `[{name, code, message}]`, without the values that messages quote.
alter table dead_letter add causes jsonb not null default '[]';
