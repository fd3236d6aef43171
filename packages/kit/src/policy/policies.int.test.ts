import { randomUUID } from 'node:crypto'
import { type Actor, accessScopeOf, isWithin, policy, within } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import fc from 'fast-check'

const svc = await startForTest(example)
const CREATE = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { id title redactedFields } }'
const CHANGE = 'mutation ($input: ChangeNoteInput!) { changeNote(input: $input) { id title } }'
const NOTE = 'query ($id: ID!) { note(id: $id) { id title remark redactedFields } }'
const LIST = '{ notes(first: 100) { nodes { id } totalCount } }'
const ENTITIES = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Note { id } } }'
const OF_SUBJECT = `query ($of: [_Any!]!) {
  _entities(representations: $of) { ... on Subject { notes(first: 100) { nodes { id } totalCount } } } }`

const anna = svc.as({ roles: ['service'], subject: 'anna' })
const ben = svc.as({ roles: ['service'], subject: 'ben' })
const subjectId = randomUUID()
const noteOf = async (who: typeof anna) =>
  (await who.mutate(CREATE, { input: { subjectId, kind: 'PLAIN', title: '便条 📝' } })).createNote.id as string
const annas = await noteOf(anna)
const bens = await noteOf(ben)
const entity = (id: string) => ({ of: [{ __typename: 'Note', id }] })

test('who reaches only their own finds only that: alone, in lists, in counts, by reference, below their subject', async () => {
  expect((await anna.query(NOTE, { id: annas })).note.id).toBe(annas)
  expect((await anna.query(NOTE, { id: bens })).note).toBeNull()
  expect((await anna.query(LIST)).notes).toEqual({ nodes: [{ id: annas }], totalCount: 1 })
  expect((await ben.query(LIST)).notes).toEqual({ nodes: [{ id: bens }], totalCount: 1 })
  expect((await svc.as('manager').query(LIST)).notes.totalCount).toBe(2)
  expect((await anna.query(ENTITIES, entity(annas)))._entities).toEqual([{ id: annas }])
  expect((await anna.query(ENTITIES, entity(bens)))._entities).toEqual([null])
  expect(
    (await svc.as('sales').query(OF_SUBJECT, { of: [{ __typename: 'Subject', id: subjectId }] }))._entities,
  ).toEqual([{ notes: { nodes: expect.arrayContaining([{ id: annas }, { id: bens }]), totalCount: 2 } }])
})

test('what is out of scope cannot be changed and is not found; what may be read but not changed is forbidden', async () => {
  const input = (id: string) => ({ input: { id, title: 'changed' } })
  await expect(anna.mutate(CHANGE, input(bens))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(anna.mutate(CHANGE, input(randomUUID()))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(svc.as('sales').mutate(CHANGE, input(bens))).rejects.toMatchObject({
    code: 'FORBIDDEN',
    reason: 'access_scope',
  })
  await expect(svc.as('analyst').mutate(CHANGE, input(bens))).rejects.toMatchObject({
    code: 'FORBIDDEN',
    reason: 'role',
  })
  expect((await anna.mutate(CHANGE, input(annas))).changeNote.title).toBe('changed')
})

test('a role without a grant is refused before anything is read, also by reference', async () => {
  const nobody = svc.as('privacy_officer')
  await expect(nobody.query(LIST)).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'role' })
  expect((await nobody.query(ENTITIES, entity(annas)))._entities).toEqual([null])
})

test.each([
  [['Note']],
  ['subject'],
  ['NoteConnection'],
  ['Query'],
  ['_Entity'],
  ['__proto__'],
  [null],
  [{ toString: 'Note' }],
  [undefined],
])('a reference to the type %j is none, and no error quotes an entity', async (__typename) => {
  const { data, errors } = await svc
    .as('analyst')
    .request('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
      of: [
        { __typename: 'Note', id: bens },
        { __typename, id: bens },
      ],
    })
  expect(data).toBeNull()
  expect(errors).toMatchObject([
    { extensions: { code: 'INVALID', reason: 'entity.reference', fields: [{ path: 'representations.1' }] } },
  ])
  expect(JSON.stringify(errors)).not.toContain('便条')
})

test('hidden fields are null and named, in the answer to a mutation too', async () => {
  const note = async (role: string) => (await svc.as(role).query(NOTE, { id: bens })).note
  expect(await note('manager')).toMatchObject({ title: '便条 📝', redactedFields: [] })
  expect(await note('sales')).toMatchObject({ title: '便条 📝', redactedFields: ['remark'] })
  expect(await note('analyst')).toMatchObject({ title: null, remark: null, redactedFields: ['title', 'remark'] })
})

const path = fc.array(fc.constantFrom('emea', 'de', 'd', 'dee', '%', '_', '华东', '上海'), {
  minLength: 1,
  maxLength: 3,
})
const territory = path.map((parts) => parts.join('/'))
const person = fc.constantFrom('anna', 'ben', null)

test('the condition in SQL finds exactly what the rule says of each entity', async () => {
  const { read } = policy('Visit', {
    ownership: { owner: 'assigneeId', parent: { key: 'customerId', table: 'parent_of_visit' } },
    roles: { sales: { clearance: 'PLAIN', read: 'TERRITORY' }, service: { clearance: 'PLAIN', read: 'OWN' } },
    opens: { read: [] },
    fields: {},
  })
  const rows = fc.array(fc.record({ assignee: person, owner: person, territory: fc.option(territory) }), {
    maxLength: 12,
  })
  const property = fc.asyncProperty(
    rows,
    fc.array(territory, { maxLength: 3 }),
    fc.constantFrom('sales', 'service'),
    async (visits, territories, role) => {
      const actor: Actor = { subject: 'anna', roles: [role], tenant: 'acme', territories, scopes: [], kind: 'person' }
      const reach = accessScopeOf(actor, read)
      const expected = visits.flatMap((visit, at) => {
        const own = { ownerId: visit.assignee }
        const customers = { ownerId: visit.owner, territory: visit.territory }
        return isWithin(actor, reach, own) || isWithin(actor, reach, customers) ? [at] : []
      })
      const { sql, params } = within(actor, read, 'e')
      let count = 1
      const { rows: found } = await svc.database.system.query(
        `with e as (select * from jsonb_to_recordset($1::jsonb) as row (customer_id int, assignee_id text)),
           parent_of_visit as (select * from jsonb_to_recordset($1::jsonb) as row (id int, owner_id text, territory text))
         select customer_id from e where ${sql.replace(/\?/g, () => `$${++count}`)} order by customer_id`,
        [
          JSON.stringify(
            visits.map((visit, at) => ({
              id: at,
              customer_id: at,
              assignee_id: visit.assignee,
              owner_id: visit.owner,
              territory: visit.territory,
            })),
          ),
          ...params,
        ],
      )
      expect(found.map((row) => row.customer_id)).toEqual(expected)
    },
  )
  await fc.assert(property, { numRuns: 150 })
})
