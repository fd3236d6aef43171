import { startAcceptance } from '../platform/platform.js'
import { type TextInput, textInputs, writtenOut } from './text-inputs.js'

const platform = await startAcceptance()
const roles = ['manager', 'admin', 'service', 'sales', 'marketing', 'privacy_officer']
const authorization = `Bearer ${await platform.token({ roles })}`
const inputs = textInputs()

const written = async () => {
  const counts = [...platform.services.values()].map(({ database }) =>
    database.system.query('select (select count(*) from outbox) + (select count(*) from idempotency_key) as n'),
  )
  return (await Promise.all(counts)).map(({ rows }) => Number(rows[0].n))
}

/** Runs the work for all, eight at a time, and answers with what is wrong. */
const faultsOf = async <T>(all: readonly T[], work: (one: T) => Promise<string | undefined>) => {
  const faults: string[] = []
  const rest = all.values()
  const run = async () => {
    for (const one of rest) {
      const fault = await work(one)
      if (fault) faults.push(fault)
    }
  }
  await Promise.all(Array.from({ length: 8 }, run))
  return faults
}

const sent = async (query: string, variables: object = {}) =>
  (await platform.post({ query, variables }, { authorization })).body

const asked = ({ field, path }: TextInput) => `${field}(${path.join('.')})`
const malformed = { NUL: 'a\0b', 'a lone surrogate': 'a\ud800', 'a noncharacter': '\uffff' }

const refusalOf = (input: TextInput, { data, errors = [] }: { data?: unknown; errors?: unknown }) => {
  const [{ extensions: { code, reason, fields = [] } = {} as any } = {} as any] = errors as any[]
  const told = `${code} ${reason} ${fields[0]?.path}`
  const right = `INVALID text.malformed ${input.path.join('.')}`
  return told === right && !data ? undefined : `${asked(input)}: ${told}`
}

test('every service takes texts', () => {
  expect(new Set(inputs.map(({ service }) => service))).toEqual(new Set(platform.services.keys()))
  expect(inputs.length).toBeGreaterThan(500)
})

test.each(Object.entries(malformed))(
  '%s in a variable is refused by the gateway, and nothing is written',
  async (_, text) => {
    const before = await written()
    expect(await faultsOf(inputs, async (one) => refusalOf(one, await sent(one.query, one.variables(text))))).toEqual(
      [],
    )
    expect(await written()).toEqual(before)
  },
)

test('so it is by a service that is called directly', async () => {
  const faults = await faultsOf(inputs, async (one) => {
    const variables = one.variables(malformed['a lone surrogate'])
    const { subgraph } = platform.service(one.service)
    return refusalOf(one, await subgraph.execute({ query: one.query, variables, headers: { authorization } }))
  })
  expect(faults).toEqual([])
})

test('in a document it is refused like in a variable', async () => {
  const faults = await faultsOf(inputs, async (one) => {
    const query = writtenOut(one, one.path.length % 2 ? '\0' : '\uffff')
    const { subgraph } = platform.service(one.service)
    return (
      refusalOf(one, await sent(query)) ?? refusalOf(one, await subgraph.execute({ query, headers: { authorization } }))
    )
  })
  expect(faults).toEqual([])
  const { errors } = await sent('{ customer(id: "\\ud800") { id } }')
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'INVALID', reason: 'text.malformed' } })
})

test('everywhere else in a request it is refused as well', async () => {
  const bodies: [object, string][] = [
    [{ query: '{ __typename }', operationName: 'a\0' }, 'operationName'],
    [{ documentId: '\ud800' }, 'documentId'],
    [
      { query: '{ __typename }', extensions: { persistedQuery: { sha256Hash: '\ufffe' } } },
      'extensions.persistedQuery.sha256Hash',
    ],
    [{ query: '{ __typename }', variables: { unused: { 'key\ud800': 1 } } }, 'unused'],
  ]
  for (const [body, path] of bodies) {
    const { errors } = (await platform.post(body, { authorization })).body
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', reason: 'text.malformed', fields: [{ path }] })
  }
})

test('a text of 110 000 characters is never an error of ours, and nothing writes it', async () => {
  const before = await written()
  const long = inputs.filter(
    ({ path }) => path.filter((step) => ['and', 'or', 'not'].includes(String(step))).length === 0,
  )
  const faults = await faultsOf(long, async (one) => {
    const { data, errors } = await sent(one.query, one.variables('x'.repeat(110_000)))
    const codes = errors?.map(({ extensions }) => String(extensions.code)) ?? []
    const isRefused = codes.length > 0 || data?.[one.field]?.rejected !== undefined
    if (codes.includes('INTERNAL') || (one.operation === 'mutation' && !isRefused)) return `${asked(one)}: ${codes}`
  })
  expect(faults).toEqual([])
  expect(await written()).toEqual(before)
})

test('a text of 1 MB is too large a request', async () => {
  const ofFields = [...new Map(inputs.map((one) => [one.field, one])).values()]
  const faults = await faultsOf(ofFields, async (one) => {
    const { errors } = await sent(one.query, one.variables('x'.repeat(1_048_576)))
    const { code, reason } = errors?.[0]?.extensions ?? {}
    return code === 'INVALID' && reason === 'body.too_large' ? undefined : `${asked(one)}: ${code} ${reason}`
  })
  expect(faults).toEqual([])
})
