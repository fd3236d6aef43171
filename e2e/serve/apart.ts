import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { services } from '@clientele/cli/services'
import { freePort } from '@clientele/embedded'
import { until } from '@clientele/testkit/until'

const program = fileURLToPath(new URL('../../packages/cli/bin/clientele.js', import.meta.url))
const nowhere = 'http://127.0.0.1:9'

/** The gateway and some of the services, each as a process of its own; the others are away. Resolves when all are ready. */
export const startApart = async (names: readonly string[], settings: Record<string, string>) => {
  const children: ChildProcess[] = []
  let output = ''
  const launch = async (part: string, env: object) => {
    const port = await freePort()
    const base = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port) }
    const child = spawn(process.execPath, [program, 'serve', part], {
      env: { ...base, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    children.push(child)
    return `http://127.0.0.1:${port}`
  }
  const ready = (url: string) =>
    until(async () => {
      if (children.some(({ exitCode }) => exitCode !== null)) throw new Error(`a process has ended:\n${output}`)
      return fetch(`${url}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      )
    })
  const ports = Object.fromEntries(services.map(({ name }) => [`SUBGRAPH_${name.toUpperCase()}_URL`, nowhere]))
  const stop = async () => {
    for (const child of children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
  }
  try {
    for (const name of names) {
      const url = await launch(name, { ...settings, ...ports, PUBLIC_PORT: '0' })
      ports[`SUBGRAPH_${name.toUpperCase()}_URL`] = url
      await ready(url)
    }
    const url = await launch('gateway', { OIDC_AUDIENCE: 'clientele-api', ...settings, ...ports })
    await ready(url)
    return { url, stop, output: () => output }
  } catch (error) {
    await stop()
    throw error
  }
}
