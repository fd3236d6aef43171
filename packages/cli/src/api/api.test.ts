import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { createApi } from './api.js'

let language: string | undefined
const server = createServer(({ headers }, response) => {
  language = headers['accept-language']
  response.end('no GraphQL')
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as { port: number }
afterAll(() => server.close())

const closed = createServer()
await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
const { port: closedPort } = closed.address() as { port: number }
await new Promise((resolve) => closed.close(resolve))

const refusal = (url: string) => createApi({ url, token: async () => 't' }).call('{ a }')

test('an address where nothing listens is told with the cause, and may listen later', async () => {
  await expect(refusal(`http://127.0.0.1:${closedPort}`)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'network',
    message: `http://127.0.0.1:${closedPort} cannot be reached: nothing listens there (ECONNREFUSED).`,
  })
})

test.each([
  ['encryption where there is none', `https://127.0.0.1:${port}`, /cannot be reached: .*\(ERR_SSL_\w+\)/],
  ['a port that fetch does not open', 'http://127.0.0.1:6000', /cannot be reached: bad port \(TypeError\)/],
])('%s does not heal', async (_, url, message) => {
  await expect(refusal(url)).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'network',
    message: expect.stringMatching(message),
  })
})

test('something else than a gateway is told', async () => {
  await expect(refusal(`http://127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'INVALID', reason: 'http.200' })
})

test.each([
  ['zh_CN.UTF-8', 'zh-CN'],
  ['en_GB.UTF-8', 'en-GB'],
])('with the locale %s it asks for messages in %s', async (locale, asked) => {
  const built = new URL('../../dist/api/api.js', import.meta.url)
  const call = `await createApi({ url: 'http://127.0.0.1:${port}', token: () => 't' }).call('{ a }').catch(() => {})`
  const script = `import { createApi } from '${built}'; ${call}`
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: { LC_ALL: locale } })
  expect(language).toBe(asked)
})
