import { isProgram, lockOf, statementsIn } from './statement-locks.js'

test.each([
  ['create index concurrently note_at on note (tenant, at)', { table: 'note', waits: 'nobody', readsAllRows: true }],
  [
    'create unique index if not exists a on only note\n  (tenant)',
    { table: 'note', waits: 'writes', readsAllRows: true },
  ],
  ['alter table note add column on_hold text', { table: 'note', waits: 'reads and writes', readsAllRows: false }],
  [
    'alter table if exists note alter at set not null',
    { table: 'note', waits: 'reads and writes', readsAllRows: true },
  ],
  [
    'alter table note add constraint long check (length(text) < 9) not valid',
    { table: 'note', waits: 'reads and writes', readsAllRows: false },
  ],
  ['alter table public.note validate constraint long', { table: 'public.note', waits: 'nobody', readsAllRows: true }],
  ['create trigger keep before update on note for each row', { table: 'note', waits: 'writes', readsAllRows: false }],
  ['create policy own on note using (true)', { table: 'note', waits: 'reads and writes', readsAllRows: false }],
  ['drop table if exists note', { table: 'note', waits: 'reads and writes', readsAllRows: false }],
  ["update note set text = ''", { table: 'note', waits: 'writes', readsAllRows: true }],
  ['create table note (id uuid)', undefined],
  ['grant select on note to clientele_app', undefined],
])('%s', (statement, lock) => {
  expect(lockOf(statement)).toEqual(lock)
})

test('statements end where a line does, and not in the body of a program', () => {
  const sql = `-- first; a comment;
create table a (b int); -- and a word
do $body$ begin
  update a set b = 1;
  perform $$x;$$;
end $body$;
select 1;`
  const statements = statementsIn(sql)
  expect(statements.map((statement) => statement.split(' ')[0])).toEqual(['create', 'do', 'select'])
  expect(statements[1]).toContain('update a set b = 1;')
  expect(statements.map(isProgram)).toEqual([false, true, true])
})
