import type { startAcceptance } from '../platform/platform.js'

export interface Operation {
  query: string
  variables?: object
}

/** Requests of one kind, as large as `size` says; no two have the same document or rows. */
export interface WorstRequest {
  kind: string
  /** The largest `size` that passes the limits. */
  most: number
  body(turn: number, size: number): Operation
}

export const plain = '{ customers(first: 5) { nodes { id number displayName } } }'

const importCustomers = 'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created } }'

const row = (turn: number, at: number) => ({
  externalId: `${turn}-${at}`,
  kind: 'PERSON',
  displayName: `张伟 ${turn} ${at}`,
  territory: 'emea/de',
  source: 'erp',
  person: { familyName: '张', givenName: '伟' },
  contactPoints: times(5, (i) => ({ kind: 'EMAIL', value: `m${turn}.${at}.${i}@example.com` })),
  addresses: [{ lines: ['100 Nanjing Road', 'Floor 3'], city: 'Shanghai', postalCode: '200001', country: 'CN' }],
  tags: ['vip', 'erp', `t${at % 40}`],
})

const fields = 'id number kind status ownerId territory source version createdAt createdBy updatedAt updatedBy'

export const worstRequests: readonly WorstRequest[] = [
  {
    kind: 'a filter of many conditions',
    most: 200,
    body: (turn, size) => ({
      query: 'query ($filter: CustomerFilter) { customers(filter: $filter) { nodes { id } totalCount } }',
      variables: {
        filter: { or: times(size, (at) => ({ number: { in: times(80, (i) => `C-${turn}${at}${i}`) } })) },
      },
    }),
  },
  {
    kind: 'an import of many rows',
    most: 200,
    body: (turn, size) => ({
      query: importCustomers,
      variables: { input: { system: 'erp', rows: times(size, (at) => row(turn, at)) } },
    }),
  },
  {
    kind: 'a long document',
    most: 29,
    body: (turn, size) => ({
      query: `query Q${turn} { ${times(size, (at) => `c${at}: customer(id: "01920000-0000-7000-8000-0000000000${at + 10}") { ${fields} ${fields} ${fields} tags { key name } segments { key name } rfm { r f m } satisfaction { nps } }`).join(' ')} }`,
    }),
  },
  {
    kind: 'a page with lists',
    most: 100,
    body: (_, size) => ({
      query: `{ customers(first: ${size}) { nodes { ${fields} displayName redactedFields tags { id key name } contactPoints { id kind value normalized } addresses { kind city region postalCode } } } }`,
    }),
  },
  {
    kind: 'pages without lists',
    most: 29,
    body: (_, size) => ({
      query: `{ ${times(size, (at) => `p${at}: customers(first: 100) { nodes { ${fields} displayName } }`).join(' ')} }`,
    }),
  },
]

/** So many customers that pages are full. */
export const fill = async ({ ask }: Awaited<ReturnType<typeof startAcceptance>>) => {
  await ask('manager', importCustomers, { input: { system: 'erp', rows: times(200, (at) => row(0, at)) } })
}

function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at))
}
