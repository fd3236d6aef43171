-- Industry and size are codes from now on: a size in words is the class of its least number, an industry in words is none.
alter table customer no force row level security;
update customer set organization = organization
  || jsonb_build_object(
    'industry', null,
    'sizeBand', (
      select case when least < 10 then 'FROM_1_TO_9' when least < 50 then 'FROM_10_TO_49'
        when least < 250 then 'FROM_50_TO_249' when least >= 250 then 'FROM_250' end
      from (select substring(organization ->> 'sizeBand' from '^\d{1,9}')::integer as least) as band))
where organization ->> 'industry' is not null or organization ->> 'sizeBand' is not null;

-- By what customers are counted. The age is a band, which the service makes of the sealed birth date; the rest follows from the row.
alter table customer
  add column age_band text check (age_band in
    ('UNDER_18', 'FROM_18_TO_24', 'FROM_25_TO_34', 'FROM_35_TO_44', 'FROM_45_TO_54', 'FROM_55_TO_64', 'FROM_65')),
  add column country text generated always as (addresses #>> '{0,country}') stored,
  add column region text generated always as (addresses #>> '{0,region}') stored,
  add column city text generated always as (addresses #>> '{0,city}') stored,
  add column industry text generated always as (organization ->> 'industry') stored,
  add column size_band text generated always as (organization ->> 'sizeBand') stored,
  add column gender text generated always as (person ->> 'gender') stored;
create index customer_age_band on customer (tenant, age_band, number, id) where age_band is not null;
create index customer_country on customer (tenant, country, number, id) where country is not null;
create index customer_region on customer (tenant, region, number, id) where region is not null;
create index customer_city on customer (tenant, city, number, id) where city is not null;
create index customer_industry on customer (tenant, industry, number, id) where industry is not null;
create index customer_size_band on customer (tenant, size_band, number, id) where size_band is not null;
create index customer_gender on customer (tenant, gender, number, id) where gender is not null;

-- Of which month the age bands of a tenant are, and how far they are brought to another one. Without a month other services have yet to be told
-- what customers are counted by.
create table age_band_run (
  tenant text not null default current_tenant(),
  month date,
  next_month date,
  written_to uuid,
  primary key (tenant)
);
call protect('age_band_run', 'select');
insert into age_band_run (tenant) select distinct tenant from customer;
alter table customer force row level security;
