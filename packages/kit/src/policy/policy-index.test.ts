import type { Actor } from '../auth/verify-token.js'
import { clearanceOfOne, covers, isWithin, type PolicyTable, policy } from './policy.js'
import { policyIndex } from './policy-index.js'

const table: PolicyTable<'read' | 'change'> = {
  ownership: { owner: 'ownerId', territory: 'territory' },
  roles: {
    sales: { clearance: 'PERSONAL', read: 'OWN', change: 'OWN' },
    manager: { clearance: 'SENSITIVE', read: 'TERRITORY' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: { read: ['person', 'Customer.people'], change: ['rename'] },
  fields: { Person: { PLAIN: ['height'], PERSONAL: ['name'], SENSITIVE: ['born'] }, Pet: { PLAIN: ['kind'] } },
  inputs: { PersonFilter: ['Person', 'Pet'], PersonOrder: 'Person' },
}
const index = policyIndex([policy('Person', table)])

test('finds rules by path, classes by field and types by input', () => {
  expect(index.ruleOf('rename')).toEqual({ concept: 'Person', action: 'change', table })
  expect(index.ruleOf('Customer.people')?.action).toBe('read')
  expect(index.ruleOf('toString')).toBeUndefined()
  expect(index.readRuleOf('Person')).toEqual({ concept: 'Person', action: 'read', table })
  expect(index.readRuleOfType('Pet')).toEqual({ concept: 'Person', action: 'read', table })
  expect(index.classOf('Person', 'born')?.fieldClass).toBe('SENSITIVE')
  expect(index.classOf('Pet', 'born')).toBeUndefined()
  expect(index.typesOfInput('PersonFilter')).toEqual(['Person', 'Pet'])
  expect(index.typesOfInput('PersonOrder')).toEqual(['Person'])
  expect(index.typesOfInput('PetFilter')).toEqual([])
})

const bare = { roles: {}, opens: {}, fields: {} }
test.each<[string, PolicyTable, string]>([
  ['a path', { ...bare, opens: { read: ['rename'] } }, 'two policies open rename'],
  ['a field', { ...bare, fields: { Pet: { PERSONAL: ['kind'] } } }, 'give Pet.kind a class twice'],
  ['an input', { ...bare, inputs: { PersonOrder: 'Pet' } }, 'of what PersonOrder speaks'],
])('refuses policies of which two say something of %s', (_, other, fault) => {
  expect(() => policyIndex([policy('Person', table), policy('Pet', other)])).toThrow(fault)
})

test('refuses two policies of one concept', () => {
  expect(() => policyIndex([policy('Pet', bare), policy('Pet', bare)])).toThrow('two policies are about Pet')
})

const roleSets = [[], ['sales'], ['manager'], ['analyst'], ['sales', 'manager'], ['sales', 'analyst']]
const withAll = [...roleSets, ['manager', 'analyst'], ['sales', 'manager', 'analyst']]
const owned = { ownerId: 'me', territory: 'elsewhere' }
const near = { ownerId: 'you', territory: 'here/there' }
const far = { ownerId: 'you', territory: 'elsewhere' }

describe.each(withAll.map((roles) => [roles.join(' and ') || 'nobody', roles] as const))('%s', (_, roles) => {
  const actor = { subject: 'me', tenant: 't', kind: 'PERSON', roles, territories: ['here'] } as unknown as Actor

  test.each(['height', 'name', 'born'])('sees %s of exactly those entities of which the guard shows it', (field) => {
    const { fieldClass, rule } = index.classOf('Person', field)!
    const shown = index.visibilityOf(actor, 'Person', field)
    const seen = [owned, near, far].filter((of) =>
      typeof shown === 'boolean'
        ? shown
        : shown.roles.some((role) => isWithin(actor, table.roles[role as 'sales']?.read, of)),
    )
    const reached = [owned, near, far].filter((of) =>
      roles.some((role) => isWithin(actor, table.roles[role as 'sales']?.read, of)),
    )
    const shownByGuard = reached.filter((of) => covers(clearanceOfOne(actor, rule.table, [of]), fieldClass))
    expect(seen.filter((of) => reached.includes(of))).toEqual(shownByGuard)
  })
})
