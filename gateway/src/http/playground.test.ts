import { type Fixture, startFixture } from '../../fixture/platform.js'
import { readSamples } from './playground.js'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture({ config: { playground: true }, playgroundToken: async () => 'aaa.<bbb>.ccc' })
})
afterAll(() => fixture?.stop())

const html = { accept: 'text/html,application/xhtml+xml' }
const get = (path: string, headers: Record<string, string> = html) =>
  fetch(`${fixture.gateway.url}${path}`, { headers })

test('a browser gets a page that loads nothing from elsewhere', async () => {
  const response = await get('/')
  const text = await response.text()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
  expect(policy).toMatch(/script-src 'self';/)
  expect(text).not.toMatch(/(src|href)="(https?:)?\/\//)
})

test('every file of the page comes from this disk', async () => {
  const text = await (await get('/')).text()
  const files = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]!)
  expect(files).toHaveLength(6)
  for (const file of files) {
    const response = await get(file)
    expect([file, response.status]).toEqual([file, 200])
    expect(response.headers.get('content-type')).toMatch(file.endsWith('.css') ? /^text\/css/ : /^text\/javascript/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await response.text()).length).toBeGreaterThan(20)
  }
})

test('the samples are its tabs, with the query of the first page first', async () => {
  const settings = await settingsOf(await get('/'))
  expect(settings.samples).toEqual(await readSamples())
  expect(settings.samples[0].query).toMatch(/^query Customer360\(\$id: ID!\) \{/)
  expect(settings.samples.length).toBeGreaterThanOrEqual(5)
  for (const { variables } of settings.samples) expect(() => JSON.parse(variables ?? '{}')).not.toThrow()
})

test('its headers editor holds the token, which cannot break out of the page', async () => {
  const response = await get('/')
  expect(JSON.parse((await settingsOf(response)).headers)).toEqual({ authorization: 'Bearer aaa.<bbb>.ccc' })
  expect(await (await get('/')).text()).not.toContain('<bbb>')
})

test('a foreign name that resolves to this machine gets no token', async () => {
  const { request } = await import('node:http')
  const text = await new Promise<string>((resolve, reject) => {
    const outgoing = request(
      fixture.gateway.url,
      { headers: { ...html, host: 'evil.example:80' } },
      async (response) => {
        response.setEncoding('utf8')
        let body = ''
        for await (const chunk of response) body += chunk
        resolve(body)
      },
    )
    outgoing.once('error', reject).end()
  })
  expect(text).toContain('graphiql')
  expect(text).not.toContain('authorization')
})

test.each([
  ['/', 'application/json'],
  ['/playground/../package.json', 'text/html'],
  ['/playground/constructor', 'text/html'],
])('%s as %s is not there', async (path, accept) => {
  expect((await get(path, { accept })).status).toBe(404)
})

test('without the setting there is no page', async () => {
  const plain = await startFixture()
  try {
    expect((await fetch(plain.gateway.url, { headers: html })).status).toBe(404)
    expect((await fetch(`${plain.gateway.url}/playground/graphiql.js`)).status).toBe(404)
  } finally {
    await plain.stop()
  }
})

async function settingsOf(response: Response) {
  const match = /<script type="application\/json" id="settings">(.*?)<\/script>/s.exec(await response.text())
  return JSON.parse(match?.[1] ?? '')
}
