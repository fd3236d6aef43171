import { UnderscoreNamingStrategy } from '@mikro-orm/core'
import type { Actor } from '../auth/verify-token.js'
import type { Forbidden } from '../errors/errors.js'
import { allow } from './allow.js'
import { accessScopeOf, clearanceOf, clearanceOfOne, highestClearance, isWithin, policy } from './policy.js'
import { within } from './within.js'

const actor = (roles: string[], territories: string[] = [], subject = 'anna'): Actor => ({
  subject,
  roles,
  tenant: 'acme',
  territories,
  scopes: [],
  kind: 'person',
})

const visits = policy('Visit', {
  ownership: { owner: 'assigneeId', parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TERRITORY', write: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: 'TERRITORY', write: 'OWN' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: { read: ['visit'], write: ['planVisit'] },
  fields: {},
})

test.each([
  [['admin'], [], 'TENANT', 'TENANT', 'SENSITIVE'],
  [['manager'], ['emea'], 'TERRITORY', 'TERRITORY', 'SENSITIVE'],
  [['manager'], [], 'TERRITORY', 'TERRITORY', 'SENSITIVE'],
  [['manager'], [''], 'TENANT', 'TENANT', 'SENSITIVE'],
  [['sales'], ['emea'], 'TERRITORY', 'OWN', 'PERSONAL'],
  [['sales'], [''], 'TENANT', 'OWN', 'PERSONAL'],
  [['sales', 'analyst'], ['emea'], 'TENANT', 'OWN', 'PLAIN'],
  [['sales', 'analyst'], [''], 'TENANT', 'OWN', 'PERSONAL'],
  [['sales', 'manager'], ['emea'], 'TERRITORY', 'TERRITORY', 'SENSITIVE'],
  [['analyst'], ['emea'], 'TENANT', undefined, 'PLAIN'],
  [['service'], ['emea'], undefined, undefined, 'PLAIN'],
  [['constructor', '__proto__', 'toString'], [''], undefined, undefined, 'PLAIN'],
  [[], [''], undefined, undefined, 'PLAIN'],
] as const)('%j of %j reads %s, writes %s and sees %s', (roles, territories, read, write, sees) => {
  const who = actor([...roles], [...territories])
  expect([accessScopeOf(who, visits.read), accessScopeOf(who, visits.write), clearanceOf(who, visits.table)]).toEqual([
    read,
    write,
    sees,
  ])
})

test.each([
  ['TENANT', [], {}, true],
  ['OWN', [], { ownerId: 'anna' }, true],
  ['OWN', ['emea'], { ownerId: 'ben', territory: 'emea' }, false],
  ['OWN', [], { ownerId: null }, false],
  ['TERRITORY', [], { ownerId: 'anna', territory: 'apac' }, true],
  ['TERRITORY', ['emea'], { territory: 'emea' }, true],
  ['TERRITORY', ['emea'], { territory: 'emea/de/north' }, true],
  ['TERRITORY', ['emea/de'], { territory: 'emea/dee' }, false],
  ['TERRITORY', ['emea/de'], { territory: 'emea' }, false],
  ['TERRITORY', ['apac', 'emea/de'], { territory: 'emea/de' }, true],
  ['TERRITORY', ['华东'], { territory: '华东/上海' }, true],
  ['TERRITORY', ['华东'], { territory: '华东上海' }, false],
  ['TERRITORY', ['%'], { territory: 'emea' }, false],
  ['TERRITORY', [''], { territory: 'emea' }, true],
  ['TERRITORY', ['emea'], { territory: null }, false],
  [undefined, [''], { ownerId: 'anna', territory: 'emea' }, false],
] as const)('with reach %s and territories %j, %j is within: %s', (reach, territories, of, expected) => {
  expect(isWithin(actor(['sales'], [...territories]), reach, of)).toBe(expected)
})

test.each([
  [['sales', 'analyst'], [{ territory: 'emea/de' }], 'PERSONAL'],
  [['sales', 'analyst'], [{ territory: 'apac' }], 'PLAIN'],
  [['sales', 'analyst'], [{}, { ownerId: 'anna' }], 'PERSONAL'],
  [['manager', 'analyst'], [{ territory: 'emea' }], 'SENSITIVE'],
  [['manager', 'analyst'], [], 'PLAIN'],
  [['manager', 'admin'], [{ territory: 'apac' }], 'SENSITIVE'],
] as const)('%j of emea, of what belongs to %j, sees %s: no role lends its clearance to another', (roles, of, sees) => {
  const who = actor([...roles], ['emea'])
  expect(clearanceOfOne(who, visits.table, of)).toBe(sees)
  expect(highestClearance(who, visits.table)).not.toBe('PLAIN')
})

const refusalOf = (refused: () => void) => {
  try {
    refused()
  } catch (error) {
    const { message, extensions } = error as Forbidden
    return { message, ...extensions }
  }
  return 'passed'
}

test('who may not at all is told who may, and who may not here is told who may everywhere', () => {
  expect(refusalOf(() => allow(actor(['service']), visits.write))).toEqual({
    message: 'Your role does not permit this. Roles that may: admin, manager, sales.',
    ...{ code: 'FORBIDDEN', reason: 'role', roles: ['admin', 'manager', 'sales'] },
    params: { roles: ['admin', 'manager', 'sales'] },
  })
  expect(refusalOf(() => allow(actor(['sales']), visits.write, { ownerId: 'ben' }))).toEqual({
    message: 'Your role permits this for what is your own or in your territory only. Roles that may everywhere: admin.',
    ...{ code: 'FORBIDDEN', reason: 'access_scope', roles: ['admin'], params: { roles: ['admin'] } },
  })
  expect(refusalOf(() => allow(actor(['sales']), visits.write, { ownerId: 'anna' }))).toBe('passed')
})

test('what no role may is told so', () => {
  const nobodys = policy('Note', { roles: {}, opens: { read: ['note'] }, fields: {} })
  expect(refusalOf(() => allow(actor(['admin']), nobodys.read))).toMatchObject({
    message: 'Your role does not permit this. Roles that may: none.',
    roles: [],
  })
  const territorial = policy('Note', {
    ownership: { owner: 'ownerId' },
    roles: { sales: { clearance: 'PLAIN', read: 'OWN' } },
    opens: { read: ['note'] },
    fields: {},
  })
  expect(refusalOf(() => allow(actor(['sales']), territorial.read, {}))).toMatchObject({
    message: 'Your role permits this for what is your own or in your territory only.',
    roles: [],
  })
})

test.each([
  [['admin'], [], { sql: 'true', params: [] }],
  [['service'], [''], { sql: 'false', params: [] }],
  [
    ['sales'],
    ['emea', 'a%c'],
    {
      sql:
        '(e.assignee_id = ? or exists (select from customer parent where parent.id = e.customer_id and ' +
        '(parent.owner_id = ? or (parent.territory = ? or starts_with(parent.territory, ?)) or (parent.territory = ? or starts_with(parent.territory, ?)))))',
      params: ['anna', 'anna', 'emea', 'emea/', 'a%c', 'a%c/'],
    },
  ],
] as const)('the rows that %j of %j reads', (roles, territories, condition) => {
  expect(within(actor([...roles], [...territories]), visits.read, 'e')).toEqual(condition)
})

test('a reach needs to know whose an entity is', () => {
  const table = { roles: { sales: { clearance: 'PLAIN', read: 'OWN' } }, opens: { read: [] }, fields: {} } as const
  expect(() => policy('Tag', table)).toThrow('whose')
})

test.each(['assigneeId', 'line2Owner', 'ownerURL'])('the condition names the column of %s as the ORM does', (owner) => {
  const table = {
    ownership: { owner },
    roles: { sales: { clearance: 'PLAIN', read: 'OWN' } },
    opens: { read: [] },
  } as const
  const { sql } = within(actor(['sales']), policy('Note', { ...table, fields: {} }).read, 'note')
  expect(sql).toContain(`note.${new UnderscoreNamingStrategy().propertyToColumnName(owner)} = ?`)
})
