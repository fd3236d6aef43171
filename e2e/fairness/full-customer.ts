import { limits } from '@clientele/contracts'
import { until } from '@clientele/testkit'
import { type startAcceptance } from '../platform/platform.js'

const many = <T>({ most }: { most: number }, make: (at: number) => T): T[] =>
  Array.from({ length: most }, (_, at) => make(at))
const long = (start: string, { most }: { most: number }) => start.padEnd(most, '长')

/** A customer whose lists are as long as they can be, and their texts as well; resolves with the id. */
export const createFullCustomer = async ({ ask }: Awaited<ReturnType<typeof startAcceptance>>): Promise<string> => {
  const web = (at: number) => ({
    kind: 'WEB',
    value: `https://example.com/${at}/`.padEnd(limits.contactPointValue.most, 'x'),
  })
  const { createCustomer } = await ask(
    'admin',
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }',
    {
      input: {
        kind: 'ORGANIZATION',
        displayName: 'Full',
        contactPoints: many(limits.contactPoints, web),
        addresses: many(limits.addresses, () => ({
          kind: 'OTHER',
          lines: many(limits.addressLines, (line) => long(`${line}`, limits.addressLine)),
          city: long('c', limits.addressPart),
        })),
        contactPeople: many(limits.contactPeople, (at) => ({ name: long(`${at} `, limits.contactPersonName) })),
        tags: many(limits.tags, (at) => `${at}`.padEnd(limits.tagName.most, 'x')),
      },
    },
  )
  const link = 'mutation ($input: LinkExternalRefInput!) { linkExternalRef(input: $input) { id } }'
  for (const externalId of many(limits.externalRefs, (at) => long(`${at}`, limits.externalId))) {
    const input = { customerId: createCustomer.id, system: 'erp', entityType: 'CUSTOMER', externalId }
    await until(() => ask('admin', link, { input }).catch(() => undefined))
  }
  return createCustomer.id
}
