import { type Fixture, type Reply, startFixture, transports } from '../../fixture/platform.js'

const chinese = /\p{Script=Han}/u

const failing = (how: string) => ({ query: `{ fail(how: ${how}) }` })
const tooDeep = `{ customer(id: 1) ${'{ parent '.repeat(40)}{ id }${' }'.repeat(40)} }`
const create = 'mutation ($input: CreateCustomer!) { createCustomer(input: $input) { displayName } }'

const faults: [string, unknown, Record<string, string>?][] = [
  ['no JSON', '{"query":'],
  ['no object', '[]'],
  ['a query that is no text', { query: 5 }],
  ['no query', {}],
  ['a syntax error', { query: '{ customers {' }],
  ['an unknown field', { query: '{ nothing }' }],
  ['an operation that is not there', { query: 'query A { secret }', operationName: 'B' }],
  ['a subscription', { query: 'subscription { a }' }],
  ['a query that is too deep', { query: tooDeep }],
  ['an alias that is a key', { query: '{ customer(id: 1) { id: displayName } }' }],
  ['a wrong variable', { query: create, variables: { input: { displayName: 'A', kind: 'ROBOT' } } }],
  ['a missing variable', { query: create }],
  ['a text that is malformed', { query: create, variables: { input: { displayName: 'a\u0000', kind: 'PERSON' } } }],
  ['a document by an id', { documentId: `sha256:${'0'.repeat(64)}` }],
  ['what a subgraph refuses', failing('CONFLICT')],
  ['what a subgraph cannot do', failing('UNKNOWN')],
  ['no token', { query: '{ secret }' }, { authorization: '' }],
  ['a broken token', { query: '{ secret }' }, { authorization: 'Bearer x' }],
]

describe.each(transports)('over subgraphs %s', (transport) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await startFixture({ transport })
  })
  afterAll(() => fixture?.stop())

  const send = async (body: unknown, language?: string, headers: Record<string, string> = {}): Promise<Reply> => {
    const { authorization = `Bearer ${await fixture.issuer.token()}`, ...others } = headers
    return fixture.post(body, {
      ...(authorization && { authorization }),
      ...(language !== undefined && { 'accept-language': language }),
      ...others,
    })
  }
  /** What of an error is the same in every language. */
  const stable = ({ status, data, errors }: Reply) => ({
    status,
    data,
    errors: errors?.map(({ path, locations, extensions: { requestId: _, fields, ...extensions } = {} }) => ({
      path,
      locations,
      ...extensions,
      fields: (fields as { message: string }[] | undefined)?.map(({ message: _, ...issue }) => issue),
    })),
  })

  test.each(faults)(
    '%s is told in Chinese and in English, with one code, reason and path',
    async (_, body, headers) => {
      const [zh, en] = await Promise.all([send(body, 'zh-CN,zh;q=0.9,en;q=0.8', headers), send(body, 'en', headers)])
      expect(stable(zh)).toEqual(stable(en))
      expect(JSON.stringify([zh.errors, en.errors])).not.toContain('"params"')
      expect(zh.errors?.map(({ message }) => message)).toEqual([expect.stringMatching(chinese)])
      expect(en.errors?.map(({ message }) => message)).toEqual([expect.not.stringMatching(chinese)])
    },
  )

  test.each([
    ['zh', true],
    ['zh-Hant-HK', true],
    ['en;q=0.5, zh;q=0.9', true],
    ['fr, zh;q=0.1', true],
    ['en;q=0.9, zh;q=0.5', false],
    ['fr', false],
    ['zh;q=0', false],
    [';;q=,', false],
    ['', false],
    [undefined, false],
  ])('%s', async (language, isChinese) => {
    for (const body of [failing('CONFLICT'), { query: '{ nothing }' }, '{']) {
      const { errors } = await send(body, language)
      expect(chinese.test(errors?.[0]?.message ?? ''), errors?.[0]?.message).toBe(isChinese)
    }
  })

  test('a cached operation is answered to each caller in their own language', async () => {
    const messages = []
    for (const language of ['en', 'zh', 'en', 'zh']) {
      messages.push((await send(failing('CONFLICT'), language)).errors?.[0]?.message)
    }
    const [en, zh] = ['It was changed meanwhile.', '当前版本为 7，请重新读取后再试']
    expect(messages).toEqual([en, zh, en, zh])
  })
})

test('a service that is away and a path that there is not are told in Chinese', async () => {
  const replace = { name: 'surveys', execute: () => Promise.reject(new Error('away')) }
  const fixture = await startFixture({ replace })
  try {
    const { errors } = await fixture.ask(
      '{ customer(id: 1) { satisfaction { nps } } }',
      {},
      { 'accept-language': 'zh' },
    )
    expect(errors).toMatchObject([{ message: 'surveys 服务不可用', extensions: { code: 'UNAVAILABLE' } }])
    const away = await fetch(`${fixture.gateway.url}/nowhere`, { headers: { 'accept-language': 'zh' } })
    expect(await away.json()).toMatchObject({ errors: [{ message: '此路径不存在，API 位于 /graphql' }] })
  } finally {
    await fixture.stop()
  }
})
