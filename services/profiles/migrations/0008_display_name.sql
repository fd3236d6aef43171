-- Room for the name that is made from a family name and given names, each as long as it may be.
alter table customer drop constraint customer_display_name_check;
alter table customer add constraint customer_display_name_check check (length(display_name) between 1 and 255);
