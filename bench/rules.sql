-- Eight timed rules on the road traffic fines, as counts of broken cases, for any SQL.  One statement, one number.
--   log(matter, act, day, amount): whole numbers; day since 1970-01-01; amount in cents, 0 when there is none
--   act: 0 issue, 1 send, 2 served, 3 add-penalty, 4 pay, 5 appeal to the prefect, 6 appeal forwarded, 7 prefect's
--        result, 8 result told, 9 appeal to the judge, 10 collection
-- Plain days and no holidays, so these count a little more than the law does; bench/floor_check.cc counts the same.

-- 1. Sent within 150 days of the finding, up to 2010-08-12, unless paid
with issue as (select matter, min(day) as day, max(amount) as amount from log where act = 0 group by matter),
     sent as (select matter, min(day) as day from log where act = 1 group by matter),
     paid as (select p.matter, sum(p.amount) as amount from log p join issue on issue.matter = p.matter
              where p.act = 4 and p.day <= issue.day + 150 group by p.matter)
select count(*) from issue left join sent on sent.matter = issue.matter left join paid on paid.matter = issue.matter
where issue.day < 14834 and issue.day + 150 < (select max(day) from log)
  and (sent.day is null or sent.day > issue.day + 150) and coalesce(paid.amount, 0) < issue.amount;

-- 2. Sent within 90 days of the finding, from 2010-08-13, unless paid
with issue as (select matter, min(day) as day, max(amount) as amount from log where act = 0 group by matter),
     sent as (select matter, min(day) as day from log where act = 1 group by matter),
     paid as (select p.matter, sum(p.amount) as amount from log p join issue on issue.matter = p.matter
              where p.act = 4 and p.day <= issue.day + 90 group by p.matter)
select count(*) from issue left join sent on sent.matter = issue.matter left join paid on paid.matter = issue.matter
where issue.day >= 14834 and issue.day + 90 < (select max(day) from log)
  and (sent.day is null or sent.day > issue.day + 90) and coalesce(paid.amount, 0) < issue.amount;

-- 3. Paid, or appealed against, within 60 days of delivery
with issue as (select matter, max(amount) as amount from log where act = 0 group by matter),
     expense as (select matter, sum(amount) as amount from log where act = 1 group by matter),
     served as (select matter, min(day) as day from log where act = 2 group by matter),
     appeal as (select matter, min(day) as day from log where act = 5 or act = 9 group by matter),
     paid as (select p.matter, sum(p.amount) as amount from log p join served on served.matter = p.matter
              where p.act = 4 and p.day <= served.day + 60 group by p.matter)
select count(*) from served join issue on issue.matter = served.matter
  left join expense on expense.matter = served.matter left join appeal on appeal.matter = served.matter
  left join paid on paid.matter = served.matter
where served.day + 60 < (select max(day) from log) and (appeal.day is null or appeal.day > served.day + 60)
  and coalesce(paid.amount, 0) < issue.amount + coalesce(expense.amount, 0);

-- 4. To the prefect within 60 days of delivery
with served as (select matter, min(day) as day from log where act = 2 group by matter),
     appeal as (select matter, min(day) as day from log where act = 5 group by matter)
select count(*) from appeal join served on served.matter = appeal.matter where appeal.day > served.day + 60;

-- 5. Forwarded within 30 days of the appeal, 60 from 2003-06-30
with appeal as (select matter, min(day) as day from log where act = 5 group by matter),
     due as (select matter, day + case when day < 12233 then 30 else 60 end as day from appeal),
     forwarded as (select matter, min(day) as day from log where act = 6 group by matter)
select count(*) from due left join forwarded on forwarded.matter = due.matter
where due.day < (select max(day) from log) and (forwarded.day is null or forwarded.day > due.day);

-- 6. Decided within 180 days of the appeal, from 2003-06-30
with appeal as (select matter, min(day) as day from log where act = 5 group by matter),
     result as (select matter, min(day) as day from log where act = 7 group by matter)
select count(*) from appeal left join result on result.matter = appeal.matter
where appeal.day >= 12233 and appeal.day + 180 < (select max(day) from log)
  and (result.day is null or result.day > appeal.day + 180);

-- 7. Told within 150 days of the result
with result as (select matter, min(day) as day from log where act = 7 group by matter),
     told as (select matter, min(day) as day from log where act = 8 group by matter)
select count(*) from result left join told on told.matter = result.matter
where result.day + 150 < (select max(day) from log) and (told.day is null or told.day > result.day + 150);

-- 8. To the judge within 60 days of delivery, 30 for findings from 2011-10-06
with issue as (select matter, min(day) as day from log where act = 0 group by matter),
     served as (select matter, min(day) as day from log where act = 2 group by matter),
     appeal as (select matter, min(day) as day from log where act = 9 group by matter)
select count(*) from appeal join served on served.matter = appeal.matter join issue on issue.matter = appeal.matter
where appeal.day > served.day + case when issue.day < 15253 then 60 else 30 end;
