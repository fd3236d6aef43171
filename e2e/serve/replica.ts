import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '@clientele/embedded'
import { until } from '@clientele/testkit/until'

const program = fileURLToPath(new URL('../../packages/cli/bin/clientele.js', import.meta.url))

/** One process of `clientele serve`, at an address that stays when it is killed and started again. */
export interface Replica {
  url: string
  /** SIGKILL, then a new process in its place; ready when this resolves. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  /** The HTTP status of a probe, or undefined where nothing listens. */
  probe(path: string): Promise<number | undefined>
  /** What the process has written so far. */
  output(): string
}

/** Starts a replica. Resolves at once; `untilReady` waits for `/readyz`. */
export const startReplica = async (settings: Record<string, string>): Promise<Replica> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), ...settings }
  let output = ''
  const launch = () => {
    const child = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    return child
  }
  let child: ChildProcess = launch()
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`a replica has died by itself:\n${output}`)
    const ended = once(child, 'exit')
    child.kill(signal)
    const [code] = (await ended) as [number | null]
    return code
  }
  const replica: Replica = {
    url,
    kill: async () => {
      await end('SIGKILL')
      child = launch()
      await untilReady(replica)
    },
    stop: () => end('SIGTERM'),
    probe: (path) =>
      fetch(`${url}${path}`).then(
        ({ status }) => status,
        () => undefined,
      ),
    output: () => output,
  }
  return replica
}

/** Waits until a replica is ready; whoever calls has a time-out. */
export const untilReady = (replica: Replica) => until(async () => (await replica.probe('/readyz')) === 200)
