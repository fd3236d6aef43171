import { spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { startFixture } from '../fixture/platform.js'

const program = fileURLToPath(new URL('../../packages/cli/bin/clientele.js', import.meta.url))

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [program, 'serve', 'gateway'], { env: { PATH: process.env.PATH, ...env } })
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output.includes(text) && resolve()
      listeners.add(look)
      look()
      ended.then(() => reject(new Error(`It ended without saying "${text}":\n${output}`)))
    })
  return { child, ended, said, output: () => output }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('a port that is taken is told with its setting, and a setting that is misspelt before what is missing', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const nowhere = 'http://127.0.0.1:9'
  const settings = {
    ...{ SUBGRAPH_INTERACTIONS_URL: nowhere, SUBGRAPH_SURVEYS_URL: nowhere, SUBGRAPH_SEGMENTATION_URL: nowhere },
    ...{ SUBGRAPH_INTEGRATIONS_URL: nowhere, OIDC_ISSUER_URL: nowhere, OIDC_AUDIENCE: 'clientele-api' },
    PORT: String(port),
  }
  try {
    const taken = run({ ...settings, SUBGRAPH_PROFILES_URL: nowhere })
    expect(await taken.ended).toBe(1)
    expect(taken.output()).toBe(`Port ${port} on 127.0.0.1 is taken. Stop what uses it, or set PORT to another port.\n`)
    const misspelt = run({ ...settings, SUBGRAPH_PROFILE_URL: 'http://user:secret@127.0.0.1:9' })
    expect(await misspelt.ended).toBe(2)
    expect(misspelt.output()).toMatch(
      /SUBGRAPH_PROFILE_URL is set.*did you mean SUBGRAPH_PROFILES_URL[\s\S]*PROFILES_URL is missing/,
    )
    expect(misspelt.output()).not.toContain('secret')
  } finally {
    other.close()
  }
})

test('without its settings the process ends with all faults, and nothing else', async () => {
  const { ended, output } = run({ PORT: 'x' })
  expect(await ended).toBe(2)
  for (const name of ['PORT', 'OIDC_ISSUER_URL', 'OIDC_AUDIENCE', 'SUBGRAPH_PROFILES_URL', 'SUBGRAPH_SURVEYS_URL']) {
    expect(output()).toContain(name)
  }
  expect(output()).not.toMatch(/\n\s+at /)
})

test('the process starts, answers, tells no one, and ends by itself on SIGTERM', async () => {
  const fixture = await startFixture()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const nowhere = `http://127.0.0.1:${await freePort()}`
  const { child, ended, said, output } = run({
    PORT: String(port),
    SUPERGRAPH_FILE: fixture.supergraphFile,
    SUBGRAPH_PROFILES_URL: nowhere,
    SUBGRAPH_INTERACTIONS_URL: nowhere,
    SUBGRAPH_SURVEYS_URL: nowhere,
    SUBGRAPH_SEGMENTATION_URL: nowhere,
    SUBGRAPH_INTEGRATIONS_URL: nowhere,
    OIDC_ISSUER_URL: fixture.issuer.issuer,
    OIDC_AUDIENCE: 'clientele-api',
  })
  try {
    await said('"listening"')
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await fixture.issuer.token()}` },
      body: '{"query":"{ customer(id: 1) { id } }"}',
    })
    expect(await response.json()).toMatchObject({
      data: { customer: null },
      errors: [{ path: ['customer'], extensions: { code: 'UNAVAILABLE', service: 'profiles' } }],
    })
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(output()).toContain('"stopped"')
    expect(output()).not.toContain('apollographql')
  } finally {
    child.kill('SIGKILL')
    await ended
    await fixture.stop()
  }
})
