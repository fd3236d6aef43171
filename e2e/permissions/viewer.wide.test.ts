import { services } from '@clientele/cli/services'
import { type Actor, accessScopeOf, roleNames } from '@clientele/kit'
import { withAccounts } from '@clientele/testkit'
import { startAcceptance } from '../platform/platform.js'
import { expectationsOf } from './expectations.js'

const platform = await startAcceptance()
const expected = expectationsOf(services)
const paths = services.flatMap(({ policies = [] }) =>
  policies.flatMap(({ table }) => Object.values(table.opens).flat()),
)

interface Viewer {
  permissions: { operation: string; scope: string }[]
  fields: { type: string; hidden: string[]; writeOnly: string[] }[]
}

test.each(roleNames)('what %s is told of their permissions is what the tables of all services say', async (role) => {
  const territories = role === 'partner' ? [] : ['emea']
  const actor: Actor = { subject: role, roles: withAccounts([role]), tenant: 'acme', territories, kind: 'person' }
  const query = '{ viewer { permissions { operation scope } fields { type hidden writeOnly } } }'
  const { viewer } = (await platform.ask({ subject: role, roles: [role], territories }, query)) as { viewer: Viewer }
  const told = Object.fromEntries(viewer.permissions.map(({ operation, scope }) => [operation, scope]))
  const scopes = paths.flatMap((path) => {
    const scope = accessScopeOf(actor, expected.rule(path)!)
    return scope ? [[path, scope]] : []
  })
  expect(told).toEqual(Object.fromEntries(scopes))
  const hidden = viewer.fields.flatMap(({ type, hidden }) => hidden.map((field) => `${type}.${field}`))
  const writeOnly = viewer.fields.flatMap(({ type, writeOnly }) => writeOnly.map((field) => `${type}.${field}`))
  expect(writeOnly.toSorted()).toEqual(expected.writeOnly(role).toSorted())
  expect(hidden.toSorted()).toEqual(expected.hidable.filter((path) => expected.isHidden(actor, path)).toSorted())
})
