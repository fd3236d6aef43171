import type { startAcceptance } from '../platform/platform.js'

/** A request of the largest kind that passes the limits; no two of a kind have the same document or rows. */
export interface WorstRequest {
  kind: string
  body(turn: number): { query: string; variables?: object }
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
  contactPoints: Array.from({ length: 5 }, (_, i) => ({ kind: 'EMAIL', value: `m${turn}.${at}.${i}@example.com` })),
  addresses: [{ lines: ['100 Nanjing Road', 'Floor 3'], city: 'Shanghai', postalCode: '200001', country: 'CN' }],
  tags: ['vip', 'erp', `t${at % 40}`],
})

const conditions = (turn: number) =>
  Array.from({ length: 200 }, (_, at) => ({
    number: { in: Array.from({ length: 80 }, (_, i) => `C-${turn}${at}${i}`) },
  }))

const fields = 'id number kind status ownerId territory source version createdAt createdBy updatedAt updatedBy'

export const worstRequests: readonly WorstRequest[] = [
  {
    kind: 'the largest filter',
    body: (turn) => ({
      query: 'query ($filter: CustomerFilter) { customers(filter: $filter) { nodes { id } totalCount } }',
      variables: { filter: { or: conditions(turn) } },
    }),
  },
  {
    kind: 'the largest import',
    body: (turn) => ({
      query: importCustomers,
      variables: { input: { system: 'erp', rows: Array.from({ length: 200 }, (_, at) => row(turn, at)) } },
    }),
  },
  {
    kind: 'the longest document',
    body: (turn) => ({
      query: `query Q${turn} { ${Array.from({ length: 29 }, (_, at) => `c${at}: customer(id: "01920000-0000-7000-8000-0000000000${at + 10}") { ${fields} ${fields} ${fields} tags { key name } segments { key name } rfm { r f m } satisfaction { nps } }`).join(' ')} }`,
    }),
  },
  {
    kind: 'the costliest answer',
    body: () => ({
      query: `{ customers(first: 100) { nodes { ${fields} displayName redactedFields tags { id key name } contactPoints { id kind value normalized } addresses { kind city region postalCode } } } }`,
    }),
  },
]

/** So many customers that pages are full. */
export const fill = async ({ ask }: Awaited<ReturnType<typeof startAcceptance>>) => {
  const rows = Array.from({ length: 200 }, (_, at) => row(0, at))
  await ask('manager', importCustomers, { input: { system: 'erp', rows } })
}
