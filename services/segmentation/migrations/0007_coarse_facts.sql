-- By what customers are counted, as profiles tells it.
alter table customer_facts
  add column country text,
  add column region text,
  add column city text,
  add column industry text,
  add column size_band text,
  add column age_band text,
  add column gender text;
