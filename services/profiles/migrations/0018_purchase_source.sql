-- What the source of a purchase said of it last, so that a correction by hand is undone only where the source says something new.
alter table purchase add column source_digest text;
