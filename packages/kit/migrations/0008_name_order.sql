-- The order of names for people: Latin, Greek and Cyrillic by the alphabet whatever the case and accents, Chinese by pinyin. A column of
-- names that lists are ordered by has this collation; one of codes has "C", the order of code points, which is the same everywhere.
create collation name_order (provider = icu, locale = 'zh-u-co-pinyin-kr-latn-grek-cyrl-hani');
