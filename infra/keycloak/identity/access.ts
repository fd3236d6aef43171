import { bySecret } from './relying-party.js'
import type { UnderTest } from './under-test.js'

const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id territory } }'
const READ = 'query ($id: ID!) { customer(id: $id) { id } }'

/** What the platform lets the holders of tokens do. */
export function testAccess({ identity, profiles, signIn }: UnderTest): void {
  test('the platform answers people of the tenant and territory, and nobody else', async () => {
    const tokenOf = async (user: string) => (await signIn(user)).access_token
    const input = { kind: 'ORGANIZATION', organization: { legalName: '华东贸易' }, territory: 'apac/cn/华东' }
    const made = await profiles.ask(await tokenOf('sales-cn'), CREATE, { input })
    expect(made).toMatchObject({ data: { createCustomer: { territory: 'apac/cn/华东' } } })
    const { id } = (made.data as { createCustomer: { id: string } }).createCustomer
    const seenBy = async (token: string | undefined) => {
      const { data, errors } = await profiles.ask(token, READ, { id })
      return (data?.customer as { id: string } | null | undefined)?.id === id || errors?.[0]?.extensions?.code || null
    }
    expect(await seenBy(await tokenOf('manager-cn'))).toBe(true)
    expect(await seenBy(await tokenOf('manager'))).not.toBe(true)
    expect(await seenBy(await tokenOf('globex-manager'))).not.toBe(true)
    expect(await seenBy(undefined)).toBe('UNAUTHENTICATED')
    const partner = await bySecret(identity, 'partner-acme', { scope: 'customers.read' })
    expect(await seenBy(partner.access_token)).toBe(true)
    const quiet = await bySecret(identity, 'partner-acme', { scope: 'events.read' })
    expect(await seenBy(quiet.access_token)).toBe('FORBIDDEN')
  })
}
